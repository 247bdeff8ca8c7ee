"""The launch that an article is about lends its day and its rocket to those that were aboard, wherever they are named."""

import pytest

from tracker.extractors.rules.read import read

PLACE = " The site lies by the sea; the space agency has launched satellites there since 1970."
MONDAY = "2025-05-26"


@pytest.mark.parametrize(
    ("text", "day", "rocket"),
    [
        ("A rocket with two satellites on board blasted off on Monday. {} The first satellite, called Plover-2, was released 27 minutes into the flight.", MONDAY, None),
        ("ISRO launched six satellites of others on Monday with a PSLV. {} The primary payload was a Kenyan satellite called Plover-2.", MONDAY, "PSLV"),
        ("A Soyuz lifted off with 40 satellites on Monday. {} Also on board were a cubesat and Kenya's Plover-2 satellite.", MONDAY, "Soyuz"),
        ("India fired off a rocket with thirty satellites on Monday. {} The rocket carried the Plover-2 satellite, which maps crops.", MONDAY, None),
        ("China launched a Long March 2D on Monday. {} The rocket rose in the afternoon, sending up the Plover-2 satellite.", MONDAY, "Long March 2D"),
        ("A rocket with 40 satellites is due to lift off on Friday. {} The primary payload is the Plover-2 satellite.", None, None),
        ("A rocket with 40 satellites blasted off on Monday. {} The Plover-2 satellite was deployed from the station in 2021.", None, None),
        ("A rocket with 40 satellites blasted off on Monday. {} An earlier rocket had carried the Plover-2 satellite into orbit.", None, None),
        ("A rocket with 40 satellites blasted off on Monday. {} The payload of the Plover-2 satellite, ESA said, is ready.", None, None),
        ("A rocket with 40 satellites blasted off on 3 March 2019. {} The primary payload was the Plover-2 satellite.", None, None),
    ],
    ids=["released", "payload", "on board", "carried", "sending up", "to come", "another day", "an earlier flight", "a payload of its own", "no news"],
)  # fmt: skip
def test_who_was_aboard_left_on_the_day_of_the_news(knowledge, document, text, day, rocket):
    found = read(document(text.replace("{}", PLACE), "2025-05-28"), knowledge)
    told = {(c.attribute, c.value) for c in found if c.entity == "Plover-2"}
    days = {value for attribute, value in told if attribute == "launch_date"}
    rockets = {value for attribute, value in told if attribute == "launch_vehicle"}
    assert days == ({day} if day else set())
    assert rockets == ({rocket} if rocket else set())


@pytest.mark.parametrize("text", ["A European rocket put it into orbit.", "The Polar rocket put it into orbit."])
def test_whose_or_what_a_rocket_is_does_not_name_it(knowledge, document, text):
    found = read(document("The Plover-2 satellite was launched on Monday. " + text, "2025-05-28"), knowledge)
    assert not [c for c in found if c.attribute == "launch_vehicle"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The Plover-2 satellite was launched in 2020. Roscosmos plans two more launches on Proton rockets in 2026.", {"2020"}),
        ("The Plover-2 satellite was launched in 2020. Another launch is planned for June 2026.", {"2020"}),
        ("The Plover-2 satellite was launched in 2020. The firm has scheduled three further flights for 2026.", {"2020"}),
        ("The Plover-2 satellite has been delayed. Another launch attempt is planned for June 2026.", {"2026-06"}),
        ("The Plover-2 satellite is scheduled for delivery in 2026.", set()),
        ("The Plover-2 satellite is expected to be completed in 2026.", set()),
        ("The Plover-2 satellite is due for shipment in May 2026, and for launch in August 2026.", {"2026-08"}),
        ("The Plover-2 satellite is expected to be ready for launch in 2026.", {"2026"}),
        ("The Plover-2 satellite is due to be put in orbit in 2026.", {"2026"}),
    ],
    ids=["more launches", "another", "further flights", "an attempt", "delivery", "completed", "shipment", "ready", "put in orbit"],
)  # fmt: skip
def test_what_is_planned_besides_a_launch_dates_none(knowledge, document, text, days):
    found = read(document(text + PLACE, "2025-05-28"), knowledge)
    assert {c.value for c in found if c.attribute == "launch_date" and c.entity == "Plover-2"} == days


@pytest.mark.parametrize(
    ("text", "launchers"),
    [
        (
            "The Plover-2 satellite waits. Its rocket is meant to compete with European and U.S.-built Atlas rockets.",
            set(),
        ),
        ("The Plover-2 satellite waits. Other Chinese-built rockets are cheaper.", set()),
        ("The Plover-2 satellite waits for its launch. ISRO will provide the rocket.", {"ISRO: launch_vehicle"}),
    ],
    ids=["rivals", "others", "its own"],
)
def test_rockets_in_general_are_nobodys_part(knowledge, document, text, launchers):
    found = read(document(text + PLACE, "2025-05-28"), knowledge)
    assert {c.value for c in found if c.attribute == "party" and c.value.endswith("launch_vehicle")} == launchers
