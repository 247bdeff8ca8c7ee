"""How far each consumer has come."""

from sqlalchemy import Connection, select

from tracker.store.tables import checkpoints


class Checkpoints:
    """The checkpoints inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, consumer: str) -> int:
        """Return the position up to which a consumer has done its work, 0 for a new one."""
        query = select(checkpoints.c.position).where(checkpoints.c.consumer == consumer)
        return self._connection.execute(query).scalar_one_or_none() or 0

    def advance(self, consumer: str, *, seen: int, to: int) -> bool:
        """Move a checkpoint if it still stands where the caller saw it; False when another process was faster."""
        if (
            seen == 0
            and self._connection.execute(
                select(checkpoints.c.consumer).where(checkpoints.c.consumer == consumer)
            ).one_or_none()
            is None
        ):
            self._connection.execute(checkpoints.insert(), {"consumer": consumer, "position": to})
            return True
        mine = (checkpoints.c.consumer == consumer) & (checkpoints.c.position == seen)
        return self._connection.execute(checkpoints.update().where(mine).values(position=to)).rowcount == 1

    def forget(self, consumer: str) -> None:
        """Drop a checkpoint: its consumer is gone."""
        self._connection.execute(checkpoints.delete().where(checkpoints.c.consumer == consumer))

    def all(self) -> dict[str, int]:
        """Return every consumer's checkpoint."""
        return {row.consumer: row.position for row in self._connection.execute(select(checkpoints))}
