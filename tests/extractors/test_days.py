"""Days of events: which day a sentence tells of a mission, and that others it names are none of it."""

import pytest

from tracker.extractors.rules.read import read

PUBLISHED = "2024-05-10"
PRESS = " Reporters saw rockets, a spacecraft and an astronaut at the space agency."


@pytest.fixture
def days(knowledge, document):
    """Read a text, and return the days it tells as "attribute entity value modality"."""

    def tell(text: str) -> set[str]:
        found = read(document(text + PRESS, PUBLISHED), knowledge)
        return {f"{c.attribute} {c.entity} {c.value} {c.modality}" for c in found if c.attribute.endswith("_date")}

    return tell


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The launch of the Kestrel-2 satellite planned for Monday evening (May 6) has been delayed.",
            "launch_date Kestrel-2 2024-05-06 planned",
        ),
        (
            "Kestrel-2 was first scheduled for a launch on December 26, when a valve leaked.",
            "launch_date Kestrel-2 2023-12-26 planned",
        ),
        ("Kestrel-2 is scheduled for launch on December 26.", "launch_date Kestrel-2 2024-12-26 planned"),
        ("The countdown for Wednesday's launch of Kestrel-2 has begun.", "launch_date Kestrel-2 2024-05-15 planned"),
    ],
    ids=["days ago", "a plan of last year", "a plan of this year", "a countdown"],
)
def test_a_day_without_its_year_is_the_one_that_the_plan_was_made_for(days, text, told):
    assert days(text) == {told}


def test_the_old_day_of_a_move_lies_near_the_new_one(days):
    text = "NASA has moved the launch of Kestrel-2 from August to October."
    assert days(text) == {"launch_date Kestrel-2 2024-08 planned", "launch_date Kestrel-2 2024-10 planned"}


