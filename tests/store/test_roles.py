"""Least privilege on PostgreSQL: who reads cannot write, who writes cannot rewrite, whatever they try."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.store.events import STREAM, append, event, read
from tracker import resources
from tracker.errors import ConfigError, StoreUnavailableError
from tracker.store.store import Store

NOW = "2026-01-02T00:00:00.000000Z"
SCRIPT = resources.folder("migrations") / "roles.postgres.sql"


@pytest.fixture
def connect_as(postgres):
    """Give each of the three roles a login of its own on a database of its own; connect as one of them."""
    url = postgres.migrated()
    name = make_url(url).database
    script = Path(SCRIPT).read_text("utf-8")
    # Twice: running it again does no harm.
    postgres.execute(script, script, database=name)
    for role in ("reader", "writer", "owner"):
        postgres.execute(f"CREATE ROLE {name}_{role} LOGIN PASSWORD 'secret' IN ROLE tracker_{role}", database=name)
    stores = []

    def connect(role):
        own = make_url(url).set(username=f"{name}_{role}", password="secret").render_as_string(hide_password=False)
        stores.append(Store(own, now=lambda: NOW))
        return stores[-1]

    yield connect
    for store in stores:
        store.close()
    postgres.drop(url)
    for role in ("reader", "writer", "owner"):
        postgres.execute(f"DROP ROLE {name}_{role}")


def test_a_writer_appends_and_a_reader_reads(connect_as):
    writer, reader = connect_as("writer"), connect_as("reader")
    append(writer, STREAM, *(event(keys=("mission/lupex",)) for _ in range(10)))
    with writer.transaction() as transaction:
        transaction.texts.put("a text", salt=b"0" * 16)
        transaction.checkpoints.advance("reader", seen=0, to=3)
        transaction.parking.park("reader", "4", "broken")
        assert transaction.parking.release("reader", "4")
    assert [e.position for e in read(reader)] == list(range(1, 11))
    with pytest.raises(StoreUnavailableError, match="the role may not do this"):
        append(reader, STREAM, event())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET payload = ''",
        "DELETE FROM events",
        "TRUNCATE events CASCADE",
        "DELETE FROM event_keys",
        "UPDATE texts SET body = ''",
        "DELETE FROM texts",
        "DROP TRIGGER events_immutable ON events",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "ALTER TABLE events ADD COLUMN more text",
        "DROP TABLE texts",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION tracker_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TABLE events2 (n int)",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
@pytest.mark.parametrize("role", ["reader", "writer"])
def test_neither_can_rewrite_or_undo_what_protects(connect_as, role, statement):
    import psycopg

    store = connect_as(role)
    with psycopg.connect(store.url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_a_database_that_waits_for_its_owner_says_what_to_do(postgres):
    url = postgres.empty()
    store = Store(url, now=lambda: NOW)
    with pytest.raises(ConfigError, match=r"is empty.*python -m tracker\.store\.migrate"), store.reading():
        pass
    store.close()
    postgres.drop(url)
