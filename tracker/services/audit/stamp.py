"""Having a signed checkpoint stamped by somebody else, over the network or by hand, and keeping the answer as an event."""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from tracker.domain.ids import event_uuid
from tracker.errors import AuditError
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.events.types import CheckpointTimestamped
from tracker.store.store import Store, Transaction
from tracker.transparency import timestamp

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

STREAM = stream_name("policy")
TYPE = "checkpoint.timestamped"
BY_HAND = "by hand"
"""Who was asked, where the question did not leave by this program."""

Ask = Callable[[bytes], bytes]
"""Sends a question to an authority and returns its answer."""


class Stamped(msgspec.Struct, frozen=True):
    """A recorded stamp: `checkpoint` is the position of the checkpoint's event, `position` that of its own."""

    checkpoint: int
    stamped_at: str
    authority: str
    position: int
    new: bool


class Stamps:
    """Gets stamps for recorded checkpoints."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(self, note: str, checkpoint: int, authority: str, send: Ask, trusted: "Sequence[Certificate]") -> Stamped:
        """Ask an authority unless its answer for this checkpoint is recorded, and record the answer.

        `authority` is the name it is recorded under. The log is not locked while the answer is waited for. Raises what
        `send` raises, and AuditError for an answer that does not fit the question or (where certificates are given) is not
        by an authority that they stand behind: then nothing is recorded.
        """
        with self._store.reading() as reading:
            known = [stamp for stamp in of(reading, checkpoint) if stamp.authority == authority]
        if known:
            return known[-1]
        # The first bit is left at zero: some authorities take the number for a signed one.
        nonce = secrets.randbits(63)
        reply = send(timestamp.query(timestamp.imprint(note.encode()), nonce=nonce))
        return self.record(note, checkpoint, authority, reply, nonce, trusted)

    def by_hand(
        self, notes: Mapping[int, str], reply: bytes, asked: bytes | None, trusted: "Sequence[Certificate]"
    ) -> Stamped:
        """Record an answer that was carried here; `notes` are the signed checkpoints by the positions of their events.

        With the question that was carried there, the answer must be to that one. Raises AuditError when it is of none of the
        checkpoints, and as `ask` does.
        """
        for checkpoint, note in notes.items():
            digest = timestamp.imprint(note.encode())
            if digest in reply:
                nonce = None if asked is None else timestamp.nonce_of(asked, digest)
                return self.record(note, checkpoint, BY_HAND, reply, nonce, trusted)
        raise AuditError("time stamp", "is of no checkpoint in this log")

    def record(
        self,
        note: str,
        checkpoint: int,
        authority: str,
        reply: bytes,
        nonce: int | None,
        trusted: "Sequence[Certificate]",
    ) -> Stamped:
        """Record an answer; the same one twice is recorded once. Raises AuditError as `ask` does."""
        digest = timestamp.imprint(note.encode())
        if trusted:
            said = timestamp.verify(reply, digest, nonce=nonce, trusted=trusted)
        else:
            said = timestamp.read(reply, digest, nonce=nonce)
        event = CheckpointTimestamped(
            checkpoint=checkpoint,
            note_sha256=digest.hex(),
            stamped_at=said.at,
            authority=authority,
            reply=base64.b64encode(reply).decode("ascii"),
            nonce=None if nonce is None else str(nonce),
        )
        id_ = event_uuid("timestamp", digest.hex(), authority, event.nonce or "", hashlib.sha256(reply).hexdigest())
        encoded = codec.encode(event, id=id_)
        with self._store.transaction() as transaction:
            before = transaction.log.last_position()
            (recorded,) = transaction.log.append(STREAM, [encoded], expected_version=ANY)
        return Stamped(checkpoint, said.at, authority, recorded.position, recorded.position > before)


def question(note: str) -> bytes:
    """Return a question about a checkpoint, to be carried to an authority by hand."""
    return timestamp.query(timestamp.imprint(note.encode()), nonce=secrets.randbits(63))


def of(transaction: Transaction, checkpoint: int) -> list[Stamped]:
    """Return the recorded stamps of the checkpoint that was recorded at a position, in their order."""
    return [
        Stamped(checkpoint, event.stamped_at, event.authority, position, new=False)
        for position, event in recorded(transaction, checkpoint)
    ]


def recorded(transaction: Transaction, checkpoint: int) -> list[tuple[int, CheckpointTimestamped]]:
    """Return the events of these stamps with their positions."""
    found = []
    # A stamp comes after what it stamps.
    for read in transaction.log.read(after=checkpoint, stream=STREAM, type_=TYPE):
        event = codec.decode(read)
        if isinstance(event, CheckpointTimestamped) and event.checkpoint == checkpoint:
            found.append((read.position, event))
    return found
