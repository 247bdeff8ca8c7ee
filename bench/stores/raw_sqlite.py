"""The limit on SQLite: nothing but the driver, under the same durability (WAL, every commit flushed).

`narrow` has the two unique keys that any log needs. `wide` has the columns and the three keys of tracker's own table, filled
with ready-made values and guarded by nothing: what lies between it and tracker is code, not table.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.workload import TYPE, Event, View, body_of

_PAGE = 1000
_NARROW = """
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  payload BLOB NOT NULL,
  UNIQUE (stream, version))
"""
_WIDE = """
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  payload BLOB NOT NULL,
  id TEXT NOT NULL UNIQUE,
  schema_version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  leaf_hash BLOB NOT NULL,
  UNIQUE (stream, version))
"""
_LEAF = bytes(range(32))
_RECORDED_AT = "2026-01-01T12:00:00.000000Z"


class RawSqlite:
    """Rows in, rows out."""

    def __init__(self, url: str, table: str, columns: str, row: Callable[[Event], tuple[Any, ...]]) -> None:
        self._connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(table)
        self._row = row
        marks = ", ".join("?" for _ in columns.split(","))
        self._insert = f"INSERT INTO events ({columns}) VALUES ({marks})"  # noqa: S608  (columns are written below)
        self._select = f"SELECT position, {columns} FROM events WHERE position > ? ORDER BY position LIMIT {_PAGE}"  # noqa: S608  (the same)

    def append(self, events: Sequence[Event]) -> None:
        """One transaction, one call of the driver."""
        row = self._row
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(self._insert, [row(event) for event in events])
        self._connection.execute("COMMIT")

    def count(self) -> int:
        """Pages by position."""
        return sum(1 for page in self._pages() for _ in page)

    def rebuild(self) -> View:
        """The payload stands in the fifth column of both tables."""
        view: View = {}
        for page in self._pages():
            for _, _, _, _, payload, *_ in page:
                body = body_of(payload)
                view[body.url] = (body.title, body.published)
        return view

    def _pages(self) -> Iterator[list[Any]]:
        last = 0
        while page := self._connection.execute(self._select, (last,)).fetchall():
            last = page[-1][0]
            yield page

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def narrow(url: str) -> RawSqlite:
    """Open the limit."""
    columns = "stream, version, type, payload"
    return RawSqlite(url, _NARROW, columns, lambda e: (e.stream, e.version, TYPE, e.payload))


def wide(url: str) -> RawSqlite:
    """Open the limit of tracker's own table."""
    columns = "stream, version, type, payload, id, schema_version, recorded_at, leaf_hash"
    return RawSqlite(
        url, _WIDE, columns, lambda e: (e.stream, e.version, TYPE, e.payload, e.id, 1, _RECORDED_AT, _LEAF)
    )
