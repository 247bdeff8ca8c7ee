"""What projections keep: collected entries, judged views, and changes, each in generations.

A generation is one build of a projection. Readers see the one that `projections` names; a rebuild fills the next beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from tracker.domain.ids import rows_digest
from tracker.events.keys import RULES
from tracker.store.dialects.dialect import Dialect, Driver, Row


class Build(msgspec.Struct, frozen=True):
    """One build of one projection."""

    projection: str
    generation: int

    @property
    def consumer(self) -> str:
        """The name under which its checkpoint is kept."""
        return f"{self.projection}@{self.generation}"


class Views:
    """The rows of all projections inside one transaction.

    Every question and every event that is judged comes through here several times, so statements go straight to the driver, like
    those of the log.
    """

    def __init__(self, driver: Driver, dialect: Dialect) -> None:
        self._driver, self._dialect = driver, dialect

    def live(self, projection: str) -> tuple[Build, int] | None:
        """Return the build that is shown and the version of the code that made it; None before the first."""
        rows = self._rows("SELECT generation, version FROM projections WHERE name = ?", projection)
        return (Build(projection, rows[0][0]), rows[0][1]) if rows else None

    def show(self, build: Build, *, version: int) -> None:
        """Make a build, begun or not, the one that is shown."""
        values = (build.generation, version, build.projection)
        if self._run("UPDATE projections SET generation = ?, version = ? WHERE name = ?", *values) == 0:
            self._insert(
                "projections", ("name", "generation", "version"), (build.projection, build.generation, version)
            )

    def begin(self, projection: str, *, version: int) -> Build:
        """Return a build to fill: one of this version that was begun and cut off, else one that no other has been."""
        live = self.live(projection)
        begun = [build for build in self._begun(projection) if not live or build != live[0]]
        same = {row[0] for row in self._rows("SELECT name FROM projections WHERE version = ?", version)}
        for build in reversed(begun):
            if build.consumer in same:
                return build
        taken = [build.generation for build in begun] + ([live[0].generation] if live else [])
        build = Build(projection, 1 + max(taken, default=0))
        self._insert("checkpoints", ("consumer", "position"), (build.consumer, 0))
        self._insert("projections", ("name", "generation", "version"), (build.consumer, build.generation, version))
        return build

    def is_kept(self, build: Build) -> bool:
        """Whether a build that was begun has not been dropped."""
        return build in self._begun(build.projection)

    def others(self, build: Build) -> list[Build]:
        """Return every other build of the projection: earlier ones, and those that were begun beside it."""
        return [other for other in self._begun(build.projection) if other != build]

    def _begun(self, projection: str) -> list[Build]:
        beginning = f"{projection}@"
        query = "SELECT consumer FROM checkpoints WHERE consumer > ? AND consumer < ?"
        names = self._rows(query, beginning, beginning + _LAST)
        return [Build(projection, number) for number in sorted(int(name.rpartition("@")[2]) for (name,) in names)]

    def drop(self, build: Build) -> None:
        """Remove every row of a build."""
        self._run("DELETE FROM projections WHERE name = ?", build.consumer)
        for table in _KEPT:
            self._run(f"DELETE FROM {table} {_MINE}", build.projection, build.generation)

    def collect(self, build: Build, key: str, position: int, body: bytes) -> None:
        """Add what one event says of one key."""
        columns = ("projection", "generation", "key", "position", "body")
        self._insert("entries", columns, (build.projection, build.generation, key, position, body))

    def collected(self, build: Build, key: str, *, up_to: int | None = None) -> list[bytes]:
        """Return what has been collected for a key, in the order of the log."""
        query = f"SELECT body FROM entries {_MINE} AND key = ? AND position <= ? ORDER BY position"
        return self._firsts(query, *_place(build, key), _FAR if up_to is None else up_to)

    def knows(self, build: Build, key: str) -> bool:
        """Tell whether anything has been collected for a key."""
        return bool(self._rows(f"SELECT position FROM entries {_MINE} AND key = ? LIMIT 1", *_place(build, key)))

    def shows(self, build: Build, key: str) -> bool:
        """Tell whether there is a view of a key."""
        return bool(self._rows(f"SELECT position FROM views {_MINE} AND key = ?", *_place(build, key)))

    def collected_keys(self, build: Build) -> list[str]:
        """Return every key that has something collected, but for what concerns all of them."""
        query = f"SELECT DISTINCT key FROM entries {_MINE} AND key <> ? ORDER BY key"
        return self._firsts(query, *_place(build, RULES))

    def holding(self, build: Build, words: str) -> list[str]:
        """Return the keys with an entry that holds these words. Looks through all of them: for people, one at a time."""
        query = f"SELECT DISTINCT key FROM entries {_MINE} AND {self._dialect.within} > 0 ORDER BY key"
        return self._firsts(query, build.projection, build.generation, words.encode())

    def get(self, build: Build, key: str) -> bytes | None:
        """Return one view."""
        rows = self._rows(f"SELECT body FROM views {_MINE} AND key = ?", *_place(build, key))
        return rows[0][0] if rows else None

    def put(self, build: Build, key: str, position: int, body: bytes) -> None:
        """Save one view as of an event."""
        update = f"UPDATE views SET position = ?, body = ? {_MINE} AND key = ?"
        if self._run(update, position, body, *_place(build, key)) == 0:
            columns = ("projection", "generation", "key", "position", "body")
            self._insert("views", columns, (*_place(build, key), position, body))

    def remove(self, build: Build, key: str) -> None:
        """Take one view out, with its names: nothing holds of its key any more."""
        self._run(f"DELETE FROM views {_MINE} AND key = ?", *_place(build, key))
        self.name(build, key, ())

    def name(self, build: Build, key: str, names: Iterable[str]) -> None:
        """Keep by which names a view can be asked for, in the place of those it had. Long ones are cut."""
        wanted = {name[:_NAME_LENGTH] for name in names}
        held = set(self._firsts(f"SELECT name FROM view_names {_MINE} AND key = ?", *_place(build, key)))
        for name in sorted(held - wanted):
            self._run(f"DELETE FROM view_names {_MINE} AND key = ? AND name = ?", *_place(build, key), name)
        if new := wanted - held:
            columns = ("projection", "generation", "key", "name")
            self._insert("view_names", columns, *((*_place(build, key), name) for name in sorted(new)))

    def named(self, build: Build, name: str) -> list[str]:
        """Return the keys of the views that have a name, in order."""
        query = f"SELECT key FROM view_names {_MINE} AND name = ? ORDER BY key"
        return self._firsts(query, *_place(build, name[:_NAME_LENGTH]))

    def beginning(self, build: Build, prefix: str, *, limit: int) -> list[str]:
        """Return the keys of views that begin so, in order."""
        # A range, and no LIKE: it follows the index, and nothing in it is a wildcard.
        query = f"SELECT key FROM views {_MINE} AND key >= ? AND key < ? ORDER BY key LIMIT ?"
        return self._firsts(query, *_place(build, prefix), prefix + _LAST, limit)

    def resembling(self, build: Build, part: str, *, limit: int) -> list[str]:
        """Return the keys of views that have this in a name, in order. Reads all names."""
        query = f"SELECT DISTINCT key FROM view_names {_MINE} AND name LIKE ? ESCAPE '/' ORDER BY key LIMIT ?"
        escaped = part.replace("/", "//").replace("%", "/%").replace("_", "/_")
        return self._firsts(query, build.projection, build.generation, f"%{escaped}%", limit)

    def all(self, build: Build) -> Iterator[tuple[str, bytes]]:
        """Yield key and view, in the order of keys."""
        after = ""
        query = f"SELECT key, body FROM views {_MINE} AND key > ? ORDER BY key LIMIT ?"
        while page := self._rows(query, *_place(build, after), _PAGE):
            yield from page
            after = page[-1][0]

    def add_changes(self, build: Build, key: str, position: int, bodies: Iterable[bytes]) -> None:
        """Save what one event changed in one view."""
        place = (build.projection, build.generation, position, key)
        rows = [(*place, number, body) for number, body in enumerate(bodies)]
        if rows:
            self._insert("changes", ("projection", "generation", "position", "key", "number", "body"), *rows)

    def changes(
        self, build: Build, *, key: str | None = None, after: int = 0, before: int | None = None
    ) -> Iterator[bytes]:
        """Yield changes between two positions in the order they were recorded, of one key or of all."""
        until = _FAR if before is None else before
        # From the end of the position that is not wanted: no key is as great, and no number.
        if key is None:
            query = (
                f"SELECT body, position, key, number FROM changes {_MINE} AND (position, key, number) > (?, ?, ?)"
                " AND position < ? ORDER BY position, key, number LIMIT ?"
            )
            given: tuple[object, ...] = (build.projection, build.generation)
            last: tuple[object, ...] = (after, _LAST, _MOST)
        else:
            query = (
                f"SELECT body, position, number FROM changes {_MINE} AND key = ? AND (position, number) > (?, ?)"
                " AND position < ? ORDER BY position, number LIMIT ?"
            )
            given, last = _place(build, key), (after, _MOST)
        while page := self._rows(query, *given, *last, until, _PAGE):
            for row in page:
                yield row[0]
            last = page[-1][1:]

    def changed_at(self, build: Build, *, before: int, limit: int, key: str | None = None) -> list[int]:
        """Return the position of each of the newest changes before a position, the newest first, of one key or of all."""
        given: list[object] = [build.projection, build.generation]
        if key is not None:
            given.append(key)
        query = (
            f"SELECT position FROM changes {_MINE}{' AND key = ?' if key is not None else ''}"
            " AND position < ? ORDER BY position DESC LIMIT ?"
        )
        return self._firsts(query, *given, before, limit)

    def digest(self, build: Build) -> str:
        """Return SHA-256 over every view and change of a build: equal digests mean equal bytes."""
        return rows_digest(self.all(build), self.changes(build))

    def _rows(self, query: str, *given: object) -> list[Row]:
        return self._dialect.rows(self._driver, query, given)

    def _firsts(self, query: str, *given: object) -> list[Any]:
        return [row[0] for row in self._dialect.rows(self._driver, query, given)]

    def _run(self, statement: str, *given: object) -> int:
        return self._dialect.run(self._driver, statement, given)

    def _insert(self, table: str, columns: Sequence[str], *rows: Row) -> None:
        self._dialect.insert(self._driver, table, columns, rows)


_MINE = "WHERE projection = ? AND generation = ?"
_KEPT = ("entries", "views", "changes", "view_names")
_LAST = "\U0010ffff"
"""After every text."""
_FAR = 2**63 - 1
"""After every position."""
_MOST = 2**31 - 1
"""After every number within a position."""
_PAGE = 1000


def _place(build: Build, key: str) -> tuple[str, int, str]:
    return build.projection, build.generation, key


_NAME_LENGTH = 200
