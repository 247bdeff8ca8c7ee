"""PostgreSQL through psycopg 3: several processes or machines on one log."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Engine, Integer, LargeBinary, String, Text, create_engine, event, make_url

from tracker.errors import ConfigError
from tracker.store.dialects.dialect import Dialect, Row, Wait
from tracker.store.dialects.postgres_words import WORDS
from tracker.store.tables import metadata

if TYPE_CHECKING:
    import psycopg

    Driver = psycopg.Connection[Row]

LOCK = 7_489_216_350_114
"""The advisory lock of the log, one for each database: advisory locks do not reach across databases."""

CHANNEL = "tracker_events"
"""Where the trigger on `events` notifies at each commit that appended."""

# What every connection is told. A waiting writer gives up after half a minute, as on SQLite. A writer that stops in the
# middle (a debugger, a sleeping laptop) loses its transaction, or nobody else could append. An acknowledged append
# survives a power cut whatever the server's default says. Every query here follows an index: it is planned once, and a plan
# that was made while the tables were empty must not read whole tables for the length of an import.
_SESSION = """
SET lock_timeout = '30s';
SET idle_in_transaction_session_timeout = '60s';
SET enable_seqscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET plan_cache_mode = force_generic_plan;
SET jit = off;
SET client_encoding = 'UTF8';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
"""

# In READ COMMITTED each statement sees what was committed before it began. The lock must therefore be waited for in a
# statement of its own: in one statement with the read, or under REPEATABLE READ, the last position would be the one from
# before the wait.
_BEGIN_WRITE = f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock({LOCK})"
_BEGIN_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

# From how many rows COPY beats INSERT: it costs a second round trip, and saves most of the work for each row.
_COPY_FROM = 4

# How COPY is told of the columns' types; binary takes no other.
_TYPES = {BigInteger: "int8", Integer: "int4", String: "text", Text: "text", LargeBinary: "bytea"}


def _engine(url: str) -> Engine:
    try:
        engine = create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            # The driver must not open transactions of its own; we say BEGIN, and which kind.
            isolation_level="AUTOCOMMIT",
            connect_args={"application_name": "tracker"},
        )
    except ModuleNotFoundError as error:
        raise ConfigError("--database", "PostgreSQL needs a driver: pip install 'tracker[postgres]'") from error

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own connection)
        connection.autocommit = True
        connection.execute(_SESSION)

    return engine


def _begin_write(driver: "Driver") -> None:
    # Two statements, one round trip.
    driver.execute(_BEGIN_WRITE)


def _begin_read(driver: "Driver") -> None:
    driver.execute(_BEGIN_READ)


def _commit(driver: "Driver") -> None:
    from psycopg.pq import TransactionStatus  # noqa: PLC0415  (only who has a server has the driver)

    if driver.info.transaction_status is TransactionStatus.INERROR:
        # COMMIT would answer ROLLBACK and raise nothing.
        raise RuntimeError("a statement of this transaction failed and its error was swallowed; nothing was committed")
    driver.commit()


def _lost(driver: "Driver") -> bool:
    return driver.closed


@lru_cache
def _marked(query: str) -> str:
    return query.replace("?", "%s")


def _rows(driver: "Driver", query: str, parameters: Sequence[Any]) -> list[Row]:
    # Binary: bytea comes as bytes, not as twice as many hexadecimal digits.
    with driver.cursor(binary=True) as cursor:
        return cursor.execute(_marked(query), parameters).fetchall()


def _run(driver: "Driver", statement: str, parameters: Sequence[Any]) -> int:
    with driver.cursor() as cursor:
        return cursor.execute(_marked(statement), parameters).rowcount


@lru_cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%b'] * len(columns))})"  # noqa: S608  (names from tables.py)


@lru_cache
def _copying(table: str, columns: tuple[str, ...]) -> tuple[str, list[str]]:
    types = [_TYPES[metadata.tables[table].c[column].type.__class__] for column in columns]
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary)", types


def _insert(driver: "Driver", table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    with driver.cursor() as cursor:
        if len(rows) < _COPY_FROM:
            statement = _insertion(table, tuple(columns))
            for row in rows:
                cursor.execute(statement, row)
            return
        statement, types = _copying(table, tuple(columns))
        with cursor.copy(statement) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)


def _pulse(driver: "Driver") -> object:
    # Which transactions are done. Those of other databases on the server count too: that costs a look, and misses nothing.
    return driver.execute("SELECT pg_current_snapshot()::text").fetchall()[0][0]


@contextmanager
def _listen(engine: Engine) -> Iterator[Wait | None]:
    import psycopg  # noqa: PLC0415  (only who has a server has the driver)

    with engine.connect() as connection:
        driver: Driver = connection.connection.driver_connection  # type: ignore[assignment]  # SQLAlchemy cannot know
        driver.execute(f"LISTEN {CHANNEL}")

        def wait(seconds: float) -> None:
            try:
                for _ in driver.notifies(timeout=seconds, stop_after=1):
                    return
            except psycopg.Error:
                # A hint that is lost is no loss: the next look at the log tells what is wrong, if anything is.
                time.sleep(seconds)

        try:
            yield wait
        finally:
            # A connection that listens must not go back to the pool.
            connection.invalidate()


_COMPLAINTS = {
    "55P03": "another process has held the write lock for half a minute; try again, or look for a hung one",
    "25P03": "the transaction did nothing for a minute, and the server ended it; nothing was written",
    "57P01": "the server is shutting down; nothing was written",
    "57P03": "the server is starting or stopping; try again",
    "53100": "the server's disk is full",
    "53300": "the server has no connection left; try again, or raise its max_connections",
    "25006": "the server only reads (a standby?); name the one that writes with --database",
    "42501": "the role may not do this; migrations/roles.postgres.sql says which role may do what",
    "28P01": "the server refuses the password",
    "28000": "the server refuses the role",
    "3D000": "there is no database of this name; make one with createdb",
    "XX001": "the server's files are damaged; restore a backup and run `tracker audit verify`",
    "XX002": "an index on the server is damaged; REINDEX it and run `tracker audit verify`",
}


def _complaint(error: BaseException) -> str | None:
    import psycopg  # noqa: PLC0415  (only who has a server has the driver)

    if not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate in _COMPLAINTS:
        return _COMPLAINTS[error.sqlstate]
    if isinstance(error, psycopg.OperationalError) and (error.sqlstate is None or error.sqlstate.startswith("08")):
        reason = str(error).strip().splitlines()
        return f"the server cannot be reached: {reason[-1].strip() if reason else 'the connection was lost'}"
    return None


def _backup(_driver: object, path: Path) -> None:
    raise ConfigError("backup", f"use PostgreSQL's own tool: pg_dump --format=custom --file={path} DATABASE")


DIALECT = Dialect(
    name="postgresql",
    embedded=False,
    engine=_engine,
    begin_write=_begin_write,
    begin_read=_begin_read,
    commit=_commit,
    lost=_lost,
    rows=_rows,
    run=_run,
    insert=_insert,
    each="json_array_elements_text(?::json) AS given(value)",
    within="position(? in body)",
    words=WORDS,
    pulse=_pulse,
    listen=_listen,
    backup=_backup,
    complaint=_complaint,
)
