"""Where missions go: to bodies, orbits, points and stations, as sentences and headings tell it."""

import pytest

from tracker.extractors.rules.read import read

SPACE = "\n\nNASA, ESA and ISRO have many spacecraft in orbit, and agencies pay for them."


@pytest.fixture
def whither(knowledge, document):
    """Read a text, and return "mission: destination" for all that it says of destinations."""

    def tell(text: str) -> set[str]:
        found = read(document(text + SPACE, "2026-03-04"), knowledge)
        return {f"{c.entity}: {c.value}" for c in found if c.attribute == "destination"}

    return tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Taifa-4 satellite was launched in May. It works in a sun-synchronous orbit.",
            "Taifa-4: sun-synchronous orbit",
        ),
        (
            "The LUMIO-2 cubesat will circle the second Lagrange point of the Earth and the Moon.",
            "LUMIO-2: Earth-Moon L2",
        ),
        ("Axiom-5 is a private trip to the International Space Station.", "Axiom-5: International Space Station"),
        ("Old visitors of Venus\n\nMagellan was launched in 1989 by NASA.", "Magellan: Venus"),
        ("The Taifa-4 satellite was placed in a circular 550-km polar orbit.", "Taifa-4: polar orbit"),
        ("The geostationary satellite Taifa-4 was launched in May.", "Taifa-4: GEO"),
        ("The Taifa-4 capsule docked with the International Space Station.", "Taifa-4: International Space Station"),
        ("The Taifa-4 probe will visit the asteroid 1996 XB27 in 2031.", "Taifa-4: 1996 XB27"),
        ("Taifa-4, a Mars orbiter, was launched in May.", "Taifa-4: Mars"),
        ("Taifa-4 will be Kenya's first lunar lander.", "Taifa-4: Moon"),
        ("The Taifa-4 mission will map dust and fires over Africa from geostationary orbit.", "Taifa-4: GEO"),
    ],
    ids=[
        "its-orbit", "of-the-moon", "a-station", "below-a-heading", "measured", "its-sort", "docked", "a-small-body", "apposed", "will-be",
        "works-from",
    ],
)  # fmt: skip
def test_words_lead_there(whither, text, expected):
    assert expected in whither(text)


@pytest.mark.parametrize(
    ("text", "nowhere"),
    [
        ("The Taifa-4 satellite was launched in May. Its orbit turns relative to the sun.", "Taifa-4: Sun"),
        (
            "The Plato-2 telescope will circle a Lagrange point, the second one of the Sun and Earth.",
            "Plato-2: Earth-Moon L2",
        ),
        (
            "Astronauts on the International Space Station saw the Taifa-4 satellite.",
            "Taifa-4: International Space Station",
        ),
        (
            "The AzTechSat-2 cubesat was deployed from the International Space Station.",
            "AzTechSat-2: International Space Station",
        ),
        ("Old visitors of Venus\n\nThe Taifa-4 satellite was launched in May.", "Taifa-4: Venus"),
        ("The Taifa-4 satellite shares data with the International Space Station.", "Taifa-4: International Space Station"),
        ("The Taifa-4 satellite saw the Asteroid Belt in May.", "Taifa-4: Belt"),
    ],
    ids=[
        "only-measured", "of-the-sun", "only-seen-from-there", "deployed-from", "not-of-this-heading", "not-docked", "no-name",
    ],
)  # fmt: skip
def test_words_beside_it_do_not(whither, text, nowhere):
    assert nowhere not in whither(text)
