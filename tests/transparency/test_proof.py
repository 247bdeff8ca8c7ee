"""An entry, a proof and a public key: enough for a stranger to be certain, and for nobody to cheat."""

import base64
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transparency.tree import Tree, numbered
from tracker.errors import AuditError
from tracker.transparency import checkpoint, note, proof, tiles
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.note import Signer

ORIGIN = "log.example/space"
LOG = numbered(500)
OURS = Signer(ORIGIN, b"a seed that is 32 bytes long ...")
OTHER = Signer(ORIGIN, b"another seed of 32 bytes in all.")
PROOF_OF_7 = proof.make(7, checkpoint.sign(Checkpoint(ORIGIN, 10, LOG.roots[10]), [OURS]), LOG.node)

# The example of c2sp.org/tlog-proof, whose extra data is cut off there and therefore left out here.
EXAMPLE = """c2sp.org/tlog-proof@v1
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/fancylog hI2DJwAA
"""


def head(size, signer=OURS, tree=LOG):
    return checkpoint.sign(Checkpoint(ORIGIN, size, tree.roots[size]), [signer])


def verified(content, entry, *, origin=ORIGIN, signer=OURS):
    return proof.verify(content, entry, origin=origin, verifiers=[signer.verifier])


def test_the_example_of_the_specification_is_taken_apart_and_put_together():
    read = proof.parse(EXAMPLE.encode())
    assert (read.index, len(read.path), read.extra) == (73_894, 5, None)
    assert base64.b64encode(read.path[-1]) == b"AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk="
    assert checkpoint.read(read.checkpoint).size == 109_482
    assert read.encode() == EXAMPLE.encode()


def test_a_proof_reads_like_the_specification_says():
    lines = PROOF_OF_7.decode().split("\n")
    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 7"]
    assert lines[6:9] == ["", ORIGIN, "10"]
    assert all(len(base64.b64decode(line)) == 32 for line in lines[2:6])


@settings(deadline=None)
@given(st.integers(1, LOG.size), st.data())
def test_every_entry_of_every_tree_has_a_proof_that_holds(size, data):
    index = data.draw(st.integers(0, size - 1))
    content = proof.make(index, head(size), LOG.node)
    found = verified(content, LOG.entries[index])
    assert (found.index, found.checkpoint) == (index, Checkpoint(ORIGIN, size, LOG.roots[size]))


def test_the_only_entry_of_a_log_needs_no_hashes():
    content = proof.make(0, head(1), LOG.node)
    assert content.startswith(b"c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example/space\n1\n")
    assert verified(content, LOG.entries[0]).checkpoint.size == 1


def test_a_proof_can_be_made_from_the_tiles_alone():
    node = tiles.nodes(500, lambda tile: tiles.tile_bytes(tile, LOG.node))
    assert proof.make(321, head(500), node) == proof.make(321, head(500), LOG.node)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(PROOF_OF_7) * 8 - 1))
