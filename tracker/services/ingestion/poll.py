"""One round of polling: many feeds are asked at once, and what they bring is written by one thread, the caller's."""

import datetime as dt
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress

import msgspec
import structlog

from tracker.domain.identity import canonical_url, url_key
from tracker.errors import InputError, TrackerError
from tracker.events.types import FeedMoved, FeedRegistered, FeedRetired
from tracker.feeds.cadence import Pace
from tracker.fetch.answer import Answer
from tracker.services.ingestion import traces
from tracker.services.ingestion.aftermath import after
from tracker.services.ingestion.feeds import Feeds, find, record, tidy
from tracker.services.ingestion.intake import Intake, Taken
from tracker.services.ingestion.visit import GOOD, Visited, visit
from tracker.services.ingestion.web import Web
from tracker.store.feeds import Feed
from tracker.store.feeds import Poll as Kept
from tracker.store.store import Store, Transaction

log = structlog.get_logger(__name__)

LEASE_S = 60.0
"""How long a feed is ours without renewal: after that, another process may poll it."""
_WRITTEN_TOGETHER, _ENTRIES_TOGETHER = 32, 500
_LOOK_S = 1.0
"""How often a round that is still waiting for a server looks for feeds that have become due."""


class Line(msgspec.Struct, frozen=True):
    """What became of one feed; `feed` is the address that was asked. All but the first four outcomes carry a reason."""

    feed: str
    outcome: str
    new: int
    revised: int
    unchanged: int
    parked: int
    next_check_at: str | None
    reason: str | None


Claim = Callable[[Transaction, int], list[Feed]]
"""Leases up to so many feeds; fewer when there are no more just now."""


