"""Who leads a mission, who takes part in it, who built it and what each brings."""

import pytest

from tracker.extractors.rules.read import read

SPACE = "\n\nNASA, ESA and ISRO have many spacecraft in orbit, and satellites need rockets."


@pytest.fixture
def parties(knowledge, document):
    """Read a text, and return (mission, "PARTY: role") for all that it says of parties."""

    def tell(text: str) -> set[tuple[str, str]]:
        found = read(document(text + SPACE, "2024-06-01"), knowledge)
        return {(c.entity, c.value) for c in found if c.kind == "mission" and c.attribute == "party"}

    return tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Ramses mission is being developed by ESA in partnership with JAXA and with contributions from the Canadian Space Agency.",
            {("Ramses", "ESA: lead"), ("Ramses", "JAXA: partner"), ("Ramses", "Canadian Space Agency: partner")},
        ),
        (
            "NASA is working with the Indian Space Research Organisation on the NISAR radar satellite.",
            {("NISAR", "NASA: lead"), ("NISAR", "Indian Space Research Organisation: lead")},
        ),
        ("Argentina's CONAE is a partner in the Aquarius mission.", {("Aquarius", "CONAE: partner")}),
        (
            "The Einstein Probe is a mission of the Chinese Academy of Sciences with the participation of DLR and CNES.",
            {
                ("Einstein Probe", "Chinese Academy of Sciences: lead"),
                ("Einstein Probe", "DLR: partner"),
                ("Einstein Probe", "CNES: partner"),
            },
        ),
        (
            "SMILE is a joint mission of the European Space Agency and the Chinese Academy of Sciences.",
            {("SMILE", "European Space Agency: lead"), ("SMILE", "Chinese Academy of Sciences: lead")},
        ),
    ],
    ids=["partnership", "working-with", "is-a-partner", "participation", "joint"],
)
def test_partners_are_read_beside_the_leader(parties, text, expected):
    assert expected <= parties(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maxar built the Prasat-3 satellite for Thailand.", ("Prasat-3", "Maxar: spacecraft")),
        ("The EnMAP satellite is run by DLR and was built by OHB in Bremen.", ("EnMAP", "OHB: spacecraft")),
        (
            "CNES and its Indian counterpart ISRO jointly developed the TRISHNA satellite.",
            ("TRISHNA", "ISRO: lead"),
        ),
        ("Brazil and China will build the CBERS-6 satellite together.", ("CBERS-6", "Brazil: lead")),
        (
            "JAXA's MMX probe carries a small rover made by CNES and the German aerospace agency DLR.",
            ("MMX", "DLR: rover"),
        ),
    ],
    ids=["built", "run-and-built", "counterpart", "two-states", "described-agency"],
)
def test_makers_are_read_from_plain_verbs(parties, text, expected):
    assert expected in parties(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "The Prasat-3 satellite, led by the Thai space agency GISTDA, is at work.",
            ("Prasat-3", "GISTDA: spacecraft"),
        ),
        (
            "NASA's Dragonfly, run by the Applied Physics Laboratory for NASA, carries a spectrometer from CNES.",
            ("Dragonfly", "NASA: payload"),
        ),
        ("South Korea's Danuri orbiter carries ShadowCam, an instrument of NASA.", ("Danuri", "ShadowCam: payload")),
        ("The Rashid 2 rover will be carried by Firefly's Blue Ghost lander.", ("Blue Ghost", "Firefly: rover")),
        (
            "Astrobotic signed a contract with SpaceX for the launch of its Griffin lander.",
            ("Griffin", "SpaceX: lead"),
        ),
        (
            "JAXA's MMX probe carries a rover jointly developed by CNES and DLR.",
            ("MMX", "CNES: lead"),
        ),
    ],
    ids=["led-by", "carried-along", "a-camera", "carried-by", "its", "joint-part"],
)
def test_who_stands_near_has_no_part_in_it(parties, text, wrong):
    assert wrong not in parties(text)


@pytest.mark.parametrize(
    "text", ["The rover for LUPEX will be built by Toyota.", "LUPEX's rover will be built by Toyota."]
)
def test_who_will_build_a_part_has_that_part_as_a_plan(knowledge, document, text):
    found = read(document(text, "2026-05-20"), knowledge)
    assert {(c.value, c.modality) for c in found if c.attribute == "party"} == {("Toyota: rover", "planned")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ISRO's lander for LUPEX will be launched by Japan's H3.",
            {"ISRO: lander", "Japan: launch_vehicle"},
        ),
        ("ESA's lander for ExoMars will be launched by a Russian rocket.", {"ESA: lander", "Russia: launch_vehicle"}),
        ("LUPEX will be launched by JAXA.", {"JAXA: lead"}),
    ],
    ids=["part-and-rocket", "somebody's-rocket", "launched-by"],
)
def test_a_part_and_a_rocket_make_nobody_the_leader(knowledge, document, text, expected):
    found = read(document(text, "2025-05-20"), knowledge)
    assert {c.value for c in found if c.attribute == "party"} == expected


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Centre has approved Chandrayaan-5.", {"India"}),
        ("Chandrayaan-5 has been approved by the Centre.", {"India"}),
        ("The Centre has approved the Einstein Probe.", {None}),
        ("The centre has approved Chandrayaan-5.", {None}),
        ("Chandrayaan-5 was approved by India and Japan.", {"India", "Japan"}),
        ("NASA and ESA have cancelled the Earth Return Orbiter.", {"NASA", "ESA"}),
        ("Chandrayaan-5 was approved by Japan, ISRO said.", {"Japan"}),
    ],
)
def test_an_approval_names_everyone_whose_act_it_was(knowledge, document, text, who):
    found = read(document(text, "2025-03-20"), knowledge)
    assert {c.by for c in found if c.attribute == "status"} == who
    assert len({c.id for c in found}) == len(found)


