"""What outputs want to be told of: a filter of changes under a name."""

from collections.abc import Callable

from sqlalchemy import Connection, select

from tracker.store.tables import subscriptions


class Subscriptions:
    """The subscriptions inside one transaction; a filter is JSON that only services read."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def add(self, name: str, filter_: str) -> bool:
        """Keep a filter under a name; False when the name is taken."""
        if self.get(name) is not None:
            return False
        row = {"name": name, "filter": filter_, "created_at": self._now()}
        self._connection.execute(subscriptions.insert(), row)
        return True

    def get(self, name: str) -> str | None:
        """Return the filter of a name."""
        query = select(subscriptions.c.filter).where(subscriptions.c.name == name)
        return self._connection.execute(query).scalar_one_or_none()

    def all(self) -> list[tuple[str, str, str]]:
        """Return name, filter and the instant it was made, in the order of names."""
        query = select(subscriptions.c.name, subscriptions.c.filter, subscriptions.c.created_at)
        return [tuple(row) for row in self._connection.execute(query.order_by(subscriptions.c.name))]

    def remove(self, name: str) -> bool:
        """Forget a name; False when there was none."""
        return self._connection.execute(subscriptions.delete().where(subscriptions.c.name == name)).rowcount > 0
