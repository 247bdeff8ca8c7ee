"""What people decide about subscriptions: what is wanted, and where it goes."""

import datetime as dt
from collections.abc import Callable

import msgspec

from tracker.errors import ConfigError, NotFoundError, RefusedError
from tracker.services.delivery.fill import Told, told_of
from tracker.services.delivery.target import Rhythm, Target
from tracker.services.queries.watch import Filter, Subscription, Watch
from tracker.store.store import Store

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
_LONGEST_NAME = 100


class Shown(msgspec.Struct, frozen=True):
    """A target as anybody may see it; `to` leaves out of an address what may be secret."""

    kind: str
    to: str
    rhythm: Rhythm
    disabled_at: str | None
    reason: str | None


class Listed(Subscription, frozen=True):
    """A subscription, and where its changes go; without a target they are only followed by hand."""

    target: Shown | None


class Subscribe:
    """Adds subscriptions, lists, enables and removes them."""

    def __init__(self, store: Store, watch: Watch, *, clock: Callable[[], dt.datetime]) -> None:
        self._store, self._watch, self._clock = store, watch, clock

    def add(self, name: str, wanted: Filter, target: Target | None = None) -> Listed:
        """Keep a filter under a name, and tell a target of what happens from now on.

        Raises ConfigError for a name that is none, or is taken.
        """
        if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
            raise ConfigError("NAME", f"a subscription needs one, of up to {_LONGEST_NAME} characters that can be seen")
        with self._store.transaction() as transaction:
            if not transaction.subscriptions.add(name, msgspec.json.encode(wanted).decode()):
                raise ConfigError("NAME", f"there is a subscription {name!r} already; remove it first")
            if target is not None:
                body = msgspec.json.encode(target).decode()
                transaction.targets.add(name, body, position=transaction.log.last_position(), since=self._now())
        return self.one(name)

    def all(self) -> list[Listed]:
        """Return every subscription, in the order of names."""
        with self._store.reading() as reading:
            told = {row.subscription: told_of(row) for row in reading.targets.all()}
        every = self._watch.subscriptions()
        return [Listed(**msgspec.structs.asdict(one), target=_shown(told.get(one.name))) for one in every]

    def one(self, name: str) -> Listed:
        """Return one subscription. Raises NotFoundError."""
        for each in self.all():
            if each.name == name:
                return each
        raise _unknown(name)

    def target(self, name: str) -> Target:
        """Return where a subscription is told of. Raises NotFoundError, RefusedError for one that has no place."""
        with self._store.reading() as reading:
            row = reading.targets.get(name)
            known = reading.subscriptions.get(name) is not None
        if not known:
            raise _unknown(name)
        if row is None:
            raise RefusedError(name, f"goes nowhere; follow it with: tracker watch --subscription {name}")
        return told_of(row).target

    def enable(self, name: str) -> Listed:
        """Send to a place again that wanted no more: what happens from now on. Raises NotFoundError, RefusedError."""
        self.target(name)
        with self._store.transaction() as transaction:
            last = transaction.log.last_position()
            if not transaction.targets.enable(name, position=last, since=self._now()):
                raise RefusedError(name, "is not disabled")
        return self.one(name)

    def remove(self, name: str) -> None:
        """Forget a subscription, and what was still to be sent of it. Raises NotFoundError."""
        with self._store.transaction() as transaction:
            if not transaction.subscriptions.remove(name):
                raise _unknown(name)
            transaction.targets.remove(name)
            transaction.outbox.remove_of(name)

    def _now(self) -> str:
        return self._clock().strftime(_FORMAT)


def _shown(told: Told | None) -> Shown | None:
    if told is None:
        return None
    target, row = told.target, told.row
    return Shown(target.kind, target.shown, target.rhythm, row.disabled_at, row.reason)


def _unknown(name: str) -> NotFoundError:
    return NotFoundError("subscription", name, "`tracker subscriptions list` shows all")
