"""How the press words things: notices as pages bring them, each told in invented sentences, with what they must not say."""

import pytest

from tracker.extractors.rules.read import read

PUBLISHED = "2026-05-20"  # a Wednesday


@pytest.fixture
def told(knowledge, document):
    """Read a text, and return its claims as "id attribute value modality"."""

    def lines(text, published=PUBLISHED):
        return {
            f"{c.entity_id.partition('/')[2]} {c.attribute} {c.value} {c.modality}" + (" old" if c.superseded else "")
            for c in read(document(text, published), knowledge)
        }

    return lines


def check(found, wanted, unwanted):
    assert not [w for w in wanted if w not in found], sorted(found)
    assert not [f for f in found if any(u in f for u in unwanted)], sorted(found)


PAGES = [
    pytest.param(
        "The third Brazil-Chile Space Dialogue took place in Santiago on 4 May.The dialogue brought both space agencies together.",
        ["brazil-chile-space-dialogue-3 held_date 2026-05-04 actual"],
        ["doc-test", "santiago.the"],
        id="the blank behind a full stop is lost",
    ),
    pytest.param(
        "The Peewit-8 satellite was launched on Sunday (local time).It was sent up by a Long March 2D.Sunday's launch was the third of the month.",
        ["peewit-8 launch_date 2026-05-17 actual", "peewit-8 launch_vehicle Long March 2D actual"],
        [],
        id="it is lost behind a parenthesis and before an owner",
    ),
    pytest.param(
        "Norway and Chile sign an agreement on the exchange of data from space\nMonday, May 18th, 2026\nThe two space agencies met in Oslo.",
        ["chile-norway-agreement-exchange-data-from-space status signed actual"],
        ["signed_date"],
        id="the day of publication stands under the headline",
    ),
    pytest.param(
        "Kenya's Twiga lunar lander is to fly on a commercial rocket next year\n"
        "Wanjiku Odhiambo reports that the Twiga lunar lander, which the Kenyan space agency has been building for four years, is to fly to the Moon in June 2027.",
        ["twiga launch_date 2027-06 planned"],
        ["rocket"],
        id="a long paragraph follows a headline without a stop",
    ),
    pytest.param(
        "The space agencies of Peru and Chile said that their joint lunar mission\nwould be launched in 2029 and land near the south pole of the Moon later\nin that year.",
        ["chile-peru-joint-lunar-mission launch_date 2029 planned"],
        [],
        id="lines broken at a width are one sentence",
    ),
]

DAYS = [
    pytest.param(
        "A Long March 5 lifted off from Wenchang on Tuesday with the Haiyang-9 satellite.",
        ["haiyang-9 launch_vehicle Long March 5 actual"],
        ["03-05"],
        id="the name of a rocket holds no day",
    ),
    pytest.param(
        "The Haiyang-9 satellite lifted off on a Long March 5 on March 5.",
        ["haiyang-9 launch_date 2026-03-05 actual"],
        [],
        id="a rocket and a day",
    ),
    pytest.param(
        "The launch of the Kestrel-2 satellite was rescheduled for no earlier than Friday, the space agency said.",
        ["kestrel-2 launch_date 2026-05-22/.. planned"],
        ["2026-05-15"],
        id="no earlier than a weekday looks ahead",
    ),
    pytest.param(
        "The Kestrel-2 satellite lifted off on Friday, the space agency said.",
        ["kestrel-2 launch_date 2026-05-15 actual"],
        ["2026-05-22"],
        id="a weekday behind the past looks back",
    ),
    pytest.param(
        "The launch of the Kestrel-2 satellite has been delayed until at least March 2027, the space agency said.",
        ["kestrel-2 launch_date 2027-03/.. planned"],
        [],
        id="until at least a month is no earlier than it",
    ),
    pytest.param(
        "The Kestrel-2 satellite was launched from the Mahia launch complex in New Zealand on 11 May 2026.",
        ["kestrel-2 launch_date 2026-05-11 actual"],
        [],
        id="the day of a flight is not that of the launch site",
    ),
    pytest.param(
        "The launch site for the Kestrel-2 satellite was chosen on 11 May 2026, the space agency said.",
        [],
        ["launch_date"],
        id="the day on which a launch site was chosen is none of the flight",
    ),
    pytest.param(
        "The space agency had decided to launch the Kestrel-2 satellite on an Electron in 2027.",
        ["kestrel-2 launch_date 2027 planned"],
        ["old"],
        id="what had been decided holds",
    ),
    pytest.param(
        "The space agency had planned to launch the Kestrel-2 satellite in 2025.",
        ["kestrel-2 launch_date 2025 planned old"],
        [],
        id="what had been planned is old",
    ),
]


