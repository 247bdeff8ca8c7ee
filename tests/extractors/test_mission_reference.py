"""Who is meant where a sentence names nobody: the labels of round-ups, owners, and what only looks like the mission before."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def told(knowledge, document):
    """Read a text, and return what it says of missions as (entity, attribute, value)."""

    def tell(text: str, published: str = "2025-06-01") -> set[tuple[str, str, str]]:
        found = read(document(text, published), knowledge)
        return {(c.entity, c.attribute, c.value) for c in found if c.kind == "mission"}

    return tell


@pytest.mark.parametrize(
    "text",
    [
        "Here is the news from deep space.\n\nLUCY: Why mention it now? NASA's old probe was launched in October 2021.",
        "Here is the news from deep space.\n\nLucy -- Still far from Jupiter. NASA's probe was launched in October 2021.",
        "Here is the news from deep space.\n\nLucy. A long way to go. NASA's probe was launched in October 2021.",
    ],
    ids=["colon", "dashes", "full stop"],
)
def test_a_label_tells_whom_its_paragraph_is_about(told, text):
    assert {(e.casefold(), a, v) for e, a, v in told(text)} >= {("lucy", "launch_date", "2021-10")}


def test_a_paragraph_is_not_about_the_label_of_another(told):
    text = (
        "PSYCHE: On its way. The craft was launched in October 2023.\n\n"
        "LUCY: Far out. The craft was launched in October 2021.\n\nThe weather was fine in March 2024."
    )
    assert {(e.casefold(), v) for e, a, v in told(text) if a == "launch_date"} == {
        ("psyche", "2023-10"),
        ("lucy", "2021-10"),
    }


def test_an_owner_tells_which_craft_is_meant(told):
    text = (
        "China's Tianwen-2 and NASA's Psyche are both in space. The Chinese probe was launched on 29 May 2025. "
        "The American spacecraft was launched in October 2023."
    )
    assert {(e, v) for e, a, v in told(text) if a == "launch_date"} == {
        ("Tianwen-2", "2025-05-29"),
        ("Psyche", "2023-10"),
    }


def test_the_craft_of_another_country_is_another_craft(told):
    text = "NASA's Lucy probe is far away. The Japanese lander was lost in April 2023, a newspaper said."
    assert not [fact for fact in told(text) if fact[0].startswith("Lucy") and fact[1] == "loss_date"]


def test_a_craft_with_an_indefinite_article_is_a_new_one(told):
    text = "ESA's Hera orbiter is on its way to Dimorphos. A lander could leave in 2031, officials said."
    assert not [fact for fact in told(text) if fact[0].startswith("Hera") and fact[2].startswith("2031")]


@pytest.mark.parametrize(
    "text",
    [
        "The Lucy probe was the idea of Hal Levison, an astronomer, who died last year.",
        "NASA's Psyche probe was built by two companies working as one team.",
        "Astronomers who stopped working in 2023 had used NASA's Lucy spacecraft.",
    ],
)
def test_what_people_do_is_no_status_of_a_mission(told, text):
    assert not [fact for fact in told(text) if fact[1] in ("status", "end_date") and fact[2] != "launched"]


def test_a_launch_that_was_called_off_is_an_old_plan(knowledge, document):
    text = "A May 4 launch of NASA's TRACERS mission was dropped in April because of a storm. It is now due in July."
    found = [c for c in read(document(text, "2025-06-01"), knowledge) if c.attribute in ("launch_date", "status")]
    assert {(c.value, c.modality, c.superseded) for c in found} == {
        ("2025-05-04", "planned", True),
        ("2025-07", "planned", False),
    }


def test_a_mission_that_is_dropped_is_cancelled(told):
    assert ("VERITAS", "status", "cancelled") in told("NASA dropped its VERITAS mission in April 2025.")


@pytest.mark.parametrize(
    "text",
    [
        "Chandrayaan-3 is on its way. The Chandrayaan-2 mission flew in 2019, but ISRO said that its lander had been destroyed.",
        (
            "ISRO's Chandrayaan-3 is on its way. Two years ago the firm's first flight ended in a crash landing, giving its next "
            "craft, Chandrayaan-3, a name."
        ),
    ],
    ids=["its part", "behind a comma"],
)
def test_a_failure_is_not_that_of_the_main_mission(told, text):
    assert ("Chandrayaan-3", "status", "failed") not in told(text)


def test_the_last_of_two_may_be_spoken_of_alone(told):
    found = told(
        "The family has Sentinel-1A and its twin spacecraft, Sentinel-1B, which is scheduled to launch next year, ESA said."
    )
    assert {e for e, a, _ in found if a == "launch_date"} == {"Sentinel-1B"}


def test_a_station_neither_starts_nor_lands(told):
    text = "A capsule took a crew to the International Space Station. It launched on 5 June and landed in New Mexico."
    assert not [f for f in told(text, "2024-09-07") if f[0] == "International Space Station" and f[1].endswith("_date")]


def test_a_state_to_come_is_none_yet(told):
    found = told("When fully operational, the Sentinel-6 satellite will map the seas, ESA said.")
    assert not [fact for fact in found if fact[1] == "status"]
