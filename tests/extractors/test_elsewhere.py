"""What is not news of missions, agreements or meetings on space: markets, sport, science, films, horoscopes, anniversaries, firms."""

from pathlib import Path

import pytest

from tracker.extractors.rules.read import read

ITEMS = (Path(__file__).resolve().parents[1] / "data" / "reading" / "elsewhere.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("text", ITEMS, ids=lambda text: text[:48])
def test_news_of_something_else_gives_no_claim(knowledge, document, text):
    assert read(document(text, "2026-05-20"), knowledge) == ()


def test_the_items_are_many_and_name_what_missions_are_called():
    """Silence must be hard to keep: names of missions, rockets and bodies stand in most of the items."""
    called = ("Apollo", "Orion", "Voyager", "Juno", "Mars", "Moon", "Rover", "Satellite", "satellite", "launch", "NASA")
    assert len(ITEMS) >= 150
    assert sum(any(name in item for name in called) for item in ITEMS) > len(ITEMS) / 3


def test_a_year_that_is_celebrated_is_none_of_the_event(knowledge, document):
    text = "Fifty years after Apollo 11 landed on the Moon, a museum in Ohio celebrates on 20 July 2019."
    assert all(claim.attribute == "destination" for claim in read(document(text, "2019-06-01"), knowledge))
