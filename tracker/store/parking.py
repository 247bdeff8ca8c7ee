"""Events that a consumer could not take: kept with the reason until someone retries or skips them."""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection, select

from tracker.store.tables import parked


class Parked(msgspec.Struct, frozen=True):
    """One event that waits, and why."""

    consumer: str
    position: int
    reason: str
    parked_at: str


class Parking:
    """The parked events inside one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def park(self, consumer: str, position: int, reason: str) -> None:
        """Set an event aside; parking it again keeps the newest reason."""
        self.release(consumer, position)
        row = {"consumer": consumer, "position": position, "reason": reason, "parked_at": self._now()}
        self._connection.execute(parked.insert(), row)

    def release(self, consumer: str, position: int) -> bool:
        """Take an event out; False when it was not parked."""
        mine = (parked.c.consumer == consumer) & (parked.c.position == position)
        return self._connection.execute(parked.delete().where(mine)).rowcount == 1

    def all(self) -> tuple[Parked, ...]:
        """Return everything that waits, oldest position first."""
        query = select(parked).order_by(parked.c.position, parked.c.consumer)
        return tuple(Parked(*row) for row in self._connection.execute(query))
