"""What single sentences say of missions, and what they must not be taken to say."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def told(knowledge, document):
    """Read a text, and return what it says of missions as (entity, attribute, value, modality)."""

    def tell(text: str, published: str = "2025-06-01") -> set[tuple[str, str, str, str]]:
        found = read(document(text, published), knowledge)
        return {(c.entity, c.attribute, c.value, c.modality) for c in found if c.kind == "mission"}

    return tell


def statuses(told_facts):
    return {(entity, value) for entity, attribute, value, _ in told_facts if attribute == "status"}


def test_one_sentence_is_a_document(told):
    assert told("Japan launched its Hiten probe in 1990.") == {
        ("Hiten", "launch_date", "1990", "actual"),
        ("Hiten", "status", "launched", "actual"),
        ("Hiten", "party", "Japan: lead", "actual"),
    }


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Gaia, launched in 2013, is still mapping the stars from its far orbit, ESA said.", ("Gaia", "operating")),
        ("The BepiColombo probe has flown past Mercury, ESA said.", ("BepiColombo", "launched")),
        ("ESA's Planck telescope was switched off in October 2013.", ("Planck", "completed")),
        ("NASA's Lucy spacecraft, which was built in Colorado, was launched in 2021.", ("Lucy", "launched")),
        ("Engineers have begun assembling the PLATO telescope, ESA said.", ("PLATO", "in_development")),
        ("Work on the Comet Interceptor mission is progressing, ESA said.", ("Comet Interceptor", "in_development")),
        ("NASA has cancelled its VIPER rover.", ("VIPER", "cancelled")),
        ("ISRO has been given the go-ahead for the Shukrayaan mission by the cabinet.", ("Shukrayaan", "approved")),
        ("The Suisei mission of ISAS ended in 1991.", ("Suisei", "completed")),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else value[1],
)
def test_a_status_is_told_by_a_verb(told, text, status):
    found = {(entity.split(" ")[0], value) for entity, value in statuses(told(text))}
    assert (status[0].split(" ")[0], status[1]) in found


@pytest.mark.parametrize(
    "text",
    [
        "Efforts at launching the Comet Interceptor mission bring ESA and JAXA together.",
        "The rocket is capable of launching the Dragonfly mission to Titan, NASA said.",
        "The launch of NASA's Dragonfly mission was cancelled at the last minute because of a storm.",
        "NASA cancelled a test of the Dragonfly rotorcraft mission on Monday.",
        "NASA's Dragonfly mission is to land on Titan and bring home pictures.",
        "The White House would cancel NASA's Dragonfly mission, it proposed in its budget.",
        "ESA's PLATO telescope will fly on an Ariane 6 in 2026.",
        "Without landing the Griffin craft safely, Astrobotic will get no further contract from NASA.",
    ],
)
def test_purposes_plans_and_events_of_a_mission_give_no_status(told, text):
    assert statuses(told(text)) == set()


def test_an_old_landing_does_not_tell_that_a_craft_is_still_at_work(told):
    assert ("Apollo 17", "operating") not in statuses(told("NASA's Apollo 17 landed on the Moon in December 1972."))


def test_a_craft_lost_while_landing_has_not_landed(told):
    facts = told("On 11 April 2019 SpaceIL lost contact with its Beresheet lander shortly before touching down.")
    assert ("Beresheet", "loss_date", "2019-04-11", "actual") in {(e.split(" ")[0], *rest) for e, *rest in facts}
    assert not any(attribute == "landing_date" for _, attribute, _, _ in facts)


def test_what_is_told_between_commas_is_not_the_subject_of_the_verb_behind_it(told):
    facts = told("China's Yinghuo-1, which rode along on Russia's Phobos-Grunt, was lost in 2011.")
    assert statuses(facts) == {("Yinghuo-1", "failed")}


def test_the_battery_failed_and_not_the_mission(told):
    assert statuses(told("The GRACE mission of NASA and DLR ended in 2017 when a battery failed.")) == {
        ("GRACE", "completed")
    }


def test_a_date_of_comparison_belongs_to_what_is_compared(told):
    text = "NASA's Griffin lander would be the first to land at the lunar pole since Luna 24 in 1976."
    assert not any(value == "1976" for entity, _, value, _ in told(text) if "Griffin" in entity)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Sentinel-6B satellite of ESA and NASA is being prepared for launch in November.", "2025-11"),
        ("ESA's Rosalind Franklin rover will not fly before 2028.", "2028/.."),
        ("ESA's Rosalind Franklin rover is not expected to launch before 2028.", "2028/.."),
        ("NASA's Dragonfly mission is scheduled for launch no earlier than July 2028.", "2028-07/.."),
    ],
)
def test_a_coming_launch_is_a_plan(told, text, expected):
    launches = {(value, modality) for _, attribute, value, modality in told(text) if attribute == "launch_date"}
    assert launches == {(expected, "planned")}


def test_an_agency_uses_the_antennas_of_another(told):
    facts = told(
        "JAXA's Akatsuki orbiter used the 32-metre antenna of the Indian Deep Space Network for an experiment."
    )
    assert ("Akatsuki", "party", "Indian Deep Space Network: ground_segment", "actual") in {
        (entity.split(" ")[0], *rest) for entity, *rest in facts
    }


def test_who_built_an_instrument_did_not_build_the_spacecraft(told):
    facts = told("JAXA's MMX spacecraft will carry a rover developed by CNES and DLR to Phobos.")
    parties = {value for _, attribute, value, _ in facts if attribute == "party"}
    assert {"CNES: rover", "DLR: rover"} <= parties
    assert not parties & {"CNES: spacecraft", "CNES: lead", "DLR: spacecraft", "DLR: lead"}


def test_the_plan_of_two_countries_is_the_joint_mission_not_the_lander_that_was_lost(told):
    text = (
        "Egypt and Kenya will launch a joint lunar probe in 2031, their embassies said. India's Chandrayaan-2 crashed"
        " in 2019.\n\nUnder the plan, which was cleared and approved by the Egyptian government in May, Cairo will be"
        " responsible for developing a rover, while Kenya will develop a lander for the mission."
    )
    facts = told(text, "2026-01-10")
    parties = {(entity, value) for entity, attribute, value, _ in facts if attribute == "party"}
    assert not any("Chandrayaan" in entity and "Egypt" in value for entity, value in parties)
    assert any("joint" in entity and value == "Egypt: rover" for entity, value in parties)
    assert any("joint" in entity and value == "approved" for entity, value in statuses(facts))


SPACE = "\n\nNASA, ESA and ISRO have many spacecraft in orbit, and satellites need rockets."


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("NASA's Perseverance rover has driven 28 kilometres since it landed on Mars in February 2021.", "operating"),
        ("The Lunar Reconnaissance Orbiter spotted the wreck of the lander last month, NASA said.", "operating"),
        ("Images from NASA's Juno spacecraft show lava lakes on Io, scientists say.", "operating"),
        ("India's Aditya-L1 reached its halo orbit on January 6 and is watching the Sun from there.", "operating"),
        ("NASA's Cassini burned up in Saturn's atmosphere in September 2017.", "completed"),
        ("The Mars helicopter Ingenuity has flown for the last time, NASA announced.", "completed"),
        ("The Aeolus wind satellite of ESA came down over Antarctica in July 2023.", "completed"),
        ("JAXA lost touch with the Akatsuki probe at the end of April.", "failed"),
        ("Astrobotic's Peregrine lander never made it to the Moon because of a fuel leak.", "failed"),
        ("Contact with Japan's Hitomi observatory broke off on March 26, 2016.", "failed"),
        ("Funding troubles have halted work on NASA's VERITAS mission to Venus.", "on_hold"),
        ("ISRO is getting its Gaganyaan capsule ready for a first flight without astronauts.", "in_development"),
        ("Engineers at JPL have installed the radar on the NISAR satellite.", "in_development"),
        ("The flight model of ESA's PLATO telescope is being put together at OHB in Bremen.", "in_development"),
        ("ESA's members voted in January 2024 to go ahead with the LISA gravitational-wave mission.", "approved"),
        ("NASA has confirmed the Dragonfly mission with a launch date of July 2028.", "approved"),
        ("NASA pulled the plug on the VIPER rover mission in July 2023.", "cancelled"),
        ("India's X-ray satellite XPoSat went up on New Year's Day.", "launched"),
    ],
    ids=lambda value: value[:36],
)
def test_news_tells_one_state_in_many_words(told, text, status):
    assert {value for _, value in statuses(told(text + SPACE, "2024-06-01"))} == {status}


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("NASA hopes to get its Europa Clipper probe off the ground in October.", "launch_date", "2024-10"),
        ("The launch window for NASA's Dragonfly opens in July 2028.", "launch_date", "2028-07"),
        ("JAXA's MMX probe is now not going to leave before 2026.", "launch_date", "2026/.."),
        ("Launched by an Ariane 5 on 14 April 2023, ESA's JUICE is heading for Jupiter.", "launch_date", "2023-04-14"),
        (
            "A Falcon 9 put South Korea's Danuri on its way to the Moon on August 4, 2022.",
            "launch_date",
            "2022-08-04",
        ),
        ("JAXA's SLIM lander came to rest on its nose on the Moon on 19 January.", "landing_date", "2024-01-19"),
        (
            "The return capsule of China's Chang'e-6 probe is due back on Earth on June 25.",
            "landing_date",
            "2024-06-25",
        ),
        ("NASA has extended the Juno mission until September 2025.", "end_date", "2025-09"),
        ("NASA's Messenger ended its days by crashing into Mercury on April 30, 2015.", "end_date", "2015-04-30"),
        ("JAXA's Akatsuki has been out of contact since the end of April.", "loss_date", "2024-04"),
        ("ESA gave the go-ahead for the LISA mission on 25 January.", "approval_date", "2024-01-25"),
    ],
    ids=lambda value: value[:36],
)
def test_a_date_belongs_to_what_happened_then(told, text, attribute, value):
    found = {(a, v) for _, a, v, _ in told(text + SPACE, "2024-06-01") if a.endswith("_date")}
    assert (attribute, value) in {(a, v) for a, v in found} or any(
        a == attribute and v.startswith(value[:7]) for a, v in found
    )
    assert {a for a, _ in found} == {attribute}


def test_a_list_gives_each_mission_its_own_date(told):
    facts = told("India launched Chandrayaan-1 in 2008, Chandrayaan-2 in 2019 and Chandrayaan-3 in July 2023." + SPACE)
    assert {(e, v) for e, a, v, _ in facts if a == "launch_date"} == {
        ("Chandrayaan-1", "2008"),
        ("Chandrayaan-2", "2019"),
        ("Chandrayaan-3", "2023-07"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "JAXA's MMX probe is waiting. The H3 rocket failed on its maiden flight in March 2023.",
        "JAXA's MMX probe is waiting. The second launch of the H3 is planned for 14 February.",
        "ESA's PLATO telescope is waiting. Transportation to the spaceport is scheduled for June 2.",
        "NASA's Dawn probe missed scheduled talks with the ground on Wednesday.",
        "NASA's Griffin would be the first craft there since Apollo 17 in 1972.",
        "ESA held a competition in May for a Mars landing system that its PLATO engineers liked.",
    ],
    ids=["maiden-flight", "second-launch", "transport", "talks", "since", "landing-system"],
)
def test_the_dates_of_other_events_are_not_the_mission_s(told, text):
    assert not [f for f in told(text + SPACE, "2024-06-01") if f[1].endswith("_date")]


def test_a_decision_about_a_mission_is_no_approval_of_it(told):
    assert not statuses(told("The decision to delay JAXA's MMX to 2026 was approved in December." + SPACE))


def test_a_mission_whose_parts_fare_differently_has_no_one_state(told):
    facts = told(
        "ISRO launched Chandrayaan-2 in July 2019. The Chandrayaan-2 orbiter is still working. The Vikram lander crashed."
        + SPACE
    )
    assert statuses(facts) == {("Chandrayaan-2 orbiter", "operating"), ("Vikram lander", "failed")}


def test_a_target_in_the_next_sentence_is_the_one_that_the_catalog_knows(told):
    facts = told("NASA's Dragonfly will fly in 2028. Nobody has seen the dunes of Titan from so near." + SPACE)
    assert ("Dragonfly", "destination", "Titan", "planned") in facts


@pytest.mark.parametrize("text", ["ESA runs the Columbus module.", "The Canadarm3 robot arm is made by Canada."])
def test_the_rooms_of_a_station_are_no_missions(told, text):
    assert told(text + SPACE) == set()


def test_a_contract_to_launch_tells_when_it_flies(told):
    facts = told("Arianespace signed a contract with Eumetsat to launch the Boreas-1 satellite in 2027." + SPACE)
    assert ("Boreas-1", "launch_date", "2027", "planned") in facts
    assert not statuses(facts)


def test_two_flights_are_moved_to_two_dates(told):
    facts = told("NASA will delay Artemis II to April 2026 and Artemis III to 2027." + SPACE)
    assert {(e, v) for e, a, v, _ in facts if a == "launch_date"} == {
        ("Artemis II", "2026-04"),
        ("Artemis III", "2027"),
    }


def test_the_satellites_are_the_two_just_named(told):
    facts = told(
        "A firm builds Boreas-1 and Boreas-2, two weather satellites. The satellites will be launched in 2028." + SPACE
    )
    assert {(e, v) for e, a, v, _ in facts if a == "launch_date"} == {("Boreas-1", "2028"), ("Boreas-2", "2028")}


@pytest.mark.parametrize(
    "text",
    [
        "India's cabinet is awaiting a report. The Venus Orbiter Mission of ISRO is awaiting the nod of the cabinet.",
        "NASA has only proposed its Uranus orbiter mission.",
    ],
)
def test_what_waits_for_a_nod_is_not_approved(told, text):
    assert "approved" not in {value for _, value in statuses(told(text + SPACE))}


def test_what_had_been_planned_is_a_former_plan(knowledge, document):
    text = "ESA's Rosalind Franklin rover had been scheduled to launch this September, the agency said." + SPACE
    (launch,) = (c for c in read(document(text, "2022-07-12"), knowledge) if c.attribute == "launch_date")
    assert (launch.value, launch.modality, launch.superseded) == ("2022-09", "planned", True)
