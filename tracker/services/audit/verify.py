"""Checking the log against itself: every event hashed again, nothing missing, every text as it was.

One pass, in memory that does not grow with the number of events: texts are looked up a batch at a time and forgotten, and what
evidence is compared with is remembered for the documents seen last. What grows is one number for each stream.
"""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from tracker.errors import AuditError, ContractError, UnknownEventError
from tracker.events import codec
from tracker.events.envelope import RecordedEvent, leaf_hash, stream_name
from tracker.events.types import (
    CheckpointPublished,
    CheckpointTimestamped,
    ClaimsExtracted,
    ContentRedacted,
    DocumentCaptured,
    Event,
)
from tracker.serial import canonical
from tracker.services.audit.verdict import MOST_PROBLEMS, Held, Problem, Stampings, Verdict
from tracker.services.consumers.tree import CONSUMER as TREE
from tracker.store.store import Store, Transaction
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.merkle import RootBuilder, root_of
from tracker.transparency.tiles import WIDTH, Tile, tile_hashes

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_TEXTS_AT_ONCE = 200
"""How many texts are in memory together."""

_DOCUMENTS_REMEMBERED = 50_000
"""Claims follow their document closely; those that do not cost one look into the log each."""


class Verify:
    """Reads the whole log, page by page."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def log(
        self,
        *,
        on_progress: Callable[[int, int], None],
        trusted: "Sequence[Certificate]" = (),
        held: Sequence[Checkpoint] = (),
    ) -> Verdict:
        """Check every event, and name each position at which something is wrong, first things first.

        Also checked: that every text is as it was, or was taken down by a recorded act; that every checkpoint in the log is
        of this history; and that nothing which has seen the log has seen more of it than there is. Time stamps are verified
        where certificates of authorities are given that are trusted, and the history is compared with the checkpoints that
        whoever asks has held.
        """
        with self._store.reading() as reading:
            last = reading.log.last_position()
            found = _Examination(reading, Stampings(trusted), Held(held))
            for recorded in reading.log.read():
                found.take(recorded)
                if found.tree.size % 1000 == 0:
                    on_progress(found.tree.size, last)
            found.end()
        on_progress(found.tree.size, last)
        problems = found.first_problems()
        return Verdict(not problems, found.tree.size, found.tree.root.hex(), problems, tuple(found.stampings.newest))


class _Examination:
    """One pass over the log, and what it has to remember."""

    def __init__(self, reading: Transaction, stampings: Stampings, held: Held) -> None:
        self._reading, self._held = reading, held
        self.tree = RootBuilder()
        self.stampings = stampings
        self._problems: list[Problem] = []
        self._versions: dict[str, int] = defaultdict(int)
        self._recorded_at = ""
        self._lengths: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._unseen: dict[str, int] = {}
        """Texts to be looked at, and where they are spoken of."""
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
        for problem in problems:
            self._say(recorded.position, problem)
        self._versions[recorded.stream] = recorded.version
        self._recorded_at = recorded.recorded_at
        self.tree.add(leaf or b"")
        self._problems += self._held.passing(self.tree)
        if self.tree.size == self._grown:
            self._grown_root = self.tree.root

    def end(self) -> None:
        """Check what only the whole log can tell."""
        self._look_at_texts()
        size = self.tree.size
        self._problems += self._held.missing(size)
        for digest, position in self._missing.items():
            self._say(position, f"the text {digest[:16]}… is gone, and no redaction says why")
        for consumer, seen in self._reading.checkpoints.all().items():
            if seen > size:
                self._say(size + 1, f"{consumer} has seen {seen} events: the end of the log is missing")
        if 0 < self._grown <= size:
            try:
                stored = root_of(self._grown, self._reading.tree.node(self._grown))
            except AuditError as error:
                self._say(self._grown, str(error))
            else:
                if stored != self._grown_root:
                    self._say(
                        self._first_other(), "the stored tree is of another history than the events, from here on"
                    )

    def _first_other(self) -> int:
        """The first position whose event is not the one that the stored tree was grown over."""
        for start in range(0, self._grown, WIDTH):
            tile = Tile(0, start // WIDTH, min(WIDTH, self._grown - start))
            stored = tile_hashes(tile, self._reading.tree.read(tile))
            events = self._reading.log.read(after=start, limit=tile.width)
            for position, (leaf, recorded) in enumerate(zip(stored, events, strict=False), start + 1):
                if leaf != _leaf(recorded):
                    return position
        # Every leaf is right, and what lies above them is not.
        return self._grown

    def first_problems(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the log, of very many the first."""
        return tuple(sorted(self._problems, key=lambda problem: problem.position)[:MOST_PROBLEMS])

    def _say(self, position: int, problem: str) -> None:
        self._problems.append(Problem(position, problem))
        if len(self._problems) >= 2 * MOST_PROBLEMS:
            self._problems = list(self.first_problems())

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
            if not _is_canonical(recorded.payload):
                return ["the payload is not canonical JSON"]
            event = codec.decode(recorded)
        except UnknownEventError as error:
            return [str(error)]
        except (msgspec.MsgspecError, ContractError, ValueError) as error:
            return [f"the payload cannot be read: {error}"]
        return self._said(recorded.position, event)

    def _said(self, position: int, event: Event) -> list[str]:
        match event:
            case DocumentCaptured():
                self._remember(event)
                self._unseen[event.text_digest] = position
                if len(self._unseen) >= _TEXTS_AT_ONCE:
                    self._look_at_texts()
            case ClaimsExtracted():
                length = self._length(position, event.document.id, event.document.version) if event.claims else 0
                outside = (c for c in event.claims if not c.evidence.start < c.evidence.end <= length)
                return [f"evidence of {c.id} lies outside its text" for c in outside]
            case ContentRedacted():
                self._look_at_texts()
                for digest in event.text_digests:
                    self._missing.pop(digest, None)
            case CheckpointPublished():
                self.stampings.signed(position, event)
                if (event.size, event.root) != (self.tree.size, self.tree.root.hex()):
                    return [f"the checkpoint of {event.size} events is of another history"]
            case CheckpointTimestamped():
                return self.stampings.problems(position, event)
            case _:
                pass
        return []

    def _look_at_texts(self) -> None:
        intact = self._reading.texts.intact(list(self._unseen))
        for digest, position in self._unseen.items():
            if digest not in intact:
                self._missing[digest] = position
            elif not intact[digest]:
                self._say(position, "the text is not what its digest covers")
        self._unseen.clear()

    def _remember(self, event: DocumentCaptured) -> None:
        self._lengths[event.document_id, event.version] = event.text_length
        if len(self._lengths) > _DOCUMENTS_REMEMBERED:
            self._lengths.popitem(last=False)

    def _length(self, position: int, document_id: str, version: int) -> int:
        """How long a text was when it was captured, before a position; 0 where no event says so."""
        known = self._lengths.get((document_id, version))
        if known is not None:
            return known
        for event in self._captured(document_id, position):
            if event.version == version:
                self._remember(event)
                return event.text_length
        return 0

    def _captured(self, document_id: str, before: int) -> Iterator[DocumentCaptured]:
        try:
            for recorded in self._reading.log.read(stream=stream_name("document", document_id)):
                if recorded.position >= before:
                    return
                event = codec.decode_known(recorded) if recorded.type.startswith("document.") else None
                if isinstance(event, DocumentCaptured):
                    yield event
        except (msgspec.MsgspecError, ValueError, TypeError):
            # An event before this one cannot be read: that is said where it stands.
            return


def _is_canonical(payload: bytes) -> bool:
    """Whether a payload is in canonical form, mostly without looking at each value; raises ValueError as `canonical` does."""
    if payload.isascii() and not _LONG_NUMBER.search(payload):
        # ASCII has no keys in other letters, short digits are no large integers, and the decoder stops at a fraction.
        return msgspec.json.encode(_whole_numbers.decode(payload), order="sorted") == payload
    return canonical(msgspec.json.decode(payload)) == payload


def _refuse_fraction(digits: str) -> None:
    raise ValueError(f"{digits} is a fraction, which the profile leaves out")


_LONG_NUMBER = re.compile(rb"[0-9]{16}")
_whole_numbers = msgspec.json.Decoder(float_hook=_refuse_fraction)


def _leaf(recorded: RecordedEvent) -> bytes | None:
    """The leaf hash as it comes out now; None for a row that holds another type of value than an event has."""
    try:
        return leaf_hash(recorded)
    except (TypeError, ValueError):
        return None
