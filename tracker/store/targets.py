"""Where subscriptions are told of, and how each receiver does."""

import msgspec
from sqlalchemy import Connection, select

from tracker.store.tables import subscriptions, targets


class TargetRow(msgspec.Struct, frozen=True):
    """A target as it is held, with the filter of its subscription; `filter` and `body` are JSON that services read."""

    subscription: str
    filter: str
    created_at: str
    body: str
    position: int
    since: str
    quiet_until: str | None
    disabled_at: str | None
    reason: str | None


_COLUMNS = [
    targets.c.subscription,
    subscriptions.c.filter,
    subscriptions.c.created_at,
    *(targets.c[name] for name in TargetRow.__struct_fields__[3:]),
]
_ALL = (
    select(*_COLUMNS)
    .join(subscriptions, subscriptions.c.name == targets.c.subscription)
    .order_by(targets.c.subscription)
)


class Targets:
    """The targets inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, subscription: str, body: str, *, position: int, since: str) -> None:
        """Keep where a subscription is told of what happens after a position, which the log reached at an instant."""
        row = {"subscription": subscription, "body": body, "position": position, "since": since}
        self._connection.execute(targets.insert(), row)

    def get(self, subscription: str) -> TargetRow | None:
        """Return the target of a subscription, None for one that has none."""
        row = self._connection.execute(_ALL.where(targets.c.subscription == subscription)).one_or_none()
        return TargetRow(*row) if row else None

    def all(self) -> list[TargetRow]:
        """Return every target, in the order of subscriptions."""
        return [TargetRow(*row) for row in self._connection.execute(_ALL)]

    def advance(self, subscription: str, *, seen: int, to: int, since: str) -> bool:
        """Remember how far was told, if nobody else has gone on from where the caller saw it."""
        mine = (targets.c.subscription == subscription) & (targets.c.position == seen)
        told = targets.update().where(mine & (targets.c.since < since)).values(position=to, since=since)
        return self._connection.execute(told).rowcount == 1

    def quiet(self, subscription: str, until: str | None) -> None:
        """Leave a receiver alone until an instant; None when it does well again."""
        mine = targets.c.subscription == subscription
        self._connection.execute(targets.update().where(mine).values(quiet_until=until))

    def disable(self, subscription: str, reason: str, *, at: str) -> bool:
        """Send nothing there any more; False when that was so already."""
        mine = (targets.c.subscription == subscription) & targets.c.disabled_at.is_(None)
        return self._connection.execute(targets.update().where(mine).values(disabled_at=at, reason=reason)).rowcount > 0

    def enable(self, subscription: str, *, position: int, since: str) -> bool:
        """Send there again what happens after a position; False when it was not disabled."""
        mine = (targets.c.subscription == subscription) & targets.c.disabled_at.is_not(None)
        values = {"disabled_at": None, "reason": None, "quiet_until": None, "position": position, "since": since}
        return self._connection.execute(targets.update().where(mine).values(values)).rowcount > 0

    def remove(self, subscription: str) -> None:
        """Forget where a subscription is told of."""
        self._connection.execute(targets.delete().where(targets.c.subscription == subscription))
