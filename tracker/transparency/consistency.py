"""One text that shows, offline, that a log only grew between two sizes (RFC 9162, section 2.1.4).

    tracker consistency proof v1
    old 300 kXh6…=          size and root of the tree then
    new 302 Zz1v…=          and later
    3Fbq…=                  the proof: one hash on a line
    (an empty line)
    example.org/tracker     the signed checkpoint of the later size, where one was signed
    …

Roots alone convince nobody. The later one counts because it stands in a checkpoint signed by the log's key, and the earlier
one because the reader compares it with a checkpoint that he has held since then: nobody can show him a proof from his root
to that of a history in which anything before it was changed.
"""

from collections.abc import Iterable

import msgspec

from tracker.errors import AuditError
from tracker.transparency import checkpoint
from tracker.transparency.merkle import HASH_SIZE, Node, consistency_proof, root_of, verify_consistency
from tracker.transparency.note import Verifier
from tracker.transparency.spelling import from_base64, from_decimal, to_base64

HEADER = "tracker consistency proof v1"

_WHAT = "consistency proof"
_LONGEST_PATH = 65
"""Between two sizes below 2^64 no proof is longer."""


class Head(msgspec.Struct, frozen=True):
    """A size of the log, and the root of its tree then."""

    size: int
    root: bytes

    def __str__(self) -> str:
        """Return it as a line of the proof has it."""
        return f"{self.size} {to_base64(self.root)}"


class Consistency(msgspec.Struct, frozen=True):
    """What a proof says; nothing is verified yet. `checkpoint` is the signed note of `new`, empty where none was signed."""

    old: Head
    new: Head
    path: tuple[bytes, ...]
    checkpoint: bytes = b""

    def encode(self) -> bytes:
        """Return the text of the proof."""
        lines = [HEADER, f"old {self.old}", f"new {self.new}", *map(to_base64, self.path), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


def make(old: int, new: int, node: Node, *, signed: bytes = b"") -> Consistency:
    """Return the proof that the tree of `old` leaves is the beginning of that of `new`; `signed` is a checkpoint of `new`.

    Raises ValueError for a tree that shrinks, and AuditError if the signed checkpoint is of another tree: a proof that fails
    is never given out.
    """
    path = consistency_proof(old, new, node)
    made = Consistency(Head(old, root_of(old, node)), Head(new, root_of(new, node)), path, signed)
    _check(made)
    return made


def parse(content: bytes) -> Consistency:
    """Return the proof, unverified. Raises AuditError for a text that is none."""
    above, blank, signed = content.partition(b"\n\n")
    try:
        header, old, new, *lines = above.decode("ascii").split("\n")
    except ValueError:
        raise AuditError(_WHAT, f"is no text that begins with {HEADER!r} and two sizes") from None
    if header != HEADER or not blank:
        raise AuditError(_WHAT, f"does not begin with {HEADER!r}, or has no empty line below its hashes")
    if len(lines) > _LONGEST_PATH:
        raise AuditError(_WHAT, f"has more than {_LONGEST_PATH} hashes")
    path = tuple(_hash(line) for line in lines)
    return Consistency(_head("old", old), _head("new", new), path, signed)


def verify(content: bytes, *, verifiers: Iterable[Verifier] = (), origin: str | None = None) -> Consistency:
    """Return what the proof shows, once the path leads from the old root to the new.

    With verifiers, the new root must stand in a checkpoint that one of them has signed; without, the checkpoint must only be
    of the new size and root. An `origin` is compared with the checkpoint's. Raises AuditError for what does not hold.
    """
    read = parse(content)
    _check(read)
    known = list(verifiers)
    if known and not read.checkpoint:
        raise AuditError(_WHAT, f"holds no signed checkpoint of {read.new.size} entries")
    if known:
        checkpoint.verify(read.checkpoint, origin=origin or known[0].name, verifiers=known)
    return read


def _check(proof: Consistency) -> None:
    verify_consistency(proof.old.size, proof.new.size, proof.path, proof.old.root, proof.new.root)
    if proof.checkpoint:
        head = checkpoint.read(proof.checkpoint)
        if (head.size, head.root) != (proof.new.size, proof.new.root):
            raise AuditError(_WHAT, f"the signed checkpoint is not of the {proof.new.size} entries that it leads to")


def _head(name: str, line: str) -> Head:
    said, _, rest = line.partition(" ")
    size, _, root = rest.partition(" ")
    if said != name:
        raise AuditError(_WHAT, f"names no {name} size")
    return Head(from_decimal(size, f"{name} size of the {_WHAT}"), _hash(root))


def _hash(text: str) -> bytes:
    value = from_base64(text, f"hash of the {_WHAT}")
    if len(value) != HASH_SIZE:
        raise AuditError(_WHAT, f"a hash is not {HASH_SIZE} bytes long")
    return value
