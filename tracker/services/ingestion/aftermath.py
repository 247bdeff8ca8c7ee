"""What a feed's row becomes after a poll: when it is asked again, what is remembered of its server. Pure."""

import datetime as dt
import math

import msgspec

from tracker.feeds.cadence import Pace, learned, next_check
from tracker.services.ingestion.intake import Taken
from tracker.services.ingestion.visit import GOOD, Visited
from tracker.store.feeds import Feed

_MOST_ARRIVALS = 50
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def after(visited: Visited, taken: Taken, *, outcome: str, reason: str | None, now: dt.datetime, pace: Pace) -> Feed:
    """Return the row as it is after a poll that ended at `now` with this outcome."""
    feed, answer = visited.feed, visited.answer
    at = instant(now)
    good = visited.outcome in GOOD
    read = visited.parsed is not None
    interval_s = _interval_s(visited, taken, now, pace)
    period_s = visited.parsed.period_s if visited.parsed else feed.period_s
    failures = 0 if good else feed.failures + 1
    due = next_check(
        feed.id,
        now,
        interval_s=interval_s,
        pace=pace,
        failures=failures,
        fresh_for=answer.fresh_for,
        retry_after=answer.retry_after,
        period_s=period_s,
    )
    changed = msgspec.structs.replace(
        feed,
        polls=feed.polls + 1,
        failures=failures,
        outcome=outcome,
        why=reason,
        checked_at=at,
        interval_s=interval_s,
        next_check_at=instant(due),
    )
    if not good:
        return changed
    validators = answer.validators
    return msgspec.structs.replace(
        changed,
        # A 304 need not repeat them; a full answer without any has none.
        etag=validators.etag or (feed.etag if answer.kind == "not_modified" else None),
        last_modified=validators.last_modified or (feed.last_modified if answer.kind == "not_modified" else None),
        body_digest=visited.body_digest or feed.body_digest,
        guids_repeat=feed.guids_repeat or bool(visited.parsed and visited.parsed.guids_repeat),
        arrivals=(*feed.arrivals, at)[-_MOST_ARRIVALS:] if taken.new else feed.arrivals,
        page_tries=(1 if taken.pages else feed.page_tries + 1) if taken.waiting else 0 if read else feed.page_tries,
        period_s=period_s,
        ok_at=at,
        full_at=at if visited.unconditional and answer.kind == "fetched" else feed.full_at,
    )


def _interval_s(visited: Visited, taken: Taken, now: dt.datetime, pace: Pace) -> int:
    """What is learned from a poll that went well; the first has nothing to be compared with."""
    feed = visited.feed
    if feed.ok_at is None or not feed.interval_s:
        return min(max(feed.interval_s or pace.first_s, pace.shortest_s), pace.longest_s)
    if visited.outcome not in GOOD:
        return feed.interval_s
    again = max(0, len(visited.here) - taken.new)
    if taken.new:
        quiet_s = 0.0
    elif feed.arrivals:
        quiet_s = (now - dt.datetime.fromisoformat(feed.arrivals[-1])).total_seconds()
    else:
        quiet_s = math.inf  # it has never brought anything
    return learned(feed.interval_s, new=taken.new, again=again, quiet_s=quiet_s, pace=pace)


def instant(moment: dt.datetime) -> str:
    """Return an instant as tables hold it: UTC with microseconds, so that text order is time order."""
    return moment.astimezone(dt.UTC).strftime(_FORMAT)
