"""SQLite: one file on a local disk, WAL, every commit flushed."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

from tracker.errors import ConfigError
from tracker.store.dialects.dialect import Dialect, Row, Wait
from tracker.store.dialects.sqlite_words import WORDS

_BUSY_SECONDS = 30


def _engine(url: str) -> Engine:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise ConfigError("--database", "a log in memory would be gone at once; name a file: sqlite:///var/tracker.db")
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError("--database", f"cannot make the folder of {path}: {error.strerror}") from error
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own connection)
        # The driver must not open transactions of its own; we say BEGIN, and which kind.
        connection.isolation_level = None
        cursor = connection.cursor()
        # Larger pages read faster and write no slower; a file that is there keeps the size it has.
        cursor.execute("PRAGMA page_size = 8192")
        # An acknowledged append survives a power cut: FULL flushes each commit (NORMAL would not, under WAL).
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # REPLACE deletes silently unless the delete triggers are told to fire for it.
        cursor.execute("PRAGMA recursive_triggers = ON")
        cursor.close()

    return engine


def _begin_write(driver: sqlite3.Connection) -> None:
    # IMMEDIATE takes the lock now: a deferred transaction that reads first could not write afterwards.
    driver.execute("BEGIN IMMEDIATE")


def _begin_read(driver: sqlite3.Connection) -> None:
    driver.execute("BEGIN")


def _commit(driver: sqlite3.Connection) -> None:
    driver.commit()


def _lost(_driver: sqlite3.Connection) -> bool:
    return False


def _rows(driver: sqlite3.Connection, query: str, parameters: Sequence[Any]) -> list[Row]:
    return driver.execute(query, parameters).fetchall()


def _run(driver: sqlite3.Connection, statement: str, parameters: Sequence[Any]) -> int:
    return driver.execute(statement, parameters).rowcount


@lru_cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  (names from tables.py)


def _insert(driver: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    driver.executemany(_insertion(table, tuple(columns)), rows)


def _pulse(driver: sqlite3.Connection) -> object:
    return driver.execute("PRAGMA data_version").fetchone()[0]


@contextmanager
def _listen(_engine: Engine) -> Iterator[Wait | None]:
    # A file tells nobody of a change; asking for the last position is as cheap as any sign would be.
    yield None


_COMPLAINTS = {
    "locked": "another process has held the database for half a minute; try again, or look for a hung one",
    "not a database": "the file is no SQLite database; name another with --database",
    "unable to open": "the file cannot be opened; check its folder and permissions",
    "readonly": "the file may not be written; check its permissions",
    "disk is full": "the disk is full",
    "malformed": "the file is damaged; restore a backup and run `tracker audit verify`",
}


def _complaint(error: BaseException) -> str | None:
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    return next((said for sign, said in _COMPLAINTS.items() if sign in str(error)), None)


def _backup(driver: sqlite3.Connection, path: Path) -> None:
    # One moment of the database, without the holes that deleted rows have left; refuses a file that is there.
    driver.execute("VACUUM INTO ?", (str(path),))


DIALECT = Dialect(
    name="sqlite",
    embedded=True,
    engine=_engine,
    begin_write=_begin_write,
    begin_read=_begin_read,
    commit=_commit,
    lost=_lost,
    rows=_rows,
    run=_run,
    insert=_insert,
    each="json_each(?) AS given",
    within="instr(body, ?)",
    words=WORDS,
    pulse=_pulse,
    listen=_listen,
    backup=_backup,
    complaint=_complaint,
)
