"""Is everything all right: the database, its revision, what waits, how far each consumer is behind, how the feeds do."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import msgspec
import structlog

from tracker.domain.ids import FeedId
from tracker.feeds.cadence import silent_after
from tracker.services.consumers.project import Project
from tracker.store.feeds import Feed
from tracker.store.outbox import Counts
from tracker.store.parking import Parked
from tracker.store.store import Store
from tracker.store.tables import REVISION


class Lag(msgspec.Struct, frozen=True):
    """How far one consumer has come."""

    consumer: str
    position: int
    behind: int


State = Literal["new", "unverified", "ok", "failing", "blocked", "moved", "silent"]
"""How a feed does. `new` was never polled, `unverified` never with success. Retired ones are told apart, by their date."""
TROUBLE = ("failing", "blocked", "moved", "silent")
_PATIENCE = 3
"""Polls that must fail in a row before a feed is said to be failing: the web has bad moments."""

log = structlog.get_logger(__name__)


class FeedHealth(msgspec.Struct, frozen=True):
    """A feed that an operator should know of, and why."""

    feed: str
    id: FeedId
    state: str
    since: str | None
    reason: str


class Health(msgspec.Struct, frozen=True):
    """`ok` is False when something waits for a person or lags behind the log."""

    ok: bool
    database: str
    revision: str
    size: int
    clock: str
    clock_ok: bool
    consumers: tuple[Lag, ...]
    parked: tuple[Parked, ...]
    feeds: tuple[FeedHealth, ...]
    deliveries: Counts
    advice: tuple[str, ...]


class Doctor:
    """Looks, and changes nothing."""

    def __init__(self, store: Store, project: Project, *, readers: Sequence[str]) -> None:
        self._store, self._project, self._readers = store, project, tuple(readers)

    def look(self, *, now: str) -> Health:
        """Return the state of health; `now` is the present instant in RFC 3339."""
        with self._store.reading() as reading:
            size = reading.log.last_position()
            newest = next((e.recorded_at for e in reading.log.read(after=size - 1)), "") if size else ""
            known = reading.checkpoints.all()
            parked = reading.parking.all()
            live = {name: reading.views.live(name) for name in self._project.names}
            feeds = reading.feeds.all(retired=True)
            deliveries = reading.outbox.counts()
        # Whatever is switched on must keep up, also what has not begun yet.
        wanted = [*self._readers, *(one[0].consumer if one else name for name, one in live.items())]
        lags = tuple(Lag(name, known.get(name, 0), size - known.get(name, 0)) for name in wanted)
        clock_ok = newest <= now
        stale = self._project.stale()
        advice = []
        if any(lag.behind for lag in lags):
            advice.append("consumers lag behind the log; any `tracker ingest` brings them to its end")
        if stale:
            advice.append(f"views of {', '.join(stale)} were made under other rules; `tracker rebuild` makes them anew")
        if any(one.consumer in self._readers for one in parked):
            advice.append("documents could not be read; `tracker parked retry` tries them again")
        if any(one.consumer not in self._readers for one in parked):
            advice.append("inputs could not be taken in; mend and ingest them again, or `tracker parked skip` them")
        looked = [one for feed in feeds if (one := feed_health(feed, dt.datetime.fromisoformat(now)))]
        if troubled := [one for one in looked if one.state in TROUBLE]:
            advice.append(f"feeds in trouble: {len(troubled)}; each is polled on, and `tracker feeds list` shows all")
        if deliveries.dead:
            advice.append(f"messages were given up: {deliveries.dead}; `tracker deliveries list --dead` tells why")
        if deliveries.disabled:
            names = ", ".join(deliveries.disabled)
            advice.append(f"receivers want no more: {names}; `tracker subscriptions enable` or `remove` each of them")
        if not clock_ok:
            advice.append(f"the clock says {now}, and the newest event was recorded at {newest}; set the clock")
        return Health(
            ok=not advice,
            database=self._store.shown_url,
            revision=REVISION,
            size=size,
            clock=now,
            clock_ok=clock_ok,
            consumers=lags,
            parked=parked,
            feeds=tuple(looked),
            deliveries=deliveries,
            advice=tuple(advice),
        )


class Report:
    """Says once that a feed is in trouble, and once that it has come out of it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def changes(self, now: dt.datetime) -> list[FeedHealth]:
        """Log each feed whose state of health is another than was reported last, and return them."""
        with self._store.reading() as reading:
            feeds = reading.feeds.all()
        told: list[FeedHealth] = []
        for feed in feeds:
            state, reason = state_of(feed, now)
            if state == feed.health:
                continue
            told.append(FeedHealth(feed.url, feed.id, state, feed.ok_at, reason))
            if state in TROUBLE:
                log.warning("feed.in_trouble", feed=feed.url, state=state, reason=reason)
            elif feed.health in TROUBLE:
                log.warning("feed.recovered", feed=feed.url, was=feed.health)
            else:
                log.info("feed.is", feed=feed.url, state=state)
        if told:
            with self._store.transaction() as transaction:
                transaction.feeds.reported([(one.id, one.state) for one in told])
        return told


def state_of(feed: Feed, now: dt.datetime) -> tuple[State, str]:
    """Return how a feed does, and why in a sentence that is empty when all is well. Pure."""
    if feed.checked_at is None:
        return "new", "was never polled"
    if feed.failures >= _PATIENCE:
        state: State = "blocked" if feed.outcome == "blocked" else "failing"
        return state, f"{feed.failures} polls in a row have failed, the last with {feed.outcome}: {feed.why}"
    if feed.ok_at is None:
        return "unverified", f"no poll has gone well yet; the last ended with {feed.outcome}: {feed.why}"
    if feed.outcome == "moved":
        return "moved", feed.why or "is at another address"
    arrivals = [dt.datetime.fromisoformat(at) for at in feed.arrivals]
    quiet = silent_after(arrivals)
    if arrivals and quiet is not None and now > arrivals[-1] + quiet:
        days = (now - arrivals[-1]).days
        return "silent", f"has brought nothing new for {days} days, and never was silent for so long"
    return "ok", ""


def feed_health(feed: Feed, now: dt.datetime) -> FeedHealth | None:
    """Return what an operator should know of a feed; None for one that does well, and one that somebody removed."""
    if feed.retired_at is not None:
        gone = feed.outcome == "gone"
        return FeedHealth(feed.url, feed.id, "retired", feed.retired_at, feed.why or "gone") if gone else None
    state, reason = state_of(feed, now)
    return None if state == "ok" else FeedHealth(feed.url, feed.id, state, feed.ok_at, reason)
