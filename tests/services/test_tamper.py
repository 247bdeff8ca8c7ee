"""Whoever owns the database can drop the triggers; on either one, the audit finds what was done and where it begins."""

import zlib
from contextlib import closing

import pytest

from tests.services.test_pipeline import ingest, write
from tracker.domain.ids import event_uuid
from tracker.events import codec
from tracker.events.envelope import ANY, leaf_hash, stream_name
from tracker.events.types import CheckpointPublished, DocumentCaptured
from tracker.services.audit.seal import Key, Seal
from tracker.services.consumers.tree import Tree
from tracker.transparency import checkpoint
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.merkle import RootBuilder

# What the two databases spell differently.
SPELLING = {
    "sqlite": {
        "edited": "CAST(replace(CAST(payload AS TEXT), '2026', '2029') AS BLOB)",
        "spaced": "CAST(CAST(payload AS TEXT) || ' ' AS BLOB)",
        "bytes": "x'{}'",
    },
    "postgresql": {
        "edited": "convert_to(replace(convert_from(payload, 'UTF8'), '2026', '2029'), 'UTF8')",
        "spaced": "payload || ' '::bytea",
        "bytes": "'\\x{}'::bytea",
    },
}
COPY = "SELECT {}, 'forged', stream, {}, type, 1, recorded_at, payload, leaf_hash FROM events WHERE position = {}"

# Three articles, each captured and read: six events. Where each forgery begins.
FORGERIES = {
    "edit a payload": ("UPDATE events SET payload = {edited} WHERE position = 2", 2),
    "edit a payload's spelling": ("UPDATE events SET payload = {spaced} WHERE position = 3", 3),
    "set the clock back": ("UPDATE events SET recorded_at = '2001-01-01T00:00:00.000000Z' WHERE position = 4", 4),
    "take an event out": ("DELETE FROM events WHERE position = 3", 4),
    "take an event out and close the gap": (
        (
            "DELETE FROM events WHERE position = 3; UPDATE events SET position = -position WHERE position > 3;"
            "UPDATE events SET position = -position - 1 WHERE position < 0"
        ),
        3,
    ),
    "move an event": ("UPDATE events SET stream = 'document/other' WHERE position = 2", 2),
    "give an event another type": ("UPDATE events SET type = 'document.forgotten' WHERE position = 1", 1),
    "give an event another id": ("UPDATE events SET id = 'forged' WHERE position = 5", 5),
    "swap two events": (
        (
            "UPDATE events SET position = -2 WHERE position = 2; UPDATE events SET position = 2 WHERE position = 3;"
            "UPDATE events SET position = 3 WHERE position = -2"
        ),
        2,
    ),
    "put an event at the end": ("INSERT INTO events " + COPY.format(7, "version + 1", 6), 7),
    "put an event between": (
        (
            "UPDATE events SET position = -position WHERE position > 3;"
            "UPDATE events SET position = 1 - position WHERE position < 0;"
            "INSERT INTO events " + COPY.format(4, 99, 3)
        ),
        4,
    ),
    "replace an event": (
        (
            "UPDATE events SET position = -4 WHERE position = 4;"
            "INSERT INTO events " + COPY.format(4, 99, -4) + "; DELETE FROM events WHERE position = -4"
        ),
        4,
    ),
    "cut the end off": ("DELETE FROM events WHERE position = 6", 6),
    "cut more of the end off": ("DELETE FROM events WHERE position > 2", 3),
    "take a text away": ("DELETE FROM texts WHERE digest = '{digest}'", 3),
    "edit a text": ("UPDATE texts SET body = {other_text} WHERE digest = '{digest}'", 3),
    "spoil a text": ("UPDATE texts SET body = {no_text} WHERE digest = '{digest}'", 3),
    "salt a text anew": ("UPDATE texts SET salt = {no_text} WHERE digest = '{digest}'", 3),
}
ON_SQLITE = {
    "replace an event in one word": ("REPLACE INTO events " + COPY.format("position", "version", 4), 4),
    "make a payload text": ("UPDATE events SET payload = CAST(payload AS TEXT) WHERE position = 5", 5),
    "make a text text": ("UPDATE texts SET body = 'LUPEX' WHERE digest = '{digest}'", 3),
}
ON_POSTGRESQL = {
    "replace an event in one word": (
        "INSERT INTO events "
        + COPY.format("position", "version", 4)
        + " ON CONFLICT (position) DO UPDATE SET id = 'forged'",
        4,
    ),
}
EVERYWHERE = [(dialect, deed) for dialect in SPELLING for deed in FORGERIES]
MATRIX = [*EVERYWHERE, *(("sqlite", deed) for deed in ON_SQLITE), *(("postgresql", deed) for deed in ON_POSTGRESQL)]
OWN = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}


@pytest.fixture
def database(fresh):
    return fresh()


@pytest.fixture
def told(pipeline, tmp_path):
    """Three articles of three papers."""
    folder = tmp_path / "news"
    folder.mkdir()
    for n, name in enumerate("abc"):
        ingest(pipeline, write(folder, name, f"LUPEX launches in 202{n + 6}."))
    return pipeline


