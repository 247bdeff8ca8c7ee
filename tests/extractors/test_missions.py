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
