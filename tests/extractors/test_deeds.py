"""Missions that no list knows and no common noun explains: found by what they do. No name here is in the catalog."""

import pytest

CONTEXT = "ESA spoke of its rockets and of two spacecraft on Monday.\n\n"


@pytest.fixture(scope="session")
def told(read):
    def find(text):
        return {s.name for s in read(CONTEXT + text).values() if s.kind == "mission"}

    return find


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Contact with Garganey was lost on Tuesday.", {"Garganey"}),
        ("Wigeon-3M is scheduled for launch in the fourth quarter.", {"Wigeon-3M"}),
        ("PintailSat burned up in the atmosphere after eleven years.", {"PintailSat"}),
        ("Gadwall was launched on 14 March from Kourou aboard a Vega.", {"Gadwall"}),
        ("The firm said that Teal Nine had failed to separate from the upper stage.", {"Teal Nine"}),
        ("A Soyuz rocket carried Shoveler into orbit in 2013.", {"Shoveler"}),
        ("The launch of Pochard has slipped to 2028.", {"Pochard"}),
        ("The ministry plans to launch NanoSMEW in 2027.", {"NanoSMEW"}),
        ("The pair, Goldeneye and Dunlin, would be launched on one rocket.", {"Goldeneye", "Dunlin"}),
        ("A radar craft, to be named Scaup, should be ready by May. Scaup will ride to orbit in 2029.", {"Scaup"}),
        ("Its successor, Smew-B, is due in 2029.", {"Smew-B"}),
        ("The Pochard and Gadwall satellites were launched in March 2019.", {"Pochard", "Gadwall"}),
        ("The Smew 1 and Scaup 2 probes will reach orbit in May.", {"Smew 1", "Scaup 2"}),
        ("It exploded after liftoff from the Cape Smew Air Station on the coast.", set()),
        ("The rocket sent up the Pochard 9-02 optical remote-sensing satellite on Monday.", {"Pochard 9-02"}),
        ("The rocket carried 2 crates and 24 satellites were shown in the Harrier and Merganser halls.", set()),
        ("Merganser, a rover built in a school, was shipped last week.", {"Merganser"}),
        ("Six satellites such as Brent and Greylag from Latvia share the ride.", {"Brent", "Greylag"}),
        ('The sample-return craft "Velvet Tern" goes to Deimos.', {"Velvet Tern"}),
        ("Last autumn Bufflehead tipped over as it landed.", {"Bufflehead"}),
        ("Ruddy-1: the satellite passed its design review.", {"Ruddy-1"}),
        ("eider-7 entered orbit around Mars in the night.", {"eider-7"}),
        ("Gadwall has mapped the whole Moon.", {"Gadwall"}),
        ("Gadwall has been circling Mars since 2014, and its antenna is old.", {"Gadwall"}),
        ("The agency has lost touch with Gadwall.", {"Gadwall"}),
        ("Contact with the agency's Gadwall was lost at noon.", {"Gadwall"}),
        ("Gadwall will be the first mission to visit a comet twice.", {"Gadwall"}),
        ("Smew-99 was supposed to land near a crater.", {"Smew-99"}),
        ("ScaupX-9 was carried by an Electron.", {"ScaupX-9"}),
        ("The Progress MS-77 cargo ship docked with the station.", {"Progress MS-77"}),
        ("France's Gadwall 2 radar satellite system is worn out.", {"Gadwall 2"}),
        ("Japan put Michibiki No. 9 into orbit, and Resurs-P No. 9 broke up.", {"Michibiki No. 9", "Resurs-P No. 9"}),
        ("ESA's OPS-Sat 7 re-entered the atmosphere.", {"OPS-Sat 7"}),
        ("Gadwall 33e was launched on an Ariane 5.", {"Gadwall 33e"}),
        ("The launch of EchoStar XXV was delayed.", {"EchoStar XXV"}),
        ("A Falcon 9 carried Gadwall and Smew Nine.", {"Gadwall", "Smew Nine"}),
        ("GARG-F will carry seven instruments.", {"GARG-F"}),
        ("GARG-F was approved last week, and its orbit was chosen.", {"GARG-F"}),
        ("Scaup-9 was deployed at 525 km, and PW-Scaup9 opened its sail.", {"Scaup-9", "PW-Scaup9"}),
        ("Smew-9 was sent to the International Space Station.", {"Smew-9"}),
        ("Smew-9 will enter commercial service in May.", {"Smew-9"}),
        ("The Nusantara Tiga satellite is old.", {"Nusantara Tiga"}),
        ("Gadwall-5 F9 was to have lifted off in June.", {"Gadwall-5 F9"}),
        ("Its third Global Gadwall satellite was late.", {"Global Gadwall"}),
        ("The crew came home aboard Soyuz MS-87 in April.", {"Soyuz MS-87"}),
        (
            "GarganeySat 16 is old. GarganeySat 17 and GarganeySat 18A were built there too.",
            {"GarganeySat 16", "GarganeySat 18A"},
        ),
        ("Smew-96 crashed in 2023.", {"Smew-96"}),
        ("The craft were built in Oslo. They are called Smew-8 and Smew-9.", {"Smew-8", "Smew-9"}),
        (
            "The co-passengers are Smew-7 of Brazil's INPE, Teal-9 from Chile and Scaup-4.",
            {"Smew-7", "Teal-9", "Scaup-4"},
        ),
        ("On board were Smew-4 and Teal-4.", {"Smew-4", "Teal-4"}),
        ("The Tide Weather and Current mission, known as TWCX, was studied.", {"Tide Weather and Current"}),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_a_name_is_a_missions_by_what_it_does(told, text, names):
    assert names <= told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Garganey Aerospace launched from its own pad in May.",
        "Wigeon, a small rocket built in Bergen, is scheduled for launch in 2027.",
        "The rocket Teal lifted off and crashed after 30 seconds. Teal had been scheduled for launch in May.",
        "Ann Pochard was launched aboard a Soyuz in June. Pochard landed on the Moon in a simulator.",
        "The agency launched Vision 2040 in May, and the ministry launched Project Scaup.",
        "Preparations were launched in January. Work was launched in May, and production has been launched too.",
        "The company launched Pintail Analytics in June.",
        "An An-124 landed with the satellite; a C-17 was due to land in May.",
        "WiFi 7 was launched in 2024.",
        "The asteroid 2024 QX7 will pass the Moon in 2032.",
        "Smew said the engine had been tested. Smew plans to launch in 2027.",
        "Cyclone Gadwall reached land and was seen from orbit.",
        "Contact with Flight 370 was lost in 2014.",
        "The instrument NIRSMEW was delivered, and NIRSMEW is scheduled for launch with its telescope.",
        "Chinese-built satellites and Earth-observing cubesats were launched on Friday.",
        "Ann Pochard is the mission director, and Harrier is the company behind the satellite.",
        "The GARG-F stage was completed near the launch pad, and iWigeon launches a telephone beside a rocket.",
        "A Soyuz carried Ann Pochard and Bill Teal to the station, astronauts both.",
        "On board were Ann Teal and Bob Smew, who waved. Passengers such as Boeing and Airbus waited.",
        "The firm builds satellites. It is called Garganey.",
        "A 3U cubesat and a 12U cubesat share the ride.",
        "The agency has lost touch with the public, and Smith's mission was extended. Wales was the first to order a satellite of its own.",
        "Garganey said the spacecraft was well. Flight engineer Teal has been observing the Moon.",
    ],
)
def test_what_else_bears_a_name_is_none(told, text):
    assert told(text) == set()


