"""What has happened, what was meant to, and what only looks like a date of a mission."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def told(knowledge, document):
    """Read a text, and return what it says of missions as (entity, attribute, value, modality)."""

    def tell(text: str, published: str = "2025-06-01") -> set[tuple[str, str, str, str]]:
        found = read(document(text, published), knowledge)
        return {(c.entity, c.attribute, c.value, c.modality) for c in found if c.kind == "mission"}

    return tell


@pytest.mark.parametrize(
    "text",
    [
        "ESA closed its Herschel telescope in anticipation of the launch of the PLATO telescope in 2018.",
        "Launch delays from 2023 to 2025 have made the PLATO telescope dear, ESA said.",
        "OHB won a contract in 2020 to launch the PLATO telescope, ESA said.",
        "The PLATO telescope is late due to tests in 2023, ESA said.",
        "PLATO's first observations had been expected in March 2024, ESA said.",
    ],
    ids=["anticipation", "delays", "contract", "due to", "owned"],
)
def test_a_flight_that_was_only_meant_has_not_been(told, text):
    assert not [fact for fact in told(text) if "PLATO" in fact[0] and (fact[2] == "launched" or fact[3] == "actual") and fact[1] in ("status", "launch_date")]  # fmt: skip


def test_a_flight_in_anticipation_of_another_has_its_own_date(told):
    text = (
        "The Kestrel 1 satellite was launched in 2021 in anticipation of the launch of the Kestrel 2 satellite in 2027."
    )
    assert {f for f in told(text) if f[1] == "launch_date"} == {
        ("Kestrel 1", "launch_date", "2021", "actual"),
        ("Kestrel 2", "launch_date", "2027", "planned"),
    }


@pytest.mark.parametrize(
    ("text", "cancelled"),
    [
        ("NASA will cancel its VERITAS mission because of rising costs, the agency said.", True),
        ("NASA has decided to cancel its VERITAS mission.", True),
        ("NASA would cancel its VERITAS mission under the proposal.", False),
        ("NASA will not cancel its VERITAS mission, the agency said.", False),
        ("NASA may cancel its VERITAS mission, the agency said.", False),
    ],
)
def test_who_decides_to_cancel_has_cancelled(told, text, cancelled):
    assert (("VERITAS", "status", "cancelled", "actual") in told(text)) is cancelled


def test_the_year_in_a_name_is_no_date(told):
    found = told("NASA's Mars 2020 Perseverance rover will try to land on Mars this month.", "2021-02-08")
    assert {value for _, attribute, value, _ in found if attribute == "landing_date"} == {"2021-02"}


def test_who_reached_orbit_ahead_of_another_tells_nothing_of_the_other(told):
    found = told("The Hope probe reached Mars orbit ahead of China's Tianwen-1.", "2021-02-10")
    assert not [fact for fact in found if fact[0] == "Tianwen-1" and fact[1] == "status"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Contact with Venus Express, another of ESA's probes, broke off after eight years of work.", "completed"),
        ("Contact with the Beresheet lander broke off minutes before landing.", "failed"),
        ("The Akari telescope had met all of its objectives when contact was lost in 2011.", "completed"),
        ("The Vega C rocket stays on the ground, and Sentinel-1D has to wait, ESA said.", "on_hold"),
        ("NASA's IXPE telescope, which is still at work, measures X-rays.", "operating"),
        ("NASA's Curiosity, the rover that landed in August 2012, is now climbing Mount Sharp.", "operating"),
    ],
)
def test_what_has_become_of_a_mission(told, text, status):
    assert {value for _, attribute, value, _ in told(text) if attribute == "status"} == {status}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "OHB wants to bring forward the PLATO telescope, which is still being built and was to come after it in December 2027, to next year.",
            {("PLATO", "launch_date", "2027-12", "planned"), ("PLATO", "launch_date", "2026", "planned")},
        ),
        (
            "Luna-25, launched only last month, is lost. A Soyuz put it into low Earth orbit on 10 May.",
            {("Luna-25", "launch_date", "2025-05-10", "actual")},
        ),
        ("ESA's Hera probe is late. It was once meant to fly in 2023.", {("Hera", "launch_date", "2023", "planned")}),
        ("ESA's Hera probe is late. The flight is now likely in October.", {("Hera", "launch_date", "2025-10", "planned")}),
    ],
    ids=["second verb", "put into orbit", "meant to fly", "likely"],
)  # fmt: skip
def test_when_a_mission_flies(told, text, facts):
    assert told(text) >= facts


def test_a_sentence_may_end_in_a_roman_number(told):
    found = told("The OMOTENASHI probe flew with Artemis I. It could not be reached after November 2022.")
    assert not [fact for fact in found if fact[0] == "Artemis I" and fact[2] == "failed"]


@pytest.mark.parametrize(
    "text",
    [
        "For its comet ESA chose to be softer: it let Rosetta sink down slowly.",
        "NASA selected scientists for the Dragonfly mission in 2024.",
    ],
)
def test_who_chooses_something_else_approves_no_mission(told, text):
    assert not [fact for fact in told(text) if fact[2] == "approved"]


@pytest.mark.parametrize(
    "text",
    [
        "Last November JAXA gave up on landing the OMOTENASHI probe.",
        "The Luna-25 probe had been meant to win the race by landing on 21 August 2023.",
    ],
)
def test_a_landing_that_was_given_up_or_only_meant_has_not_been(told, text):
    assert not [f for f in told(text) if f[1] in ("landing_date", "end_date") and f[3] == "actual"]


def test_the_craft_of_others_is_not_the_mission_of_the_article(told):
    text = "ESA and JAXA spoke of a joint flight to Mars. Their spacecraft arrived at Mercury last week."
    assert not [fact for fact in told(text) if fact[2] == "operating"]


def test_a_landing_that_was_meant_and_came_about_has_been(told):
    found = told("ISRO's Chandrayaan-3 won the race by landing on 23 August 2023.")
    assert ("Chandrayaan-3", "landing_date", "2023-08-23", "actual") in found