class Poll:
    """Polls feeds. One round at a time; whoever stops early leaves the rest as due as it was."""

    def __init__(  # noqa: PLR0913  (what a poll needs is what it is handed)
        self,
        store: Store,
        feeds: Feeds,
        intake: Intake,
        web: Web,
        *,
        clock: Callable[[], dt.datetime],
        pace: Pace,
        parallel: int = 64,
        max_bytes: int = 10_000_000,
        lease_s: float = LEASE_S,
    ) -> None:
        self._store, self._feeds, self._intake, self._web = store, feeds, intake, web
        self._clock, self._pace, self._parallel = clock, pace, parallel
        self._max_bytes, self._lease_s = max_bytes, lease_s
        self._stopped = False

    def due(self) -> Iterator[Line]:
        """Poll every feed that is due, also those that become due meanwhile, and yield what became of each as it is written.

        No feed is polled twice for one due time, however many processes do this.
        """
        self._feeds.restore()

        def claim(transaction: Transaction, most: int) -> list[Feed]:
            return transaction.feeds.claim_due(self._store.holder, seconds=self._lease_s, limit=most)

        yield from self._round(claim, again=True)

    def named(self, names: Sequence[str]) -> Iterator[Line]:
        """Poll these feeds now, due or not; all that are polled when none is named.

        Raises NotFoundError for one that is not known, InputError for one that is retired, before any is asked.
        """
        self._feeds.restore()
        with self._store.reading() as reading:
            asked = [find(reading, name) for name in names] if names else reading.feeds.all()
        for feed in asked:
            if feed.retired_at is not None:
                raise InputError(
                    feed.url, f"retired since {feed.retired_at[:10]}; `tracker feeds add` takes it up again"
                )
        left = list(dict.fromkeys(feed.id for feed in asked))

        def claim(transaction: Transaction, most: int) -> list[Feed]:
            taken, left[:] = left[:most], left[most:]
            return transaction.feeds.claim(taken, self._store.holder, seconds=self._lease_s)

        yield from self._round(claim, again=False)

    def stop(self) -> None:
        """End the round that is running, from any thread, for good: nothing more is asked, what is under way is let go."""
        self._stopped = True

    def _round(self, claim: Claim, *, again: bool) -> Iterator[Line]:
        flying: dict[Future[Visited], Feed] = {}
        landed: queue.SimpleQueue[Future[Visited]] = queue.SimpleQueue()
        look_at, renew_at = 0.0, time.monotonic() + self._lease_s / 3
        try:
            while not self._stopped:
                now = time.monotonic()
                if now >= look_at and len(flying) <= self._parallel // 2:
                    most = self._parallel - len(flying)
                    claimed = self._claimed(claim, most)
                    for feed, seen in claimed:
                        flight = self._web.start(self._visit(feed, seen))
                        flying[flight] = feed
                        flight.add_done_callback(landed.put)
                    # As many as were wanted: there may be more. Fewer: look again later, or never.
                    look_at = now if len(claimed) == most else now + _LOOK_S if again else float("inf")
                if not flying:
                    return
                if now >= renew_at:
                    self._renew([feed.id for feed in flying.values()])
                    renew_at = now + self._lease_s / 3
                done = _some(landed)
                # One that was cancelled stays among those that are let go.
                arrived = [one for one in done if not one.cancelled()]
                visits = [_visited(one, flying[one]) for one in arrived]
                yield from self._written(visits)
                if self._stopped:
                    return  # what was not written is let go of; what was, is ours no more
                for one in arrived:
                    del flying[one]
        finally:
            self._let_go(flying)

    def _claimed(self, claim: Claim, most: int) -> list[tuple[Feed, bytes]]:
        with self._store.transaction() as transaction:
            claimed = claim(transaction, most)
            seen = transaction.feeds.seen_of([feed.id for feed in claimed])
            return [(feed, seen[feed.id]) for feed in claimed]

    def _renew(self, ids: Sequence[str]) -> None:
        with self._store.transaction() as transaction:
            transaction.feeds.renew(ids, self._store.holder, seconds=self._lease_s)

    async def _visit(self, feed: Feed, seen: bytes) -> Visited:
        return await visit(self._web, feed, seen=seen, now=self._clock(), max_bytes=self._max_bytes)

    def _let_go(self, flying: dict[Future[Visited], Feed]) -> None:
        for flight in flying:
            flight.cancel()
        if flying:
            with self._store.transaction() as transaction:
                transaction.feeds.give_up([feed.id for feed in flying.values()], self._store.holder)

    def _written(self, visits: Sequence[Visited]) -> Iterator[Line]:
        """Documents first, then how the polls went: cut off in between, the same feeds bring the same documents again."""
        for some in _grouped(visits):
            if self._stopped:
                return
            now = self._clock()
            taken = list(self._intake.take(some, today=now.date()))
            with self._store.transaction() as transaction:
                lines = [self._save(transaction, *each, now) for each in zip(some, taken, strict=True)]
            for line in lines:
                if line is not None:
                    log.info("feed.polled", **msgspec.structs.asdict(line))
                    yield line

    def _save(self, transaction: Transaction, visited: Visited, taken: Taken, now: dt.datetime) -> Line | None:
        feed = visited.feed
        outcome, reason = visited.outcome, visited.reason or taken.reason
        moved = _moved(transaction, visited)
        if moved is not None:
            outcome, reason = "moved", moved.reason or reason
        # In the row a move stands only while it is not followed.
        stands = visited.outcome if moved and moved.reason is None else outcome
        state = after(visited, taken, outcome=stands, reason=reason, now=now, pace=self._pace)
        kept = Kept(
            feed.id, state.polls, state.checked_at or "", outcome, reason, visited.answer.status,
            taken.new, taken.revised, taken.unchanged, taken.parked, visited.milliseconds,
        )  # fmt: skip
        if not transaction.feeds.save(state, kept, holder=self._store.holder, seen=taken.seen):
            log.info("feed.taken_over", feed=feed.url)
            return None
        self._tell(transaction, visited, moved)
        self._keep_bytes(transaction, visited, taken, state.checked_at or "")
        due = None if outcome == "gone" else state.next_check_at
        return Line(feed.url, outcome, taken.new, taken.revised, taken.unchanged, taken.parked, due, reason)

    def _tell(self, transaction: Transaction, visited: Visited, moved: "_Moved | None") -> None:
        """Record what the poll tells of the feed itself."""
        feed, parsed = visited.feed, visited.parsed
        if visited.outcome == "gone":
            why = visited.reason or "the server answered 410 Gone"
            record(transaction, FeedRetired(feed.id, "gone", why))
            log.warning("feed.gone", feed=feed.url, reason=why)
            return
        if moved is not None and moved.reason is None:
            record(transaction, FeedMoved(feed.id, feed.url, moved.to))
            log.warning("feed.moved", feed=feed.url, to=moved.to)
        if parsed is not None and feed.format is None:
            # What the first good poll has learned; from now on it is verified.
            url = moved.to if moved and moved.reason is None else feed.url
            title = feed.title or tidy(parsed.title or "")
            event = FeedRegistered(
                feed.id, url, title, feed.publisher, feed.grade, feed.reason, feed.full_text, parsed.format
            )
            record(transaction, event)

    def _keep_bytes(self, transaction: Transaction, visited: Visited, taken: Taken, at: str) -> None:
        answer = visited.answer
        if visited.parsed is not None:
            kept = traces.keep(
                transaction, answer.body, url=answer.url, at=at, status=answer.status or 200, headers=answer.headers,
                feed=visited.feed.id,
            )  # fmt: skip
            transaction.blobs.holds(kept, taken.documents)
        for page, document in taken.pages:
            kept = traces.keep(
                transaction, page.body, url=page.url, at=at, status=page.status or 200, headers=page.headers
            )
            transaction.blobs.holds(kept, [document])


