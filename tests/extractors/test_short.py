"""Headlines and teasers: what a feed says in one line of a mission's state and dates, and what it does not say."""

import tomllib
from pathlib import Path

import pytest

from tracker.extractors.rules.read import read

PUBLISHED = "2026-05-20"
ITEMS = tomllib.loads((Path(__file__).resolve().parents[1] / "data" / "reading" / "short.toml").read_text("utf-8"))[
    "items"
]
TOLD = [item for item in ITEMS if not item.get("silent")]
SILENT = [item for item in ITEMS if item.get("silent")]


@pytest.fixture
def claims(knowledge, document):
    """Read an item, and return its claims."""
    return lambda text: read(document(text, PUBLISHED), knowledge)


def line(claim) -> str:
    """A claim in the words of the data file: "lupex launch_date 2028 planned"."""
    name = claim.entity_id.partition("/")[2]
    return f"{name} {claim.attribute} {claim.value} {claim.modality}" + (" old" if claim.superseded else "")


@pytest.mark.parametrize("item", TOLD, ids=lambda item: item["text"][:48])
def test_an_item_tells_the_state_and_the_dates_of_its_missions(claims, item):
    found = {
        line(c)
        for c in claims(item["text"])
        if c.kind == "mission" and (c.attribute == "status" or c.attribute.endswith("_date"))
    }
    assert found == set(item["says"])


@pytest.mark.parametrize("item", SILENT, ids=lambda item: item["text"][:48])
def test_a_word_that_is_a_mission_s_name_elsewhere_says_nothing(claims, item):
    assert claims(item["text"]) == ()


def test_the_items_weigh_silence_as_much_as_news():
    """The file keeps what it is there for: many items that give no status, and many that give nothing."""
    assert len(ITEMS) >= 150
    assert len(SILENT) >= 20
    assert sum(not any(" status " in told for told in item["says"]) for item in TOLD) >= 40
    assert len({item["text"] for item in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("India and France to hold space dialogue in June 2026", "meeting/france-india-space-dialogue-2026"),
        ("France, India hold space dialogue", "meeting/france-india-space-dialogue-2026"),
        ("India and Japan held their third Space Dialogue.", "meeting/india-japan-space-dialogue-3"),
        ("Brazil and Chile held their second Space Dialogue.", "meeting/brazil-chile-space-dialogue-2"),
        ("India, Japan sign agreement on LUPEX", "agreement/india-japan-agreement-lupex"),
        ("Japan and India sign agreement on LUPEX", "agreement/india-japan-agreement-lupex"),
        ("Norway and Chile sign memorandum on space debris", "agreement/chile-norway-mou-space-debris"),
    ],
)
def test_two_feeds_agree_on_the_id_of_what_two_states_do(claims, text, subject):
    found = {c.entity_id for c in claims(text) if c.kind != "mission"}
    assert found == {subject}


@pytest.mark.parametrize("text", ["NASA, ESA: the agreement signed", "ISRO, JAXA: new LUPEX agreement signed"])
def test_a_headline_may_end_at_the_verb(claims, text):
    assert all(c.kind == "agreement" or c.attribute == "party" for c in claims(text))
