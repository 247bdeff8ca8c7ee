"""Gates: what spares a rule from being tried must never keep it from saying something.

Rules are tried only where a word stands that they cannot do without. Here every document is read twice, as it is and with one
gate held open, and says the same: who adds a word to a rule and forgets its trigger sees here which one.
"""

import json
import tomllib
from pathlib import Path

import pytest

from tracker.extractors.rules import triggers, words
from tracker.extractors.rules.claims import assembly
from tracker.extractors.rules.claims.scene import line
from tracker.extractors.rules.read import read
from tracker.extractors.rules.subjects.page import page
from tracker.language.dates import around

DATA = Path(__file__).resolve().parents[1] / "data"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def documents():
    for path in sorted([*(DATA / "reading").glob("*.json"), *(DATA / "unseen" / "docs").glob("*.json")]):
        article = json.loads(path.read_text("utf-8"))
        yield article["text"], article["published"], article.get("title")
    for item in tomllib.loads((DATA / "reading" / "short.toml").read_text("utf-8"))["items"]:
        yield item["text"], "2026-05-20", None
    for one in (DATA / "reading" / "elsewhere.txt").read_text("utf-8").splitlines():
        yield one, "2026-05-20", None
    for path in sorted(SEEDS.glob("*.md")):
        yield path.read_text("utf-8"), "2025-05-01", None


@pytest.fixture(scope="module")
def texts(document):
    return [document(*told) for told in documents()]


@pytest.fixture(scope="module")
def claims(texts, knowledge):
    return [read(text, knowledge) for text in texts]


EVERY = -1
"""All triggers at once."""
GATES = {
    "triggers of sentences, where subjects are looked for": [(page, "triggers_in", lambda _: EVERY)],
    "triggers of lines, where claims are": [(line, "triggers_in", lambda _: EVERY)],
    "words in front of dates": [(around, "_is_told_of", lambda *_: True)],
    "words of saying": [(assembly, "_SAYS", ("",))],
    "words without long dashes": [(words, "_JOINING", ("",))],
}


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_that_stands_open_changes_nothing(gate, texts, claims, knowledge, monkeypatch):
    for module, name, opened in GATES[gate]:
        monkeypatch.setattr(module, name, opened)
    kept_out = {
        claim for text, told in zip(texts, claims, strict=True) for claim in set(read(text, knowledge)) ^ set(told)
    }
    assert kept_out == set()


def test_a_trigger_is_found_by_its_words_and_by_its_pattern():
    bit = triggers.trigger(("zyx",), pattern="zy$")
    assert triggers.triggers_in(("a", "zyx")) & bit
    assert triggers.triggers_in(("a", "xzy")) & bit
    assert not triggers.triggers_in(("a", "zyxw")) & bit
    assert triggers.triggers_in(()) == 0
