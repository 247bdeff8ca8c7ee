"""The list of feeds: adding, removing, OPML in and out. What a feed is stands in the log; the same twice changes nothing."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from tracker.domain.identity import canonical_url, url_key
from tracker.domain.ids import FeedId, event_uuid, short_id
from tracker.errors import InputError, NotFoundError
from tracker.events import codec
from tracker.events.envelope import stream_name
from tracker.events.keys import FEEDS
from tracker.events.types import FeedMoved, FeedRegistered, FeedRetired
from tracker.fetch.refusal import Refusal
from tracker.fetch.target import target
from tracker.services.ingestion.health import state_of
from tracker.store.feeds import Feed
from tracker.store.store import Store, Transaction

FeedEvent = FeedRegistered | FeedMoved | FeedRetired

_LONGEST = 2048
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_NAME = 300
_USER = re.compile(r"(?<=://)[^/?#]*@")

Outcome = Literal["added", "changed", "known", "removed", "refused"]


class Wanted(msgspec.Struct, frozen=True):
    """A feed that somebody wants to have polled, and what is said of it. None says nothing."""

    url: str
    title: str | None = None
    publisher: str | None = None
    grade: str | None = None
    reason: str | None = None
    full_text: bool | None = None
    listing: bool = False


class Line(msgspec.Struct, frozen=True):
    """What became of one wish; `feed` is the address."""

    feed: str
    id: FeedId | None
    outcome: Outcome
    reason: str | None = None


class Listed(msgspec.Struct, frozen=True):
    """One feed of the list. `verified` says that a poll has gone well; `state` how it does, and `reason` why."""

    feed: str
    id: FeedId
    title: str | None
    publisher: str | None
    grade: str | None
    grade_reason: str | None
    format: str | None
    full_text: bool
    verified: bool
    state: str
    reason: str | None
    outcome: str | None
    checked_at: str | None
    ok_at: str | None
    next_check_at: str
    interval_s: int
    failures: int


class Feeds:
    """Keeps the list."""

    def __init__(self, store: Store, *, grades: Iterable[str]) -> None:
        self._store, self._grades = store, tuple(grades)

    def add(self, wanted: Wanted) -> Line:
        """Have a feed polled from now on. For one that is known, what is said of it otherwise is recorded.

        Nothing is fetched. Raises InputError for what is no address of a feed, and for an unknown grade.
        """
        url = self._checked(wanted)
        self.restore()
        with self._store.transaction() as transaction:
            line, event = _became(transaction, wanted, url)
            if event is not None:
                record(transaction, event)
        return line

    def would(self, wanted: Wanted) -> Line:
        """Return what `add` would answer, and record nothing."""
        url = self._checked(wanted)
        self.restore()
        with self._store.reading() as reading:
            return _became(reading, wanted, url)[0]

    def _checked(self, wanted: Wanted) -> str:
        url = address_of(wanted.url)
        if wanted.grade is not None and wanted.grade not in self._grades:
            raise InputError(url, f"no grade {wanted.grade!r}; known: {', '.join(self._grades)}")
        return url

    def remove(self, name: str) -> Line:
        """Poll a feed no more; what it brought stays. Raises NotFoundError for an unknown id or address."""
        self.restore()
        with self._store.transaction() as transaction:
            feed = find(transaction, name)
            if feed.retired_at is not None:
                return Line(feed.url, feed.id, "known", f"retired since {feed.retired_at[:10]}")
            record(transaction, FeedRetired(feed.id, "removed", "removed by an operator"))
            return Line(feed.url, feed.id, "removed")

    def all(self) -> list[Feed]:
        """Return every feed that is polled, in the order of addresses."""
        self.restore()
        with self._store.reading() as reading:
            return reading.feeds.all()

    def listed(self, now: dt.datetime) -> list[Listed]:
        """Return every feed that is polled, with how it does."""
        return [_listed(feed, now) for feed in self.all()]

    def find(self, name: str) -> Feed:
        """Return the feed with an id or address. Raises NotFoundError."""
        self.restore()
        with self._store.reading() as reading:
            return find(reading, name)

    def restore(self) -> int:
        """Bring the rows up to what the log says of feeds, and return how many events were missing: after an import, all."""
        with self._store.reading() as reading:
            missing = any(reading.log.read_key(FEEDS, after=reading.feeds.told_up_to(), limit=1))
        if not missing:
            return 0
        with self._store.transaction() as transaction:
            recorded = list(transaction.log.read_key(FEEDS, after=transaction.feeds.told_up_to()))
            for one in recorded:
                event = codec.decode_known(one)
                if isinstance(event, FeedEvent):
                    transaction.feeds.apply(event, position=one.position, recorded_at=one.recorded_at)
        return len(recorded)


def _listed(feed: Feed, now: dt.datetime) -> Listed:
    state, reason = state_of(feed, now)
    return Listed(
        feed=feed.url,
        id=feed.id,
        title=feed.title,
        publisher=feed.publisher,
        grade=feed.grade,
        grade_reason=feed.reason,
        format=feed.format,
        full_text=feed.full_text,
        verified=feed.ok_at is not None,
        state=state,
        reason=reason or None,
        outcome=feed.outcome,
        checked_at=feed.checked_at,
        ok_at=feed.ok_at,
        next_check_at=feed.next_check_at,
        interval_s=feed.interval_s,
        failures=feed.failures,
    )


def feed_id(url: str) -> FeedId:
    """Return the id of the feed that is first known at this address."""
    return FeedId(short_id("feed", canonical_url(url)))


def address_of(text: str) -> str:
    """Return an address that can be polled. Raises InputError, with a line that tells what is wrong.

    What the fetcher would refuse at each poll is refused here once: who types it can mend it.
    """
    url = text.strip().partition("#")[0]
    try:
        target(url)
        canonical_url(url)
    except Refusal as refusal:
        raise InputError(_USER.sub("…@", text.strip())[:80], refusal.reason) from None
    except ValueError:
        raise InputError(text.strip()[:80], "is no http or https address") from None
    if len(url) > _LONGEST:
        raise InputError(url[:80], f"has {len(url):,} characters; {_LONGEST:,} are taken")
    return url


def tidy(name: str) -> str | None:
    """Return a name that others gave on one line, without controls and cut to what a name can be; None when nothing is left."""
    return " ".join(_CONTROLS.sub(" ", name).split())[:_LONGEST_NAME].strip() or None


def find(transaction: Transaction, name: str) -> Feed:
    """Return the feed with this id or address, a retired one too. Raises NotFoundError."""
    feed = transaction.feeds.get(name)
    if feed is None:
        try:
            feed = transaction.feeds.at(url_key(name)) or transaction.feeds.get(feed_id(name))
        except ValueError:
            feed = None
    if feed is None:
        raise NotFoundError("feed", _USER.sub("…@", name)[:200], "`tracker feeds list` shows all")
    return feed


def record(transaction: Transaction, event: FeedEvent) -> None:
    """Append an event of a feed, and fold it into its row."""
    stream = stream_name("feed", event.feed_id)
    version = transaction.log.stream_version(stream)
    new = codec.encode(event, id=event_uuid("feed", event.feed_id, version + 1))
    (recorded,) = transaction.log.append(stream, [new], expected_version=version)
    transaction.feeds.apply(event, position=recorded.position, recorded_at=recorded.recorded_at)


def _became(transaction: Transaction, wanted: Wanted, url: str) -> tuple[Line, FeedRegistered | None]:
    """What a wish comes to, and the event that it takes; None when nothing changes."""
    known = transaction.feeds.at(url_key(url)) or transaction.feeds.get(feed_id(url))
    event = _registered(wanted, url, known)
    if known is None or known.retired_at is not None:
        return Line(url, event.feed_id, "added", "it was retired, and is polled again" if known else None), event
    if event == _as_it_is(known):
        return Line(known.url, known.id, "known"), None
    return Line(known.url, known.id, "changed"), event


def _registered(wanted: Wanted, url: str, known: Feed | None) -> FeedRegistered:
    """What the log is to say: what is wanted, and of what that leaves open, what is known."""
    if known is None:
        told = FeedRegistered(feed_id(url), url)
    else:
        told = _as_it_is(known) if known.retired_at is None else FeedRegistered(known.id, url)
    said = {key: getattr(wanted, key) for key in ("title", "publisher", "grade", "reason", "full_text")}
    said = {key: tidy(value) if isinstance(value, str) else value for key, value in said.items()}
    said = {key: value for key, value in said.items() if value is not None}
    if wanted.listing:
        said["format"] = "listing"
    return msgspec.structs.replace(told, **said)


def _as_it_is(feed: Feed) -> FeedRegistered:
    return FeedRegistered(
        feed.id, feed.url, feed.title, feed.publisher, feed.grade, feed.reason, feed.full_text, feed.format
    )
