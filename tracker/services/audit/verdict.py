"""What an audit finds, whether of the log where it lies or of a bundle far from it."""

import base64
import binascii
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from tracker.errors import AuditError
from tracker.events.types import CheckpointPublished, CheckpointTimestamped
from tracker.transparency import timestamp
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.merkle import RootBuilder

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MOST_PROBLEMS = 1000
"""Of more, the first are told."""

_MOST_STAMPS = 1000


class Problem(msgspec.Struct, frozen=True):
    """What is wrong, at which position."""

    position: int
    problem: str


class TimeStamp(msgspec.Struct, frozen=True):
    """A time stamp on the checkpoint of `size` events; only where it is `verified` has anybody looked behind its words."""

    size: int
    stamped_at: str
    authority: str
    verified: bool


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result: `root` is the RFC 9162 tree hash over all leaf hashes, in hex. Of very many time stamps, the newest."""

    ok: bool
    size: int
    root: str
    problems: tuple[Problem, ...]
    timestamps: tuple[TimeStamp, ...] = ()


class Held:
    """Checkpoints that the auditor has kept, each held against the tree as it passes that size."""

    def __init__(self, checkpoints: Sequence[Checkpoint]) -> None:
        self._left = sorted(checkpoints, key=lambda one: one.size, reverse=True)

    def passing(self, tree: RootBuilder) -> list[Problem]:
        """Return what is wrong now that the tree has this size: at most one for each checkpoint of it."""
        problems = []
        while self._left and self._left[-1].size <= tree.size:
            one = self._left.pop()
            if one.size == tree.size and one.root != tree.root:
                problems.append(
                    Problem(one.size, f"the checkpoint of {one.size} events that you hold is of another history")
                )
        return problems

    def missing(self, size: int) -> list[Problem]:
        """Return what is wrong once the log has ended at this size."""
        return [
            Problem(size + 1, f"the checkpoint that you hold is of {one.size} events: the end of the log is missing")
            for one in reversed(self._left)
        ]


class Stampings:
    """The time stamps that an audit meets, each held against the checkpoint that it speaks of."""

    def __init__(self, trusted: "Sequence[Certificate]") -> None:
        self._trusted = trusted
        self._signed: dict[int, tuple[int, bytes]] = {}
        self.newest: deque[TimeStamp] = deque(maxlen=_MOST_STAMPS)

    def signed(self, position: int, event: CheckpointPublished) -> None:
        """Remember the checkpoint that was recorded at a position."""
        self._signed[position] = (event.size, timestamp.imprint(event.note.encode()))

    def problems(self, position: int, event: CheckpointTimestamped) -> list[str]:
        """Return what is wrong with a recorded stamp.

        Without certificates to trust, only that it speaks of a checkpoint before it, as that was signed.
        """
        size, digest = self._signed.get(event.checkpoint, (0, b""))
        if not digest or event.checkpoint >= position or event.note_sha256 != digest.hex():
            return [f"the time stamp is of no checkpoint that was recorded at position {event.checkpoint}"]
        if self._trusted:
            try:
                reply = base64.b64decode(event.reply, validate=True)
                nonce = None if event.nonce is None else int(event.nonce)
                said = timestamp.verify(reply, digest, nonce=nonce, trusted=self._trusted)
            except AuditError as error:
                return [str(error)]
            except (binascii.Error, ValueError) as error:
                return [f"the time stamp cannot be read: {error}"]
            if said.at != event.stamped_at:
                return [f"the time stamp is of {said.at}, not of {event.stamped_at} as was recorded"]
        self.newest.append(TimeStamp(size, event.stamped_at, event.authority, bool(self._trusted)))
        return []

    def loose(self, size: int, note: bytes, reply: bytes, name: str) -> list[str]:
        """Return what is wrong with a stamp that lies beside its checkpoint; it counts only where it can be verified."""
        if not self._trusted:
            return []
        try:
            said = timestamp.verify(reply, timestamp.imprint(note), nonce=None, trusted=self._trusted)
        except AuditError as error:
            return [f"{name}: {error}"]
        self.newest.append(TimeStamp(size, said.at, name, verified=True))
        return []
