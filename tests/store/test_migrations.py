"""Every released revision, populated and frozen as SQL, comes up to the newest with its history intact."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.store.events import OTHER, append, event
from tracker.events.envelope import NO_STREAM, RecordedEvent, leaf_hash
from tracker.services.audit.verify import Verify
from tracker.store import migrate
from tracker.store.dialects import dialect_of
from tracker.store.store import Store
from tracker.store.tables import REVISION
from tracker.transparency.merkle import RootBuilder

FOLDER = Path(__file__).parent.parent / "data" / "migrations"
FROZEN = sorted({path.name.partition(".")[0] for path in FOLDER.glob("*.sql")})
NOW = "2026-02-01T00:00:00.000000Z"


@pytest.fixture
def frozen(request, dialect, tmp_path, revision):
    """The URL of a database as that revision left it."""
    dump = (FOLDER / f"{revision}.{dialect}.sql").read_text()
    if dialect == "sqlite":
        path = tmp_path / "old.db"
        connection = sqlite3.connect(path)
        connection.executescript(dump)
        connection.close()
        yield f"sqlite:///{path}"
    else:
        postgres = request.getfixturevalue("postgres")
        url = postgres.empty()
        postgres.execute(dump, database=url.rsplit("/", 1)[1].partition("?")[0])
        yield url
        postgres.drop(url)


def root_of_rows(url):
    """The tree hash of the log as it lies there, without a word of the store."""
    engine = dialect_of(url).engine(url)
    tree = RootBuilder()
    with engine.connect() as connection:
        for row in connection.exec_driver_sql(
            f"SELECT {', '.join(RecordedEvent.__struct_fields__)} FROM events ORDER BY 1"
        ):
            recorded = RecordedEvent(*row)
            assert leaf_hash(recorded) == recorded.leaf_hash
            assert recorded.position == tree.size + 1
            tree.add(recorded.leaf_hash)
    engine.dispose()
    return tree.size, tree.root.hex()


def shape(url):
    engine = dialect_of(url).engine(url)
    with engine.connect() as connection:
        seen = inspect(connection)
        tables = {
            table: [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)]
            for table in seen.get_table_names()
        }
        if connection.dialect.name == "sqlite":
            triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        else:
            triggers = (
                "SELECT tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger"
                " WHERE NOT tgisinternal ORDER BY tgname"
            )
        found = tables, [tuple(row) for row in connection.exec_driver_sql(triggers)]
    engine.dispose()
    return found


def test_every_revision_before_the_newest_is_frozen():
    assert [f"{n:04}" for n in range(1, int(REVISION))] == FROZEN


@pytest.mark.parametrize("revision", FROZEN)
def test_a_populated_database_comes_up_to_date_with_its_history(frozen, fresh, revision):
    before = root_of_rows(frozen)
    assert before[0] > 5
    migrate.upgrade(frozen)
    assert root_of_rows(frozen) == before
    store = Store(frozen, now=lambda: NOW)
    verdict = Verify(store).log(on_progress=lambda _done, _all: None)
    assert (verdict.ok, verdict.size, verdict.root) == (True, *before)
    (recorded,) = append(store, OTHER, event(), expected=NO_STREAM)
    assert recorded.position == before[0] + 1
    store.close()


@pytest.mark.parametrize("revision", FROZEN)
def test_it_becomes_what_a_new_database_is(frozen, fresh, revision):
    migrate.upgrade(frozen)
    new = fresh()
    migrate.upgrade(new)
    assert shape(frozen) == shape(new)
