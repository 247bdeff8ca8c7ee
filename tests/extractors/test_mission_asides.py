"""What is told between commas belongs to what stands before it, and keeps nothing from the verb behind it."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def dates(knowledge, document):
    """Read a text, and return the dates of its missions as (entity, attribute, value, modality)."""

    def tell(text: str, published: str = "2025-06-01") -> set[tuple[str, str, str, str]]:
        found = read(document(text, published), knowledge)
        return {
            (c.entity, c.attribute, c.value, c.modality)
            for c in found
            if c.kind == "mission" and c.attribute.endswith("_date")
        }

    return tell


def test_each_of_a_list_has_the_date_behind_it(dates):
    told = dates("The probe follows Lucy, launched in 2021, and Psyche, launched in 2023, NASA said.")
    assert {("Lucy", "launch_date", "2021", "actual"), ("Psyche", "launch_date", "2023", "actual")} == told


def test_a_relative_clause_does_not_part_a_mission_from_its_verb(dates):
    told = dates(
        "ESA's PLATO telescope, whose cameras were built in twelve countries, will be launched in December 2026."
    )
    assert told == {("PLATO", "launch_date", "2026-12", "planned")}


def test_what_is_moved_is_what_the_sentence_begins_with(dates):
    told = dates("The launch of the Dragonfly mission, a landing on the moon Titan, moves from June 2027 to July 2028.")
    assert told == {
        ("Dragonfly", "launch_date", "2027-06", "planned"),
        ("Dragonfly", "launch_date", "2028-07", "planned"),
    }


def test_the_second_of_two_takes_the_verb_of_the_first(dates):
    told = dates("ESA's PLATO telescope will go in December 2026 and the Comet Interceptor probe in late 2029.")
    assert told == {
        ("PLATO", "launch_date", "2026-12", "planned"),
        ("Comet Interceptor", "launch_date", "2029-09/2029-12", "planned"),
    }


def test_the_mission_in_an_aside_is_not_the_one_that_flew(dates):
    told = dates("Sentinel-6B, a twin of Sentinel-6 Michael Freilich, was launched on 12 May 2025, ESA said.")
    assert told == {("Sentinel-6B", "launch_date", "2025-05-12", "actual")}


@pytest.mark.parametrize(
    "text",
    [
        "Brazil means to send a small lander to the Moon in 2030, officials said after the loss of the Beresheet mission.",
        "Canada wants to launch a second radar satellite in 2027, three years after its WildFireSat mission was approved.",
    ],
)
def test_what_is_sent_is_the_object_of_the_verb(dates, text):
    assert not {entity for entity, attribute, _, _ in dates(text) if attribute == "launch_date"} & {
        "Beresheet mission", "Beresheet", "WildFireSat mission", "WildFireSat",
    }  # fmt: skip


def test_a_craft_lost_before_touchdown_has_not_landed(dates):
    told = dates("The Beresheet lander was lost moments before touchdown in April 2019, SpaceIL said.")
    assert {(attribute, value) for _, attribute, value, _ in told} == {("loss_date", "2019-04")}


def test_a_craft_flown_into_a_planet_has_ended(dates, knowledge, document):
    text = "NASA's Magellan orbiter was steered into the atmosphere of Venus in October 1994."
    found = {(c.attribute, c.value) for c in read(document(text, "2025-06-01"), knowledge) if c.kind == "mission"}
    assert {("end_date", "1994-10"), ("status", "completed")} <= found


@pytest.mark.parametrize(
    "text",
    [
        "Visitors were guided into the hall where the Magellan orbiter hangs, NASA said in October 1994.",
        "The rocket flew into orbit with NASA's Lucy spacecraft in 2021.",
    ],
)
def test_other_ways_into_something_end_no_mission(dates, text):
    assert not [fact for fact in dates(text) if fact[1] == "end_date"]


@pytest.mark.parametrize(
    "text",
    [
        "The Psyche spacecraft has a launch period this autumn, which runs until 11 October, NASA said.",
        "The Lucy probe needs a new antenna, which stopped working in March, NASA said.",
    ],
)
def test_a_relative_clause_about_a_thing_ends_no_mission(dates, text):
    assert not [fact for fact in dates(text) if fact[1] == "end_date"]


def test_a_launch_window_is_no_launch(knowledge, document):
    text = "There is not enough time left to test NASA's Psyche probe before its launch window this year closes."
    found = read(document(text, "2022-06-25"), knowledge)
    assert not [
        c for c in found if c.attribute == "status" or (c.modality == "actual" and c.attribute == "launch_date")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "NASA's Psyche is a mission to study how planets are made.",
        "ESA's Hera probe was designed to examine a crater on Dimorphos.",
        "JAXA's MMX spacecraft, built to study whether Phobos was once an asteroid, is late.",
    ],
)
def test_what_a_craft_is_for_is_not_studied(knowledge, document, text):
    assert "under_study" not in {c.value for c in read(document(text, "2025-06-01"), knowledge)}


def test_a_mission_whose_feasibility_is_looked_at_is_under_study(knowledge, document):
    text = "ISRO and CNES will study whether the Venus Tide mission can be flown before 2031."
    assert ("status", "under_study") in {(c.attribute, c.value) for c in read(document(text, "2025-06-01"), knowledge)}
