"""When a feed is asked again: on its own grid, in its own rhythm, and politely."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.feeds.cadence import Pace, first_check, learned, next_check, share_of, silent_after, wait_s

PACE = Pace()
MORNING = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
HOUR, DAY = 3600, 86_400

feeds = st.text(min_size=1, max_size=30)
moments = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))
intervals = st.integers(PACE.shortest_s, PACE.longest_s)
wishes = st.none() | st.integers(0, 40 * DAY)


@given(feeds, moments, intervals, st.integers(0, 2_000), wishes, wishes, wishes)
def test_a_feed_is_due_half_to_one_and_a_half_waits_from_now_but_never_before_it_may(
    feed, now, interval, failures, fresh, retry, period
):
    due = next_check(
        feed,
        now,
        interval_s=interval,
        pace=PACE,
        failures=failures,
        fresh_for=fresh,
        retry_after=retry,
        period_s=period,
    )
    wait = wait_s(interval, failures=failures, fresh_for=fresh, period_s=period, pace=PACE)
    assert PACE.shortest_s <= wait <= PACE.longest_s
    waited = (due - now).total_seconds()
    assert waited >= max(wait / 2 - 1, retry or 0)
    assert waited <= max(1.5 * wait + 1, (retry or 0) + 61)


@given(feeds, moments, intervals, st.lists(st.floats(0, 0.49), min_size=1, max_size=50))
def test_late_polls_do_not_drift(feed, now, interval, delays):
    """Each poll begins late by up to half an interval, and the next is due as if it had been on time."""
    due = first = next_check(feed, now, interval_s=interval, pace=PACE)
    for delay in delays:
        due = next_check(feed, due + dt.timedelta(seconds=int(delay * interval)), interval_s=interval, pace=PACE)
    assert due - first == dt.timedelta(seconds=interval * len(delays))


@given(feeds, moments, intervals)
def test_a_restart_moves_no_feed(feed, now, interval):
    due = next_check(feed, now, interval_s=interval, pace=PACE)
    assert next_check(feed, now, interval_s=interval, pace=PACE) == due
    assert 0 <= share_of(feed) < 1
    assert first_check(feed, now) == first_check(feed, now) < now + dt.timedelta(minutes=5)


@given(intervals, st.integers(0, 500), wishes, wishes)
def test_more_failures_never_mean_less_patience(interval, failures, fresh, period):
    waits = [
        wait_s(interval, failures=failures + more, fresh_for=fresh, period_s=period, pace=PACE) for more in range(5)
    ]
    assert waits == sorted(waits)


@given(intervals, st.integers(0, 100), st.integers(0, 100), st.floats(0, 10 * DAY))
def test_more_news_never_mean_a_longer_interval_and_both_ends_hold(interval, new, again, quiet):
    found = [learned(interval, new=new + more, again=again, quiet_s=quiet, pace=PACE) for more in range(4)]
    assert found == sorted(found, reverse=True)
    assert all(PACE.shortest_s <= one <= PACE.longest_s for one in found)


def test_feeds_of_one_interval_are_spread_over_it():
    """A thousand hourly feeds that were all added at nine are not all asked at ten."""
    due = [next_check(f"feed_{number}", MORNING, interval_s=HOUR, pace=PACE) for number in range(1000)]
    minutes = [sum((one - MORNING).total_seconds() // 60 == minute for one in due) for minute in range(30, 90)]
    assert sum(minutes) == 1000
    assert max(minutes) < 50


@pytest.mark.parametrize(
    ("failures", "hours"), [(0, 1), (1, 2), (2, 3), (3, 4), (4, 8), (5, 16), (6, 24), (7, 24), (5_000, 24)]
)
def test_a_feed_that_fails_is_asked_less_often_but_every_day(failures, hours):
    assert wait_s(HOUR, failures=failures, pace=PACE) == hours * HOUR


def test_what_the_server_and_the_feed_wish_is_heeded_up_to_a_day():
    assert wait_s(HOUR, fresh_for=7200, pace=PACE) == 7200
    assert wait_s(HOUR, period_s=3 * HOUR, fresh_for=7200, pace=PACE) == 3 * HOUR
    assert wait_s(HOUR, period_s=60, fresh_for=0, pace=PACE) == HOUR
    assert wait_s(HOUR, fresh_for=31 * DAY, pace=PACE) == DAY


def test_a_server_that_says_wait_is_obeyed_whatever_the_grid_says():
    due = next_check("feed_a", MORNING, interval_s=300, pace=PACE, retry_after=2 * DAY)
    assert dt.timedelta(days=2) <= due - MORNING <= dt.timedelta(days=2, minutes=1)


@pytest.mark.parametrize(
    ("new", "again", "quiet", "interval"),
    [
        (40, 0, 0, 1800),  # the whole feed has turned over
        (5, 35, 0, 2700),
        (1, 39, 0, HOUR),
        (0, 40, 2 * HOUR, HOUR),
        (0, 40, 3 * HOUR, 4680),
        (0, 0, DAY, 4680),  # an empty feed
    ],
)
def test_the_interval_follows_what_comes(new, again, quiet, interval):
    assert learned(HOUR, new=new, again=again, quiet_s=quiet, pace=PACE) == interval


def polled_for(days, arrives_every, window=20):
    """Poll a feed that brings an item at even gaps; return the instants of the polls and how many items were missed."""
    now, interval, last, asked, missed = MORNING, PACE.first_s, 0, [], 0
    came = MORNING
    while now < MORNING + dt.timedelta(days=days):
        asked.append(now)
        count = int((now - MORNING) / arrives_every)
        new = count - last
        missed += max(new - window, 0)
        came = now if new else came
        if len(asked) > 1:
            quiet = (now - came).total_seconds()
            interval = learned(interval, new=min(new, window), again=max(window - new, 0), quiet_s=quiet, pace=PACE)
        last = count
        now = next_check("feed_x", now, interval_s=interval, pace=PACE)
    return asked, missed


@pytest.mark.parametrize(
    ("minutes", "fewest", "most"), [(10, 100, 300), (60, 20, 60), (24 * 60, 1, 8), (30 * 24 * 60, 1, 2)]
)
def test_in_a_year_the_rhythm_of_a_feed_is_found(minutes, fewest, most):
    """Polls a day, once it has settled; and nothing is missed of twenty items in the feed."""
    asked, missed = polled_for(365, dt.timedelta(minutes=minutes))
    settled = [one for one in asked if one > MORNING + dt.timedelta(days=65)]
    assert fewest <= len(settled) / 300 <= most
    assert missed == 0
    assert all(later > earlier for earlier, later in pairwise(asked))


def test_silence_is_measured_by_habit():
    daily = [MORNING + dt.timedelta(days=day) for day in range(30)]
    weekly = [MORNING + dt.timedelta(weeks=week) for week in range(30)]
    assert silent_after(daily) == dt.timedelta(days=3)
    assert silent_after(weekly) == dt.timedelta(days=14)
    assert silent_after(reversed(weekly)) == dt.timedelta(days=14)
    assert silent_after(daily[:4]) is None
    assert silent_after([MORNING] * 50) is None
    assert silent_after([MORNING + dt.timedelta(days=200 * n) for n in range(10)]) == dt.timedelta(days=90)


def test_one_long_summer_does_not_become_the_habit():
    """Of forty gaps one is long: what 95 of 100 stay below is what counts."""
    days = [*range(40), 70]
    assert silent_after([MORNING + dt.timedelta(days=day) for day in days]) == dt.timedelta(days=3)