NAMES = [
    ("Kenya's Twiga lunar lander is to fly on a commercial rocket next year", ["twiga launch_date 2027 planned"], []),
    ("The Peewit 2 climate research satellite was launched on Monday.", ["peewit-2 launch_date 2026-05-18 actual"], []),
    ("Copper Kestrel private astronaut mission slips to March 2027", ["copper-kestrel launch_date 2027-03 planned"], []),
    ("Vega-C launches first ESA TERRIN Earth science cubesat", ["terrin status launched actual"], ["earth"]),
    ("Indian rocket launches record-breaking Harrier 6 smartphone satellite to orbit", ["harrier-6 status launched actual"], ["India: lead"]),
    ("The Haiyang-9 satellite was put into orbit by a Long March 2D on Sunday.", ["haiyang-9 launch_date 2026-05-17 actual"], ["place"]),
    ("The Falcon Heavy lifted off on Monday with the Nilsat 7B communications satellite, the space agency said.", ["nilsat-7-b launch_date 2026-05-18 actual"], []),
    ("The Intelsat 88 satellite, which replaces Intelsat 74, was launched on Monday.", ["intelsat-88 launch_date 2026-05-18 actual"], ["intelsat-74"]),
    ("The station sells 88 Intelsat 2026 calendars to satellite lovers.", [], ["intelsat"]),
    ("NASA's Solar Wind Scout Probes mission is set to lift off Aug. 23 from Cape Canaveral.", ["solar-wind-scout-probes launch_date 2026-08-23 planned"], []),
    ("Zefiro lunar probe aims for 2028 launch", ["zefiro launch_date 2028 planned"], []),
    ("Swedish lunar probe aims for 2028 launch", [], ["swedish launch"]),
    ("Solar-powered lunar probe aims for 2028 launch", [], ["solar"]),
    ("Stranded weather satellite re-enters, NASA says", [], ["stranded"]),
    ("An Air Force weather satellite was launched on Monday on a Falcon 9 rocket.", [], ["air-force"]),
    ("The new X-ray space telescope was launched on Monday by the space agency.", [], ["x-ray"]),
    ("A Ku-band communications satellite will be launched in 2027 by the space agency.", [], ["ku-band launch"]),
    ("Private lunar lander launches on Falcon 9", [], ["private"]),
    ("The Jones Mars mission statement hangs in the space agency's hall.", [], ["jones"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "unwanted"), NAMES, ids=[text[:44] for text, _, _ in NAMES])
def test_a_name_stands_before_the_sort_of_its_craft(told, text, wanted, unwanted):
    check(told(text), wanted, unwanted)


OWNERS = [
    ("Korea will launch its first lunar explorer, Danuri, in August 2026. It will find a landing spot for the Korean lunar lander to be launched in 2030.", ["danuri launch_date 2026-08 planned"], ["danuri launch_date 2030"]),
    ("NASA's Perseverance rover is preparing to send out a small helicopter.", [], ["in_development"]),
    ("A new launch date for ExoMars and a 2028 ExoMars launch date were proposed by ESA.", [], ["status proposed"]),
    ("NASA is targeting a two-week window in February 2027 for Artemis III.", ["artemis-iii launch_date 2027-02 planned"], []),
    ("EarthCARE will instead take the new Vega-C launcher in early 2027, ESA said.", ["earthcare launch_date 2027-01/2027-04 planned"], []),
    ("Artemis III is now planned for April 2028 instead of September 2027, NASA said.", ["artemis-iii launch_date 2028-04 planned", "artemis-iii launch_date 2027-09 planned old"], []),
    ("Artemis II crew descends safely to Earth, NASA says", ["artemis-ii status completed actual"], []),
    ("The Vega-C takes the place of the Vega, ESA says of EarthCARE.", [], ["launch_date"]),
    ("Astrobotic said on Monday that its Griffin lander has been tested. Firefly's lander is to lift off in June 2027.", [], ["griffin launch_date"]),
    ("Astrobotic's Twiga lunar lander was shipped on Monday. Astrobotic's lander is to lift off in June 2027.", ["twiga launch_date 2027-06 planned"], []),
    ("Oman's Falcon Mars orbiter is to fly in 2029, and is to be the country's first mission to Mars in 45 years.", ["falcon-mars launch_date 2029 planned"], ["2071"]),
    ("The Kestrel-2 satellite will be launched in two years, the space agency said.", ["kestrel-2 launch_date 2028 planned"], []),
    ("The Kestrel-2 satellite, which was scheduled to launch in mid-July, has been rescheduled for a window that opens Sept. 12, the space agency said.", ["kestrel-2 launch_date 2026-09-12 planned"], ["2026-07 planned/"]),
    ("The space agency said that the Kestrel-2 satellite -- originally scheduled for October 2026 -- had been moved to May 2027.", ["kestrel-2 launch_date 2027-05 planned", "kestrel-2 launch_date 2026-10 planned old"], []),
    ("The space agency had initially planned to send the Twiga lunar lander to the Moon in 2025.", ["twiga launch_date 2025 planned old"], ["operating"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "unwanted"), OWNERS, ids=[text[:44] for text, _, _ in OWNERS])
def test_a_plan_stays_with_its_owner_and_its_time(told, text, wanted, unwanted):
    check(told(text), wanted, unwanted)


NAMELESS = [
    ("Peewit-2 will be put into orbit in August 2027 to replace the first satellite launched in October 1999, the space agency said.", ["peewit-2 launch_date 2027-08 planned"], ["1999", "launched"]),
    ("Peewit-2, a weather satellite launched in October 2019, is to be replaced, the space agency said.", ["peewit-2 launch_date 2019-10 actual"], []),
    ("The rocket carrying the Peewit-4 satellite had a drop in pressure, preventing the mission from achieving its objective.", ["peewit-4 status failed actual"], ["status launched"]),
    ("An attempt to put the Peewit-4 satellite into orbit failed on Sunday, the space agency said.", ["peewit-4 status failed actual"], ["status launched"]),
    ("An attempt to put the Peewit-4 satellite into orbit is due on Sunday, the space agency said.", [], ["failed"]),
    ("Hera is to inspect the damage a NASA probe did to a rock when it smashed into it in 2022, ESA said.", [], ["hera landing_date", "hera status"]),
    ("ESA carries out a study on using a Falcon 9 to launch Hera.", [], ["under_study"]),
    ("ESA carries out a feasibility study of Hera.", ["hera status under_study actual"], []),
    ("Twiga is the first Kenyan lunar lander to reach the Moon after three failed attempts over the last five years, the space agency said.", [], ["date"]),
    ("Hera, a mission featuring a space camera, shares its plan with a space telescope, ESA said.", [], ["telescope"]),
    ("The launch of the Peewit-3 satellite on 3 March was put off due to high winds, the space agency said.", [], ["2026-03-03 planned/"]),
    ("The head of the space agency said after the launch that 2027 will be the year of Gaganyaan.", [], ["gaganyaan launch_date", "gaganyaan status"]),
    ("A Falcon 9 launched 40 small satellites on a rideshare mission Thursday.", [], ["thursday"]),
    ("A Falcon 9 launched 40 small satellites on the rideshare mission Peewit-3 on Monday.", ["peewit-3 status launched actual"], []),
    ("The Kestrel cargo capsule ended its trip to the space station with a splashdown on Sunday.", ["kestrel status completed actual"], ["operating"]),
    ("The launch of the Peewit-3 satellite was scheduled for Friday, NASA said. Because of a battery it will be delayed. The launch will now take place no earlier than June 9.", ["peewit-3 launch_date 2026-06-09/.. planned"], ["2026-05-22 planned/"]),
    ("Oman takes a leap with its Twiga rover mission to the Moon in 2028, the space agency says", ["twiga launch_date 2028 planned"], []),
    ("Two talks on the Twiga lunar rover were given at the space agency in 2025.", [], ["launch_date"]),
    ("The rocket reached its planned orbit and released a dummy satellite. It may once supply the Gateway of NASA's Artemis programme.", [], ["artemis status", "gateway status"]),
    ("The space agency is preparing to sign a treaty called the Gateway Accords.", [], ["gateway status"]),
    ("The space agency is preparing to launch the Twiga lunar probe.", ["twiga status in_development actual"], []),
    ("Norway and Chile want an agreement on joint space exploration, the space agencies said.", [], ["lead"]),
    ("The successful return to Earth in March of the Kestrel asteroid probe pleased the space agency.", ["kestrel landing_date 2026-03 actual", "kestrel status completed actual"], ["operating"]),
    ("ESA's Mars Express reached orbit in 2003.", [], ["launch_date", "launched"]),
    ("The Peewit-2 satellite reached orbit on Monday.", ["peewit-2 launch_date 2026-05-18 actual"], []),
    ("Controllers have lost contact with a small relay probe launched last week to try out an orbit planned for NASA's Gateway.", [], ["gateway status", "gateway launch_date"]),
    ("Controllers have lost contact with NASA's Juno.", ["juno status failed actual"], []),
    ("Controllers have lost contact with a small probe named Twiga, the space agency said.", ["twiga status failed actual"], []),
    ("The last commands were sent to the craft from Juno's operations center, NASA said.", [], ["launched"]),
    ("Launched on 6 March 2009 from Space Launch Complex 17B at a base in Florida, the Kepler mission was extended, NASA said.", ["kepler launch_date 2009-03-06 actual"], ["complex", "florida"]),
    ("The Ulysses spacecraft, a joint mission of NASA and ESA, has officially ceased operations.", ["ulysses status completed actual"], []),
    ("Dawn mission comes to a sad end, NASA says", ["dawn status completed actual"], []),
    ("The mission aims to land a probe on Phobos, the larger of the two moons of Mars, and return with samples, JAXA said.", [], ["completed"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "unwanted"), NAMELESS, ids=[text[:44] for text, _, _ in NAMELESS])
def test_what_befalls_a_nameless_craft_befalls_no_other(told, text, wanted, unwanted):
    check(told(text), wanted, unwanted)


ORBITS = [
    ("The Peewit-2 satellite was launched on Monday by a Long March 2D and entered the preset orbit.", ["peewit-2 status launched actual"], ["operating"]),
    ("The Peewit-2 satellite, which was launched on Monday, failed to enter its planned orbit.", ["peewit-2 status failed actual"], ["status launched"]),
    ("Last month the Falcon Mars orbiter of Oman reached the orbit of Mars, the space agency said.", ["falcon-mars status operating actual"], ["launch_date"]),
    ("The Kestrel asteroid probe departed for Earth on 12 March with its samples, the space agency said.", [], ["launch_date", "launched"]),
    ("The Kestrel asteroid probe departed for the belt on 12 March, the space agency said.", ["kestrel launch_date 2026-03-12 actual"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "unwanted"), ORBITS, ids=[text[:44] for text, _, _ in ORBITS])
def test_an_orbit_is_a_start_at_home_and_an_arrival_elsewhere(told, text, wanted, unwanted):
    check(told(text), wanted, unwanted)


@pytest.mark.parametrize(("text", "wanted", "unwanted"), PAGES)
def test_a_page_is_cut_where_its_thoughts_end(told, text, wanted, unwanted):
    check(told(text), wanted, unwanted)


@pytest.mark.parametrize(("text", "wanted", "unwanted"), DAYS)
def test_a_day_is_that_of_its_event(told, text, wanted, unwanted):
    check(told(text), wanted, unwanted)
