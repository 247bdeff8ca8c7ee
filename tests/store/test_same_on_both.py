"""The same history on either database: the same positions, the same tree, the same views, byte for byte."""

import re

import pytest

from tests.store.freeze import populated
from tracker.errors import ConfigError, StoreUnavailableError
from tracker.projections import PROJECTIONS
from tracker.services.audit.verify import Verify
from tracker.store.store import Store
from tracker.store.views import Build

NOW = "2026-02-01T00:00:00.000000Z"


def told(url):
    """What there is to compare; ids and salts are random, so the tree is compared by its shape."""
    populated(url)
    store = Store(url, now=lambda: NOW)
    with store.reading() as reading:
        events = [(e.position, e.stream, e.version, e.type, e.recorded_at) for e in reading.log.read()]
        keys = [e.position for e in reading.log.read_key("mission/lupex")]
        builds = [reading.views.live(name) for name in PROJECTIONS]
        views = [[key for key, _ in reading.views.all(build)] for build, _ in filter(None, builds)]
    verdict = Verify(store).log(on_progress=lambda _done, _all: None)
    store.close()
    assert verdict.ok
    assert events
    return events, keys, views


def test_the_whole_way_from_news_to_views_is_the_same(postgres, tmp_path):
    on_server = postgres.migrated()
    assert told(on_server) == told(f"sqlite:///{tmp_path / 'x.db'}")
    postgres.drop(on_server)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"database": "no_such_database"}, "there is no database of this name|does not exist"),
        ({"username": "nobody_here"}, "does not exist|the server refuses"),
        ({"query": {"host": "/nowhere/at/all"}}, "the server cannot be reached"),
    ],
)
def test_a_server_that_cannot_be_used_is_told_in_words(postgres, change, complaint):
    url = postgres.url.set(password="swordfish", **change).render_as_string(hide_password=False)
    store = Store(url, now=lambda: NOW)
    with pytest.raises(StoreUnavailableError, match=complaint) as caught, store.reading():
        pass
    assert "swordfish" not in str(caught.value)
    store.close()


def test_a_server_of_an_older_or_newer_release_is_left_alone(postgres):
    for revision, words in (("0001", "is at revision 0001.*its owner runs"), ("9999", "newer than this release")):
        url = postgres.migrated()
        name = re.search(r"/(\w+)\?|/(\w+)$", url)
        postgres.execute(f"UPDATE alembic_version SET version_num = '{revision}'", database=name[1] or name[2])
        store = Store(url, now=lambda: NOW)
        with pytest.raises(ConfigError, match=words), store.reading():
            pass
        store.close()
        postgres.drop(url)


def test_an_error_that_was_swallowed_is_not_committed_in_silence(postgres):
    """COMMIT of a failed transaction answers ROLLBACK on PostgreSQL, and raises nothing."""
    from contextlib import suppress

    from sqlalchemy.exc import DBAPIError

    url = postgres.migrated()
    store = Store(url, now=lambda: NOW)
    with pytest.raises(RuntimeError, match="nothing was committed"), store.transaction() as transaction:  # noqa: PT012  (what a careless caller does)
        transaction.checkpoints.advance("a", seen=0, to=1)
        with suppress(DBAPIError):
            transaction.checkpoints.advance("b" * 1000, seen=0, to=1)
    with store.reading() as reading:
        assert reading.checkpoints.all() == {}
    store.close()
    postgres.drop(url)


ORDERED = ["events", "event_keys", "texts", "checkpoints", "parked", "projections", "entries", "views", "changes"]


def test_keys_stand_in_the_order_of_their_bytes_whatever_the_locale(postgres, tmp_path):
    """A locale may sort without regard to hyphens and case; views would then be listed and digested otherwise."""
    import psycopg

    keys = ["mission/a-b", "mission/aa", "mission/B", "mission/a/b", "mission/é", "mission/z"]
    build = Build("missions", 1)
    on_server = postgres.migrated()
    digests = set()
    for url in (on_server, f"sqlite:///{tmp_path / 'x.db'}"):
        store = Store(url, now=lambda: NOW)
        with store.transaction() as transaction:
            for key in keys:
                transaction.views.put(build, key, 1, key.encode())
                transaction.views.add_changes(build, key, 1, [key.encode()])
            assert [key for key, _ in transaction.views.all(build)] == sorted(keys)
            digests.add(transaction.views.digest(build))
        store.close()
    assert len(digests) == 1
    # This server's own locale may be one that sorts by bytes anyway; the columns must not depend on it.
    query = (
        "SELECT table_name, column_name, collation_name FROM information_schema.columns"
        " WHERE table_name = ANY (%s) AND data_type = 'character varying'"
    )
    with psycopg.connect(on_server) as connection:
        found = connection.execute(query, (ORDERED,)).fetchall()
    assert {table for table, _, _ in found} == set(ORDERED)
    assert [row for row in found if row[2] != "C"] == []
    postgres.drop(on_server)
