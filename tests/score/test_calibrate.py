"""The table of confidence is written from a corpus, and the lexicon reads it again."""

import json
import sys
import tomllib

import pytest

from bench.score import calibrate
from tests.extractors.test_lexicon import TABLES
from tracker.extractors.lexicon import Lexicon


@pytest.fixture
def corpus(tmp_path):
    """Eight reports of launches; of every second one the gold says that it never took place."""
    for folder in ("docs", "gold"):
        (tmp_path / "own" / folder).mkdir(parents=True)
    for number in range(1, 9):
        name = f"own-{number:03}"
        text = f"ESA launched the Tern-{number} satellite on 4 May 2021. It flew on a Vega rocket from Kourou."
        told = {"id": name, "title": f"Tern-{number} is up", "published": "2021-05-05", "language": "en", "text": text}
        said = {
            "kind": "mission",
            "entity": f"Tern-{number}",
            "aliases": [],
            "modality": "actual",
            "evidence": "launched",
        }
        status = {**said, "attribute": "status", "value": "launched" if number % 4 else "cancelled"}
        (tmp_path / "own" / "docs" / f"{name}.json").write_text(json.dumps(told), "utf-8")
        gold = {"id": name, "published": "2021-05-05", "facts": [status]}
        (tmp_path / "own" / "gold" / f"{name}.gold.json").write_text(json.dumps(gold), "utf-8")
    return tmp_path / "own"


def test_the_table_it_writes_is_the_one_it_shows(corpus, tmp_path, monkeypatch, capsys):
    table = tmp_path / "confidence.toml"
    monkeypatch.setattr(calibrate, "_ROOT", tmp_path)
    monkeypatch.setattr(calibrate, "_TABLE", table)
    monkeypatch.setattr(sys, "argv", ["calibrate", str(corpus), "--save"])
    assert calibrate.main() == 0
    rows = tomllib.loads(table.read_text("utf-8"))["confidence"]
    steps = Lexicon.from_tables({**TABLES, "confidence": rows}).confidence
    shown = capsys.readouterr().out
    assert [f"| {step.score:.3f} |" in shown for step in steps] == [True] * len(steps) != []
    assert "unseen documents, by the table" in shown


def test_a_folder_without_gold_is_named_and_nothing_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(calibrate, "_TABLE", tmp_path / "confidence.toml")
    monkeypatch.setattr(sys, "argv", ["calibrate", str(tmp_path), "--save"])
    assert calibrate.main() == 2
    assert "no folder gold" in capsys.readouterr().err
    assert not (tmp_path / "confidence.toml").exists()