@pytest.mark.parametrize(
    ("text", "landing"),
    [
        ("Kestrel-2, a lunar lander, is due for launch in June 2025, landing in August.", {"2025-08"}),
        ("Kestrel-2, a lunar lander, is to be launched in November 2025 and will land in February.", {"2026-02"}),
        ("Kestrel-2, a lunar lander, landed in March; its successor is due for launch in June 2025.", {"2024-03"}),
    ],
    ids=["the same year", "over new year", "told before it"],
)
def test_what_follows_a_launch_to_come_follows_it_in_time(days, text, landing):
    found = {told.split()[2] for told in days(text) if told.startswith("landing_date")}
    assert found == landing


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("The rocket carrying the Kestrel-2 satellite exploded shortly after liftoff on Tuesday.", {"2024-05-07"}),
        ("Kestrel-2 was lost minutes before touchdown on 2 May.", {"2024-05-02"}),
        ("Contact with Kestrel-2 was lost, a year after its launch on 2 May 2019.", set()),
    ],
    ids=["after liftoff", "before touchdown", "a year after"],
)
def test_what_befalls_a_craft_moments_from_an_event_befalls_it_on_its_day(days, text, lost):
    assert {told.split()[2] for told in days(text) if told.startswith("loss_date")} == lost


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The next attempt to launch Kestrel-2 will be made on Saturday.",
            {"launch_date Kestrel-2 2024-05-11 planned"},
        ),
        (
            "The new launch date for Kestrel-2 will at the earliest be 15 May.",
            {"launch_date Kestrel-2 2024-05-15/.. planned"},
        ),
        ("The next attempt to sell Kestrel-2 will be made on Saturday.", set()),
    ],
    ids=["an attempt", "the earliest day", "no launch"],
)
def test_a_date_may_stand_behind_the_verb_of_what_is_scheduled(days, text, told):
    assert days(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kestrel-2 has been in orbit since March 2018.", {"launch_date Kestrel-2 2018-03 actual"}),
        ("The Kestrel-2 satellite left aboard a Soyuz rocket on 5 May.", {"launch_date Kestrel-2 2024-05-05 actual"}),
        (
            "The Kestrel-2 satellite roared away from Cape Canaveral on 5 May.",
            {"launch_date Kestrel-2 2024-05-05 actual"},
        ),
        ("Kestrel-2 went into orbit on 12 January 2017.", {"launch_date Kestrel-2 2017-01-12 actual"}),
        (
            "Engineers switched off the Kestrel-2 telescope for good on 30 April.",
            {"end_date Kestrel-2 2024-04-30 actual"},
        ),
        ("After eleven years the Kestrel-2 satellite was retired in 2023.", {"end_date Kestrel-2 2023 actual"}),
        ("Kestrel-2 will put two astronauts on the lunar surface in 2028.", {"landing_date Kestrel-2 2028 planned"}),
        ("The director of the Kestrel-2 team left on 5 May.", set()),
        ("Kestrel-2 will put two coins on sale in 2028.", set()),
    ],
    ids=["since", "left", "roared", "orbit", "switched off", "retired", "people down", "a person", "no people"],
)
def test_events_have_the_days_of_their_verbs(days, text, told):
    assert days(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The launch window for Kestrel-2 opens on 10 October and closes on 30 October.", {"2024-10-10"}),
        ("The Kestrel-2 satellite was to fly in 2022, but strikes pushed it to 2025.", {"2022", "2025"}),
        ("Kestrel-2, a satellite, is planned for 2026, with Kestrel-3 to follow in 2028.", {"2026", "2028"}),
        ("Kestrel-2 was launched in 2009 and was followed by Kestrel-3 in 2013.", {"2009", "2013"}),
        ("Kestrel-2 was launched in 2009. It was followed in 2013 by another.", {"2009"}),
    ],
    ids=["a window", "pushed", "to follow", "followed by", "followed by nobody known"],
)
def test_each_launch_has_its_day(days, text, told):
    assert {day.split()[2] for day in days(text) if day.startswith("launch_date")} == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The partnership between ESA and Kenya on satellites began in 2019.", {"effective_date 2019"}),
        (
            "The memorandum of understanding between Kenya and Norway on satellites dates back to 2017.",
            {"signed_date 2017"},
        ),
        ("The partnership between ESA and Kenya on satellites met doubt; it all began in 2019.", set()),
    ],
    ids=["began", "dates back", "began with"],
)
def test_a_partnership_has_the_year_it_goes_back_to(days, text, told):
    assert {f"{day.split()[0]} {day.split()[-2]}" for day in days(text)} == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The launch of the Kestrel-2 satellite, set for November 2023, was called off after a Soyuz failed in July 2023.",
            {"launch_date Kestrel-2 2023-11 planned"},
        ),
        (
            "NASA agreed on Tuesday to let the Kestrel-2 satellite, launched in 2006, go on.",
            {"launch_date Kestrel-2 2006 actual"},
        ),
        (
            'Last year the Kestrel-2 satellite was "retired", 14 years after it was launched.',
            {"end_date Kestrel-2 2023 actual"},
        ),
        ("At the time NASA expected Kestrel-2 to be ready for launch in 2022.", {"launch_date Kestrel-2 2022 planned"}),
        (
            "Kestrel-2 is a lunar lander. The Acme Corp. spacecraft was launched by SpaceX in December.",
            {"launch_date Kestrel-2 2023-12 actual"},
        ),
        ("Kestrel-2 is a lunar lander. Acme Corp. was launched by bankers in December.", set()),
    ],
    ids=["a rocket's failure", "what was agreed", "counted from", "ready then", "its owner's", "its owner"],
)
def test_a_day_belongs_to_the_event_that_it_is_told_of(days, text, told):
    assert days(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The launch of Kestrel-2 was called off two minutes before liftoff on Thursday.",
            {"launch_date Kestrel-2 2024-05-09 planned"},
        ),
        (
            "The launch of the Kestrel-2 satellite has slipped from June to no earlier than September.",
            {"launch_date Kestrel-2 2024-06 planned", "launch_date Kestrel-2 2024-09/.. planned"},
        ),
        (
            "High winds forced a delay of Thursday's launch of Kestrel-2 to Saturday.",
            {"launch_date Kestrel-2 2024-05-09 planned", "launch_date Kestrel-2 2024-05-11 planned"},
        ),
        ("Ground controllers lost contact with Kestrel-2 in early April.", {"loss_date Kestrel-2 2024-04 actual"}),
        ("Ground controllers who lost contact with their families in early April saw Kestrel-2.", set()),
        (
            "Contact with the Kestrel-2 probe was lost on 2 March, four years after its launch.",
            {"loss_date Kestrel-2 2024-03-02 actual", "launch_date Kestrel-2 2020 actual"},
        ),
        ("Kenya hopes to have its Kestrel-2 satellite in space by 2026.", {"launch_date Kestrel-2 ../2026 planned"}),
        (
            "The member states approved the Kestrel-2 mission at their council meeting on 23 November 2022.",
            {"approval_date Kestrel-2 2022-11-23 actual", "held_date council meeting 2022-11-23 actual"},
        ),
    ],
    ids=["called off", "slipped", "delayed", "controllers", "people", "years after", "in space by", "at a meeting"],
)
def test_plans_put_off_and_losses_have_their_days(days, text, told):
    assert days(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Acme Corp. today signed a contract with the Kenya Space Agency for a satellite.", {"signed_date 2024-05-10"}),
        ("NAIROBI, 10 May 2024 - Acme has a contract with the Kenya Space Agency for a satellite.", set()),
        ("Kenya and France signed an agreement on satellite data that runs until 2029.", {"expiry_date 2029"}),
        ("The cooperation agreement between Kenya and France is valid until 2029.", {"expiry_date 2029"}),
        ("A memorandum of understanding between Kenya and France on satellites replaces one of 2015.", set()),
    ],
    ids=["today", "a dateline", "runs until", "valid until", "another one"],
)
def test_agreements_have_the_days_told_of_them(days, text, told):
    assert {f"{day.split()[0]} {day.split()[-2]}" for day in days(text)} == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "NASA announced May 6 it selected the Tern Explorer for flight.",
            {"approval_date Tern Explorer 2024-05-06 actual"},
        ),
        (
            "On Tuesday, ESA said that it has approved the Wigeon mission to Venus.",
            {"approval_date Wigeon 2024-05-07 actual"},
        ),
        ("ESA said on Tuesday that it had approved the Wigeon mission to Venus long before.", set()),
        ("ESA said on Tuesday that it will approve the Wigeon mission to Venus.", set()),
    ],
    ids=["announced", "said of what has been", "looking back", "to come"],
)
def test_what_is_announced_as_decided_was_decided_on_that_day(days, text, told):
    assert days(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The Kestrel-2 rover's landing on Mars is set for February 18, 2026.",
            {"landing_date Kestrel-2 2026-02-18 planned"},
        ),
        ("The Kestrel-2 lander reached the lunar surface on Friday.", {"landing_date Kestrel-2 2024-05-10 actual"}),
        ("The Kestrel-2 satellite has been silent since 5 March.", {"loss_date Kestrel-2 2024-03-05 actual"}),
        ("The Kestrel-2 probe last made contact on 5 March.", {"loss_date Kestrel-2 2024-03-05 actual"}),
        ("A power failure knocked out the Kestrel-2 satellite on 5 March.", {"loss_date Kestrel-2 2024-03-05 actual"}),
        ("The crew of the Kestrel-2 capsule is to return on 3 June.", {"landing_date Kestrel-2 2024-06-03 planned"}),
        ("The manager of the Kestrel-2 capsule is to return the keys on 3 June.", set()),
    ],
    ids=["its landing", "the surface", "silent", "last contact", "knocked out", "back", "keys"],
)
def test_arrivals_and_silences_have_their_days(days, text, told):
    assert days(text) == told


