"""A craft that is lost at its launch or its landing is lost on the day of it."""

import pytest

from tracker.extractors.rules.read import read


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The Plover 2 satellite was lost minutes after liftoff on 3 March 2025.", {"2025-03-03"}),
        ("A Rokot carrying the Plover 2 satellite lifted off on 3 March 2025. It was lost shortly after launch.", {"2025-03-03"}),
        ("The Plover-2 lunar lander was to touch down on 3 March 2025. Contact was lost moments before landing.", {"2025-03-03"}),
        ("The Plover 2 satellite was launched on 3 March 2019. It failed in orbit.", set()),
        ("The Plover 2 satellite was launched on 3 March 2019. Contact was lost in 2021 during a test of its landing radar.", {"2021"}),
        ("The Plover-2 lunar lander is to touch down on 3 March 2026. A sister craft was lost moments before landing.", set()),
    ],
    ids=["liftoff", "a sentence later", "a planned landing", "in orbit", "a day of its own", "another one"],
)  # fmt: skip
def test_the_day_of_a_loss_is_that_of_its_launch_or_landing(knowledge, document, text, days):
    found = read(document(text, "2025-06-01"), knowledge)
    assert {c.value for c in found if c.attribute == "loss_date"} == days


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A PSLV carrying the Plover 2 satellite failed minutes after liftoff on 3 March 2025.", {"failed"}),
        ("An Electron carrying the Plover 2 satellite failed two minutes into the flight on 3 March 2025.", {"failed"}),
        ("The Plover 2 satellite failed completely in May 2024.", {"failed"}),
        ("The Plover 2 satellite failed a test in May 2024.", set()),
    ],
    ids=["minutes", "two minutes", "completely", "a test"],
)
def test_a_time_behind_a_verb_is_no_object(knowledge, document, text, status):
    found = read(document(text, "2025-06-01"), knowledge)
    assert {c.value for c in found if c.attribute == "status"} == status


LAUNCHED = " The Plover 2 satellite was launched from Baikonur to map crops for the space agency."


@pytest.mark.parametrize(
    ("news", "status"),
    [
        ("A Proton-M launch failed shortly after it had begun, with the loss of all aboard.", "failed"),
        ("The first flight of the new rocket went sour at once.", "failed"),
        ("A Proton-M rocket exploded on Monday.", "failed"),
        ("A rocket launch on Monday ended in failure.", "failed"),
        ("A Proton-M rocket lifted off on Monday after last year's launch had failed.", "launched"),
        ("A Falcon 9 lifted off on Monday; its booster crashed on a droneship.", "launched"),
        ("A Proton-M rocket could have exploded on Monday, engineers say.", "launched"),
        ("A Proton-M rocket failed to lift off on time on Monday.", "launched"),
    ],
    ids=["failed", "sour", "exploded", "ended in failure", "last year", "a booster", "might have", "late"],
)
def test_what_a_failed_launch_carried_is_lost(knowledge, document, news, status):
    found = read(document(news + LAUNCHED, "2025-06-01"), knowledge)
    told = {c.value for c in found if c.attribute == "status" and c.entity == "Plover 2"}
    assert told == {status}


def test_the_failure_of_one_launch_is_none_of_an_older_one(knowledge, document):
    text = "A Proton-M rocket exploded on Monday. The Plover 2 satellite was launched by the same agency in 2019."
    found = read(document(text, "2025-06-01"), knowledge)
    assert "failed" not in {c.value for c in found if c.attribute == "status"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Plover 2 probe was launched in 2015. NASA gave up on the Plover 2 probe after a month of silence.", "completed"),
        ("The Plover 2 probe was launched in March 2025. NASA gave up on the Plover 2 probe after a month of silence.", "failed"),
        ("The Plover 2 probe is silent. NASA has not given up on the Plover 2 probe, which was launched in 2015.", None),
    ],
    ids=["after years", "at once", "not yet"],
)  # fmt: skip
def test_a_probe_that_is_given_up_after_years_has_done_its_work(knowledge, document, text, status):
    found = read(document(text, "2025-06-01"), knowledge)
    told = {c.value for c in found if c.attribute == "status" and c.modality == "actual"}
    assert status in told if status else "completed" not in told


@pytest.mark.parametrize(
    ("text", "launched"),
    [
        ("ESA has put off the Vega launch Plover-2 was waiting for.", False),
        ("Controllers cancelled the Electron launch Plover-2 had been booked on.", False),
        ("Russia and Iran launch the Plover-2 satellite.", True),
    ],
    ids=["put off", "cancelled", "a verb"],
)
def test_a_launch_behind_the_name_of_its_rocket_is_no_verb(knowledge, document, text, launched):
    found = read(
        document(text + LAUNCHED.replace("Plover 2 satellite was launched", "rocket rose"), "2025-06-01"), knowledge
    )
    assert (("status", "launched") in {(c.attribute, c.value) for c in found if c.entity == "Plover-2"}) is launched


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("NASA and ESA hope to land rocks gathered by the Plover-2 rover on Earth in 2033.", None),
        ("NASA hopes to bring home dust swept up and stored by the Plover-2 lander in 2033.", None),
        ("NASA hopes to land the Plover-2 rover on Mars in 2033.", "2033"),
    ],
)
def test_who_gathered_what_is_landed_does_not_land(knowledge, document, text, day):
    found = read(document(text + " The agency has put several spacecraft in orbit.", "2025-06-01"), knowledge)
    assert {c.value for c in found if c.attribute == "landing_date"} == ({day} if day else set())
