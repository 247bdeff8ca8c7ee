"""Signing the log as it is, and proving that an event is in what was signed.

The signing key lies in a file outside the database: whoever can write the one should not be able to write the other.
"""

import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from tracker.domain.ids import event_uuid
from tracker.errors import AuditError, ConfigError, NotFoundError
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.events.types import CheckpointPublished
from tracker.services.audit.stamp import TYPE as STAMP
from tracker.services.audit.stamp import Stamps
from tracker.services.consumers.tree import Tree
from tracker.store.store import Store, Transaction
from tracker.transparency import checkpoint, consistency, proof
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.consistency import Consistency
from tracker.transparency.merkle import consistency_proof, root_of, verify_consistency
from tracker.transparency.note import Signer, Verifier, parse_signer

STREAM = stream_name("policy")
TYPE = "checkpoint.published"


class Sealed(msgspec.Struct, frozen=True):
    """A signed head of the log: position of the event that records it, and the note to hand out."""

    origin: str
    size: int
    root: str
    note: str
    position: int
    new: bool


class Key:
    """The signing key in its file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self, origin: str) -> Verifier:
        """Make a key for the log of this name, and return its public half.

        Raises ConfigError when a key is there already: a new one would make every old checkpoint unverifiable.
        """
        if self.path.exists():
            raise ConfigError(str(self.path), "a key is there already; keep it, or move it away yourself")
        signer = Signer(origin, secrets.token_bytes(32))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Readable by its owner alone from the first moment on.
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(signer.encode() + "\n")
        return signer.verifier

    def signer(self) -> Signer:
        """Return the key. Raises ConfigError when there is none, or the file holds something else."""
        try:
            return parse_signer(self.path.read_text("ascii").strip())
        except FileNotFoundError:
            raise ConfigError(str(self.path), "there is no signing key; make one with `tracker audit keygen`") from None
        except (OSError, UnicodeDecodeError, AuditError) as error:
            raise ConfigError(str(self.path), f"is no signing key: {error}") from None


class Seal:
    """Signs checkpoints and makes proofs; `stamps` has what was signed stamped by others."""

    def __init__(self, store: Store, tree: Tree, key: Key) -> None:
        self._store, self._tree, self._key = store, tree, key
        self.stamps = Stamps(store)

    def checkpoint(self, *, on_progress: Callable[[int, int], None] = lambda _done, _total: None) -> Sealed:
        """Sign the log as it is, record that as an event, and return the note.

        When nothing but the last checkpoint and its time stamps has been recorded since, that one is returned. Before
        signing, the tree is checked to be an extension of what was signed last. Raises AuditError when it is not: then
        history was changed.
        """
        signer = self._key.signer()
        for progress in self._tree.catch_up():
            on_progress(progress.position, progress.last)
        with self._store.transaction() as transaction:
            size = transaction.log.last_position()
            if size == 0:
                raise AuditError("checkpoint", "the log is empty; there is nothing to sign")
            last = newest(transaction)
            if last is not None and last.origin == signer.name and nothing_since(transaction, last):
                return last
            grown = transaction.checkpoints.get("tree")
            if grown != size:
                raise AuditError("checkpoint", "other processes were appending; try again")
            root = _checked(transaction, size, last)
            note = checkpoint.sign(Checkpoint(signer.name, size, root), [signer]).decode()
            event = CheckpointPublished(origin=signer.name, size=size, root=root.hex(), note=note)
            encoded = codec.encode(event, id=event_uuid("checkpoint", signer.name, size, note))
            (recorded,) = transaction.log.append(STREAM, [encoded], expected_version=ANY)
        return Sealed(event.origin, size, event.root, note, recorded.position, new=True)

    def notes(self) -> dict[int, str]:
        """Return every signed checkpoint by the position of its event, the newest first."""
        with self._store.reading() as reading:
            return {sealed.position: sealed.note for sealed in reversed(published(reading))}

    def prove(self, position: int) -> bytes:
        """Return the inclusion proof of an event under the newest checkpoint that covers it (`.tlog-proof`).

        Raises NotFoundError for a position that the log does not have, AuditError while no checkpoint covers it.
        """
        with self._store.reading() as reading:
            if not 0 < position <= reading.log.last_position():
                raise NotFoundError("event", str(position), f"the log has {reading.log.last_position()} events")
            last = newest(reading)
            if last is None or last.size < position:
                raise AuditError(
                    "proof", f"no checkpoint covers position {position}; sign one: `tracker audit checkpoint`"
                )
            return proof.make(position - 1, last.note.encode(), reading.tree.node(last.size))

    def grown(self, old: int, new: int | None = None, *, held: Sequence[Checkpoint] = ()) -> Consistency:
        """Return the proof that the log of `new` events begins with that of `old`; by default up to the newest checkpoint.

        A checkpoint of the new size goes into the proof if one was signed. Each checkpoint that somebody has held since then
        must be one of the two. Raises NotFoundError for a size that the log does not have (or when there is no checkpoint to
        end at), ConfigError for sizes in the wrong order, AuditError when what is held is of another history.
        """
        for _ in self._tree.catch_up():
            pass
        with self._store.reading() as reading:
            signed = {sealed.size: sealed for sealed in published(reading)}
            if new is None and not signed:
                raise NotFoundError("checkpoint", "newest", "sign one: `tracker audit checkpoint`")
            end = max(signed) if new is None else new
            size = reading.checkpoints.get("tree")
            for asked in (old, end):
                if not 0 <= asked <= size:
                    raise NotFoundError("size", str(asked), f"the log has {size} events")
            if old > end:
                raise ConfigError("OLD and NEW", f"a log does not grow from {old} events to {end}; give them in turn")
            note = signed[end].note.encode() if end in signed else b""
            made = consistency.make(old, end, reading.tree.node(end), signed=note)
        for one in held:
            if (one.size, one.root) not in {(head.size, head.root) for head in (made.old, made.new)}:
                raise AuditError(f"the checkpoint of {one.size} events", "is of another history than this log")
        return made


def nothing_since(transaction: Transaction, sealed: Sealed) -> bool:
    """Tell whether the checkpoint covers all of the log but its own event and what others stamped under it."""
    return all(event.type == STAMP for event in transaction.log.read(after=sealed.position))


def newest(transaction: Transaction) -> Sealed | None:
    """Return the newest recorded checkpoint."""
    found = published(transaction)
    return found[-1] if found else None


def published(transaction: Transaction) -> list[Sealed]:
    """Return every recorded checkpoint in order."""
    found = []
    for recorded in transaction.log.read(stream=STREAM, type_=TYPE):
        event = codec.decode(recorded)
        if isinstance(event, CheckpointPublished):
            found.append(Sealed(event.origin, event.size, event.root, event.note, recorded.position, new=False))
    return found


def _checked(transaction: Transaction, size: int, last: Sealed | None) -> bytes:
    """Return the root at a size, once it is shown to extend what was signed last."""
    node = transaction.tree.node(size)
    root = root_of(size, node)
    if last is not None:
        path = consistency_proof(last.size, size, node)
        verify_consistency(last.size, size, path, bytes.fromhex(last.root), root)
    return root