def test_any_flipped_bit_of_a_proof_is_refused(bit):
    content = bytearray(PROOF_OF_7)
    content[bit // 8] ^= 1 << bit % 8
    with pytest.raises(AuditError):
        verified(bytes(content), LOG.entries[7])


@given(st.integers(0, len(LOG.entries[7]) * 8 - 1))
def test_any_flipped_bit_of_the_entry_is_refused(bit):
    entry = bytearray(LOG.entries[7])
    entry[bit // 8] ^= 1 << bit % 8
    with pytest.raises(AuditError, match="another root"):
        verified(PROOF_OF_7, bytes(entry))


@pytest.mark.parametrize("length", range(len(PROOF_OF_7)))
def test_a_proof_cut_short_is_refused(length):
    with pytest.raises(AuditError):
        verified(PROOF_OF_7[:length], LOG.entries[7])


def test_an_entry_of_another_index_or_another_log_is_refused():
    with pytest.raises(AuditError, match="another root"):
        verified(PROOF_OF_7, LOG.entries[8])
    with pytest.raises(AuditError, match=r"not of 'log\.example/weather'"):
        verified(PROOF_OF_7, LOG.entries[7], origin="log.example/weather")
    with pytest.raises(AuditError, match="no signature of a known key"):
        verified(PROOF_OF_7, LOG.entries[7], signer=OTHER)


def test_a_proof_under_a_head_that_the_log_never_signed_is_refused():
    """Somebody adds an entry to his copy, proves it, and puts our signature of another head below."""
    forged = Tree([*LOG.entries[:9], b"an entry that was never logged"])
    claimed = Checkpoint(ORIGIN, 10, forged.roots[10])
    borrowed = note.Note(claimed.text, note.parse(head(10)).signatures).encode()
    with pytest.raises(AuditError, match="does not hold"):
        verified(proof.make(9, borrowed, forged.node), forged.entries[9])


def test_extra_data_travels_along_and_is_not_vouched_for():
    content = proof.make(7, head(10), LOG.node, extra=b"where to find the entry")
    assert content.split(b"\n")[1] == b"extra " + base64.b64encode(b"where to find the entry")
    assert proof.parse(content).extra == b"where to find the entry"
    other = msgspec.structs.replace(proof.parse(content), extra=b"").encode()
    assert verified(content, LOG.entries[7]) == verified(other, LOG.entries[7]) == verified(PROOF_OF_7, LOG.entries[7])
    assert proof.parse(other).extra == b""
    assert proof.parse(PROOF_OF_7).extra is None


def test_a_proof_that_would_fail_is_not_given_out():
    forged = Tree([b"something else", *LOG.entries[1:10]])
    with pytest.raises(AuditError, match="another root"):
        proof.make(7, head(10), forged.node)
    with pytest.raises(ValueError, match="no leaf 10 in a tree of 10"):
        proof.make(10, head(10), LOG.node)


HASH = b"gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not a c2sp.org/tlog-proof@v1"),
        (b"c2sp.org/tlog-proof@v1\nindex 0\n", "is not a c2sp.org/tlog-proof@v1"),
        (b"c2sp.org/tlog-proof@v2\nindex 0\n\nhead", "is not a c2sp.org/tlog-proof@v1"),
        (b"\nc2sp.org/tlog-proof@v1\nindex 0\n\nhead", "is not a c2sp.org/tlog-proof@v1"),
        (b"c2sp.org/tlog-proof@v1\r\nindex 0\n\nhead", "is not a c2sp.org/tlog-proof@v1"),
        (b"c2sp.org/tlog-proof@v1\n\nhead", "names no index"),
        (b"c2sp.org/tlog-proof@v1\n" + HASH + b"\nhead", "names no index"),
        (b"c2sp.org/tlog-proof@v1\nextra AA==\n\nhead", "names no index"),
        (b"c2sp.org/tlog-proof@v1\nindex 0\nextra AA==\n\nhead", "hash of the proof"),
        (b"c2sp.org/tlog-proof@v1\nextra AA==\nextra AA==\nindex 0\n\nhead", "names no index"),
        (b"c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\nhead", "extra data"),
        (b"c2sp.org/tlog-proof@v1\nextra AB==\nindex 0\n\nhead", "extra data"),
        (b"c2sp.org/tlog-proof@v1\nindex\n\nhead", "names no index"),
        (b"c2sp.org/tlog-proof@v1\nindex \n\nhead", "decimal"),
        (b"c2sp.org/tlog-proof@v1\nindex 07\n\nhead", "decimal"),
        (b"c2sp.org/tlog-proof@v1\nindex -7\n\nhead", "decimal"),
        (b"c2sp.org/tlog-proof@v1\nindex 7 \n\nhead", "decimal"),
        (b"c2sp.org/tlog-proof@v1\nindex 7\nAAAA\n\nhead", "32 bytes"),
        (b"c2sp.org/tlog-proof@v1\nindex 7\n" + HASH * 65 + b"\nhead", "more than 64"),
        ("c2sp.org/tlog-proof@v1\nindex 7\u0660\n\nhead".encode(), "ASCII"),
    ],
)
def test_what_is_not_exactly_a_proof_is_refused(content, reason):
    with pytest.raises(AuditError, match=reason):
        proof.parse(content)


def test_the_package_does_not_load_openssl_before_a_key_is_used():
    script = "import sys, tracker.transparency.proof; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
