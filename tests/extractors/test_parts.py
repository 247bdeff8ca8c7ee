"""A mission has landed when its lander has; what befalls a part alone stays with the part."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def landings(knowledge, document):
    """Read a text, and return the landings that it tells as (entity, value)."""

    def tell(text: str, published: str = "2025-06-01") -> set[tuple[str, str]]:
        found = read(document(text, published), knowledge)
        return {(c.entity, c.value) for c in found if c.attribute == "landing_date"}

    return tell


def test_a_mission_lands_with_its_lander(landings):
    text = "ISRO's Chandrayaan-3 was launched in July 2023. The Vikram lander of Chandrayaan-3 touched down on 23 August 2023."
    assert ("Chandrayaan-3", "2023-08-23") in landings(text)


def test_a_probe_that_left_for_a_moon_landed_alone(landings):
    text = "NASA's Cassini orbiter circled Saturn. Huygens, the probe that it carried, landed on Titan in January 2005."
    assert {entity for entity, _ in landings(text)} == {"Huygens"}


def test_a_lander_that_was_lost_landed_nowhere(landings):
    text = "ISRO's Chandrayaan-2 was launched in July 2019. The Vikram lander of Chandrayaan-2 was lost on 7 September 2019."
    assert not landings(text)
