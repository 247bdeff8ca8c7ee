"""Dates and values in words; anything at all can be said without breaking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language import spoken


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2025", "2025"),
        ("2025-01", "January 2025"),
        ("2025-04-01", "1 April 2025"),
        ("2026-21", "spring 2026"),
        ("2026-34", "second quarter of 2026"),
        ("202X", "2020s"),
        ("20XX", "2000s"),
        ("2025~", "about 2025"),
        ("2025-03?", "March 2025?"),
        ("2020/2023", "2020 – 2023"),
        ("../2023", "by 2023"),
        ("2025/..", "from 2025"),
        ("2027-01/2027-03", "January 2027 – March 2027"),
        (None, ""),
    ],
)
def test_dates_keep_the_precision_they_have(edtf, said):
    assert spoken.date(edtf) == said


def test_months_are_short_where_room_is():
    assert spoken.short("2025-09-30") == "30 Sep 2025"
    assert spoken.short("2025-05") == "May 2025"


def test_values_are_said_as_their_attributes_ask():
    assert spoken.value("mission", "status", "in_development") == "in development"
    assert spoken.value("mission", "party", "JAXA: launch_vehicle") == "JAXA, launch vehicle"
    assert spoken.value("agreement", "party", "India") == "India"
    assert spoken.value("mission", "launch_date", "2025-01") == "January 2025"
    assert spoken.value("mission", "destination", "Moon") == "Moon"


def test_days_carry_their_sign():
    assert [spoken.days(n) for n in (731, -1, 0, None, 12345)] == ["+731 days", "−1 day", "0 days", "", "+12,345 days"]


@given(
    st.sampled_from(["mission", "agreement", "comet"]),
    st.sampled_from(["launch_date", "status", "party", "x"]),
    st.text(),
)
def test_whatever_a_source_says_can_be_said(kind, attribute, text):
    assert isinstance(spoken.value(kind, attribute, text), str)
    assert isinstance(spoken.date(text), str)


@given(st.text())
def test_clean_words_hold_no_controls_and_lose_no_letters(text):
    cleaned = spoken.clean(text)
    assert not set(cleaned) & set("\x00\x07\x1b\x7f\x85\u202e\u2066\u200b")
    assert [c for c in text if c.isalnum()] == [c for c in cleaned if c.isalnum()]
