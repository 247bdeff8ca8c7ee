"""The operator signs, an outsider checks, and a changed past cannot be signed again."""

import stat

import pytest

from tests.services.test_tree import append
from tracker.errors import AuditError, ConfigError, NotFoundError
from tracker.events.envelope import entry
from tracker.services.audit.seal import Key, Seal
from tracker.services.consumers.tree import Tree
from tracker.transparency import checkpoint, proof

ORIGIN = "example.org/tracker"


@pytest.fixture
def key(tmp_path):
    made = Key(tmp_path / "keys" / "audit.key")
    made.make(ORIGIN)
    return made


@pytest.fixture
def seal(store, key):
    return Seal(store, Tree(store), key)


def test_a_key_is_private_and_never_overwritten(key):
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    with pytest.raises(ConfigError, match="a key is there already"):
        key.make(ORIGIN)
    assert key.signer().name == ORIGIN


def test_without_a_key_it_says_how_to_make_one(store, tmp_path):
    append(store, 0, 1)
    with pytest.raises(ConfigError, match="tracker audit keygen"):
        Seal(store, Tree(store), Key(tmp_path / "none")).checkpoint()
    (tmp_path / "junk").write_text("hello")
    with pytest.raises(ConfigError, match="is no signing key"):
        Seal(store, Tree(store), Key(tmp_path / "junk")).checkpoint()


def test_a_checkpoint_is_signed_recorded_and_not_repeated(store, seal, key):
    append(store, 0, 300)
    first = seal.checkpoint()
    assert (first.size, first.position, first.new) == (300, 301, True)
    head = checkpoint.verify(first.note.encode(), origin=ORIGIN, verifiers=[key.signer().verifier])
    assert (head.size, head.root.hex()) == (300, first.root)
    again = seal.checkpoint()
    assert (again.note, again.new) == (first.note, False)
    append(store, 400, 1)
    assert seal.checkpoint().size == 302


def test_a_proof_convinces_whoever_has_the_event_and_the_public_key(store, seal, key):
    append(store, 0, 300)
    seal.checkpoint()
    with store.reading() as reading:
        event = next(iter(reading.log.read(after=122, limit=1)))
    made = seal.prove(123)
    verified = proof.verify(made, entry(event), origin=ORIGIN, verifiers=[key.signer().verifier])
    assert (verified.index, verified.checkpoint.size) == (122, 300)
    with pytest.raises(AuditError):
        proof.verify(made, entry(event) + b" ", origin=ORIGIN, verifiers=[key.signer().verifier])


def test_what_is_not_covered_cannot_be_proved(store, seal):
    append(store, 0, 3)
    with pytest.raises(AuditError, match="tracker audit checkpoint"):
        seal.prove(1)
    seal.checkpoint()
    with pytest.raises(AuditError, match="no checkpoint covers position 4"):
        seal.prove(4)
    with pytest.raises(NotFoundError):
        seal.prove(99)


def test_an_empty_log_is_not_signed(seal):
    with pytest.raises(AuditError, match="the log is empty"):
        seal.checkpoint()


def test_a_past_that_was_changed_is_not_signed_again(store, seal):
    append(store, 0, 10)
    seal.checkpoint()
    append(store, 20, 5)
    list(Tree(store).catch_up())
    with store.transaction() as transaction:
        # What an owner who dropped the triggers and built the tree again would leave behind.
        transaction.tree.clear()
        transaction.tree.grow(0, [bytes([n]) * 32 for n in range(16)])
    with pytest.raises(AuditError):
        seal.checkpoint()
