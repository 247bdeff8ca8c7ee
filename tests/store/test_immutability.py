"""The databases themselves refuse to rewrite history, whoever connects, and however the statement is dressed."""

import sqlite3

import pytest

from tests.store.events import STREAM, append, event, read

_COPIED = "stream, {version}, type, 1, recorded_at, payload, leaf_hash FROM events LIMIT 1"

# Statements that a careless script might send to either database.
REWRITES = [
    "UPDATE events SET payload = '{}'",
    "UPDATE events SET position = position + 1",
    "UPDATE events SET payload = payload",
    "DELETE FROM events",
    "DELETE FROM events WHERE position = 2",
    "INSERT INTO events SELECT 9, 'new', " + _COPIED.format(version=9),
    "INSERT INTO events SELECT 0, 'new', " + _COPIED.format(version=9),
    "INSERT INTO events SELECT -1, 'new', " + _COPIED.format(version=9),
    (
        "INSERT INTO events SELECT position + 3, id || 'x', stream, version + 9, type, 1, recorded_at, payload, leaf_hash"
        " FROM events WHERE position < 3"
    ),
    "UPDATE event_keys SET key = 'mission/other'",
    "DELETE FROM event_keys",
    "UPDATE texts SET body = ''",
    "DELETE FROM texts",
]
ON_SQLITE = [
    "REPLACE INTO events SELECT * FROM events WHERE position = 1",
    "INSERT OR REPLACE INTO events SELECT 3, id, " + _COPIED.format(version=9),
    "INSERT OR REPLACE INTO events SELECT 3, 'new', " + _COPIED.format(version="version"),
    "UPDATE OR REPLACE events SET position = 2 WHERE position = 1",
    "REPLACE INTO texts SELECT * FROM texts",
]
ON_POSTGRESQL = [
    "TRUNCATE events CASCADE",
    "TRUNCATE texts",
    # A statement that hits no row shows its intent all the same.
    "DELETE FROM events WHERE position = 99",
    # How replication sessions get past ordinary triggers.
    "SET session_replication_role = replica; DELETE FROM events",
    "SET session_replication_role = replica; TRUNCATE texts",
    "INSERT INTO events SELECT 1, 'new', "
    + _COPIED.format(version=9)
    + " ON CONFLICT (position) DO UPDATE SET id = 'x'",
    "MERGE INTO events USING (SELECT 1 AS one) AS given ON position = 1 WHEN MATCHED THEN DELETE",
    "MERGE INTO events USING (SELECT 1 AS one) AS given ON position = 1 WHEN MATCHED THEN UPDATE SET id = 'x'",
    "WITH gone AS (DELETE FROM events RETURNING 1) SELECT count(*) FROM gone",
    # A gap inside one statement.
    (
        "INSERT INTO events SELECT n, 'new' || n, stream, n, type, 1, recorded_at, payload, leaf_hash"
        " FROM events, (VALUES (3), (5)) AS given(n) WHERE position = 1"
    ),
]


def _told(store):
    """A store with two events and a text."""
    append(store, STREAM, event(keys=("mission/lupex",)), event())
    with store.transaction() as transaction:
        transaction.texts.put("a text", salt=b"0" * 16)
    return read(store)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize("statement", REWRITES + ON_SQLITE)
def test_sqlite_refuses(store, database, statement):
    before = _told(store)
    outsider = sqlite3.connect(database.removeprefix("sqlite:///"))
    with pytest.raises(sqlite3.IntegrityError, match=r"immutable|contiguous"), outsider:
        outsider.execute(statement)
    outsider.close()
    assert read(store) == before


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
@pytest.mark.parametrize("statement", REWRITES + ON_POSTGRESQL)
def test_postgresql_refuses(store, database, statement):
    import psycopg

    before = _told(store)
    with (
        pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=r"immutable|contiguous"),
        psycopg.connect(database) as outsider,
    ):
        outsider.execute(statement)
    assert read(store) == before


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_an_outsider_without_the_lock_cannot_break_the_order(store, database):
    """Positions follow commits even for who does not know of the lock: only what is committed can be followed."""
    import psycopg

    append(store, STREAM, event())
    row = "INSERT INTO events SELECT {0}, 'id-{0}', 'x', {0}, type, 1, recorded_at, payload, leaf_hash FROM events LIMIT 1"
    with psycopg.connect(database) as first, psycopg.connect(database) as second:
        first.execute(row.format(2))
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="contiguous"):
            second.execute(row.format(3))
        first.commit()
        second.rollback()
        second.execute(row.format(3))
    assert [e.position for e in read(store)] == [1, 2, 3]
