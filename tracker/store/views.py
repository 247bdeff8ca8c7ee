"""What projections keep: collected entries, judged views, and changes, each in generations.

A generation is one build of a projection. Readers see the one that `projections` names; a rebuild fills the next beside it.
"""

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, select, text

from tracker.domain.ids import rows_digest
from tracker.events.keys import RULES
from tracker.store.tables import changes, checkpoints, entries, projections, view_names, views


class Build(msgspec.Struct, frozen=True):
    """One build of one projection."""

    projection: str
    generation: int

    @property
    def consumer(self) -> str:
        """The name under which its checkpoint is kept."""
        return f"{self.projection}@{self.generation}"


class Views:
    """The rows of all projections inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def live(self, projection: str) -> tuple[Build, int] | None:
        """Return the build that is shown and the version of the code that made it; None before the first."""
        query = select(projections.c.generation, projections.c.version).where(projections.c.name == projection)
        row = self._connection.execute(query).one_or_none()
        return (Build(projection, row.generation), row.version) if row else None

    def show(self, build: Build, *, version: int) -> None:
        """Make a build, begun or not, the one that is shown."""
        mine = projections.c.name == build.projection
        values = {"generation": build.generation, "version": version}
        if self._connection.execute(projections.update().where(mine).values(values)).rowcount == 0:
            self._connection.execute(projections.insert(), {"name": build.projection, **values})

    def begin(self, projection: str, *, version: int) -> Build:
        """Return a build to fill: one of this version that was begun and cut off, else one that no other has been."""
        live = self.live(projection)
        begun = [build for build in self._begun(projection) if not live or build != live[0]]
        query = select(projections.c.name).where(projections.c.version == version)
        same = set(self._connection.execute(query).scalars())
        for build in reversed(begun):
            if build.consumer in same:
                return build
        taken = [build.generation for build in begun] + ([live[0].generation] if live else [])
        build = Build(projection, 1 + max(taken, default=0))
        self._connection.execute(checkpoints.insert(), {"consumer": build.consumer, "position": 0})
        row = {"name": build.consumer, "generation": build.generation, "version": version}
        self._connection.execute(projections.insert(), row)
        return build

    def is_kept(self, build: Build) -> bool:
        """Whether a build that was begun has not been dropped."""
        return build in self._begun(build.projection)

    def others(self, build: Build) -> list[Build]:
        """Return every other build of the projection: earlier ones, and those that were begun beside it."""
        return [other for other in self._begun(build.projection) if other != build]

    def _begun(self, projection: str) -> list[Build]:
        query = select(checkpoints.c.consumer).where(
            checkpoints.c.consumer.startswith(f"{projection}@", autoescape=True)
        )
        numbers = (int(name.rpartition("@")[2]) for name in self._connection.execute(query).scalars())
        return [Build(projection, number) for number in sorted(numbers)]

    def drop(self, build: Build) -> None:
        """Remove every row of a build."""
        self._connection.execute(projections.delete().where(projections.c.name == build.consumer))
        for table in (entries, views, changes, view_names):
            mine = (table.c.projection == build.projection) & (table.c.generation == build.generation)
            self._connection.execute(table.delete().where(mine))

    def collect(self, build: Build, key: str, position: int, body: bytes) -> None:
        """Add what one event says of one key."""
        row = {"projection": build.projection, "generation": build.generation, "key": key, "position": position}
        self._connection.execute(entries.insert(), {**row, "body": body})

    def collected(self, build: Build, key: str, *, up_to: int | None = None) -> list[bytes]:
        """Return what has been collected for a key, in the order of the log."""
        mine = (entries.c.projection == build.projection) & (entries.c.generation == build.generation)
        query = select(entries.c.body).where(mine & (entries.c.key == key)).order_by(entries.c.position)
        if up_to is not None:
            query = query.where(entries.c.position <= up_to)
        return list(self._connection.execute(query).scalars())

    def knows(self, build: Build, key: str) -> bool:
        """Tell whether anything has been collected for a key."""
        mine = (entries.c.projection == build.projection) & (entries.c.generation == build.generation)
        query = select(entries.c.position).where(mine & (entries.c.key == key)).limit(1)
        return self._connection.execute(query).first() is not None

    def shows(self, build: Build, key: str) -> bool:
        """Tell whether there is a view of a key."""
        return self._connection.execute(select(views.c.position).where(_at(build, key))).first() is not None

    def collected_keys(self, build: Build) -> list[str]:
        """Return every key that has something collected, but for what concerns all of them."""
        mine = (entries.c.projection == build.projection) & (entries.c.generation == build.generation)
        mine &= entries.c.key != RULES
        return list(
            self._connection.execute(select(entries.c.key).where(mine).distinct().order_by(entries.c.key)).scalars()
        )

    def holding(self, build: Build, words: str) -> list[str]:
        """Return the keys with an entry that holds these words. Looks through all of them: for people, one at a time."""
        mine = (entries.c.projection == build.projection) & (entries.c.generation == build.generation)
        there = "position(:words in body)" if self._connection.dialect.name == "postgresql" else "instr(body, :words)"
        query = select(entries.c.key).where(mine, text(f"{there} > 0")).distinct().order_by(entries.c.key)
        return list(self._connection.execute(query, {"words": words.encode()}).scalars())

    def get(self, build: Build, key: str) -> bytes | None:
        """Return one view."""
        query = select(views.c.body).where(_at(build, key))
        return self._connection.execute(query).scalar_one_or_none()

    def put(self, build: Build, key: str, position: int, body: bytes) -> None:
        """Save one view as of an event."""
        values = {"position": position, "body": body}
        if self._connection.execute(views.update().where(_at(build, key)).values(values)).rowcount == 0:
            row = {"projection": build.projection, "generation": build.generation, "key": key}
            self._connection.execute(views.insert(), {**row, **values})

    def remove(self, build: Build, key: str) -> None:
        """Take one view out, with its names: nothing holds of its key any more."""
        self._connection.execute(views.delete().where(_at(build, key)))
        self.name(build, key, ())

    def name(self, build: Build, key: str, names: Iterable[str]) -> None:
        """Keep by which names a view can be asked for, in the place of those it had. Long ones are cut."""
        wanted = {name[:_NAME_LENGTH] for name in names}
        mine = _of(view_names, build) & (view_names.c.key == key)
        held = set(self._connection.execute(select(view_names.c.name).where(mine)).scalars())
        if gone := held - wanted:
            self._connection.execute(view_names.delete().where(mine & view_names.c.name.in_(gone)))
        if new := wanted - held:
            place = {"projection": build.projection, "generation": build.generation, "key": key}
            self._connection.execute(view_names.insert(), [{**place, "name": name} for name in sorted(new)])

    def named(self, build: Build, name: str) -> list[str]:
        """Return the keys of the views that have a name, in order."""
        mine = _of(view_names, build) & (view_names.c.name == name[:_NAME_LENGTH])
        return list(self._connection.execute(select(view_names.c.key).where(mine).order_by(view_names.c.key)).scalars())

    def beginning(self, build: Build, prefix: str, *, limit: int) -> list[str]:
        """Return the keys of views that begin so, in order."""
        # A range, and no LIKE: it follows the index, and nothing in it is a wildcard.
        mine = _of(views, build) & (views.c.key >= prefix) & (views.c.key < prefix + "\U0010ffff")
        return list(
            self._connection.execute(select(views.c.key).where(mine).order_by(views.c.key).limit(limit)).scalars()
        )

    def resembling(self, build: Build, part: str, *, limit: int) -> list[str]:
        """Return the keys of views that have this in a name, in order. Reads all names."""
        mine = _of(view_names, build) & view_names.c.name.contains(part, autoescape=True)
        query = select(view_names.c.key).where(mine).distinct().order_by(view_names.c.key)
        return list(self._connection.execute(query.limit(limit)).scalars())

    def all(self, build: Build) -> Iterator[tuple[str, bytes]]:
        """Yield key and view, in the order of keys."""
        mine = (views.c.projection == build.projection) & (views.c.generation == build.generation)
        query = select(views.c.key, views.c.body).where(mine).order_by(views.c.key)
        for row in self._connection.execute(query):
            yield row.key, row.body

    def add_changes(self, build: Build, key: str, position: int, bodies: Iterable[bytes]) -> None:
        """Save what one event changed in one view."""
        place = {"projection": build.projection, "generation": build.generation, "position": position, "key": key}
        rows = [{**place, "number": number, "body": body} for number, body in enumerate(bodies)]
        if rows:
            self._connection.execute(changes.insert(), rows)

    def changes(
        self, build: Build, *, key: str | None = None, after: int = 0, before: int | None = None
    ) -> Iterator[bytes]:
        """Yield changes between two positions in the order they were recorded, of one key or of all."""
        query = select(changes.c.body).where(_of(changes, build) & (changes.c.position > after))
        if before is not None:
            query = query.where(changes.c.position < before)
        if key is not None:
            query = query.where(changes.c.key == key)
        yield from self._connection.execute(
            query.order_by(changes.c.position, changes.c.key, changes.c.number)
        ).scalars()

    def changed_at(self, build: Build, *, before: int, limit: int, key: str | None = None) -> list[int]:
        """Return the position of each of the newest changes before a position, the newest first, of one key or of all."""
        query = select(changes.c.position).where(_of(changes, build) & (changes.c.position < before))
        if key is not None:
            query = query.where(changes.c.key == key)
        return list(self._connection.execute(query.order_by(changes.c.position.desc()).limit(limit)).scalars())

    def digest(self, build: Build) -> str:
        """Return SHA-256 over every view and change of a build: equal digests mean equal bytes."""
        return rows_digest(self.all(build), self.changes(build))


_NAME_LENGTH = 200


def _of(table: Table, build: Build) -> ColumnElement[bool]:
    return (table.c.projection == build.projection) & (table.c.generation == build.generation)


def _at(build: Build, key: str) -> ColumnElement[bool]:
    mine = (views.c.projection == build.projection) & (views.c.generation == build.generation)
    return mine & (views.c.key == key)
