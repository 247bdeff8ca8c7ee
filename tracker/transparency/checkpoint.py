"""The signed head of the log: at this size, this root (C2SP tlog-checkpoint, https://c2sp.org/tlog-checkpoint).

A checkpoint is the text of a note: origin, size and root on a line each. Who holds one can later be shown, by a consistency
proof, that nothing up to it was changed; who compares his with somebody else's sees whether both were shown the same log.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from tracker.errors import AuditError
from tracker.transparency import note
from tracker.transparency.merkle import EMPTY_ROOT, HASH_SIZE
from tracker.transparency.note import Signature, Signer, Verifier
from tracker.transparency.spelling import from_base64, from_decimal, to_base64

_LINE = re.compile(r"[^\x00-\x1f\ud800-\udfff]+")


class Checkpoint(msgspec.Struct, frozen=True):
    """The tree of the log named `origin` (a URL without scheme, by custom) when it had `size` entries.

    `extensions` are further lines that others may have put there. They mean nothing here, and ours has none.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse, with AuditError, what no checkpoint can say."""
        if not all(_LINE.fullmatch(line) for line in (self.origin, *self.extensions)):
            raise AuditError("checkpoint", "origin and extensions are lines that are not empty")
        if not 0 <= self.size < 2**64:
            raise AuditError("checkpoint", f"{self.size} is no size of a tree")
        if len(self.root) != HASH_SIZE:
            raise AuditError("checkpoint", f"the root has {len(self.root)} bytes, not {HASH_SIZE}")
        if not self.size and self.root != EMPTY_ROOT:
            raise AuditError("checkpoint", "the root of no entries is SHA-256 of nothing")

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse(text: str) -> Checkpoint:
    """Return the checkpoint that the text of a note is. Raises AuditError for any other text."""
    *lines, end = text.split("\n")
    if end or len(lines) < 3:
        raise AuditError("checkpoint", "is not three whole lines or more")
    origin, size, root, *extensions = lines
    return Checkpoint(
        origin, from_decimal(size, "checkpoint size"), from_base64(root, "checkpoint root"), tuple(extensions)
    )


def sign(checkpoint: Checkpoint, signers: Iterable[Signer], *, existing: Sequence[Signature] = ()) -> bytes:
    """Return the signed checkpoint as it is published.

    A log must never sign two that contradict each other: whoever calls this has checked consistency with the one before
    (`merkle.verify_consistency`). Signatures of witnesses over the same text are kept through `existing`.
    """
    return note.sign(checkpoint.text, signers, existing=existing).encode()


def read(signed: bytes) -> Checkpoint:
    """Return what a signed checkpoint says, without believing it. Raises AuditError for what is none."""
    return parse(note.parse(signed).text)


def verify(signed: bytes, *, origin: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """Return the checkpoint, signed by at least one of the verifiers, which are the log's own keys.

    Raises AuditError if it is malformed, of another log, or not signed by any of them.
    """
    opened = note.parse(signed)
    note.verify(opened, verifiers)
    checkpoint = parse(opened.text)
    if checkpoint.origin != origin:
        raise AuditError("checkpoint", f"is of {checkpoint.origin!r}, not of {origin!r}")
    return checkpoint
