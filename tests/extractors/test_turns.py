"""Values that a sentence hands out in turn: each mission gets its own."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def told(knowledge, document):
    """Read a text, and return what it tells of one attribute as (entity, value)."""

    def tell(text: str, attribute: str) -> set[tuple[str, str]]:
        found = read(document(text, "2025-06-01"), knowledge)
        return {(c.entity, c.value) for c in found if c.attribute == attribute}

    return tell


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Luna-26 and Luna-27 will be launched in 2028 and 2029, respectively.",
            {("Luna-26", "2028"), ("Luna-27", "2029")},
        ),
        (
            "Chandrayaan-1, Chandrayaan-2 and Chandrayaan-3 were launched in 2008, 2019 and 2023 respectively.",
            {("Chandrayaan-1", "2008"), ("Chandrayaan-2", "2019"), ("Chandrayaan-3", "2023")},
        ),
        ("Luna-26 and Luna-27 are slated to lift off in 2028 and 2030.", {("Luna-26", "2028"), ("Luna-27", "2030")}),
        (
            "The launches of Luna-26 and Luna-27 are planned for May 2028 and March 2029, respectively.",
            {("Luna-26", "2028-05"), ("Luna-27", "2029-03")},
        ),
        (
            "Luna-26 and Luna-27 will be launched between 2028 and 2030.",
            {("Luna-26", "2028/2030"), ("Luna-27", "2028/2030")},
        ),
        (
            "Luna-26 and Luna-27 will be launched in 2029, and their builders respectively in Moscow and Samara agree.",
            {("Luna-26", "2029"), ("Luna-27", "2029")},
        ),
    ],
    ids=["respectively", "three", "without the word", "a noun", "a span", "other things in turn"],
)
def test_each_mission_has_the_day_whose_turn_it_is(told, text, days):
    assert told(text, "launch_date") == days


@pytest.mark.parametrize(
    ("text", "rockets"),
    [
        (
            "Luna-26 and Luna-27 will fly on a Soyuz-2.1b and an Angara A5 respectively.",
            {("Luna-26", "Soyuz-2.1b"), ("Luna-27", "Angara A5")},
        ),
        ("Luna-26 and Luna-27 will fly on a Soyuz-2.1b.", {("Luna-26", "Soyuz-2.1b"), ("Luna-27", "Soyuz-2.1b")}),
    ],
    ids=["respectively", "one for both"],
)
def test_each_mission_has_the_rocket_whose_turn_it_is(told, text, rockets):
    assert told(text, "launch_vehicle") == rockets


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Two are chosen\n\nNASA chose from twelve. Lucy and Psyche are targeted to launch in 2026 and 2028, respectively.",
            {("Lucy", "2026"), ("Psyche", "2028")},
        ),
        ("Two are chosen\n\nTokyo chose from twelve. Lucy and Psyche are to launch shops in 2026 and 2028, respectively.", set()),
        ("Two are chosen\n\nThe ESA chose from twelve. Lucy and Psyche are to launch in 2026 and 2028, respectively.", set()),
    ],
    ids=["with who flies them", "without", "with another agency"],
)  # fmt: skip
def test_ordinary_words_are_missions_beside_who_flies_them(told, text, days):
    assert told(text, "launch_date") == days
