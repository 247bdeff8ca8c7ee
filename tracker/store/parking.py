"""What a consumer could not take: kept with the reason until it is taken after all, or skipped."""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection, select

from tracker.store.tables import parked


class Parked(msgspec.Struct, frozen=True):
    """One item that waits, and why: an event by its position, an input by its name."""

    consumer: str
    item: str
    reason: str
    parked_at: str


class Parking:
    """The parked items inside one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def park(self, consumer: str, item: str, reason: str) -> None:
        """Set an item aside; parking it again keeps the newest reason."""
        self.release(consumer, item)
        row = {"consumer": consumer, "item": item, "reason": reason, "parked_at": self._now()}
        self._connection.execute(parked.insert(), row)

    def release(self, consumer: str, item: str) -> bool:
        """Take an item out; False when it was not parked."""
        mine = (parked.c.consumer == consumer) & (parked.c.item == item)
        return self._connection.execute(parked.delete().where(mine)).rowcount == 1

    def all(self) -> tuple[Parked, ...]:
        """Return everything that waits, the longest waiting first."""
        query = select(parked).order_by(parked.c.parked_at, parked.c.consumer, parked.c.item)
        return tuple(Parked(*row) for row in self._connection.execute(query))
