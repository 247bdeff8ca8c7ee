"""Days and rockets in parentheses are those of the mission in front of them."""

import pytest

from tracker.extractors.rules.read import read

PLACE = " The space agency has several spacecraft in orbit."


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "ESA's Kestrel mission (launch: 2027) and the Plover orbiter (launch: 2029) will study Venus.",
            {("Kestrel", "2027", "planned"), ("Plover", "2029", "planned")},
        ),
        (
            "India has flown Chandrayaan-1 (2008) and Chandrayaan-2 (2019).",
            {("Chandrayaan-1", "2008", "actual"), ("Chandrayaan-2", "2019", "actual")},
        ),
        (
            "The Kestrel-1 satellite (Falcon 9, 3 March 2023) and the Plover-2 satellite (Electron, 7 May 2023) belong to ESA.",
            {("Kestrel-1", "2023-03-03", "actual"), ("Plover-2", "2023-05-07", "actual")},
        ),
        ("The data of Chandrayaan-1 (2008) tell of water.", set()),
        ("Chandrayaan-1 (Science, 12 June 2009) found water.", set()),
        ("The agency signed the Kestrel accord (2026) on satellites on Monday.", set()),
    ],
    ids=["to come", "past", "with rockets", "no word of a flight", "a journal", "an accord"],
)  # fmt: skip
def test_a_day_in_parentheses_is_that_of_the_mission_in_front(knowledge, document, text, days):
    found = read(document(text + PLACE, "2025-06-01"), knowledge)
    assert {(c.entity, c.value, c.modality) for c in found if c.attribute == "launch_date"} == days


def test_a_rocket_in_parentheses_is_that_of_the_mission_in_front(knowledge, document):
    text = "The Kestrel-1 satellite (Falcon 9, 2027) and the Plover-2 satellite (Electron, 2028) belong to ESA."
    found = read(document(text + PLACE, "2025-06-01"), knowledge)
    told = {(c.entity, c.value) for c in found if c.attribute == "launch_vehicle"}
    assert told == {("Kestrel-1", "Falcon 9"), ("Plover-2", "Electron")}
