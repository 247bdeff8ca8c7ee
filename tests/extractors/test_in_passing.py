"""What only looks like a mission of the text: a programme or a station in passing, another's acronym, a person, and one craft of two names."""

import pytest

CONTEXT = "ESA spoke of its rockets and of two spacecraft on Monday.\n\n"


@pytest.fixture(scope="session")
def missions(read):
    def find(text):
        return {name for s in read(CONTEXT + text).values() if s.kind == "mission" for name in (s.name, *s.aliases)}

    return find


@pytest.mark.parametrize(
    "text",
    [
        "The lander was chosen under NASA's Discovery Program.",
        "Two cubesats were pushed out from the ISS, and the ISS crew watched them.",
        "A capsule flew onto the International Space Station for a month.",
        "The motor comes from Ostrava SDO, a Czech maker.",
        "So says the minister, Ann Pochard, the satellite project being hers.",
    ],
)
def test_what_is_named_in_passing_is_no_mission_of_the_text(missions, text):
    assert not missions(text) & {"Discovery Program", "ISS", "International Space Station", "SDO", "Ann Pochard"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Artemis programme costs too much, a report says.", "Artemis programme"),
        ("Latvia signed up to the Artemis programme, which wants a base near the lunar pole.", "Artemis programme"),
        ("The ISS will be steered into the sea in 2031.", "ISS"),
        ("In May Copper Kestrel, the satellite built by Airbus, was shipped.", "Copper Kestrel"),
        ("NASA's SDO has watched the Sun since 2010.", "SDO"),
    ],
)
def test_what_the_text_speaks_of_is_one(missions, text, name):
    assert name in missions(text)


@pytest.mark.parametrize(
    "text",
    [
        "Garganey 11/Wigeon 105 was launched in May on a Falcon 9.",
        "A Vega will carry the Garganey 11/Wigeon 105 weather satellite.",
    ],
)
def test_two_owners_give_one_craft_two_names(read, text):
    (one,) = [s for s in read(CONTEXT + text).values() if s.kind == "mission"]
    assert {one.name, *one.aliases} >= {"Garganey 11", "Wigeon 105"}


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("ESA's Hera is late. The next window for a Mars mission opens in 2028.", set()),
        ("ESA's Hera is on its way. The agency plans a Mars orbiter of its own.", {"Mars orbiter"}),
        ("ESA's Hera is on its way. A lunar lander with four legs would fly in 2031.", {"lunar lander"}),
        ("Chile and Peru spoke of a joint satellite fleet.", set()),
    ],
)
def test_any_craft_of_a_sort_is_none_behind_one_with_a_name(missions, text, described):
    assert {m for m in missions(text) if m[0].islower() or " " in m} == described
