"""The limit on PostgreSQL: nothing but psycopg, writing by COPY or by INSERT and reading through a binary cursor."""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg

from bench.workload import TYPE, Event, View, body_of

_PAGE = 1000
_TABLE = """
CREATE TABLE events (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream text NOT NULL,
  version bigint NOT NULL,
  type text NOT NULL,
  payload bytea NOT NULL,
  UNIQUE (stream, version))
"""
_COPY = "COPY events (stream, version, type, payload) FROM STDIN (FORMAT binary)"
_INSERT = "INSERT INTO events (stream, version, type, payload) VALUES (%b, %b, %b, %b)"
_SELECT = "SELECT position, stream, version, type, payload FROM events WHERE position > %s ORDER BY position LIMIT %s"


class RawPostgres:
    """Rows in, rows out."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self.connection.execute(_TABLE)

    def count(self) -> int:
        """Pages by position."""
        return sum(1 for page in self._pages() for _ in page)

    def rebuild(self) -> View:
        """The same pages, decoded."""
        view: View = {}
        for page in self._pages():
            for _, _, _, _, payload in page:
                body = body_of(payload)
                view[body.url] = (body.title, body.published)
        return view

    def _pages(self) -> Iterator[list[Any]]:
        last = 0
        with self.connection.cursor(binary=True) as cursor:
            while page := cursor.execute(_SELECT, (last, _PAGE)).fetchall():
                last = page[-1][0]
                yield page

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


class Copying(RawPostgres):
    """Writes by COPY: the fastest for many."""

    def append(self, events: Sequence[Event]) -> None:
        """One COPY is one transaction."""
        with self.connection.cursor() as cursor, cursor.copy(_COPY) as copied:
            copied.set_types(["text", "int8", "text", "bytea"])
            for event in events:
                copied.write_row((event.stream, event.version, TYPE, event.payload))


class Inserting(RawPostgres):
    """Writes by INSERT: the fastest for one."""

    def append(self, events: Sequence[Event]) -> None:
        """One event is a transaction of its own; more are pipelined by the driver inside one."""
        rows = [(event.stream, event.version, TYPE, event.payload) for event in events]
        if len(rows) == 1:
            self.connection.execute(_INSERT, rows[0])
            return
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)


def copy(url: str) -> Copying:
    """Open the limit for batches."""
    return Copying(url)


def insert(url: str) -> Inserting:
    """Open the limit for single events."""
    return Inserting(url)
