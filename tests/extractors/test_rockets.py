"""What a mission flies on, and whose rocket it is."""

import pytest

from tracker.extractors.rules.read import read

SPACE = "\n\nNASA, ESA and ISRO have many spacecraft in orbit, and agencies pay for them."


@pytest.fixture
def rockets(knowledge, document):
    """Read a text, and return "mission: rocket" and "mission: PARTY: launch_vehicle" for all that it says of them."""

    def tell(text: str) -> set[str]:
        found = read(document(text + SPACE, "2024-06-01"), knowledge)
        return {
            f"{c.entity.removesuffix(' satellite')}: {c.value}"
            for c in found
            if c.attribute == "launch_vehicle" or (c.attribute == "party" and c.value.endswith(": launch_vehicle"))
        }

    return tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Biomass satellite has reached orbit. The Vega-C rose from Kourou at dawn.", "Biomass: Vega-C"),
        (
            "The EMIT-2 satellite is a dust mapper of NASA. The Electron rocket will lift off from Mahia.",
            "EMIT-2: Electron",
        ),
        ("A Soyuz-2.1b rocket carrying the Meteor-M satellite left Vostochny on Friday.", "Meteor-M: Soyuz-2.1b"),
        ("A Zhuque-2 failed on Monday with the Tianyi-33 satellite on board.", "Tianyi-33: Zhuque-2"),
        (
            "The Biomass satellite flew on a Vega-C. The Ibuki-3 satellite is to go up on the same rocket.",
            "Ibuki-3: Vega-C",
        ),
        ("An H3 launched Daichi-4. The Ibuki-3 satellite shared the ride.", "Ibuki-3: H3"),
        ("The Taifa-4 satellite is at work, a year after a Falcon 9 lifted it off.", "Taifa-4: Falcon 9"),
        ("The Sich-2-31 satellite of Ukraine was one of the craft that a Vega-C released in May.", "Sich-2-31: Vega-C"),
        ("A Vega-C stands ready for May. The burly rocket also launched the Theos-3 satellite.", "Theos-3: Vega-C"),
        ("The Taifa-4 satellite was lost when its Zhuque-2 launcher failed.", "Taifa-4: Zhuque-2"),
        ("The Taifa-4 satellite left at dawn. The Falcon 9's first stage came back to the pad.", "Taifa-4: Falcon 9"),
        (
            "The Taifa-4 probe was to be launched on an Angara, but it will now fly on a Long March 5.",
            "Taifa-4: Long March 5",
        ),
        ("The Taifa-4 satellite was launched by India's heaviest rocket, the LVM3.", "Taifa-4: India: launch_vehicle"),
        ("Technicians closed the Taifa-4 satellite into the fairing of the Ariane 6.", "Taifa-4: Ariane 6"),
        ("The Taifa-4 satellite rose as a small passenger on a United Launch Alliance Atlas V.", "Taifa-4: Atlas V"),
    ],
    ids=[
        "alone",
        "alone-and-planned",
        "carrying",
        "with-on-board",
        "the-same",
        "shared",
        "lifted-it",
        "that-released",
        "the-rocket",
        "lost-with-it",
        "its-stage",
        "now-on-another",
        "heaviest",
        "fairing",
        "owner-in-between",
    ],
)
def test_a_rocket_belongs_to_what_it_carries(rockets, text, expected):
    assert expected in rockets(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Biomass satellite has reached orbit. Soyuz launches from Kourou ended two years ago.",
        "The Biomass satellite has reached orbit. Engineers compared it with a model of the Vega-C.",
        "The Biomass satellite has been in orbit since April, unlike the craft that a Zhuque-2 lost in May.",
        "The Biomass satellite has reached orbit. Engineers recall a model that a Soyuz lifted years ago.",
        "The Biomass satellite flew on a Vega-C. The FLEX satellite copies its radio from the same supplier.",
        "The Biomass satellite is in orbit, for it was too heavy for the Electron to wait for.",
        "The Biomass satellite is due in May. A Falcon 9 exploded in a test on the pad last week.",
    ],
    ids=["flights-in-general", "a-model", "another-one", "a-probe-of-old", "the-same-supplier", "too-heavy", "a-test"],
)
def test_a_rocket_that_carries_something_else_is_left_alone(rockets, text):
    found = rockets(text)
    assert not any(claim.startswith("FLEX") for claim in found)
    assert not any("Soyuz" in claim or "Zhuque" in claim for claim in found)
    assert "Biomass: Vega-C" not in found or "flew on a Vega-C" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The GSAT-32 satellite will fly on an Ariane 64 of Arianespace.", "GSAT-32: Arianespace: launch_vehicle"),
        (
            "Kanopus-V 7 was launched on a Falcon 9 rocket from SpaceX.",
            "Kanopus-V 7: SpaceX: launch_vehicle",
        ),
        (
            "The WSF-M2 satellite will be launched on an Atlas V, which is built by United Launch Alliance.",
            "WSF-M2: United Launch Alliance: launch_vehicle",
        ),
        ("The KhalifaSat-2 satellite was launched by a Japanese rocket.", "KhalifaSat-2: Japan: launch_vehicle"),
        ("The Taifa-4 satellite will fly on a Rocket Lab Electron.", "Taifa-4: Rocket Lab: launch_vehicle"),
        ("The Taifa-4 satellite will fly on an Electron in May.", "Taifa-4: Electron"),
        ("The Taifa-4 satellite will share an Ariane 62 with the Ariel telescope.", "Taifa-4: Ariane 62"),
        (
            "A Rocket Lab launcher carried the Capella-15 satellite into orbit.",
            "Capella-15: Rocket Lab: launch_vehicle",
        ),
    ],
    ids=[
        "of",
        "from",
        "which-is-built-by",
        "a-nameless-rocket",
        "of-a-firm",
        "on-an",
        "to-share",
        "a-nameless-launcher",
    ],
)
def test_the_rocket_has_an_owner(rockets, text, expected):
    assert expected in rockets(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Biomass satellite was launched on a Vega-C, SpaceX said, before its own flight of the day.",
        "The Biomass satellite was launched on a Vega-C, and SpaceX congratulated Europe.",
    ],
    ids=["who-says-so", "who-congratulates"],
)
def test_who_only_stands_beside_a_rocket_does_not_own_it(rockets, text):
    assert "Biomass: SpaceX: launch_vehicle" not in rockets(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Tianlong-4 carrier rocket launched the Yunhai-9 satellite on Friday.", "Yunhai-9: Tianlong-4"),
        (
            "The Taifa-4 satellite will be launched aboard the Hyperion launch vehicle of Orbex.",
            "Taifa-4: Orbex: launch_vehicle",
        ),
        ("SpaceX launched the Taifa-4 satellite on a reusable Starfall 9 rocket.", "Taifa-4: Starfall 9"),
    ],
    ids=["carrier-rocket", "launch-vehicle", "reusable"],
)
def test_a_rocket_that_no_list_has_is_known_by_its_noun(rockets, text, expected):
    assert expected in rockets(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Taifa-4 satellite was launched on a Rutherford rocket engine test day.",
        "The Taifa-4 satellite was launched while a Sounding rocket flew elsewhere.",
        "The Taifa-4 satellite has reached orbit. An Indian rocket failed on the same day.",
    ],
    ids=["an-engine", "a-sort", "another-country's"],
)
def test_a_word_in_front_of_rocket_need_not_be_one(rockets, text):
    assert rockets(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Taifa-4 satellite is being built. A launch services contract with Arianespace is in place.",
            {"Taifa-4: Arianespace: launch_vehicle"},
        ),
        (
            "The Taifa-4 satellite is being built. Mitsubishi Heavy Industries won the launch contract.",
            {"Taifa-4: Mitsubishi Heavy Industries: launch_vehicle"},
        ),
        ("The Taifa-4 satellite is being built. A contract with Arianespace on parking was signed.", set()),
        ("The Taifa-4 satellite is being built. A launch contract with Kenya was signed.", set()),
    ],
    ids=["with", "won", "about-parking", "with-a-state"],
)
def test_who_has_the_launch_contract_brings_the_rocket(rockets, text, expected):
    assert rockets(text) == expected
