"""Somebody who kept last year's checkpoint is shown that nothing before it was touched."""

import pytest

from tests.services.test_tree import append
from tracker.errors import AuditError, ConfigError, NotFoundError
from tracker.services.audit import growth
from tracker.services.audit.seal import Key, Seal
from tracker.services.consumers.tree import Tree
from tracker.transparency import checkpoint
from tracker.transparency.checkpoint import Checkpoint

ORIGIN = "example.org/tracker"


@pytest.fixture
def key(tmp_path):
    return Key(tmp_path / "audit.key")


@pytest.fixture
def vkey(key):
    return key.make(ORIGIN).encode()


@pytest.fixture
def seal(store, key, vkey):
    return Seal(store, Tree(store), key)


def test_between_two_checkpoints(store, seal, vkey):
    append(store, 0, 300)
    last_year = checkpoint.read(seal.checkpoint().note.encode())
    append(store, 400, 100)
    seal.checkpoint()
    made = seal.grown(last_year.size, held=[last_year])
    assert (made.old.size, made.new.size) == (300, 401)
    verdict = growth.verify(made.encode(), key=vkey, held=[last_year])
    assert (verdict.ok, verdict.size, verdict.root) == (True, 401, made.new.root.hex())
    shown = growth.shown(made)
    assert (shown.old.root, shown.checkpoint) == (last_year.root.hex(), made.checkpoint.decode())
    assert growth.is_proof(made.encode())
    assert not growth.is_proof(b"PK")


def test_between_any_two_sizes_even_where_nothing_was_signed(store, seal, vkey):
    append(store, 0, 300)
    made = seal.grown(7, 123)
    assert growth.verify(made.encode()).ok
    assert growth.shown(made).checkpoint is None
    (problem,) = growth.verify(made.encode(), key=vkey).problems
    assert (problem.position, "no signed checkpoint" in problem.problem) == (7, True)


def test_who_holds_another_history_is_told_so_on_both_sides(store, seal, vkey):
    append(store, 0, 300)
    seal.checkpoint()
    held = Checkpoint(ORIGIN, 200, b"1" * 32)
    with pytest.raises(AuditError, match="the checkpoint of 200 events: is of another history"):
        seal.grown(200, held=[held])
    verdict = growth.verify(seal.grown(200).encode(), key=vkey, held=[held])
    assert [(p.position, "that you hold" in p.problem) for p in verdict.problems] == [(200, True)]


def test_a_proof_that_was_changed_is_a_verdict_and_no_crash(store, seal, vkey):
    append(store, 0, 300)
    seal.checkpoint()
    lines = seal.grown(200).encode().splitlines(keepends=True)
    lines[3], lines[4] = lines[4], lines[3]
    verdict = growth.verify(b"".join(lines), key=vkey)
    assert (verdict.ok, verdict.problems[0].position) == (False, 200)


def test_what_cannot_be_shown(store, seal):
    append(store, 0, 30)
    with pytest.raises(NotFoundError, match="tracker audit checkpoint"):
        seal.grown(3)
    with pytest.raises(NotFoundError, match="the log has 30 events"):
        seal.grown(3, 31)
    with pytest.raises(ConfigError, match="does not grow from 9 events to 3"):
        seal.grown(9, 3)