@pytest.fixture
def meant(knowledge, document):
    """Read a text, and return "mission: PARTY: role modality" for all that it says of parties."""

    def tell(text: str) -> set[str]:
        found = read(document(text + SPACE, "2024-06-01"), knowledge)
        return {f"{c.entity}: {c.value} {c.modality}" for c in found if c.attribute == "party"}

    return tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brazil has not joined the Einstein Probe mission.", "Einstein Probe: Brazil: partner denied"),
        ("Norway may join the Comet Interceptor mission.", "Comet Interceptor: Norway: partner possible"),
        ("Kenya joined the Einstein Probe mission in May.", "Einstein Probe: Kenya: partner actual"),
    ],
    ids=["has-not", "may", "has"],
)
def test_who_has_not_joined_is_no_partner(meant, text, expected):
    found = meant(text)
    assert expected in found
    assert not {f for f in found if f.startswith(expected.rpartition(" ")[0])} - {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The crew of Axiom-5 includes an ESA astronaut and a Turkish one.", "Axiom-5: ESA: partner"),
        ("Crew-12 will carry two NASA astronauts and a Roscosmos cosmonaut.", "Crew-12: Roscosmos: partner"),
        ("The crew of Ax-5 includes astronauts of the Turkish Space Agency.", "Ax-5: Turkish Space Agency: partner"),
        ("The Crew-12 mission rides in a SpaceX Dragon.", "Crew-12: SpaceX: spacecraft"),
        ("NISAR, a radar satellite that Hispasat ordered, is in orbit.", "NISAR: Hispasat: lead"),
        ("The Pelican-9 satellite, a craft that Airbus has built, is in orbit.", "Pelican-9: Airbus: spacecraft"),
        ("NASA's Deep Space Network tracks the Tianwen-2 probe.", "Tianwen-2: NASA: ground_segment"),
    ],
    ids=["an-astronaut", "a-cosmonaut", "astronauts-of", "a-capsule", "ordered", "that-built", "tracked"],
)
def test_a_party_comes_with_its_people_and_its_craft(parties, text, expected):
    assert expected in {f"{mission}: {party}" for mission, party in parties(text)}


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("An ESA astronaut praised the pictures of the Einstein Probe.", "Einstein Probe: ESA: partner"),
        ("NASA's Deep Space Network is old, and the Tianwen-2 probe is new.", "Tianwen-2: NASA: ground_segment"),
        ("The Pelican-9 satellite carries a camera that Airbus has built.", "Pelican-9: Airbus: spacecraft"),
    ],
    ids=["only-praise", "not-tracked", "only-the-camera"],
)
def test_people_and_craft_of_others_make_no_party(parties, text, nobody):
    assert nobody not in {f"{mission}: {party}" for mission, party in parties(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "XRISM is a collaboration between JAXA and NASA, with significant participation from ESA.",
            {"XRISM: JAXA: lead", "XRISM: NASA: lead", "XRISM: ESA: partner"},
        ),
        ("JAXA agreed to cooperate with DLR on the MMX mission.", {"MMX: DLR: partner"}),
        ("A new accord brings Senegal into the Einstein Probe mission.", {"Einstein Probe: Senegal: partner"}),
        (
            "Two satellites of Kenya, Taifa-4 and Taifa-5, were launched in May.",
            {"Taifa-4: Kenya: lead", "Taifa-5: Kenya: lead"},
        ),
        (
            "The Jet Propulsion Laboratory leads the development of the VERITAS mission.",
            {"VERITAS: Jet Propulsion Laboratory: lead"},
        ),
        (
            "NASA has chosen SpaceX to handle the launch for its Dragonfly mission.",
            {"Dragonfly: NASA: lead", "Dragonfly: SpaceX: launch_vehicle"},
        ),
    ],
    ids=["participation", "to-cooperate", "brought-in", "two-of-them", "leads-the-development", "its"],
)
def test_a_long_sentence_keeps_its_parties(parties, text, expected):
    assert expected <= {f"{mission}: {party}" for mission, party in parties(text)}


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        (
            "After the loss of its Hakuto-R mission, the agency will try again, this time in collaboration with DLR.",
            "Hakuto-R: DLR: partner",
        ),
        ("China will carry payloads from France on the Chang'e-9 mission.", "Chang'e-9: China: payload"),
        ("NASA has chosen SpaceX to handle the launch for its Dragonfly mission.", "Dragonfly: SpaceX: lead"),
        (
            "Peru launched its first Moon mission, ChasquiSat-9, on a probe of China.",
            "ChasquiSat-9: Peru: launch_vehicle",
        ),
        ("Kenya's Taifa-4 satellite flew with India's NVS-04 satellite.", "NVS-04: Kenya: lead"),
        ("The crew brings news from Senegal into the Einstein Probe mission room.", "Einstein Probe: Senegal: partner"),
    ],
    ids=["another-try", "carried-for-others", "not-its", "on-a-probe", "each-its-own", "only-news"],
)
def test_what_belongs_to_another_stays_with_it(parties, text, nobody):
    assert nobody not in {f"{mission}: {party}" for mission, party in parties(text)}