@pytest.fixture
def forge(told, store, dialect, database):
    """Run statements as the owner, who first drops what protects the tables."""
    connect = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    spelling = SPELLING[dialect]

    def forge(statement):
        words = spelling | {
            "digest": digest_at(store, 3),
            "other_text": spelling["bytes"].format(zlib.compress(b"LUPEX launches in 2099.").hex()),
            "no_text": spelling["bytes"].format("00ff"),
        }
        with closing(connect(database)) as connection:
            for part in statement.format_map(words).split(";"):
                assert connection.execute(part).rowcount > 0
            connection.commit()

    return forge


def _sqlite(url):
    import sqlite3

    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def _postgresql(url):
    import psycopg

    connection = psycopg.connect(url)
    query = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    for name, table in connection.execute(query).fetchall():
        connection.execute(f"DROP TRIGGER {name} ON {table}")
    # The triggers of foreign keys are the server's own; they rest in a session like this.
    connection.execute("SET session_replication_role = replica")
    return connection


def digest_at(store, position):
    with store.reading() as reading:
        event = codec.decode(next(reading.log.read(after=position - 1, limit=1)))
    assert isinstance(event, DocumentCaptured)
    return event.text_digest


def verdict(pipeline):
    return pipeline.verify.log(on_progress=lambda _done, _total: None)


def test_an_honest_log_is_intact_and_its_root_is_that_of_its_leaves(told, store):
    made = verdict(told)
    assert (made.ok, made.size, made.problems) == (True, 6, ())
    tree = RootBuilder()
    with store.reading() as reading:
        for event in reading.log.read():
            tree.add(event.leaf_hash)
    assert made.root == tree.root.hex()


@pytest.mark.parametrize(("dialect", "deed"), MATRIX, indirect=["dialect"])
def test_the_first_forged_position_is_named(told, forge, dialect, deed):
    statement, position = (FORGERIES | OWN[dialect])[deed]
    before = verdict(told).root
    forge(statement)
    made = verdict(told)
    assert not made.ok
    assert made.problems[0].position == position
    assert made.problems[0].problem
    assert (made.root == before) == ("text" in deed and deed != "make a payload text")


@pytest.fixture
def rewrite(forge, store, dialect):
    """Change the second event and its leaf hash alike, so that the event by itself looks whole."""

    def rewrite():
        forge("UPDATE events SET payload = {edited} WHERE position = 2")
        with store.reading() as reading:
            leaf = leaf_hash(next(reading.log.read(after=1, limit=1)))
        forge(f"UPDATE events SET leaf_hash = {SPELLING[dialect]['bytes'].format(leaf.hex())} WHERE position = 2")

    return rewrite


def test_hashing_a_forged_event_again_does_not_help(told, rewrite, store):
    """The tree remembers each leaf, so the very position is named."""
    list(Tree(store).catch_up())
    rewrite()
    (problem,) = verdict(told).problems
    assert (problem.position, "another history than the events" in problem.problem) == (2, True)


def test_building_the_tree_again_over_it_does_not_help_once_it_was_signed(told, rewrite, store, tmp_path):
    key = Key(tmp_path / "audit.key")
    key.make("example.org/tracker")
    Seal(store, Tree(store), key).checkpoint()
    assert verdict(told).ok
    rewrite()
    list(Tree(store).rebuild())
    (problem,) = verdict(told).problems
    assert (problem.position, problem.problem) == (7, "the checkpoint of 6 events is of another history")


def test_a_kept_checkpoint_finds_what_every_trace_in_the_database_was_wiped_of(told, rewrite, forge, store, tmp_path):
    """Key in hand, the owner rewrites an event, builds the tree again, cuts off the checkpoint, and signs anew."""
    key = Key(tmp_path / "audit.key")
    key.make("example.org/tracker")
    kept = checkpoint.read(Seal(store, Tree(store), key).checkpoint().note.encode())
    rewrite()
    forge("DELETE FROM events WHERE position = 7; DELETE FROM checkpoints WHERE consumer = 'tree'; DELETE FROM tiles")
    Seal(store, Tree(store), key).checkpoint()
    assert verdict(told).ok
    found = told.verify.log(on_progress=lambda _done, _total: None, held=[kept])
    (problem,) = found.problems
    assert (problem.position, "that you hold is of another history" in problem.problem) == (6, True)
    beyond = told.verify.log(
        on_progress=lambda _done, _total: None, held=[Checkpoint("example.org/tracker", 99, b"1" * 32)]
    )
    assert [(p.position, "of 99 events" in p.problem) for p in beyond.problems] == [(8, True)]


def test_a_tree_of_another_history_and_a_false_checkpoint_are_named(told, store):
    list(Tree(store).catch_up())
    assert verdict(told).ok
    with store.transaction() as transaction:
        transaction.tree.clear()
        transaction.tree.grow(0, [b"0" * 32] * 6)
    assert [(p.position, "another history" in p.problem) for p in verdict(told).problems] == [(1, True)]
    list(Tree(store).rebuild())
    with store.transaction() as transaction:
        false = CheckpointPublished("example.org", 6, "0" * 64, "a note")
        encoded = codec.encode(false, id=event_uuid("false", "x"))
        transaction.log.append(stream_name("policy"), [encoded], expected_version=ANY)
    assert [p.position for p in verdict(told).problems] == [7]
