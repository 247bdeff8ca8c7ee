"""What articles say of meetings: names, members of series, dates, places, and who was there."""

import pytest

from tracker.extractors.rules.read import read

CONTEXT = "\n\nThe satellite makers of both sides follow the spacecraft and the lunar lander of the space agency.\n"


def meetings(text, knowledge, document, published="2024-07-10"):
    found = {}
    for claim in read(document(text + CONTEXT, published), knowledge):
        if claim.kind == "meeting":
            told = f"{claim.attribute}={claim.value}" + ("" if claim.modality == "actual" else f" {claim.modality}")
            found.setdefault(claim.entity, set()).add(told)
    return found


@pytest.mark.parametrize(
    ("text", "name", "facts"),
    [
        ("Officials of NASA and ESA met in Bengaluru on Tuesday to discuss a probe.", "meeting of officials of NASA and ESA in Bengaluru", {"place=Bengaluru", "held_date=2024-07-09", "status=held", "party=NASA", "party=ESA"}),
        ("The leaders of Kenya, Ghana and Egypt met at Camp David on 18 August 2023.", "meeting of leaders of Kenya, Ghana and Egypt at Camp David", {"held_date=2023-08-18", "party=Kenya", "party=Ghana", "party=Egypt"}),
        ("NASA administrator Bill Nelson visited ISRO in Bengaluru in November 2023.", "visit of NASA administrator Bill Nelson to ISRO", {"held_date=2023-11", "place=Bengaluru", "status=held"}),
        ("The very first meeting of the India-Japan Space Dialogue was on 8 March 2019, in New Delhi.", "first meeting of the India-Japan Space Dialogue", {"held_date=2019-03-08", "place=New Delhi", "status=held"}),
        ("The second India-Japan Space Dialogue was held on 2 November 2021, as a virtual meeting.", "second India-Japan Space Dialogue", {"held_date=2021-11-02", "place=virtual", "status=held"}),
        ("Speaking on the sidelines of the fifth Global Crater Forum in Oslo on 3 May 2024, NASA administrator Ann Lee and KARI president Lee Sang told of a lander.", "fifth Global Crater Forum", {"party=NASA", "party=KARI", "place=Oslo", "held_date=2024-05-03"}),
        ("The Kenyan ministers will meet in Oslo in 2026.", "meeting of Kenyan ministers in Oslo", {"status=planned"}),
    ],
)  # fmt: skip
def test_a_meeting_has_a_name_and_its_facts(text, name, facts, knowledge, document):
    found = meetings(text, knowledge, document)
    assert set(found) == {name}
    assert facts <= found[name], found


def test_a_session_told_by_its_number_is_a_member_of_the_series(knowledge, document):
    text = "The UN Committee on the Peaceful Uses of Outer Space (COPUOS) concluded its 67th session in Vienna on 28 June 2024."
    ids = {c.entity_id for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "meeting"}
    assert ids == {"meeting/copuos-67"}


def test_a_headline_may_shorten_the_name(knowledge, document):
    text = (
        "Norway and Kenya Hold Fourth Space Dialogue\n\n"
        "The fourth Norway-Kenya Space Dialogue was held in Oslo on 3 June 2024. It was on satellites.\n"
    )
    found = {
        (c.entity_id, c.entity) for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "meeting"
    }
    assert len(found) == 1
    assert found.pop()[1] == "fourth Norway-Kenya Space Dialogue"


@pytest.mark.parametrize(
    "text",
    [
        "The lander met its target in Oslo.",
        "NASA hopes for regular meetings.",
        "The rocket was shown at a press meeting.",
    ],
)
def test_what_is_no_meeting(text, knowledge, document):
    assert meetings(text, knowledge, document) == {}


def test_the_next_of_a_series_is_numbered_by_the_one_that_is_named(knowledge, document):
    text = (
        "The 4th Norway-Kenya Space Dialogue was held in Oslo on 25 April 2024. "
        "Both sides plan to hold the fifth dialogue in Nairobi in 2025."
    )
    found = meetings(text, knowledge, document)
    ids = {c.entity_id for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "meeting"}
    assert len(ids) == 2
    assert {i.rsplit("-", 1)[1] for i in ids} == {"4", "5"}
    assert any("held_date=2025 planned" in facts for facts in found.values())


def test_the_first_meeting_of_something_else_is_no_member(knowledge, document):
    text = (
        "The eighth meeting of the Norway-Kenya Space Committee was held in Oslo on 25 April 2024. "
        "It was the first meeting of a board on debris."
    )
    ids = {c.entity_id for c in read(document(text + CONTEXT, "2024-07-10"), knowledge) if c.kind == "meeting"}
    assert not {i for i in ids if i.endswith("committee-1")}
    assert any(i.endswith("-8") for i in ids)
