"""A craft that the lead of an article describes before it names it, as news agencies do."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def told(knowledge, document):
    """Read a text, and return what it says of missions as (entity, attribute, value)."""

    def tell(text: str, published: str = "2024-06-26") -> set[tuple[str, str, str]]:
        found = read(document(text, published), knowledge)
        return {(c.entity, c.attribute, c.value) for c in found if c.kind == "mission"}

    return tell


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            (
                "OSLO — A Norwegian radar satellite lifted off from Kourou on Friday on a Vega-C. The 120-kg Fjordsat 2 satellite "
                "will look for ships in the Arctic."
            ),
            {("Fjordsat 2", "launch_date", "2024-06-21"), ("Fjordsat 2", "launch_vehicle", "Vega-C")},
        ),
        (
            "A privately built lunar lander crashed on Tuesday, its owner said. The Peregrine lander had been launched in January.",
            {("Peregrine lander", "status", "failed"), ("Peregrine lander", "loss_date", "2024-06-25")},
        ),
        (
            (
                "China on Thursday launched a relay satellite on a Long March 8 rocket from Wenchang. Queqiao-3 will serve "
                "craft on the far side."
            ),
            {("Queqiao-3", "launch_date", "2024-06-20"), ("Queqiao-3", "status", "launched")},
        ),
        (
            (
                "Brazil's newest ocean satellite fell silent on Sunday, four years after its start. Engineers are trying to "
                "wake the Amazonia-4 satellite, the space agency said."
            ),
            {("Amazonia-4", "status", "failed"), ("Amazonia-4", "loss_date", "2024-06-23")},
        ),
        (
            (
                "BAKU — An Azerbaijani satellite built in Italy blasted off from Kourou on Monday, a minister said. Rain had held it "
                "up for a day. The launch of the Araz-5 satellite is the fifth in a series."
            ),
            {("Araz-5", "launch_date", "2024-06-24")},
        ),
        (
            (
                "Damaged Omani satellite lost for good\n\nMuscatSat-1 weighs 200 kg, an expert told the SPS news agency.\n\nAn Omani "
                "satellite hailed as the pride of its makers fell silent on Tuesday, ESA and the Omani government said."
            ),
            {("MuscatSat-1", "status", "failed"), ("MuscatSat-1", "loss_date", "2024-06-25")},
        ),
        (
            "A Korean mission to bring back dust from a comet has slipped to 2031. The space agency KASA said the Garganey-5 probe is late.",
            {("Garganey-5", "launch_date", "2031")},
        ),
    ],
    ids=["satellite", "lander", "object", "owned", "mid-sentence", "caption", "mission"],
)
def test_what_the_lead_describes_is_what_is_named_next(told, text, facts):
    found = told(text)
    assert {(e.removeprefix("the "), a, v) for e, a, v in found} >= facts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A Russian spacecraft crashed into the Moon on Sunday. India hopes that Chandrayaan-3 will do better.", "Chandrayaan-3"),
        ("A Japanese lander crashed on the Moon on Sunday, the first loss since that of NASA's Surveyor 4.", "Surveyor 4"),
        (("A weather satellite was lost on Sunday, officials said. Rain is expected. Roads are wet. Trains are late. "
         "Much else went on. ESA's Hera probe was launched in October."), "Hera"),
        ("NASA's Psyche craft is well. A lander crashed on the Moon on Sunday. ESA's Hera probe is well too.", "Hera"),
    ],
    ids=["another country's", "compared", "far away", "not at the head"],
)  # fmt: skip
def test_what_is_named_next_may_be_something_else(told, text, name):
    assert not [fact for fact in told(text) if name in fact[0] and fact[2] in ("failed", "2024-06-23")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("NASA's Stardust capsule landed in Utah on 15 January 2006.", "completed"),
        ("The Tianwen-3 capsule is to land in Inner Mongolia.", None),
        ("ESA's Hera lander touched down in a crater of Dimorphos on Sunday.", "operating"),
    ],
)
def test_a_craft_that_lands_on_earth_is_home(told, text, status):
    assert {value for _, attribute, value in told(text) if attribute == "status"} == ({status} if status else set())


def test_a_counted_description_is_the_mission_of_that_number(told):
    text = "Chile launches Condor-3\n\nChile on Friday launched its third radar satellite. The Condor-3 satellite left from Kourou."
    found = told(text)
    assert {entity for entity, _, _ in found} == {"Condor-3"}
    assert ("Condor-3", "launch_date", "2024-06-21") in found


def test_a_counted_description_is_no_mission_of_another_number(told):
    found = told("India hopes to fly its fourth lunar mission in 2028. Chandrayaan-3 landed in August 2023.")
    assert not [fact for fact in found if fact[0] == "Chandrayaan-3" and fact[2] == "2028"]
