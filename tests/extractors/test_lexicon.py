"""The lexicon's data files: every row is well-formed, and every pattern in it can be met in a sentence."""

import json
from pathlib import Path

import jsonschema
import pytest

from tracker.errors import ConfigError
from tracker.extractors.inflection import inflect
from tracker.extractors.lexicon import Lexicon, compile_pattern
from tracker.extractors.rules.claims.scene.scene import Line
from tracker.extractors.rules.claims.telling.cues import find_cues
from tracker.knowledge import load, tables

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "config" / "lexicon"
TABLES = tables(FOLDER)
PATTERNS = [
    (row["id"], pattern)
    for name, rows in TABLES.items()
    if name.endswith("_cues")
    for row in rows
    for pattern in row["patterns"]
    if "{" not in pattern
]


def line_of(words):
    """A bare sentence: words and nothing found in them."""
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    ends = tuple(s + len(w) for s, w in zip(starts, words, strict=True))
    return Line(0, 0, at, "body", 0, tuple(words), tuple(starts), ends, (), tuple(range(len(words) + 1)))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_file_keeps_to_its_schema(table):
    schema = json.loads((ROOT / "schemas" / "config" / f"lexicon-{table}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    problems = list(jsonschema.Draft202012Validator(schema).iter_errors({table: TABLES[table]}))
    assert [f"{list(p.absolute_path)}: {p.message}" for p in problems] == []


def test_ids_of_cues_are_unique_in_a_kind(knowledge):
    ids = [(cue.kind, cue.id) for cue in knowledge.lexicon.cues]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("cue", "pattern"), PATTERNS, ids=[f"{cue}: {pattern}"[:60] for cue, pattern in PATTERNS])
def test_a_sentence_of_its_own_words_meets_every_pattern(cue, pattern, knowledge):
    irregular = knowledge.lexicon.verbs
    met = set()
    for elements in compile_pattern(pattern, irregular, where="test"):
        words = []
        for element in elements:
            if element.gap:
                words.append("thing")
            else:
                finite = [w for w, tags in element.forms.items() if "past" in tags]
                words.append(min(finite or element.forms))
        needs = next(c.needs for c in knowledge.lexicon.cues if c.id == cue and pattern in c.patterns)
        rest = [n for n in needs if not n.startswith("{")][:1]
        line = line_of(["they", *words, ".", *rest])
        starts = {(m.first, m.cue.kind): m for m in find_cues(line, knowledge.lexicon)}
        met |= {m.cue.id for m in starts.values()}
        spans = [m for m in starts.values() if m.first == 1]
        assert spans, (pattern, words)
        assert max(m.last for m in spans) >= 1 + len(words) or cue in met


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            {"id": "x", "kind": "mission", "sort": "verb", "patterns": ["~go"], "date": "held_date"},
            "no attribute 'held_date'",
        ),
        ({"id": "x", "kind": "mission", "sort": "verb", "patterns": ["~go"], "status": "gone"}, "no status 'gone'"),
        ({"id": "x", "kind": "mission", "sort": "verb", "patterns": ["{place} ~go"]}, "must begin with a word"),
        ({"id": "x", "kind": "mission", "sort": "verb", "patterns": ["~go {moon}"]}, "no such slot"),
        ({"id": "x", "kind": "mission", "sort": "verb", "patterns": ["~go"], "colour": "red"}, "colour"),
        ({"id": "x", "kind": "mission", "sort": "dance", "patterns": ["~go"]}, "dance"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(row, problem):
    wrong = dict(TABLES) | {"mission_cues": [*TABLES["mission_cues"], row]}
    with pytest.raises(ConfigError, match=problem) as caught:
        Lexicon.from_tables(wrong)
    assert "lexicon" in caught.value.where


def test_a_role_that_no_mission_has_is_refused():
    with pytest.raises(ConfigError, match="no such role"):
        Lexicon.from_tables(dict(TABLES) | {"roles": [{"role": "cook", "nouns": ["soup"]}]})


def test_a_missing_table_is_named():
    with pytest.raises(ConfigError, match="missing or empty") as caught:
        Lexicon.from_tables({name: rows for name, rows in TABLES.items() if name != "weights"})
    assert caught.value.where == "config/lexicon/weights.toml"


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("launch", "launch launches launched launching"),
        ("scrap", "scrap scraps scrapped scrapping"),
        ("leave", "leave leaves left leaving"),
        ("fly", "fly flies flew flown flying"),
        ("carry", "carry carries carried carrying"),
        ("agree", "agree agrees agreed agreeing"),
        ("cancel", "cancel cancels cancelled canceled cancelling canceling"),
        ("fuel", "fuel fuels fuelled fueled fuelling fueling"),
        ("reveal", "reveal reveals revealed revealing"),
        ("deploy", "deploy deploys deployed deploying"),
        ("defer", "defer defers deferred deferring"),
        ("occur", "occur occurs occurred occurring"),
    ],
)
def test_verbs_are_inflected_as_they_are_written(base, forms, knowledge):
    assert set(inflect(base, knowledge.lexicon.verbs)) == set(forms.split())


def test_loading_names_the_file_that_is_wrong(tmp_path):
    with pytest.raises(ConfigError, match="holds no data files"):
        load(tmp_path)
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "missions.toml").write_text("missions = [", "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert caught.value.where.endswith("missions.toml")
    (folder / "missions.toml").write_text("other = []", "utf-8")
    with pytest.raises(ConfigError, match="has no table 'missions'"):
        load(tmp_path)
