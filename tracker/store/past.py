"""What every view was after each event that changed it. Looking one up costs the same however long its history is.

A view mostly differs from the one before by a number and a name, so it is compressed with an earlier view as the dictionary
(RFC 1950, section 2.2: what is not new costs a reference). When that no longer pays, a row stands by itself again.
"""

import zlib

from sqlalchemy import ColumnElement, Connection, and_, select

from tracker.store.tables import past_views
from tracker.store.views import Build

_WINDOW = 32 * 1024
"""How far deflate looks back: a dictionary that is longer counts by its end."""
_WORTH = 2
"""A view that needs more than one part in so many of what it needs by itself becomes a row for others to lean on."""


class Past:
    """The past of all views inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bases: dict[tuple[Build, str], tuple[int, bytes]] = {}

    def keep(self, build: Build, key: str, position: int, view: bytes | None) -> None:
        """Keep what a view is from an event on; None when there is none any more."""
        base, body = self._packed(build, key, position, view)
        place = {"projection": build.projection, "generation": build.generation, "key": key, "position": position}
        self._connection.execute(past_views.insert(), {**place, "base": base, "body": body})

    def at(self, build: Build, key: str, position: int) -> bytes | None:
        """Return what a view was after the event at a position; None when there was none."""
        mine = _of(build, key) & (past_views.c.position <= position)
        newest = select(past_views.c.base, past_views.c.position, past_views.c.body).where(mine)
        row = self._connection.execute(newest.order_by(past_views.c.position.desc()).limit(1)).one_or_none()
        if row is None or not row.body:
            return None
        return _unpacked(row.body, None if row.base == row.position else self._base(build, key, row.base))

    def drop(self, build: Build) -> None:
        """Forget the past of a build."""
        self._connection.execute(past_views.delete().where(_in(build)))

    def _packed(self, build: Build, key: str, position: int, view: bytes | None) -> tuple[int, bytes]:
        if view is None:
            return position, b""
        base, before = self._leant_on(build, key)
        alone = _packed(view, None)
        if before:
            body = _packed(view, before)
            if len(body) * _WORTH < len(alone):
                return base, body
        self._bases[build, key] = position, view
        return position, alone

    def _leant_on(self, build: Build, key: str) -> tuple[int, bytes]:
        """The newest row that stands by itself, and its view."""
        known = self._bases.get((build, key))
        if known is None:
            newest = select(past_views.c.base).where(_of(build, key)).order_by(past_views.c.position.desc()).limit(1)
            base = self._connection.execute(newest).scalar_one_or_none()
            known = (base, self._base(build, key, base)) if base is not None else (0, b"")
            self._bases[build, key] = known
        return known

    def _base(self, build: Build, key: str, position: int) -> bytes:
        query = select(past_views.c.body).where(_of(build, key) & (past_views.c.position == position))
        body = self._connection.execute(query).scalar_one()
        return _unpacked(body, None) if body else b""


def _packed(view: bytes, before: bytes | None) -> bytes:
    packer = zlib.compressobj(wbits=-15, zdict=before[-_WINDOW:]) if before else zlib.compressobj(wbits=-15)
    return packer.compress(view) + packer.flush()


def _unpacked(body: bytes, before: bytes | None) -> bytes:
    unpacker = zlib.decompressobj(wbits=-15, zdict=before[-_WINDOW:]) if before else zlib.decompressobj(wbits=-15)
    return unpacker.decompress(body) + unpacker.flush()


def _in(build: Build) -> ColumnElement[bool]:
    return and_(past_views.c.projection == build.projection, past_views.c.generation == build.generation)


def _of(build: Build, key: str) -> ColumnElement[bool]:
    return _in(build) & (past_views.c.key == key)