def test_a_plain_word_needs_more_than_a_coined_one(told):
    assert told("Garganey took three pictures in May.") == set()
    assert told(
        "Garganey took three pictures in May. Last week Garganey was built in Oslo. Garganey reached orbit."
    ) == {"Garganey"}
    assert told("WigeonSat-4 took three pictures in May.") == {"WigeonSat-4"}


def test_the_first_craft_of_a_state_is_one_without_a_name(read):
    found = read("The space agency is proud: Slovenia's first satellite was launched in 2020 on a Vega rocket.")
    (one,) = found.values()
    assert one.id == "mission/slovenia-first-satellite"
    assert one.parties == ("country/slovenia",)

    named = read("The space agency is proud: Slovenia's first satellite, Garganey, was launched in 2020 on a Vega.")
    assert [s.name for s in named.values()] == ["Garganey"]

    other = read("The space agency says Garganey-1 is Slovenia's first satellite. It was launched in 2020 on a Vega.")
    assert [s.name for s in other.values()] == ["Garganey-1"]


def test_letters_and_numbers_make_another_craft_of_a_family(read):
    """A name behind a known one is read with it, so that Sentinel-9Z does not become the Sentinels."""
    found = {
        s.name
        for s in read("ESA launched the satellite Sentinel-9Z. NASA's Voyager 12B was scheduled for launch.").values()
    }
    assert found == {"Sentinel-9Z", "Voyager 12B"}
