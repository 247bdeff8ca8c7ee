"""Who orders a spacecraft, who is chosen to build or launch it, and whose mission an article is about."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def parties(knowledge, document):
    """Read a text, and return "mission: PARTY: role" for all that it says of parties."""

    def tell(text: str, title: str | None = None) -> set[str]:
        found = read(document(text, "2024-06-01", title), knowledge)
        return {f"{c.entity}: {c.value}" for c in found if c.kind == "mission" and c.attribute == "party"}

    return tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "NASA has selected Firefly Aerospace to build and launch the Blue Dusk lander, which will fly to the Moon.",
            {
                "Blue Dusk: NASA: lead",
                "Blue Dusk: Firefly Aerospace: spacecraft",
                "Blue Dusk: Firefly Aerospace: launch_vehicle",
            },
        ),
        (
            "Thales Alenia Space has been chosen by ESA as prime contractor for the Triton Orbiter mission.",
            {"Triton Orbiter: Thales Alenia Space: spacecraft", "Triton Orbiter: ESA: lead"},
        ),
        (
            "OHB won a contract from the European Space Agency to develop the Vigil-2 satellite.",
            {"Vigil-2: OHB: spacecraft", "Vigil-2: European Space Agency: lead"},
        ),
        (
            "NASA picked Honeybee Robotics to design the drill for the Icefall lander, a robot bound for Mars.",
            {"Icefall: Honeybee Robotics: payload"},
        ),
    ],
    ids=["selected", "chosen-by", "won-from", "a-part"],
)
def test_the_work_is_given_to_somebody(parties, text, expected):
    assert expected <= parties(text)


@pytest.mark.parametrize(
    "text",
    [
        "NASA has selected astronauts of SpaceX to visit the school where the Icefall lander is shown to children.",
        "ESA said OHB had won a contract in another field, while the Vigil-2 satellite is tested.",
    ],
    ids=["no-work", "another-field"],
)
def test_who_is_chosen_for_something_else_builds_nothing(parties, text):
    assert not {p for p in parties(text) if p.endswith((": spacecraft", ": launch_vehicle"))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The WSF-3 satellite, built by Ball Aerospace for the U.S. Space Force, was launched by SpaceX.",
            {"WSF-3: Ball Aerospace: spacecraft", "WSF-3: U.S. Space Force: lead", "WSF-3: SpaceX: launch_vehicle"},
        ),
        ("SpaceX launched the Nusantara-5 satellite for Indonesia.", {"Nusantara-5: Indonesia: lead"}),
        ("Built by OHB in Bremen, the SARah-4 satellite was launched in May.", {"SARah-4: OHB: spacecraft"}),
        (
            "The Airbus-built Pelicano-2 satellite was put into orbit by SpaceX.",
            {"Pelicano-2: Airbus: spacecraft"},
        ),
        (
            "The BRIsat-2 satellite of Indonesia, ordered from Thales Alenia Space, will be launched in 2028.",
            {"BRIsat-2: Thales Alenia Space: spacecraft"},
        ),
        ("The ESA-led Comet Hopper mission, a small spacecraft, will fly in 2029.", {"Comet Hopper: ESA: lead"}),
    ],
    ids=["built-for", "launched-for", "in-front", "a-compound", "ordered-from", "led"],
)
def test_owner_and_maker_are_told_apart(parties, text, expected):
    assert expected <= parties(text)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("The WSF-3 satellite, built by Boeing, was launched by NASA.", "WSF-3: NASA: spacecraft"),
        (
            "The Comet Hopper mission, run by Paris-based Thales Alenia Space, will fly in 2029.",
            "Comet Hopper: France: lead",
        ),
        ("The Nusantara-5 satellite will provide television for Indonesia, said NASA.", "Nusantara-5: Indonesia: lead"),
    ],
    ids=["launched-not-built", "where-it-sits", "whom-it-serves"],
)
def test_who_only_stands_near_has_no_part(parties, text, nobody):
    assert nobody not in parties(text)


@pytest.mark.parametrize(
    "text",
    [
        "Engineers of CONAE said that all tanks are full. The Sprite-7 probe will lift off in May.",
        "The Sprite-7 probe will lift off in May. CONAE and ESA watch it with interest.",
        "CONAE has a new head. He spoke of budgets. He spoke of schools. The Sprite-7 probe will lift off in May.",
    ],
    ids=["only-agency", "two-agencies", "in-passing"],
)
def test_no_head_is_guessed(parties, text):
    assert not any(p.endswith(": lead") for p in parties(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The VERITAS mission carries instruments provided by the French, German and Italian space agencies.",
            {"VERITAS: France: payload", "VERITAS: Germany: payload", "VERITAS: Italy: payload"},
        ),
        ("The DewSat-1 satellite was built by Kenyan engineers.", {"DewSat-1: Kenya: spacecraft"}),
        (
            "India launched the Taifa-4 radar satellite of Kenya on Sunday.",
            {"Taifa-4: India: launch_vehicle", "Taifa-4: Kenya: lead"},
        ),
        (
            "The Petrel-1 lander, built by Houston-based Intuitive Machines, is a spacecraft for the Moon.",
            {"Petrel-1: Intuitive Machines: spacecraft"},
        ),
        (
            "MHI, not JAXA, is in charge of the launch of the Kiku-9 satellite.",
            {"Kiku-9: MHI: launch_vehicle"},
        ),
    ],
    ids=["agencies-of-three", "engineers", "another-country's", "where-it-sits", "not-the-agency"],
)
def test_who_acts_is_named_in_many_ways(parties, text, expected):
    assert expected <= parties(text)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("The VERITAS mission carries a camera with French lenses.", "VERITAS: France: payload"),
        (
            "Thales Alenia Space will provide satellite television with the Astra-9 satellite.",
            "Astra-9: Thales Alenia Space: spacecraft",
        ),
        (
            "India launched its Kalpana-3 satellite on Sunday, and Singapore watched.",
            "Kalpana-3: India: launch_vehicle",
        ),
        ("The Cirro-2 probe is a satellite shared by Chile and Peru.", "Cirro-2: Peru: spacecraft"),
        ("NASA is responsible for launching the rover of the VIPER mission.", "VIPER: NASA: rover"),
        ("MHI, not JAXA, is in charge of the launch of the Kiku-9 satellite.", "Kiku-9: JAXA: launch_vehicle"),
    ],
    ids=["lenses", "television", "its-own", "shared", "launching-is-not-giving", "not-the-agency"],
)
def test_a_word_near_a_thing_gives_nothing(parties, text, nobody):
    assert nobody not in parties(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru has a young space agency. Its first satellite, PeruSat-2, was launched in May.",
            "PeruSat-2: Peru: lead",
        ),
        ("The Dawn-2 probe has arrived at Ceres. The NASA orbiter took pictures.", "Dawn-2: NASA: lead"),
        ("For the LUPEX mission, CNES answers for the lander.", "LUPEX: CNES: lander"),
        ("Juice-2, ESA's Jupiter explorer, is a spacecraft to watch.", "Juice-2: ESA: lead"),
        (
            "The ESCAPADE probes, built by Rocket Lab and run by the University of California, are on their way.",
            "ESCAPADE: University of California: lead",
        ),
        ("CNES supplies a lidar for the MERLIN satellite.", "MERLIN: CNES: payload"),
        ("In the LUPEX mission the lander falls to CNES.", "LUPEX: CNES: lander"),
    ],
    ids=["its-first", "the-agency's-craft", "answers-for", "an-explorer", "built-and-run", "a-lidar", "falls-to"],
)
def test_who_it_is_stands_a_sentence_or_a_word_away(parties, text, expected):
    assert expected in parties(text)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        (
            "Peru has a young space agency.\n\nIts rival's satellite, ChasquiSat-9, was launched in May.",
            "ChasquiSat-9: Peru: lead",
        ),
        ("The Dawn-2 probe has arrived at Ceres. The NASA Museum has a model.", "Dawn-2: NASA: lead"),
        ("For the LUPEX mission, CNES builds a camera for the lander.", "LUPEX: CNES: lander"),
        ("In the LUPEX mission CNES leads the science, and Ombrex provides a camera.", "LUPEX: CNES: payload"),
    ],
    ids=["another-paragraph", "a-museum", "only-for-the-lander", "another-firm"],
)
def test_what_stands_further_away_says_nothing(parties, text, nobody):
    assert nobody not in parties(text)
