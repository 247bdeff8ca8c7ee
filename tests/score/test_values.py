"""When two values say the same, in the eyes of somebody who compares two analysts' entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.score.values import as_party, key, values_agree

DAYS = st.dates().map(str)
SPANS = st.builds("{}/{}".format, st.integers(1950, 2000), st.integers(2000, 2050))


@pytest.mark.parametrize(
    ("gold", "claimed"),
    [
        ("2024-10-07", "2024-10-07"),
        ("2026-01/2026-04", "2026-01-01/2026-04-30"),
        ("2026-01/2026-04", "2026-01/2026-06"),  # two thirds are shared
        ("2028/..", "2028/2060"),
        ("../2029", "../2029-12-31"),
        ("202X", "2020/2029"),
        ("2026-34", "2026-04/2026-06"),  # the second quarter
        ("2024~", "2024"),
        ("soon", "soon"),
    ],
)
def test_dates_that_say_the_same(gold, claimed):
    assert values_agree("launch_date", gold, claimed)
    assert values_agree("launch_date", claimed, gold)


@pytest.mark.parametrize(
    ("gold", "claimed"),
    [
        ("2024-10-07", "2024-10-08"),
        ("2024-10", "2024-10-07"),  # neither is a range: a month is not one of its days
        ("2026-01/2026-06", "2026"),  # a half is not more than half
        ("2027", "2027/2028"),
        ("2028/..", "../2028"),
        ("2023", "soon"),
        ("2023-13", "2023-12"),
        ("../..", "2023"),
    ],
)
def test_dates_that_do_not(gold, claimed):
    assert not values_agree("launch_date", gold, claimed)
    assert not values_agree("launch_date", claimed, gold)


@given(st.one_of(DAYS, SPANS))
def test_a_date_agrees_with_itself(date):
    assert values_agree("signed_date", date, date)


@given(SPANS, SPANS)
def test_agreement_of_spans_has_no_side(one, other):
    assert values_agree("held_date", one, other) == values_agree("held_date", other, one)


@pytest.mark.parametrize(
    ("gold", "claimed", "same"),
    [
        ("ISRO: lander", "India: lander", True),
        ("Government of India: lander", "New Delhi: lander", True),
        ("ISRO: lander", "JAXA: lander", False),
        ("ISRO: lander", "ISRO: rover", False),
        ("NASA: lead", "NASA: partner", True),
        ("NASA: launch vehicle", {"org": "United States", "role": "launch_vehicle"}, True),
        ("Airbus Defence and Space: spacecraft", "Airbus: spacecraft", True),
        ("the Korea Aerospace Industries", "Korea Aerospace Industries (KAI)", True),
        ("Thales: payload", {"org": "Thales", "role": None}, False),
    ],
)
def test_who_is_who(gold, claimed, same):
    assert values_agree("party", gold, claimed) is same


def test_a_party_without_a_role_has_none():
    assert as_party("Mexico") == ("mexico", "")


@pytest.mark.parametrize(
    ("attribute", "gold", "claimed", "same"),
    [
        ("destination", "Moon south pole", "Moon", True),
        ("destination", "Moon", "Mars", False),
        ("launch_vehicle", "Long March-2C", "Long March 2C", True),
        ("place", "", "Paris", False),
        ("subject", "peaceful uses of outer space", "peaceful uses", True),
        ("subject", "ground stations", "crewed flight", False),
        ("status", "signed", " Signed ", True),
        ("status", "signed", "agreed", False),
    ],
)
def test_other_values(attribute, gold, claimed, same):
    assert values_agree(attribute, gold, claimed) is same


def test_names_are_compared_without_the_words_that_tell_nothing():
    assert key("The third India-Japan Space Dialogue") == key("3rd India Japan dialogue") == "3 india japan dialogue"
    assert key("Joint Mission") == "joint mission"
    assert key("World Organization") == key("World Organisation")
