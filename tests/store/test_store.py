"""What stands beside the log: texts, checkpoints, parked items, views, migrations."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from tracker.errors import ConfigError
from tracker.store import migrate
from tracker.store.store import Store
from tracker.store.tables import REVISION, metadata
from tracker.store.views import Build


def test_the_migrations_lead_to_the_tables_in_code(database, store):
    with store.reading():
        pass
    engine = create_engine(database)
    # The index of words is no table like others: each database has its own kind, which only its dialect knows.
    ours = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("document_words")}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), metadata) == []
        assert migrate.revision_of(connection) == REVISION
    engine.dispose()
    assert ScriptDirectory.from_config(migrate.config(database)).get_current_head() == REVISION


def test_a_database_of_an_earlier_revision_is_brought_up_to_date(database):
    migrate.upgrade(database, "0001")
    store = Store(database, now=lambda: "2026-01-01T00:00:00.000000Z")
    with store.transaction() as transaction:
        transaction.checkpoints.advance("reader", seen=0, to=0)
    with store.reading() as reading:
        assert reading.checkpoints.all() == {"reader": 0}
    store.close()


def test_a_database_of_a_later_release_is_left_alone(database, store):
    with store.reading():
        pass
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    later = Store(database, now=lambda: "")
    with pytest.raises(ConfigError, match="newer than this release"), later.reading():
        pass
    later.close()


@pytest.mark.parametrize(
    "url", ["mysql://localhost/x", "not a url", "", "sqlite://", "sqlite:///:memory:", "postgresql://u:p@h:abc/db"]
)
def test_a_url_of_no_known_database_is_named(url):
    with pytest.raises(ConfigError, match="--database"):
        Store(url, now=lambda: "")


def test_a_text_comes_back_letter_for_letter(store):
    said = "Moon’s south pole — 月\n\ttwice\r\n"
    with store.transaction() as transaction:
        digest = transaction.texts.put(said, salt=b"s" * 16)
        other = transaction.texts.put(said, salt=b"t" * 16)
    assert digest != other
    with store.reading() as reading:
        assert reading.texts.get(digest) == said
        assert reading.texts.intact([digest, "0" * 64]) == {digest: True}
        assert reading.texts.matches(digest, said)
        assert not reading.texts.matches(digest, said + " ")


def test_of_two_processes_with_one_checkpoint_the_second_is_told(store):
    with store.transaction() as transaction:
        assert transaction.checkpoints.advance("reader", seen=0, to=5)
        assert not transaction.checkpoints.advance("reader", seen=0, to=7)
        assert transaction.checkpoints.advance("reader", seen=5, to=7)
        assert transaction.checkpoints.get("reader") == 7
        assert transaction.checkpoints.get("stranger") == 0


def test_parking_keeps_the_newest_reason_until_released(store):
    with store.transaction() as transaction:
        transaction.parking.park("read", "3", "it broke")
        transaction.parking.park("read", "3", "it broke again")
        transaction.parking.park("read", "4", "this too")
        assert [(p.item, p.reason) for p in transaction.parking.all()] == [("3", "it broke again"), ("4", "this too")]
        assert transaction.parking.release("read", "3")
        assert not transaction.parking.release("read", "3")


def test_builds_of_a_projection_do_not_see_each_other(store):
    old, new = Build("missions", 1), Build("missions", 2)
    with store.transaction() as transaction:
        views = transaction.views
        for build, body in ((old, b"old"), (new, b"new")):
            views.collect(build, "mission/x", 1, body)
            views.put(build, "mission/x", 1, body)
            views.add_changes(build, "mission/x", 1, [body])
        assert views.get(old, "mission/x") == b"old"
        assert views.digest(old) != views.digest(new)
        views.show(old, version=1)
        views.show(new, version=1)
        assert views.live("missions") == (new, 1)
        views.drop(old)
        assert views.get(old, "mission/x") is None
        assert views.collected(new, "mission/x") == [b"new"]
        assert list(views.changes(new)) == [b"new"]
