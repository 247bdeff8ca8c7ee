"""Messages on their way: which are due, who sends each just now, what became of it."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from tracker.store.leases import is_dead
from tracker.store.tables import outbox, targets

Form = Literal["change", "flood", "period"]
State = Literal["waiting", "sent", "dead", "folded"]

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
_AT_ONCE = 400


class Parcel(msgspec.Struct, frozen=True):
    """A message as it is held; `body` is JSON that services read, `attempts` counts those that failed."""

    id: str
    subscription: str
    form: Form
    position: int
    body: bytes
    state: State
    made_at: str
    due_at: str
    attempts: int
    reason: str | None
    ended_at: str | None


class Counts(msgspec.Struct, frozen=True):
    """How much waits, since when the longest, how much is dead, and which subscriptions nothing is sent of any more."""

    waiting: int
    oldest: str | None
    dead: int
    disabled: tuple[str, ...]


_COLUMNS = [outbox.c[name] for name in Parcel.__struct_fields__]
_WAITS = outbox.c.state == "waiting"


class Outbox:
    """The messages inside one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def put(self, subscription: str, form: Form, messages: Sequence[tuple[str, int, bytes]]) -> int:
        """Have messages sent, each with its id, position and body; those that are known already are not sent twice.

        Returns how many were new.
        """
        known = self._known([id_ for id_, _, _ in messages])
        now = self._now()
        place = {"subscription": subscription, "form": form, "state": "waiting", "made_at": now, "due_at": now}
        rows = {
            id_: {"id": id_, "position": position, "body": body, "attempts": 0, **place}
            for id_, position, body in messages
            if id_ not in known
        }
        if rows:
            self._connection.execute(outbox.insert(), list(rows.values()))
        return len(rows)

    def _known(self, ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for part in _parts(ids):
            found.update(self._connection.execute(select(outbox.c.id).where(outbox.c.id.in_(part))).scalars())
        return found

    def get(self, id_: str) -> Parcel | None:
        """Return one message."""
        row = self._connection.execute(select(*_COLUMNS).where(outbox.c.id == id_)).one_or_none()
        return _parcel(row) if row else None

    def all(self, *states: State) -> list[Parcel]:
        """Return the messages in some states, the longest waiting first."""
        mine = select(*_COLUMNS).where(outbox.c.state.in_(states))
        return [
            _parcel(row)
            for row in self._connection.execute(mine.order_by(outbox.c.made_at, outbox.c.position, outbox.c.id))
        ]

    def is_due(self) -> bool:
        """Tell whether anything could be sent now."""
        return self._connection.execute(select(outbox.c.id).where(self._due()).limit(1)).first() is not None

    def crowded(self, more_than: int) -> list[str]:
        """Return the subscriptions of which more single changes are due together than this, in order."""
        mine = select(outbox.c.subscription).where(self._due() & (outbox.c.form == "change"))
        crowd = mine.group_by(outbox.c.subscription).having(func.count() > more_than)
        return list(self._connection.execute(crowd.order_by(outbox.c.subscription)).scalars())

    def due_changes(self, subscription: str) -> list[Parcel]:
        """Return the single changes of a subscription that are due, in the order of the log."""
        mine = self._due() & (outbox.c.form == "change") & (outbox.c.subscription == subscription)
        query = select(*_COLUMNS).where(mine).order_by(outbox.c.position, outbox.c.id)
        return [_parcel(row) for row in self._connection.execute(query)]

    def fold(self, ids: Sequence[str], carrier: str) -> None:
        """Send these no more: another message carries what they tell."""
        values = {"state": "folded", "reason": carrier, "ended_at": self._now()}
        for part in _parts(ids):
            self._connection.execute(outbox.update().where(outbox.c.id.in_(part)).values(values))

    def claim_due(self, holder: str, *, seconds: float, receivers: int, of_each: int) -> list[Parcel]:
        """Lease messages that are due, of so many receivers and so many of each, and return them in the order to send them.

        Whose have been due the longest come first. Nobody else gets them for so many seconds, unless the process that holds them is known to be dead. Under the write
        lock, so two processes never get the same one.
        """
        due = self._due()
        longest = select(outbox.c.subscription).where(due).group_by(outbox.c.subscription)
        longest = longest.order_by(func.min(outbox.c.due_at), outbox.c.subscription).limit(receivers)
        found: list[Parcel] = []
        for name in self._connection.execute(longest).scalars().all():
            mine = select(*_COLUMNS).where(due & (outbox.c.subscription == name))
            mine = mine.order_by(outbox.c.due_at, outbox.c.position, outbox.c.id).limit(of_each)
            found += map(_parcel, self._connection.execute(mine))
        values = {"leased_by": holder, "leased_until": self._after(seconds)}
        for part in _parts([parcel.id for parcel in found]):
            self._connection.execute(outbox.update().where(outbox.c.id.in_(part)).values(values))
        return found

    def _due(self) -> ColumnElement[bool]:
        """Waiting, due, in nobody's hands, and not for a receiver that is to be left alone."""
        now = self._now()
        held = select(outbox.c.leased_by).where(_WAITS & (outbox.c.leased_until > now)).distinct()
        dead = [name for name in self._connection.execute(held).scalars() if is_dead(name)]
        free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now, outbox.c.leased_by.in_(dead))
        rests = or_(targets.c.disabled_at.is_not(None), targets.c.quiet_until > now)
        resting = select(targets.c.subscription).where(rests)
        return _WAITS & (outbox.c.due_at <= now) & free & outbox.c.subscription.not_in(resting)

    def _after(self, seconds: float) -> str:
        now = dt.datetime.strptime(self._now(), _FORMAT).replace(tzinfo=dt.UTC)
        return (now + dt.timedelta(seconds=seconds)).strftime(_FORMAT)

    def sent(self, id_: str, holder: str) -> bool:
        """Remember that a message arrived. False when another has taken it over."""
        return self._settle(id_, holder, state="sent", reason=None, ended_at=self._now())

    def failed(self, id_: str, holder: str, reason: str, *, again_in: float | None) -> bool:
        """Remember that an attempt failed, and try again in so many seconds; None is never. False as for `sent`."""
        due = {"due_at": self._after(again_in)} if again_in is not None else {"state": "dead", "ended_at": self._now()}
        return self._settle(id_, holder, reason=reason, attempts=outbox.c.attempts + 1, **due)

    def _settle(self, id_: str, holder: str, **values: Any) -> bool:  # noqa: ANN401  (columns of several types)
        mine = (outbox.c.id == id_) & _WAITS & (outbox.c.leased_by == holder)
        values |= {"leased_by": None, "leased_until": None}
        return self._connection.execute(outbox.update().where(mine).values(values)).rowcount == 1

    def give_up(self, ids: Sequence[str], holder: str) -> None:
        """Let go of messages that were leased and not sent: they are as due as before."""
        for part in _parts(ids):
            mine = outbox.c.id.in_(part) & (outbox.c.leased_by == holder)
            self._connection.execute(outbox.update().where(mine).values(leased_by=None, leased_until=None))

    def bury(self, subscription: str, reason: str) -> int:
        """Try no more to send what waits of a subscription, and return how much that is."""
        mine = _WAITS & (outbox.c.subscription == subscription)
        values = {"state": "dead", "reason": reason, "ended_at": self._now(), "leased_by": None, "leased_until": None}
        return self._connection.execute(outbox.update().where(mine).values(values)).rowcount

    def revive(self, ids: Sequence[str]) -> int:
        """Have dead messages sent once more, from the first attempt on, and return how many there were."""
        now, count = self._now(), 0
        for part in _parts(ids):
            mine = outbox.c.id.in_(part) & (outbox.c.state == "dead")
            values = {"state": "waiting", "attempts": 0, "due_at": now, "ended_at": None}
            count += self._connection.execute(outbox.update().where(mine).values(values)).rowcount
        return count

    def drop(self, id_: str) -> bool:
        """Forget a message that waits or is dead; False when there is none."""
        mine = (outbox.c.id == id_) & outbox.c.state.in_(("waiting", "dead"))
        return self._connection.execute(outbox.delete().where(mine)).rowcount > 0

    def remove_of(self, subscription: str) -> None:
        """Forget all messages of a subscription."""
        self._connection.execute(outbox.delete().where(outbox.c.subscription == subscription))

    def prune(self, *, before: str) -> int:
        """Forget messages that ended well before an instant, and return how many."""
        ended = outbox.c.state.in_(("sent", "folded")) & (outbox.c.ended_at < before)
        return self._connection.execute(outbox.delete().where(ended)).rowcount

    def counts(self) -> Counts:
        """Return how much waits, and what needs a person."""
        query = select(outbox.c.state, func.count(), func.min(outbox.c.made_at)).group_by(outbox.c.state)
        found = {state: (count, oldest) for state, count, oldest in self._connection.execute(query)}
        waiting, oldest = found.get("waiting", (0, None))
        off = select(targets.c.subscription).where(targets.c.disabled_at.is_not(None)).order_by(targets.c.subscription)
        disabled = tuple(self._connection.execute(off).scalars())
        return Counts(waiting, oldest, found.get("dead", (0, None))[0], disabled)


def _parcel(row: Row[Any]) -> Parcel:
    return Parcel(**row._mapping)  # noqa: SLF001  (SQLAlchemy's public name)


def _parts(ids: Iterable[str]) -> list[list[str]]:
    every = list(ids)
    return [every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE)]
