"""States told in one sentence: which status a reader is right to take from it, and which sentences give none."""

from collections import Counter
from pathlib import Path

import pytest

from tracker.extractors.rules.read import read

READING = Path(__file__).resolve().parents[1] / "data" / "reading"


def lines(name: str) -> list[tuple[str, str]]:
    """The lines of a data file: what is read, and the text."""
    told = (line.partition(" | ") for line in (READING / name).read_text("utf-8").splitlines())
    return [(status, text) for status, _, text in told]


ITEMS = lines("states.txt")
PAIRS = lines("two-states.txt")


@pytest.mark.parametrize(("states", "text"), PAIRS, ids=[text[:60] for _, text in PAIRS])
def test_two_missions_of_one_text_have_each_their_own_state(states, text, knowledge, document):
    told = dict(zip(("mission/xposat", "mission/enmap"), states.split(), strict=True))
    found = {
        c.entity_id: c.value
        for c in read(document(text, "2026-05-20"), knowledge)
        if c.kind == "mission" and c.attribute == "status" and c.modality == "actual"
    }
    assert found == {mission: status for mission, status in told.items() if status != "-"}


@pytest.mark.parametrize(("status", "text"), ITEMS, ids=[f"{status}: {text}"[:60] for status, text in ITEMS])
def test_a_sentence_gives_the_state_that_its_words_tell(status, text, knowledge, document):
    found = {
        c.value
        for c in read(document(text, "2026-05-20"), knowledge)
        if c.kind == "mission" and c.attribute == "status" and c.modality == "actual"
    }
    assert found == (set() if status == "-" else {status})


def test_every_state_is_told_in_many_ways_and_some_sentences_tell_none():
    told = Counter(status for status, _ in ITEMS)
    assert set(told) == {
        "-", "proposed", "under_study", "approved", "in_development", "launched", "operating", "completed", "failed", "on_hold",
        "cancelled",
    }  # fmt: skip
    assert min(told.values()) >= 4
    assert len(set(ITEMS)) == len(ITEMS)
