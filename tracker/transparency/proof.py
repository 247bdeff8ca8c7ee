"""One text that shows, offline, that an entry is in the log (C2SP tlog-proof, https://c2sp.org/tlog-proof).

A `.tlog-proof` holds the entry's index, its inclusion proof, and the signed checkpoint that the proof leads to. With the entry
itself and the log's public key, nothing else is needed to check it: not the log, not the network, not this program.
"""

from collections.abc import Iterable

import msgspec

from tracker.errors import AuditError
from tracker.transparency import checkpoint
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.merkle import HASH_SIZE, Node, inclusion_proof, leaf_hash, verify_inclusion
from tracker.transparency.note import Verifier
from tracker.transparency.spelling import from_base64, from_decimal, to_base64

HEADER = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"
"""What the names of files with proofs end in."""

_EXTRA = "extra "
_INDEX = "index "
_LONGEST_PATH = 64
"""A tree of up to 2^64 leaves has no longer path."""


class Proof(msgspec.Struct, frozen=True):
    """What a proof says; nothing is verified yet.

    `index` counts entries from 0, `checkpoint` is the signed note as published. `extra` is covered by no signature.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def encode(self) -> bytes:
        """Return the text of the proof."""
        extra = [] if self.extra is None else [f"{_EXTRA}{to_base64(self.extra)}"]
        lines = [HEADER, *extra, f"{_INDEX}{self.index}", *map(to_base64, self.path), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


class Verified(msgspec.Struct, frozen=True):
    """What is certain after verification: the entry is number `index`, from 0, of the log that the checkpoint describes."""

    index: int
    checkpoint: Checkpoint


def make(index: int, signed: bytes, node: Node, *, extra: bytes | None = None) -> bytes:
    """Return the proof that the entry at `index` is in the tree of the signed checkpoint.

    `node` looks up the complete nodes of the log's tree, which may have grown since. Raises ValueError for an entry outside
    the tree, and AuditError if the tree is not the one that was signed: a proof that fails is never given out.
    """
    head = checkpoint.read(signed)
    path = inclusion_proof(index, head.size, node)
    verify_inclusion(node(0, index), index, head.size, path, head.root)
    return Proof(index, path, signed, extra).encode()


def parse(content: bytes) -> Proof:
    """Return the proof, unverified. Raises AuditError for a text that is none."""
    above, blank, signed = content.partition(b"\n\n")
    try:
        header, *lines = above.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise AuditError("proof", "has other characters than ASCII above the checkpoint") from None
    if header != HEADER or not blank:
        raise AuditError("proof", f"is not a {HEADER} with a checkpoint")
    extra = None
    if lines and lines[0].startswith(_EXTRA):
        extra = from_base64(lines.pop(0).removeprefix(_EXTRA), "extra data of the proof")
    if not lines or not lines[0].startswith(_INDEX):
        raise AuditError("proof", "names no index")
    index = from_decimal(lines.pop(0).removeprefix(_INDEX), "index of the proof")
    if len(lines) > _LONGEST_PATH:
        raise AuditError("proof", f"has more than {_LONGEST_PATH} hashes")
    path = tuple(from_base64(line, "hash of the proof") for line in lines)
    if any(len(one) != HASH_SIZE for one in path):
        raise AuditError("proof", f"a hash is not {HASH_SIZE} bytes long")
    return Proof(index, path, signed, extra)


def verify(content: bytes, entry: bytes, *, origin: str, verifiers: Iterable[Verifier]) -> Verified:
    """Return where the entry stands in which tree, once all of it holds.

    `entry` is the bytes that were logged, `origin` and `verifiers` are the log's name and keys, known beforehand. Raises
    AuditError if the text is malformed, the checkpoint not signed by one of the keys or of another log, or the entry not in
    its tree at the index.
    """
    read = parse(content)
    head = checkpoint.verify(read.checkpoint, origin=origin, verifiers=verifiers)
    verify_inclusion(leaf_hash(entry), read.index, head.size, read.path, head.root)
    return Verified(read.index, head)
