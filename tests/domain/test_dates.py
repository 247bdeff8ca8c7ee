"""Dates keep the precision they were given, and denote days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import DateSpan

D = dt.date


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2025", D(2025, 1, 1), D(2025, 12, 31), "year"),
        ("2024-02", D(2024, 2, 1), D(2024, 2, 29), "month"),
        ("2019-09-07", D(2019, 9, 7), D(2019, 9, 7), "day"),
        ("2025~", D(2025, 1, 1), D(2025, 12, 31), "year"),
        ("2020/2023", D(2020, 1, 1), D(2023, 12, 31), "range"),
        ("2017-11-14/2017-11-17", D(2017, 11, 14), D(2017, 11, 17), "range"),
        ("../2023", None, D(2023, 12, 31), "open_start"),
        ("2028/..", D(2028, 1, 1), None, "open_end"),
        ("202X", D(2020, 1, 1), D(2029, 12, 31), "decade"),
        ("19XX", D(1900, 1, 1), D(1999, 12, 31), "century"),
        ("2026-35", D(2026, 7, 1), D(2026, 9, 30), "season"),
        ("2026-40", D(2026, 1, 1), D(2026, 6, 30), "season"),
    ],
)
def test_the_subset_of_edtf(text, first, last, precision):
    span = DateSpan.parse(text)
    assert (span.earliest, span.latest, span.precision, span.edtf) == (first, last, precision, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2025-13",
        "2025-02-30",
        "20255",
        "2025-1",
        "../..",
        "/",
        "2025/2023",
        "2025-04-01T00:00",
        "0000",
        "202X-01",
        "2025-00",
        "2025-00-15",
        "2025-04-00",
        "2024-04/2025-00",
        "２０２５-04",
        "٢٠٢٥",
    ],
)
def test_what_is_no_date_says_so(text):
    with pytest.raises(ValueError, match=r"\w"):
        DateSpan.parse(text)


def test_spellings_of_the_same_days_are_the_same():
    assert DateSpan.parse("2025").same_days(DateSpan.parse("2025-01-01/2025-12-31"))
    assert DateSpan.parse("2026-35").relation(DateSpan.parse("2026-07/2026-09")) == "equal"


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("2025-04", "2025", "within"),
        ("2025", "2025-04", "contains"),
        ("2023", "2025", "disjoint"),
        ("2020/2023", "2022/2024", "overlap"),
        ("../2023", "2019", "contains"),
        ("2028/..", "2027", "disjoint"),
    ],
)
def test_only_dates_without_a_common_day_contradict_each_other(a, b, relation):
    assert DateSpan.parse(a).relation(DateSpan.parse(b)) == relation


days = st.dates(D(1900, 1, 1), D(2100, 12, 31))


@given(days, days)
def test_the_shortest_spelling_denotes_the_same_days(a, b):
    span = DateSpan.between(min(a, b), max(a, b))
    assert (span.earliest, span.latest) == (min(a, b), max(a, b))
    assert DateSpan.between(None, a).latest == a
    assert DateSpan.between(a, None).earliest == a


@given(days, days, days, days)
def test_relations_have_their_mirror(a, b, c, d):
    one, other = DateSpan.between(min(a, b), max(a, b)), DateSpan.between(min(c, d), max(c, d))
    mirror = {"within": "contains", "contains": "within"}
    there = one.relation(other)
    assert other.relation(one) == mirror.get(there, there)


@given(st.text(alphabet="0123456789-/.X~?", max_size=24))
def test_any_text_parses_or_says_why_not(text):
    try:
        span = DateSpan.parse(text)
    except ValueError:
        return
    assert span.first <= span.last
