"""Missions found by what stands beside their names, and what only looks like one. No name here is in the catalog."""

import pytest

from tracker.extractors.rules.names.known import find_known
from tracker.extractors.rules.subjects.missions.discovered import find_missions
from tracker.extractors.rules.subjects.page.acronyms import abbreviates
from tracker.extractors.rules.subjects.page.page import Page
from tracker.language.text import plain


@pytest.fixture(scope="session")
def missions(catalog):
    def find(text, form="proper"):
        page = Page.of(text, find_known(plain(text), catalog), catalog)
        return [c for c in find_missions(page) if c.form == form]

    return find


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Puffin probe will leave for Venus in 2031.", ["Puffin"]),
        ("Norway's Lynx rover and the Otter orbiter were shipped in June.", ["Lynx", "Otter"]),
        ("Engineers tested Fjordsat, a satellite that watches ice.", ["Fjordsat"]),
        ("The satellite, dubbed Kittiwake, reached orbit.", ["Kittiwake"]),
        ('A spacecraft called "Guillemot" is being built.', ["Guillemot"]),
        ("Its first lunar lander, Skua, tipped over.", ["Skua"]),
        ("The weather satellite Fulmar-2 was moved.", ["Fulmar-2"]),
        ("The Polar Ice Mapping Mission was approved in March.", ["Polar Ice Mapping Mission"]),
        ("The Skerry Lander for Lunar Mapping is late.", ["Skerry Lander for Lunar Mapping"]),
        ("Swedish-built Ptarmigan satellite data may follow; the Ptarmigan satellite is well.", ["Ptarmigan"]),
        ("The agency launched Petrel into a polar orbit.", ["Petrel"]),
        ("On Monday Kestrel-9 lifted off from Andøya.", ["Kestrel-9"]),
        ("A rocket named Gannet carried Eider-3 and Eider-4 to orbit.", ["Eider-3", "Eider-4"]),
        ("Drop Test Mission-2 ended in the sea after the launch.", ["Drop Test Mission-2"]),
        ("The firm lofted the Snow Bunting 3 radar satellite on Sunday.", ["Snow Bunting 3"]),
        ("Two agencies build the Coastal Ozone Watch (COW) satellite.", ["Coastal Ozone Watch"]),
        ("It will fly its first lander, Goosander One, in 2026.", ["Goosander One"]),
        ("The Russian-European Brambling orbiter was parked.", ["Brambling"]),
    ],
)
def test_a_name_is_a_missions_when_the_words_beside_it_say_so(missions, text, names):
    assert [c.name for c in missions(text) if not c.weak] == names


@pytest.mark.parametrize(
    "text",
    [
        "The trade mission landed in Oslo.",
        "A fact-finding mission visited the launch site.",
        "She is on a mission to save the old observatory.",
        "The Ariane 6 rocket lifted off with a dummy payload.",
        "The launch of the rocket was delayed.",
        "On Friday a PSLV-C71 took off.",
        "The company Moon Express hired ten engineers.",
        "NASA spacecraft have visited Saturn, and Japanese probes went to asteroids.",
        "Satellite images show the flood, and satellite operators agree.",
        "The mission control centre was full, and the mission director slept.",
        "The Fjord Satellite Launch Centre opened its gate.",
        "Instead, the craft will go back to its hall.",
        "The Boeing 737 was delayed, and Covid-19 closed the plant near Highway 7.",
        "A booster named Gannet-1 exploded on the pad.",
        "Rover cars and Explorer vans were recalled.",
    ],
)
def test_what_only_looks_like_a_mission_is_none(missions, text):
    assert [c.name for c in missions(text) if not c.weak] == []
    assert missions(text, "descriptive") == []


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("The Polar Ice Mapping Mission (PIMM) was approved.", "Polar Ice Mapping Mission", "PIMM"),
        ("PIMM, the Polar Ice Mapping Mission, costs 90 million euros.", "Polar Ice Mapping Mission", "PIMM"),
        ("PIMM (Polar Ice Mapping Mission) costs 90 million euros.", "Polar Ice Mapping Mission", "PIMM"),
        ("The Heron telescope, also known as Long Neck, opened its eye.", "Heron", "Long Neck"),
        ("Drop Test Mission-2 (DTM-2) ended in the sea after launch.", "Drop Test Mission-2", "DTM-2"),
    ],
)
def test_a_full_name_and_its_short_form_are_one(missions, text, name, other):
    found = next(c for c in missions(text) if not c.weak)
    assert found.name == name
    assert other in found.names


@pytest.mark.parametrize(
    ("text", "name", "destination"),
    [
        (
            "A joint Norwegian-Swedish Mars lander is being studied.",
            "joint Norwegian-Swedish Mars lander",
            "destination/mars",
        ),
        ("Turkey hopes for a lunar mission of its own in 2028.", "lunar mission", "destination/moon"),
        ("They agreed on a joint mission to the Moon.", "joint mission to the Moon", "destination/moon"),
        ("Kenya wants to build an imaging and communications satellite.", "imaging and communications satellite", None),
        ("The first uncrewed test flight is planned for June.", "first uncrewed test flight", None),
    ],
)
def test_a_project_without_a_name_is_found_by_what_it_is(missions, text, name, destination):
    (found,) = missions(text, "descriptive")
    assert (found.name, found.destination) == (name, destination)


@pytest.mark.parametrize(
    "text",
    [
        "No lunar mission is planned.",
        "Past missions took years.",
        "It was hailed as a lunar mission.",
        "They asked whether a laser-carrying satellite could do it.",
        "Russian engineers wrote a new satellite guide.",
        "The rover would dig.",
    ],
)
def test_any_craft_of_a_sort_is_no_project(missions, text):
    assert missions(text, "descriptive") == []


def test_a_credit_in_the_dateline_names_no_craft(missions):
    assert missions("Oslo (Sputnik): The agency bought a desk for its satellite hall.") == []


@pytest.mark.parametrize(
    ("acronym", "full", "fits"),
    [
        ("PIMM", "Polar Ice Mapping Mission", True),
        ("TWEX", "Tidewater Explorer", True),
        ("XRS", "X-Ray Spectrometer", True),
        ("NASA", "Polar Ice Mapping Mission", False),
        ("P", "Polar", False),
        ("EXTW", "Tidewater Explorer", False),
    ],
)
def test_an_acronym_takes_its_letters_in_order(acronym, full, fits):
    assert abbreviates(acronym, full) is fits
