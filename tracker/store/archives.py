"""How far the reading of each web archive has come that was not read to its end."""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection, select

from tracker.domain.bookmark import Bookmark
from tracker.store.tables import archives


class Archives:
    """The unfinished archives inside one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def get(self, identity: str) -> Bookmark | None:
        """Return where to go on with an archive, None for one that is to be read from its beginning."""
        columns = [archives.c[name] for name in Bookmark.__struct_fields__]
        row = self._connection.execute(select(*columns).where(archives.c.identity == identity)).one_or_none()
        return None if row is None else Bookmark(*row)

    def save(self, identity: str, bookmark: Bookmark) -> None:
        """Remember where to go on with an archive."""
        self.forget(identity)
        row = {"identity": identity, "saved_at": self._now(), **msgspec.structs.asdict(bookmark)}
        self._connection.execute(archives.insert(), row)

    def forget(self, identity: str) -> None:
        """Drop what is remembered: the archive was read to its end."""
        self._connection.execute(archives.delete().where(archives.c.identity == identity))
