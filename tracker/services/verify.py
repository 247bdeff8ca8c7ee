"""Checking the log against itself: every event hashed again, nothing missing, every text as it was."""

from collections import defaultdict
from collections.abc import Callable

import msgspec

from tracker.errors import ContractError, UnknownEventError
from tracker.events import codec
from tracker.events.envelope import RecordedEvent, leaf_hash
from tracker.events.types import ClaimsExtracted, DocumentCaptured
from tracker.serial import canonical
from tracker.store.store import Store, Transaction
from tracker.transparency.merkle import RootBuilder


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
        """Check every event, and name each position at which something is wrong, first things first."""
        tree = RootBuilder()
        problems: list[Problem] = []
        versions: dict[str, int] = defaultdict(int)
        lengths: dict[tuple[str, int], int] = {}
        recorded_at = ""
        with self._store.reading() as reading:
            last = reading.log.last_position()
            for recorded in reading.log.read():
                leaf = _leaf(recorded)
                found = _envelope(recorded, tree.size + 1, versions[recorded.stream] + 1, recorded_at)
                found += ["the event is not what its leaf hash covers"] if leaf != recorded.leaf_hash else []
                found += _content(reading, recorded, lengths)
                problems.extend(Problem(recorded.position, problem) for problem in found)
                versions[recorded.stream] = recorded.version
                recorded_at = recorded.recorded_at
                tree.add(leaf or b"")
                if tree.size % 1000 == 0:
                    on_progress(tree.size, last)
        on_progress(tree.size, last)
        return Verdict(not problems, tree.size, tree.root.hex(), tuple(problems))


def _envelope(recorded: RecordedEvent, position: int, version: int, recorded_at: str) -> list[str]:
    problems = []
    if recorded.position != position:
        problems.append(f"position {position} is missing")
    if recorded.version != version:
        problems.append(f"version {recorded.version} of stream {recorded.stream} follows version {version - 1}")
    if recorded.recorded_at < recorded_at:
        problems.append("recorded earlier than the event before it")
    return problems


def _leaf(recorded: RecordedEvent) -> bytes | None:
    """The leaf hash as it comes out now; None for a row that holds another type of value than an event has."""
    try:
        return leaf_hash(recorded)
    except (TypeError, ValueError):
        return None


def _content(reading: Transaction, recorded: RecordedEvent, lengths: dict[tuple[str, int], int]) -> list[str]:
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
    if isinstance(event, DocumentCaptured):
        lengths[event.document_id, event.version] = event.text_length
        return ["the text is not what its digest covers"] if reading.texts.intact(event.text_digest) is False else []
    if isinstance(event, ClaimsExtracted):
        length = lengths.get((event.document.id, event.document.version), 0)
        return [f"evidence of {c.id} lies outside its text" for c in event.claims if c.evidence.end > length]
    return []
