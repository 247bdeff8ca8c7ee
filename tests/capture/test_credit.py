"""Whose report it is: agencies that are credited, and agencies that are only mentioned."""

import time
from pathlib import Path

import pytest

from tracker.capture.credit import AGENCIES, credit_of

COPIES = Path(__file__).parent.parent / "data" / "copies"
STORY = "The lander passed its last test, engineers said on Tuesday, and will be shipped next week."


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"TOKYO, March 4 (Reuters) - {STORY}", "Reuters"),
        (f"Lander ready\n\nTOKYO (Kyodo) -- {STORY}", "Kyodo"),
        (f"Lander ready\n\nBEIJING, March 4 (Xinhua) — {STORY}", "Xinhua"),
        (f"Bengaluru (Karnataka) [India], March 4 (ANI): {STORY}", "ANI"),
        (f"WASHINGTON (AP) — {STORY}", "AP"),
        (f"Lander ready\nPTI\nBengaluru: {STORY}", "PTI"),
        (f"Lander ready\n\nBy The Associated Press\n\n{STORY}", "AP"),
        (f"Lander ready\n\nBy Asha Pillai, Reuters\n\n{STORY}", "Reuters"),
        (f"{STORY} (Reuters)", "Reuters"),
        (f"{STORY} (AFP/JIJI)\n", "AFP"),
        (f"{STORY} PTI SKR ADM", "PTI"),
        (f"{STORY}\n\n--IANS", "IANS"),
        (f"{STORY}\n– Bernama", "Bernama"),
        (f"{STORY}\n\nSource: Yonhap News Agency", "Yonhap"),
        (f"{STORY}\n\n(With inputs from ANI)", "ANI"),
        (f"{STORY}\n\nWith agency inputs from PTI and UNI.", "PTI"),
        (f"{STORY} (With IANS inputs)", "IANS"),
        (f"By our Asia desk, with inputs from Reuters\n\n{STORY}", "Reuters"),
        (f"{STORY}\n\nThis report was published from a syndicated feed of PTI.", "PTI"),
        (f"{STORY}\n\n(Reporting by Kenji Aramaki; Editing by Louise Farr)", "Reuters"),
    ],
)
def test_a_credit_is_found_where_papers_put_it(text, agency):
    assert credit_of(text) == agency


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "",
        f"{STORY} The project manager told Reuters that she was pleased.",
        f"According to PTI, the lander is late. {STORY}",
        f"{STORY} A spokesman declined to comment to AFP",
        f"(AP photo) {STORY}",
        f"{STORY} With inputs from agencies",
        f"{STORY}\n\nThe University of Nicosia (UNIC) took part.",
        f"{STORY} He studied at the PA college in Mangalore.",
        f"{STORY}\n\nReporting by telephone was difficult.",
    ],
)
def test_to_mention_an_agency_is_no_credit(text):
    assert credit_of(text) is None


def test_every_agency_is_recognised_by_each_of_its_signatures():
    for agency in AGENCIES:
        assert credit_of(f"CITY ({agency}) - {STORY}") == agency


def test_of_the_samples_those_that_credit_an_agency_are_known():
    credited = {path.stem for path in COPIES.glob("*.txt") if credit_of(path.read_text()) == "Reuters"}
    assert credited == {"wire", "typos", "housestyle", "half", "lede", "updated"}


@pytest.mark.parametrize(
    "flood", ["(" * 200_000, "Reporting by " * 20_000, "By , " * 50_000, "- " * 100_000, "AP " * 90_000]
)
def test_hostile_text_is_looked_at_in_no_time(flood):
    began = time.process_time()
    credit_of(flood)
    assert time.process_time() - began < 3
