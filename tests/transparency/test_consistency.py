"""A text that shows growth: for every pair of sizes, and for no history that was changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency

from tests.transparency import tree as rfc
from tests.transparency.tree import Tree, numbered
from tracker.errors import AuditError
from tracker.transparency import checkpoint, consistency
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.consistency import HEADER
from tracker.transparency.merkle import EMPTY_ROOT
from tracker.transparency.note import Signer

LOG = numbered(70)
ORIGIN = "log.example/space"
OURS = Signer(ORIGIN, b"a seed that is 32 bytes long ...")
OTHER = Signer("log.example/other", b"another seed of 32 bytes in all.")


def signed(size, signer=OURS, log=LOG):
    return checkpoint.sign(Checkpoint(signer.name, size, log.roots[size]), [signer])


def test_another_library_finds_every_pair_of_sizes_consistent():
    other = InmemoryTree(algorithm="sha256")
    for entry in LOG.entries:
        other.append_entry(entry)
    for new in range(1, LOG.size + 1):
        for old in range(1, new + 1):
            made = consistency.parse(consistency.make(old, new, LOG.node).encode())
            assert (made.old.root, made.new.root) == (other.get_root(old), other.get_root(new))
            verify_consistency(made.old.root, made.new.root, other.prove_consistency(old, new))
            assert list(made.path) == rfc.proof(old, LOG.entries[:new])


def test_what_is_written_is_read_and_verified():
    content = consistency.make(3, 7, LOG.node, signed=signed(7)).encode()
    head, _, note = content.partition(b"\n\n")
    assert head.decode().splitlines()[0] == HEADER
    assert [line.split()[:2] for line in head.decode().splitlines()[1:3]] == [["old", "3"], ["new", "7"]]
    assert note == signed(7)
    read = consistency.verify(content, verifiers=[OURS.verifier])
    assert (read.old.size, read.new.size, read.encode()) == (3, 7, content)


@given(st.data())
def test_it_comes_back_as_it_went_for_any_sizes(data):
    old, new = sorted(data.draw(st.lists(st.integers(0, LOG.size), min_size=2, max_size=2)))
    content = consistency.make(old, new, LOG.node).encode()
    assert consistency.verify(content).encode() == content


@given(st.integers(0, 5000), st.integers(0, 7))
def test_no_flipped_bit_is_believed(place, bit):
    content = consistency.make(13, 50, LOG.node, signed=signed(50)).encode()
    place %= len(content)
    changed = bytes([*content[:place], content[place] ^ 1 << bit, *content[place + 1 :]])
    with pytest.raises(AuditError):
        consistency.verify(changed, verifiers=[OURS.verifier])


def test_nothing_at_all_is_the_beginning_of_every_log():
    assert consistency.make(0, 9, LOG.node).old.root == EMPTY_ROOT
    nothing = consistency.make(0, 0, LOG.node).encode()
    assert consistency.verify(nothing).new.root == EMPTY_ROOT


def test_a_changed_past_does_not_lead_to_what_was_signed():
    forged = Tree([*LOG.entries[:4], b"something else", *LOG.entries[5:20]])
    with pytest.raises(AuditError, match="not of the 20 entries"):
        consistency.make(10, 20, forged.node, signed=signed(20))
    honest, other = consistency.make(10, 20, LOG.node), consistency.make(10, 20, forged.node)
    mixed = consistency.Consistency(honest.old, other.new, other.path)
    with pytest.raises(AuditError, match="the path leads to other roots"):
        consistency.verify(mixed.encode())


def test_a_key_asks_for_a_signature_of_its_own():
    unsigned = consistency.make(3, 7, LOG.node).encode()
    with pytest.raises(AuditError, match="no signed checkpoint of 7"):
        consistency.verify(unsigned, verifiers=[OURS.verifier])
    strange = consistency.make(3, 7, LOG.node, signed=signed(7, OTHER)).encode()
    assert consistency.verify(strange).new.size == 7
    with pytest.raises(AuditError, match="no signature of a known key"):
        consistency.verify(strange, verifiers=[OURS.verifier])
    with pytest.raises(AuditError, match=r"is of 'log\.example/other'"):
        consistency.verify(strange, verifiers=[OTHER.verifier], origin=ORIGIN)


HASH = "A" * 43 + "="


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text that begins"),
        ("hello\n\n", "no text that begins"),
        (f"{HEADER}\nold 1 {HASH}\nnew 2 {HASH}\n", "has no empty line"),
        (f"another header\nold 1 {HASH}\nnew 2 {HASH}\n\n", "does not begin with"),
        (f"{HEADER}\nnew 1 {HASH}\nold 2 {HASH}\n\n", "names no old size"),
        (f"{HEADER}\nold 01 {HASH}\nnew 2 {HASH}\n\n", "is not a decimal number"),
        (f"{HEADER}\nold 1 AAAA\nnew 2 {HASH}\n\n", "not 32 bytes long"),
        (f"{HEADER}\nold 1 {HASH}\nnew 2 {HASH}\n{HASH} \n\n", "is not base64"),
        (f"{HEADER}\nold 1 {HASH}\nnew 2 {HASH}\n" + f"{HASH}\n" * 66 + "\n", "more than 65 hashes"),
        (f"{HEADER}\nöld 1 {HASH}\nnew 2 {HASH}\n\n", "no text that begins"),
    ],
)
def test_what_is_no_proof_is_refused_with_its_reason(text, reason):
    with pytest.raises(AuditError, match=reason):
        consistency.parse(text.encode())


def test_a_log_does_not_shrink():
    with pytest.raises(ValueError, match="does not grow from 5 to 4"):
        consistency.make(5, 4, LOG.node)