class _Moved(msgspec.Struct, frozen=True):
    """Where a feed is from now on; with a reason, why it is not followed there."""

    to: str
    reason: str | None = None


def _moved(transaction: Transaction, visited: Visited) -> _Moved | None:
    """Where the feed has moved: only when the server says so for good, and there is the feed, not whatever stands there."""
    to, feed = visited.answer.moved_to, visited.feed
    if to is None or visited.outcome not in GOOD or canonical_url(to) == canonical_url(feed.url):
        return None
    other = transaction.feeds.at(url_key(to))
    if other is not None and other.id != feed.id:
        return _Moved(to, f"is at {to} now, which is polled as a feed of its own; remove one of the two")
    return _Moved(to)


def _some(landed: "queue.SimpleQueue[Future[Visited]]") -> list["Future[Visited]"]:
    """Wait a moment for the first, and take what else is there."""
    some: list[Future[Visited]] = []
    with suppress(queue.Empty):
        some.append(landed.get(timeout=_LOOK_S / 4))
        while len(some) < _WRITTEN_TOGETHER:
            some.append(landed.get_nowait())
    return some


def _grouped(visits: Sequence[Visited]) -> Iterator[list[Visited]]:
    """Put small visits together and leave large ones alone, so that no group takes long to write."""
    group: list[Visited] = []
    entries = 0
    for visited in visits:
        if group and entries + len(visited.found) > _ENTRIES_TOGETHER:
            yield group
            group, entries = [], 0
        group.append(visited)
        entries += len(visited.found)
    if group:
        yield group


def _visited(flight: "Future[Visited]", feed: Feed) -> Visited:
    """What a visit brought; a bug of ours on one feed is the outcome of that feed, told in full in the log."""
    try:
        return flight.result()
    except TrackerError:
        raise  # a wrong setting, not a wrong feed
    except Exception as error:
        log.exception("feed.broke_us", feed=feed.url)
        reason = f"cannot be read: {type(error).__name__}: {error}"[:300]
        return Visited(feed, "broken_feed", Answer("fetched", feed.url), reason)
