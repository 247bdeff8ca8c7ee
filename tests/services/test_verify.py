"""Whoever can write the file can drop the triggers; the audit finds what they did and where."""

import hashlib
import sqlite3

import pytest

from tests.services.test_pipeline import ingest, write
from tracker.transparency.merkle import RootBuilder

FORGERIES = {
    "edit a payload": (
        "UPDATE events SET payload = replace(CAST(payload AS TEXT), '2028', '2029') WHERE position = 2",
        2,
    ),
    "edit a payload's spelling": (
        "UPDATE events SET payload = CAST(CAST(payload AS TEXT) || ' ' AS BLOB) WHERE position = 3",
        3,
    ),
    "set the clock back": ("UPDATE events SET recorded_at = '2001-01-01T00:00:00.000000Z' WHERE position = 4", 4),
    "take an event out": ("DELETE FROM events WHERE position = 3", 4),
    "move an event": ("UPDATE events SET stream = 'document/other' WHERE position = 2", 2),
    "give an event another type": ("UPDATE events SET type = 'document.forgotten' WHERE position = 1", 1),
    "swap two events": (
        (
            "UPDATE events SET position = -2 WHERE position = 2;"
            "UPDATE events SET position = 2 WHERE position = 3;"
            "UPDATE events SET position = 3 WHERE position = -2"
        ),
        2,
    ),
    "put an event in": (
        (
            "INSERT INTO events SELECT 7, 'forged', stream, version + 1, type, 1, recorded_at, payload, leaf_hash FROM events"
            " WHERE position = 6"
        ),
        7,
    ),
    "replace an event": (
        (
            "REPLACE INTO events SELECT position, 'forged', stream, version, type, 1, recorded_at, payload, leaf_hash FROM events"
            " WHERE position = 4"
        ),
        4,
    ),
    "take a text away": ("DELETE FROM texts WHERE rowid = 1", 1),
    "cut the end off": ("DELETE FROM events WHERE position = 6", 6),
    "edit a text": ("UPDATE texts SET body = x'789c4b04000062006200' WHERE rowid = 1", 1),
}


@pytest.fixture
def forge(pipeline, tmp_path, database):
    folder = tmp_path / "news"
    folder.mkdir()
    for n, name in enumerate("abc"):
        ingest(pipeline, write(folder, name, f"LUPEX launches in 202{n + 6}."))

    def forge(statement):
        connection = sqlite3.connect(database.removeprefix("sqlite:///"))
        triggers = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for trigger in triggers:
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("PRAGMA foreign_keys = OFF")
        with connection:
            for part in statement.split(";"):
                assert connection.execute(part).rowcount == 1
        connection.close()

    return forge


def verdict(pipeline):
    return pipeline.verify.log(on_progress=lambda _done, _total: None)


def test_an_honest_log_is_intact_and_its_root_is_that_of_its_leaves(pipeline, forge, store):
    made = verdict(pipeline)
    assert (made.ok, made.size, made.problems) == (True, 6, ())
    tree = RootBuilder()
    with store.reading() as reading:
        for event in reading.log.read():
            tree.add(event.leaf_hash)
    assert made.root == tree.root.hex()


def test_an_empty_log_is_intact(pipeline):
    made = verdict(pipeline)
    assert (made.ok, made.size, made.root) == (True, 0, hashlib.sha256(b"").hexdigest())


@pytest.mark.parametrize("deed", FORGERIES)
def test_the_first_forged_position_is_named(pipeline, forge, deed):
    statement, position = FORGERIES[deed]
    before = verdict(pipeline).root
    forge(statement)
    made = verdict(pipeline)
    assert not made.ok
    assert made.problems[0].position == position
    assert made.problems[0].problem
    assert (made.root == before) == (deed in ("edit a text", "take a text away"))


def test_a_tree_of_another_history_and_a_false_checkpoint_are_named(pipeline, forge, store):
    from tracker.events import codec
    from tracker.events.envelope import ANY, stream_name
    from tracker.events.types import CheckpointPublished
    from tracker.services.tree import Tree

    list(Tree(store).catch_up())
    assert verdict(pipeline).ok
    with store.transaction() as transaction:
        transaction.tree.clear()
        transaction.tree.grow(0, [b"0" * 32] * 6)
    assert [(p.position, "another history" in p.problem) for p in verdict(pipeline).problems] == [(6, True)]
    list(Tree(store).rebuild())
    with store.transaction() as transaction:
        false = codec.encode(CheckpointPublished("example.org", 6, "0" * 64, "a note"), id="x")
        transaction.log.append(stream_name("policy"), [false], expected_version=ANY)
    assert [p.position for p in verdict(pipeline).problems] == [7]


def test_a_text_may_go_only_by_a_recorded_act(pipeline, forge, store, database):
    outsider = sqlite3.connect(database.removeprefix("sqlite:///"))
    with pytest.raises(sqlite3.IntegrityError, match="a redaction needs its event"):
        outsider.execute("INSERT INTO redactions SELECT digest, 1 FROM texts")
    outsider.close()
