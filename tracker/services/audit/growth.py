"""Checking, without the log, a proof that it only grew (`tracker.transparency.consistency`)."""

from collections.abc import Sequence

import msgspec

from tracker.errors import AuditError
from tracker.services.audit.verdict import Problem, Verdict
from tracker.transparency import consistency
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.consistency import Consistency
from tracker.transparency.note import parse_verifier


class Size(msgspec.Struct, frozen=True):
    """A size of the log and its root then, in hex."""

    size: int
    root: str


class Growth(msgspec.Struct, frozen=True):
    """A proof as programs see it: hashes in hex, the signed checkpoint of the new size or None."""

    old: Size
    new: Size
    path: tuple[str, ...]
    checkpoint: str | None


def shown(proof: Consistency) -> Growth:
    """Return the proof for programs."""
    old, new = (Size(head.size, head.root.hex()) for head in (proof.old, proof.new))
    return Growth(old, new, tuple(one.hex() for one in proof.path), proof.checkpoint.decode() or None)


def is_proof(content: bytes) -> bool:
    """Tell whether a file says of itself that it is such a proof."""
    return content.startswith(consistency.HEADER.encode())


def verify(content: bytes, *, key: str | None = None, held: Sequence[Checkpoint] = ()) -> Verdict:
    """Return the verdict on a proof: size and root are those that it leads to, a problem stands at the old size.

    With the operator's public key, the new root must be signed. Each checkpoint that the reader has `held` must be one of the
    two that the proof joins: that is what makes it a proof to him. Raises AuditError for a text that is no proof, and for a
    malformed key.
    """
    proof = consistency.parse(content)
    verifiers = [parse_verifier(key)] if key else []
    problems = []
    try:
        consistency.verify(content, verifiers=verifiers)
    except AuditError as error:
        problems.append(Problem(proof.old.size, str(error)))
    joined = {(head.size, head.root) for head in (proof.old, proof.new)}
    problems += [
        Problem(one.size, f"the checkpoint of {one.size} events that you hold is not in this proof")
        for one in held
        if (one.size, one.root) not in joined
    ]
    return Verdict(not problems, proof.new.size, proof.new.root.hex(), tuple(problems))
