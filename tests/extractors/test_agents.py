"""Who built, launched, runs or owns a spacecraft, in the ways in which the press says it."""

import pytest

from tracker.extractors.rules.read import read

SPACE = "\n\nSatellites need rockets to reach orbit, and spacecraft are costly."


@pytest.fixture
def parties(knowledge, document):
    """Read a text, and return "Mission: PARTY: role" for all that it says of parties."""

    def tell(text: str) -> set[str]:
        found = read(document(text + SPACE, "2025-03-10"), knowledge)
        return {f"{c.entity}: {c.value}" for c in found if c.kind == "mission" and c.attribute == "party"}

    return tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Petrel-2 satellite was built by Airbus and launched by SpaceX.",
            {"Petrel-2: Airbus: spacecraft", "Petrel-2: SpaceX: launch_vehicle"},
        ),
        (
            "Petrel-2, a Kenyan satellite launched by China, reached orbit on Tuesday.",
            {"Petrel-2: Kenya: lead", "Petrel-2: China: launch_vehicle"},
        ),
        (
            "The Petrel-2 satellite is in orbit. The spacecraft, which was constructed by the European company Thales Alenia Space, is well.",
            {"Petrel-2: Thales Alenia Space: spacecraft"},
        ),
        (
            "The Petrel-2 spacecraft, assembled in Turin and Madrid by a consortium led by OHB, has left the plant.",
            {"Petrel-2: OHB: spacecraft"},
        ),
        ("The Petrel-2 satellite is owned and operated by Hispasat.", {"Petrel-2: Hispasat: lead"}),
        ("Petrel-2 is the largest satellite so far, built by Maxar for five customers.", {"Petrel-2: Maxar: spacecraft"}),
        (
            "NASA's Petrel-2 mission is managed by the Jet Propulsion Laboratory.",
            {"Petrel-2: NASA: lead", "Petrel-2: Jet Propulsion Laboratory: lead"},
        ),
        ("Peru operates two satellites, Petrel-1 and Petrel-2.", {"Petrel-1: Peru: lead", "Petrel-2: Peru: lead"}),
        (
            "The Petrel-2 satellite is ready. Dhruva Space engineers built the 40-million-dollar craft in a year.",
            {"Petrel-2: Dhruva Space: spacecraft"},
        ),
        ("Petrel-2 is a satellite that Boeing built for the Army.", {"Petrel-2: Boeing: spacecraft"}),
        ("Airbus built, tested and shipped the Petrel-2 satellite.", {"Petrel-2: Airbus: spacecraft"}),
        ("The Petrel-2 satellite, made by Kesta/Orion in Riga, is in orbit.", {"Petrel-2: Kesta/Orion: spacecraft"}),
        ("The Petrel-2 satellite was assembled at the University of Riga.", {"Petrel-2: University of Riga: spacecraft"}),
        ("Petrel-2 was the first Kenyan weather satellite in orbit.", {"Petrel-2: Kenya: lead"}),
        (
            "China has agreed to build and launch the Petrel-2 satellite for Bolivia.",
            {"Petrel-2: China: spacecraft", "Petrel-2: China: launch_vehicle", "Petrel-2: Bolivia: lead"},
        ),
        ("Construction of the Petrel-2 satellite by Peruvian engineers began in May.", {"Petrel-2: Peru: spacecraft"}),
        (
            "Astronauts from ESA and JAXA will fly on the Petrel-2 mission.",
            {"Petrel-2: ESA: partner", "Petrel-2: JAXA: partner"},
        ),
        (
            "Boeing delivered the Petrel-2 satellite to Intelsat in May.",
            {"Petrel-2: Boeing: spacecraft", "Petrel-2: Intelsat: lead"},
        ),
        (
            "The Chinese government donated the Petrel-2 satellite to Ethiopia.",
            {"Petrel-2: China: spacecraft", "Petrel-2: Ethiopia: lead"},
        ),
        (
            "Intelsat ordered the Petrel-2 satellite from Maxar in 2022.",
            {"Petrel-2: Maxar: spacecraft", "Petrel-2: Intelsat: lead"},
        ),
        (
            "Petrel-2, which ESA operates jointly with JAXA, is in orbit, and the satellite is well.",
            {"Petrel-2: ESA: lead", "Petrel-2: JAXA: partner"},
        ),
        (
            "The Petrel-2 satellite carries two Swedish instruments and a spectrometer that Germany built.",
            {"Petrel-2: Sweden: payload", "Petrel-2: Germany: payload"},
        ),
        ("Azercosmos has two satellites in orbit, Petrel-1 and Petrel-2.", {"Petrel-1: Azercosmos: lead", "Petrel-2: Azercosmos: lead"}),
        (
            "Benin and Togo have launched their first satellites, Petrel-1 and Petrel-2.",
            {"Petrel-1: Benin: lead", "Petrel-2: Togo: lead"},
        ),
        ("Vodara's Petrel-2 satellite was launched in May.", {"Petrel-2: Vodara: lead"}),
        ("Canada will pay 40 million dollars for a share in the Petrel-2 mission.", {"Petrel-2: Canada: partner"}),
        (
            "The Petrel-2 mission, led by CNES with contributions from DLR and ASI, has passed its review.",
            {"Petrel-2: CNES: lead", "Petrel-2: DLR: partner", "Petrel-2: ASI: partner"},
        ),
        (
            "Two instruments for the Petrel-2 orbiter come from Belgium and Poland.",
            {"Petrel-2: Belgium: payload", "Petrel-2: Poland: payload"},
        ),
        ("The Petrel-2 space telescope, a NASA mission, is on its way.", {"Petrel-2: NASA: lead"}),
        ("The Petrel-2 satellite of Iran is in orbit.", {"Petrel-2: Iran: lead"}),
        ("Petrel-2 (ISRO), a radar satellite, is in orbit.", {"Petrel-2: ISRO: lead"}),
        ("NASA's contribution to the Petrel-2 mission is a dust analyser.", {"Petrel-2: NASA: payload"}),
        (
            "Researchers at the University of Riga built the camera on board the Petrel-2 probe.",
            {"Petrel-2: University of Riga: payload"},
        ),
    ],
    ids=["and", "by-another", "relative", "consortium", "owned-and", "nominal", "nasa-centre", "list", "team", "that", "series", "unlisted", "at", "first-of", "build-and-launch", "work-by", "seats", "delivered", "donated", "ordered-from", "operates-with", "aboard", "has-two", "each-its-own", "possessive", "pays", "led-with", "come-from", "apposed", "of", "in-parentheses", "contribution", "staff"],
)  # fmt: skip
def test_a_verb_tells_who_did_what(parties, text, expected):
    assert parties(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Blue Canyon Technologies, the maker of the Petrel-2 satellite, took over.", "Blue Canyon Technologies: spacecraft"),
        ("Petrel-2 operator Hispasat said the satellite was healthy.", "Hispasat: lead"),
        ("The Petrel-2 satellite is silent. Its manufacturer, Maxar, is looking into it.", "Maxar: spacecraft"),
        ("The University of Oslo is responsible for the design of the Petrel-2 cubesat.", "University of Oslo: lead"),
        ("The Petrel-2 satellite lifted off on Monday. The Chinese-built satellite will serve Laos.", "China: spacecraft"),
        ("The Petrel-2 satellite was launched on top of a rocket that is built by U.S. company Firefly.", "Firefly: launch_vehicle"),
        ("NASA has awarded SpaceX a contract to launch its Petrel-2 satellite in 2027.", "SpaceX: launch_vehicle"),
        ("The Petrel-2 lander is to fly in 2029. Honda is spearheading its development.", "Honda: spacecraft"),
        ("The Petrel-2 satellite is due in May. The Russian side is also responsible for the launch.", "Russia: launch_vehicle"),
        ("The Petrel-2 satellite is in orbit. It is controlled from a centre at the University of Riga.", "University of Riga: ground_segment"),
        ("The launch of the Petrel-2 satellite by Arianespace is due in May.", "Arianespace: launch_vehicle"),
        ("SpaceX plans another Falcon 9 flight for May, which will carry the Petrel-2 satellite.", "SpaceX: launch_vehicle"),
        ("Laos signed a deal with Thales Alenia Space to build the Petrel-2 satellite.", "Thales Alenia Space: spacecraft"),
    ],
    ids=["maker-of", "operator", "its", "responsible", "compound", "rocket-by", "awarded", "spearheads", "side", "controlled-from", "launch-by", "has-a-launch", "deal-with"],
)  # fmt: skip
def test_a_noun_or_a_contract_tells_who_did_what(parties, text, expected):
    assert f"Petrel-2: {expected}" in parties(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The camera on the Petrel-2 satellite was built by DLR.", "DLR: spacecraft"),
        ("The Petrel-2 satellite was not built by Airbus.", "Airbus"),
        ("The Petrel-2 satellite carries a radar built by Airbus.", "Airbus: spacecraft"),
        ("The Petrel-2 satellite flew on a rocket built by ULA.", "ULA: spacecraft"),
        ("Ana Ruiz of the University of Lima, who managed the Petrel-2 satellite, spoke.", "University of Lima"),
        ("The firm charged ESA 90 million dollars to launch the Petrel-2 satellite.", "ESA"),
        ("NASA has awarded SpaceX a contract to launch its Petrel-2 satellite in 2027.", "SpaceX: lead"),
        ("The Petrel-2 satellite will be launched by Japan's H3.", "Japan: lead"),
        ("NASA will launch the Petrel-2 capsule to the International Space Station.", "Space Station: NASA"),
        ("Brazil operates a ground station for the Petrel-2 satellite.", "Brazil: lead"),
        ("Singapore's Petrel-2 satellite is in orbit. ISRO delayed the launch twice.", "ISRO"),
        ("The Petrel-2 satellite is well. The Russian spacecraft Luna-25 was lost.", "Petrel-2: Russia"),
        ("The Petrel-2 satellite was designed by Ann Lee.", "Lee"),
        ("Boeing delivered the Petrel-2 satellite to the pad in Florida.", "Boeing"),
        ("Lee's Petrel-2 satellite was launched in May, as its designer Ann Lee had hoped.", "Lee"),
        ("The Petrel-2 satellite is seen from a control room at the University of Riga.", "Riga: lead"),
        ("The Petrel-2 satellite cost 40 million dollars, and Canada paid 3 million dollars for a road.", "Canada"),
        ("MHI, not JAXA, is in charge of the launch of the Petrel-2 satellite.", "JAXA"),
        ("Petrel-2, a small robot supplied by JAXA, is on its way to the Moon with a lander.", "JAXA: payload"),
        ("Laos signed a deal with OHB to procure and launch the Petrel-2 satellite.", "OHB: launch_vehicle"),
        ("The Petrel-2 satellite was flown from India to California for repairs, and is a radar craft.", "India: ground"),
        ("Petrel-2 (SpaceX), a radar satellite, is in orbit.", "SpaceX: lead"),
        ("Like India's Chandrayaan-3, the Petrel-2 lander will use four legs.", "Petrel-2: India"),
        ("The Petrel-2 satellite was spotted by two Swedish telescopes.", "Sweden"),
    ],
    ids=["part", "denied", "carries", "rocket", "person", "charged", "its", "owner-of-rocket", "station", "ground", "delayed-by-another", "another", "person-designed", "to-the-pad", "surname", "seen-from", "a-road", "not-it", "itself", "procures", "flown-from", "firm-in-parentheses", "like-another", "watched"],
)  # fmt: skip
def test_what_was_done_to_something_else_makes_nobody_its_builder(parties, text, wrong):
    assert not [told for told in parties(text) if wrong in told]
