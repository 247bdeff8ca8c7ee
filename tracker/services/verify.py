"""Checking the log against itself: every event hashed again, nothing missing, every text as it was."""

from collections import defaultdict
from collections.abc import Callable

import msgspec

from tracker.errors import AuditError, ContractError, UnknownEventError
from tracker.events import codec
from tracker.events.envelope import RecordedEvent, leaf_hash
from tracker.events.types import CheckpointPublished, ClaimsExtracted, ContentRedacted, DocumentCaptured
from tracker.serial import canonical
from tracker.services.tree import CONSUMER as TREE
from tracker.store.store import Store, Transaction
from tracker.transparency.merkle import RootBuilder, root_of


class Problem(msgspec.Struct, frozen=True):
    """What is wrong, at which position."""

    position: int
    problem: str


class Verdict(msgspec.Struct, frozen=True):
    """The result: `root` is the RFC 9162 tree hash over all leaf hashes, in hex."""

    ok: bool
    size: int
    root: str
    problems: tuple[Problem, ...]


class Verify:
    """Reads the whole log, page by page."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def log(self, *, on_progress: Callable[[int, int], None]) -> Verdict:
        """Check every event, and name each position at which something is wrong, first things first.

        Also checked: that every text is as it was, or was taken down by a recorded act; that every checkpoint in the log is
        of this history; and that nothing which has seen the log has seen more of it than there is.
        """
        with self._store.reading() as reading:
            last = reading.log.last_position()
            found = _Examination(reading)
            for recorded in reading.log.read():
                found.take(recorded)
                if found.tree.size % 1000 == 0:
                    on_progress(found.tree.size, last)
            found.end()
        on_progress(found.tree.size, last)
        problems = sorted(found.problems, key=lambda problem: problem.position)
        return Verdict(not problems, found.tree.size, found.tree.root.hex(), tuple(problems))


class _Examination:
    """One pass over the log, and what it has to remember."""

    def __init__(self, reading: Transaction) -> None:
        self._reading = reading
        self.tree = RootBuilder()
        self.problems: list[Problem] = []
        self._versions: dict[str, int] = defaultdict(int)
        self._recorded_at = ""
        self._lengths: dict[tuple[str, int], int] = {}
        self._missing: dict[str, int] = {}
        self._grown = reading.checkpoints.get(TREE)
        self._grown_root = b""

    def take(self, recorded: RecordedEvent) -> None:
        """Check one event."""
        leaf = _leaf(recorded)
        problems = self._place(recorded)
        if leaf != recorded.leaf_hash:
            problems.append("the event is not what its leaf hash covers")
        problems += self._content(recorded)
        self.problems.extend(Problem(recorded.position, problem) for problem in problems)
        self._versions[recorded.stream] = recorded.version
        self._recorded_at = recorded.recorded_at
        self.tree.add(leaf or b"")
        if self.tree.size == self._grown:
            self._grown_root = self.tree.root

    def end(self) -> None:
        """Check what only the whole log can tell."""
        size = self.tree.size
        for digest, position in self._missing.items():
            self.problems.append(Problem(position, f"the text {digest[:16]}… is gone, and no redaction says why"))
        for consumer, seen in self._reading.checkpoints.all().items():
            if seen > size:
                self.problems.append(
                    Problem(size + 1, f"{consumer} has seen {seen} events: the end of the log is missing")
                )
        if 0 < self._grown <= size:
            try:
                stored = root_of(self._grown, self._reading.tree.node(self._grown))
            except AuditError as error:
                self.problems.append(Problem(self._grown, str(error)))
            else:
                if stored != self._grown_root:
                    self.problems.append(Problem(self._grown, "the stored tree is of another history than the events"))

    def _place(self, recorded: RecordedEvent) -> list[str]:
        problems = []
        if recorded.position != self.tree.size + 1:
            problems.append(f"position {self.tree.size + 1} is missing")
        before = self._versions[recorded.stream]
        if recorded.version != before + 1:
            problems.append(f"version {recorded.version} of stream {recorded.stream} follows version {before}")
        if recorded.recorded_at < self._recorded_at:
            problems.append("recorded earlier than the event before it")
        return problems

    def _content(self, recorded: RecordedEvent) -> list[str]:
        if not isinstance(recorded.payload, bytes):
            return ["the payload is no sequence of bytes"]
        try:
            if canonical(msgspec.json.decode(recorded.payload)) != recorded.payload:
                return ["the payload is not canonical JSON"]
            event = codec.decode(recorded)
        except UnknownEventError as error:
            return [str(error)]
        except (msgspec.MsgspecError, ContractError, ValueError) as error:
            return [f"the payload cannot be read: {error}"]
        match event:
            case DocumentCaptured():
                return self._text(recorded.position, event)
            case ClaimsExtracted():
                length = self._lengths.get((event.document.id, event.document.version), 0)
                outside = (c for c in event.claims if not c.evidence.start < c.evidence.end <= length)
                return [f"evidence of {c.id} lies outside its text" for c in outside]
            case ContentRedacted():
                for digest in event.text_digests:
                    self._missing.pop(digest, None)
            case CheckpointPublished():
                if (event.size, event.root) != (self.tree.size, self.tree.root.hex()):
                    return [f"the checkpoint of {event.size} events is of another history"]
            case _:
                pass
        return []

    def _text(self, position: int, event: DocumentCaptured) -> list[str]:
        self._lengths[event.document_id, event.version] = event.text_length
        intact = self._reading.texts.intact(event.text_digest)
        if intact is None:
            self._missing[event.text_digest] = position
        return ["the text is not what its digest covers"] if intact is False else []


def _leaf(recorded: RecordedEvent) -> bytes | None:
    """The leaf hash as it comes out now; None for a row that holds another type of value than an event has."""
    try:
        return leaf_hash(recorded)
    except (TypeError, ValueError):
        return None
