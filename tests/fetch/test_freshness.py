"""How long an answer keeps and when to come back, with the servers' clocks as wrong as they are."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.fetch.freshness import MAX_FRESH, MAX_RETRY, fresh_for, http_date, retry_after

DATE = ("Date", "Sun, 01 Feb 2026 12:00:00 GMT")
DAY = 86_400


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], None),
        ([DATE], None),
        ([("Cache-Control", "max-age=300")], 300),
        ([("cache-control", "MAX-AGE=300")], 300),
        ([("Cache-Control", 'max-age="300"')], 300),
        ([("Cache-Control", "public, max-age = 300, must-revalidate")], 300),
        ([("Cache-Control", "public"), ("Cache-Control", "max-age=300")], 300),
        ([("Cache-Control", "max-age=300, max-age=900")], 300),
        ([("Cache-Control", "s-maxage=900")], None),
        ([("Cache-Control", "s-maxage=900, max-age=300")], 300),
        ([("Cache-Control", "x-max-age=900, max-age=300")], 300),
        ([("Cache-Control", "max-age=300"), ("Age", "100")], 200),
        ([("Cache-Control", "max-age=300"), ("Age", "900")], 0),
        ([("Cache-Control", "max-age=300"), ("Age", "-900")], 300),
        ([("Cache-Control", "max-age=300"), ("Age", "soon")], 300),
        ([("Cache-Control", "max-age=-1")], 0),
        ([("Cache-Control", "max-age=")], 0),
        ([("Cache-Control", "max-age=for ever")], 0),
        ([("Cache-Control", "max-age=315360000")], MAX_FRESH),
        ([("Cache-Control", "max-age=" + "9" * 5000)], MAX_FRESH),
        ([("Cache-Control", "no-cache, max-age=300")], 0),
        ([("Cache-Control", "max-age=300, no-store")], 0),
        ([("Cache-Control", "NO-CACHE")], 0),
        ([("Cache-Control", 'no-cache="Set-Cookie, X-Id", max-age=300')], 300),
        ([("Cache-Control", 'private="no-store", max-age=300')], 300),
        ([("Pragma", "no-cache")], 0),
        ([("Pragma", "no-cache"), ("Cache-Control", "max-age=300")], 300),
        ([DATE, ("Expires", "Sun, 01 Feb 2026 13:00:00 GMT")], 3600),
        ([DATE, ("Expires", "Sun, 01 Feb 2026 13:00:00 GMT"), ("Age", "600")], 3000),
        ([DATE, ("Expires", "Sun, 01 Feb 2026 13:00:00 GMT"), ("Cache-Control", "max-age=300")], 300),
        ([DATE, ("Expires", "Sun, 01 Feb 2026 13:00:00 GMT"), ("Cache-Control", "public")], 3600),
        ([DATE, ("Expires", "Thu, 19 Nov 1981 08:52:00 GMT")], 0),
        ([DATE, ("Expires", "Fri, 31 Dec 9999 23:59:59 GMT")], MAX_FRESH),
        ([DATE, ("Expires", "0")], 0),
        ([DATE, ("Expires", "-1")], 0),
        ([("Expires", "0")], 0),
        ([("Expires", "Sun, 01 Feb 2026 13:00:00 GMT")], None),
        ([("Date", "yesterday"), ("Expires", "Sun, 01 Feb 2026 13:00:00 GMT")], None),
        # A server whose clock stands in 1970 means the same hour.
        ([("Date", "Thu, 01 Jan 1970 00:00:00 GMT"), ("Expires", "Thu, 01 Jan 1970 01:00:00 GMT")], 3600),
    ],
)
def test_freshness(headers, seconds):
    assert fresh_for(tuple(headers)) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], None),
        ([("Retry-After", "120")], 120),
        ([("retry-after", " 120 ")], 120),
        ([("Retry-After", "1.5")], 1),
        ([("Retry-After", "0")], 0),
        ([("Retry-After", "-60")], 0),
        ([("Retry-After", "317100")], MAX_RETRY),
        ([("Retry-After", "9" * 5000)], MAX_RETRY),
        ([("Retry-After", "a while")], None),
        ([("Retry-After", "")], None),
        ([DATE, ("Retry-After", "Sun, 01 Feb 2026 12:05:00 GMT")], 300),
        ([DATE, ("Retry-After", "Sun, 01 Feb 2026 11:00:00 GMT")], 0),
        ([DATE, ("Retry-After", "Wed, 04 Feb 2026 12:00:00 GMT")], MAX_RETRY),
        ([("Retry-After", "Sun, 01 Feb 2026 12:05:00 GMT")], None),
        # Its clock is a year ahead, and so is the hour that it names.
        ([("Date", "Mon, 01 Feb 2027 12:00:00 GMT"), ("Retry-After", "Mon, 01 Feb 2027 12:05:00 GMT")], 300),
    ],
)
def test_when_to_come_back(headers, seconds):
    assert retry_after(tuple(headers)) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 06 Nov 1994 10:49:37 +0200",
    ],
)
def test_the_three_forms_of_a_date_are_one_instant(text):
    assert http_date(text) == dt.datetime(1994, 11, 6, 8, 49, 37, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text", [None, "", "0", "Sun, 30 Feb 2026 25:00:00 GMT", "1" * 64, "Fri, 31 Dec 9999 23:59:59 -2300"]
)
def test_what_is_no_date(text):
    assert http_date(text) is None


NAMES = st.sampled_from(["Cache-Control", "Expires", "Date", "Age", "Retry-After", "Pragma"])
VALUES = st.text(max_size=60) | st.text('max-age=no-cache"," 0123456789GMTFebSun:;', max_size=200)


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, VALUES)))
def test_whatever_a_server_says_the_answer_is_sane(headers):
    fresh, retry = fresh_for(tuple(headers)), retry_after(tuple(headers))
    assert fresh is None or 0 <= fresh <= 31 * DAY
    assert retry is None or 0 <= retry <= DAY
