"""The feeds and how polling them goes: which are due, who polls each just now, what became of it.

What a feed is stands in the log, and is folded into its row; the rest of the row is operational and may be lost.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, or_, select

from tracker.domain.identity import url_key
from tracker.domain.ids import FeedId
from tracker.events.types import FeedFormat, FeedMoved, FeedRegistered, FeedRetired
from tracker.store.leases import is_dead
from tracker.store.tables import feeds, polls

KEPT_POLLS = 200
"""How many polls of each feed are remembered."""

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
_FLAGS = ("full_text", "guids_repeat")
_AT_ONCE = 400


class Feed(msgspec.Struct, frozen=True):
    """One feed: what the log says of it, and how polling it goes.

    Instants are RFC 3339 in UTC. `arrivals` are those at which something new came, the newest last. `full_at` is when the
    whole feed was last asked for, without validators; `health` is what was reported last.
    """

    id: FeedId
    position: int
    url: str
    title: str | None
    publisher: str | None
    grade: str | None
    reason: str | None
    full_text: bool
    format: FeedFormat | None
    retired_at: str | None
    etag: str | None
    last_modified: str | None
    body_digest: str | None
    guids_repeat: bool
    arrivals: tuple[str, ...]
    page_tries: int
    period_s: int | None
    interval_s: int
    next_check_at: str
    polls: int
    failures: int
    outcome: str | None
    why: str | None
    checked_at: str | None
    ok_at: str | None
    full_at: str | None
    health: str
    leased_by: str | None
    leased_until: str | None


class Poll(msgspec.Struct, frozen=True):
    """What became of one poll; `number` counts those of this feed."""

    feed: FeedId
    number: int
    at: str
    outcome: str
    reason: str | None
    status: int | None
    new: int
    revised: int
    unchanged: int
    parked: int
    milliseconds: int


_COLUMNS = [feeds.c[name] for name in Feed.__struct_fields__]
_STATE = (
    "etag", "last_modified", "body_digest", "guids_repeat", "arrivals", "page_tries", "period_s", "interval_s",
    "next_check_at", "polls", "failures", "outcome", "why", "checked_at", "ok_at", "full_at",
)  # fmt: skip
# Put together once: SQLAlchemy takes longer to build such a statement than the database to run it.
_MINE = (feeds.c.id == bindparam("_id")) & (feeds.c.leased_by == bindparam("_holder"))
_SAVE = feeds.update().where(_MINE).values({name: bindparam(name) for name in _STATE})
_SAVE = _SAVE.values(leased_by=None, leased_until=None)
_SAVE_ALL = _SAVE.values(seen=bindparam("seen"))
_FRESH: dict[str, Any] = {
    "etag": None, "last_modified": None, "body_digest": None, "guids_repeat": 0, "seen": b"", "arrivals": "[]",
    "page_tries": 0, "period_s": None, "interval_s": 0, "polls": 0, "failures": 0, "outcome": None, "why": None,
    "checked_at": None, "ok_at": None, "full_at": None, "health": "new", "leased_by": None, "leased_until": None,
}  # fmt: skip


class Feeds:
    """The feeds inside one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def told_up_to(self) -> int:
        """Return the position of the last event that any row tells of."""
        return self._connection.execute(select(func.max(feeds.c.position))).scalar_one() or 0

    def apply(self, event: FeedRegistered | FeedMoved | FeedRetired, *, position: int, recorded_at: str) -> None:
        """Fold one event into its feed's row. Events must come in order; one that the row tells of already changes nothing."""
        known = self.get(event.feed_id)
        if known and known.position >= position:
            return
        match event:
            case FeedRegistered():
                values = msgspec.structs.asdict(event)
                values["id"] = values.pop("feed_id")
                values |= {"full_text": int(event.full_text), "address": url_key(event.url), "retired_at": None}
                if known is None or known.retired_at or known.url != event.url:
                    # What a server said of another address, or long ago, says nothing of this one.
                    values |= {"next_check_at": recorded_at}
                    values |= {**_FRESH, "polls": self._counted(event.feed_id), "seen": self.seen(event.feed_id)}
            case FeedMoved():
                values = {"url": event.to_url, "address": url_key(event.to_url)}
            case FeedRetired():
                values = {"retired_at": recorded_at, "address": None}
        values["position"] = position
        if known is None and isinstance(event, FeedRegistered):
            self._connection.execute(feeds.insert(), values)
        else:
            self._connection.execute(feeds.update().where(feeds.c.id == event.feed_id).values(values))

    def _counted(self, id_: str) -> int:
        """The number of the last poll that is remembered, also when the feed's row was lost."""
        return self._connection.execute(select(func.max(polls.c.number)).where(polls.c.feed == id_)).scalar_one() or 0

    def get(self, id_: str) -> Feed | None:
        """Return one feed, also a retired one."""
        row = self._connection.execute(select(*_COLUMNS).where(feeds.c.id == id_)).one_or_none()
        return _feed(row) if row else None

    def at(self, address: str) -> Feed | None:
        """Return the feed that is polled at an address, a key of `identity.url_key`."""
        row = self._connection.execute(select(*_COLUMNS).where(feeds.c.address == address)).one_or_none()
        return _feed(row) if row else None

    def all(self, *, retired: bool = False) -> list[Feed]:
        """Return every feed that is polled, or with `retired` every feed there ever was, in the order of their addresses."""
        query = select(*_COLUMNS).order_by(feeds.c.url, feeds.c.id)
        return [_feed(row) for row in self._connection.execute(query if retired else query.where(_polled()))]

    def next_due_at(self) -> str | None:
        """Return when the next feed is due, None when there is none."""
        found: str | None = self._connection.execute(
            select(func.min(feeds.c.next_check_at)).where(_polled())
        ).scalar_one()
        return found

    def seen(self, id_: str) -> bytes:
        """Return the digests of the entries that were taken from a feed, one after the other."""
        return self._connection.execute(select(feeds.c.seen).where(feeds.c.id == id_)).scalar_one_or_none() or b""

    def seen_of(self, ids: Sequence[str]) -> dict[str, bytes]:
        """Return what `seen` returns, of many feeds."""
        found: dict[str, bytes] = {}
        for part in _parts(ids):
            rows = self._connection.execute(select(feeds.c.id, feeds.c.seen).where(feeds.c.id.in_(part)))
            found.update((row.id, row.seen or b"") for row in rows)
        return found

    def claim_due(self, holder: str, *, seconds: float, limit: int) -> list[Feed]:
        """Lease the feeds that are due, the longest due first, and return them.

        Nobody else gets them for so many seconds, unless the process that holds them is known to be dead. Under the write
        lock, so two processes never get the same one.
        """
        now = self._now()
        held = select(feeds.c.leased_by).where(feeds.c.leased_until > now).distinct()
        dead = [name for name in self._connection.execute(held).scalars() if is_dead(name)]
        free = or_(feeds.c.leased_until.is_(None), feeds.c.leased_until <= now, feeds.c.leased_by.in_(dead))
        due = (
            select(*_COLUMNS)
            .where(_polled() & (feeds.c.next_check_at <= now) & free)
            .order_by(feeds.c.next_check_at, feeds.c.id)
            .limit(limit)
        )
        found = [_feed(row) for row in self._connection.execute(due)]
        self._lease([feed.id for feed in found], holder, seconds)
        return found

    def claim(self, ids: Sequence[str], holder: str, *, seconds: float) -> list[Feed]:
        """Lease these feeds, due or not, whoever holds them, and return those that are polled.

        A poll of another process that is under way then cannot save what it found, and its documents are known already.
        """
        known: dict[str, Feed] = {}
        for part in _parts(ids):
            rows = self._connection.execute(select(*_COLUMNS).where(_polled() & feeds.c.id.in_(part)))
            known.update((feed.id, feed) for feed in map(_feed, rows))
        found = [known[id_] for id_ in ids if id_ in known]
        self._lease([feed.id for feed in found], holder, seconds)
        return found

    def renew(self, ids: Sequence[str], holder: str, *, seconds: float) -> None:
        """Hold on to feeds that are still being polled; those that another has taken over stay his."""
        for part in _parts(ids):
            mine = feeds.c.id.in_(part) & (feeds.c.leased_by == holder)
            self._connection.execute(feeds.update().where(mine).values(leased_until=self._until(seconds)))

    def _until(self, seconds: float) -> str:
        now = dt.datetime.strptime(self._now(), _FORMAT).replace(tzinfo=dt.UTC)
        return (now + dt.timedelta(seconds=seconds)).strftime(_FORMAT)

    def _lease(self, ids: Sequence[str], holder: str, seconds: float) -> None:
        values = {"leased_by": holder, "leased_until": self._until(seconds)}
        for part in _parts(ids):
            self._connection.execute(feeds.update().where(feeds.c.id.in_(part)).values(values))

    def give_up(self, ids: Sequence[str], holder: str) -> None:
        """Let go of feeds that were leased and not polled: they are as due as before."""
        for part in _parts(ids):
            mine = feeds.c.id.in_(part) & (feeds.c.leased_by == holder)
            self._connection.execute(feeds.update().where(mine).values(leased_by=None, leased_until=None))

    def save(self, feed: Feed, poll: Poll, *, holder: str, seen: bytes | None = None) -> bool:
        """Keep how a poll went, and let go of the feed. False, and nothing is kept, when another has taken the feed over.

        `seen` takes the place of the digests of entries; None leaves them.
        """
        values: dict[str, Any] = {name: getattr(feed, name) for name in _STATE}
        values |= {name: int(values[name]) for name in _FLAGS if name in values}
        values |= {"arrivals": msgspec.json.encode(feed.arrivals).decode(), "_id": feed.id, "_holder": holder}
        if seen is not None:
            values["seen"] = seen
        if self._connection.execute(_SAVE if seen is None else _SAVE_ALL, values).rowcount != 1:
            return False
        self._connection.execute(polls.insert(), msgspec.structs.asdict(poll))
        if poll.number > KEPT_POLLS:
            old = (polls.c.feed == feed.id) & (polls.c.number <= poll.number - KEPT_POLLS)
            self._connection.execute(polls.delete().where(old))
        return True

    def polls(self, id_: str, *, limit: int = KEPT_POLLS) -> list[Poll]:
        """Return the latest polls of a feed, the newest first."""
        query = select(polls).where(polls.c.feed == id_).order_by(polls.c.number.desc()).limit(limit)
        return [Poll(**row._mapping) for row in self._connection.execute(query)]  # noqa: SLF001  (SQLAlchemy's public name)

    def prune(self, *, before: str) -> int:
        """Forget polls that were made before an instant, and return how many."""
        return self._connection.execute(polls.delete().where(polls.c.at < before)).rowcount

    def reported(self, health: Sequence[tuple[FeedId, str]]) -> None:
        """Remember which state of health was reported for feeds."""
        rows = [{"_id": id_, "_health": state} for id_, state in health]
        if rows:
            query = feeds.update().where(feeds.c.id == bindparam("_id")).values(health=bindparam("_health"))
            self._connection.execute(query, rows)


def _polled() -> ColumnElement[bool]:
    return feeds.c.retired_at.is_(None)


def _feed(row: Row[Any]) -> Feed:
    values = dict(row._mapping)  # noqa: SLF001  (SQLAlchemy's public name)
    values |= {name: bool(values[name]) for name in _FLAGS}
    values["arrivals"] = tuple(msgspec.json.decode(values["arrivals"]))
    return Feed(**values)


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
