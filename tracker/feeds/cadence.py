"""When to ask a feed again, and when its silence is worth a word. Pure: the same past gives the same answer after a restart.

A feed has a grid in time, as wide as its interval, and shifted by a hash of its id, so that the feeds of one minute do not
stay together and a restart moves none of them. A poll is due at a point of the grid. What the poll itself takes, or how late
it began, therefore never adds up.
"""

import datetime as dt
import hashlib
import itertools
import math
from collections.abc import Sequence

import msgspec

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SPREAD_S = 60.0
"""Feeds that one server has told to wait come back within so many seconds of each other, not at once."""
_QUIET = 3
"""Intervals without anything new before the interval grows."""
_FEWEST_GAPS = 5
_LEAST_SILENCE, _MOST_SILENCE = dt.timedelta(days=3), dt.timedelta(days=90)


class Pace(msgspec.Struct, frozen=True):
    """Seconds between two polls: of a feed that brings much, of one that brings nothing, and of one not known yet."""

    shortest_s: int = 300
    longest_s: int = 86_400
    first_s: int = 3_600


def learned(interval_s: int, *, new: int, again: int, quiet_s: float, pace: Pace) -> int:
    """Return the interval after a poll that was read, `new` entries of which came since the last, and `again` were known.

    Nothing known among the new means that some may have come and gone unseen, so it is halved; several new ones at once, that
    they waited; none for three intervals, that we ask too often. `quiet_s` is how long ago something new came. Not for the
    first poll of a feed, to which everything is new.
    """
    if new and not again:
        interval_s //= 2
    elif new > 1:
        interval_s = interval_s * 3 // 4
    elif not new and quiet_s >= _QUIET * interval_s:
        interval_s = math.ceil(interval_s * 1.3)
    return _clamped(interval_s, pace)


def wait_s(
    interval_s: int, *, failures: int = 0, fresh_for: int | None = None, period_s: int | None = None, pace: Pace
) -> int:
    """Return the seconds until a feed is asked again, before they are moved to its grid.

    What the server (`fresh_for`) or the feed (`period_s`) asks for is heeded, within the pace. Failures in a row stretch the
    interval twice, three and four times, then double it; a feed that fails for ever is still asked once in `longest_s`.
    """
    stretch = failures + 1 if failures <= _QUIET else 4 << min(failures - _QUIET, 16)
    return _clamped(max(_clamped(interval_s, pace) * stretch, fresh_for or 0, period_s or 0), pace)


def next_check(
    feed_id: str,
    now: dt.datetime,
    *,
    interval_s: int,
    pace: Pace,
    failures: int = 0,
    fresh_for: int | None = None,
    retry_after: int | None = None,
    period_s: int | None = None,
) -> dt.datetime:
    """Return when the feed is due: at the point of its grid that is nearest to one wait from now.

    So it is due half a wait from now at the earliest, one and a half at the latest, and exactly one grid step after the last
    poll while the interval stays. Never before `retry_after`, which is an order and no wish. Whole seconds, in UTC.
    """
    step = wait_s(interval_s, failures=failures, fresh_for=fresh_for, period_s=period_s, pace=pace)
    share = share_of(feed_id)
    since = (now - _EPOCH).total_seconds()
    shift = int(share * step)
    due = round((since + step - shift) / step) * step + shift
    if retry_after:
        due = max(due, math.ceil(since + retry_after + share * _SPREAD_S))
    return _EPOCH + dt.timedelta(seconds=due)


def first_check(feed_id: str, now: dt.datetime, *, spread_s: int = 300) -> dt.datetime:
    """Return when a feed that was never asked is due: within the next minutes, each at a time of its own."""
    return now + dt.timedelta(seconds=int(share_of(feed_id) * spread_s))


def share_of(feed_id: str) -> float:
    """Return a number from 0 up to 1 that belongs to this feed for ever."""
    return int.from_bytes(hashlib.sha256(feed_id.encode()).digest()[:6], "big") / 2**48


def silent_after(arrivals: Sequence[dt.datetime]) -> dt.timedelta | None:
    """Return after how long without news a feed is silent beyond its habit: twice the gap that 95 of 100 of its gaps stay below.

    `arrivals` are the instants at which something new came, in any order. Never below three days, since there are week-ends,
    nor above ninety. None while there are too few to call it a habit.
    """
    times = sorted(set(arrivals))
    gaps = sorted(later - earlier for earlier, later in itertools.pairwise(times))
    if len(gaps) < _FEWEST_GAPS:
        return None
    usual = gaps[math.ceil(len(gaps) * 0.95) - 1]
    return min(max(2 * usual, _LEAST_SILENCE), _MOST_SILENCE)


def _clamped(seconds: int, pace: Pace) -> int:
    return min(max(seconds, pace.shortest_s), pace.longest_s)