def test_a_contract_to_launch_something_is_no_launch(knowledge, document):
    text = "SpaceX won the contract to launch Kestrel-2, with liftoff set for no earlier than 2027." + PRESS
    found = read(document(text, PUBLISHED), knowledge)
    assert "launched" not in {claim.value for claim in found}


@pytest.mark.parametrize(
    "text",
    [
        "Launch rehearsals for the Kestrel-2 satellite begin on Friday.",
        "Kenya, which launched its first rocket in 1964, built the Kestrel-2 satellite.",
        "The Soyuz that carries the Kestrel-2 satellite failed in 2022.",
        "Funding for the Kestrel-2 mission ends in 2026.",
        "A documentary on the Kestrel-2 mission launches on June 3.",
        "The Kestrel-2 satellite will be replaced in 2030.",
        "Tickets for the Kestrel-2 launch party go on sale on May 20.",
    ],
)
def test_what_happens_beside_a_mission_is_none_of_it(knowledge, document, days, text):
    found = read(document(text + PRESS, PUBLISHED), knowledge)
    assert days(text) == set()
    assert {claim.value for claim in found}.isdisjoint({"launched", "failed", "completed"})


def test_a_mission_that_ends_in_a_year_ends_in_it(days):
    assert days("The Kestrel-2 mission ends in 2026.") == {"end_date Kestrel-2 2026 planned"}
    assert days("The Soyuz that carried the Kestrel-2 satellite failed on Tuesday.") == {
        "launch_date Kestrel-2 2024-05-07 actual",
        "loss_date Kestrel-2 2024-05-07 actual",
    }


def test_the_rocket_that_lofted_it_is_no_rival(days):
    text = "The Kestrel-2 satellite has been at work since a Soyuz lofted it on October 12 last year."
    assert days(text) == {"launch_date Kestrel-2 2023-10-12 actual"}


def test_a_sheet_of_facts_is_read_to_its_end(days):
    assert "launch_date Kestrel-2 2026 planned" in days(
        "The Kestrel-2 satellite flies in 2026.\nRocket: Falcon 9\nSite: Kourou"
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Launch date: May 20, 2024", {"launch_date Kestrel-2 2024-05-20 planned"}),
        ("Launched: 3 March 2019", {"launch_date Kestrel-2 2019-03-03 actual"}),
        ("Landing: June 2025", {"landing_date Kestrel-2 2025-06 planned"}),
        ("Launch of the book: June 2025", set()),
        ("Mass: 300 kg", set()),
    ],
)
def test_a_line_of_a_sheet_dates_the_mission_above_it(days, line, told):
    assert days(f"The Kestrel-2 satellite at a glance\n\n{line}\nOrbit: 500 km\n\n") == told


def test_an_apposition_with_an_owner_does_not_take_the_verb(days):
    told = days("The Kestrel-2 satellite, Kenya's second after Kestrel-1 in 2018, was launched on Tuesday.")
    assert "launch_date Kestrel-2 2024-05-07 actual" in told
    assert not any(" Kestrel-1 2024" in day for day in told)


def test_a_station_that_others_prepare_to_fly_to_has_no_launch(days):
    text = (
        "Acme has taken two crews to the International Space Station (ISS) — eight people in all — and is training its "
        "third, which is to follow no earlier than June 2026."
    )
    assert days(text) == set()
