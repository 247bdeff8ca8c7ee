"""Telling copies from originals: a consumer that compares each text with those of the weeks around it.

One original has many copies, and a copy has one original, never another copy: of all originals that it resembles, the one
that was published first. This is the lexicographically first maximal independent set of the graph of likenesses (Blelloch,
Fineman and Shun, 2012), which depends on the documents and not on the order in which they came. When an earlier original
arrives late, a date is corrected, or a text is edited, only what hangs on it is judged again. Nothing is dropped.
"""

import datetime as dt
import heapq
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from tracker.capture.credit import credit_of
from tracker.domain.copies import (
    FEWEST,
    WINDOW,
    Issue,
    Likeness,
    Method,
    Wording,
    likeness,
    method_of,
    worth_comparing,
)
from tracker.domain.ids import DocumentId, SubjectId, event_uuid
from tracker.domain.sketch import estimate, sketch
from tracker.events import codec
from tracker.events.envelope import RecordedEvent, stream_name
from tracker.events.types import ClaimsExtracted, ContentRedacted, DocumentCaptured, DocumentDuplicateJudged
from tracker.services.consumers.consume import Progress, consume, whole
from tracker.store.sketches import Known, Sketched
from tracker.store.store import Store, Transaction

CONSUMER: Final = "copies"
_BATCH: Final = 50
_MOST: Final = 64
"""Texts that one is compared with at most, the most promising first."""
_REMEMBERED: Final = 256
"""Texts whose wording is kept from one batch to the next: some ten megabytes."""


class Worded(msgspec.Struct, frozen=True):
    """A captured text, ready to be compared."""

    text_digest: str
    wording: Wording
    credit: str | None


class Verdict(msgspec.Struct, frozen=True):
    """Whose copy a document is, and why; without an original it is none."""

    copy_of: DocumentId | None = None
    method: Method = "near_text"
    like: Likeness | None = None
    credit: str | None = None


class Copies:
    """Keeps the judgements at the end of the log."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wordings: OrderedDict[str, Wording] = OrderedDict()

    def catch_up(self) -> Iterator[Progress]:
        """Judge every version that has not been judged, and yield after each batch."""

        def prepare(events: Sequence[RecordedEvent]) -> list[Worded | None]:
            with self._store.reading() as reading:
                return [_worded(reading, recorded) for recorded in events]

        def handle(transaction: Transaction, events: Sequence[RecordedEvent], made: list[Worded | None]) -> None:
            self._wordings.update((worded.text_digest, worded.wording) for worded in made if worded)
            while len(self._wordings) > _REMEMBERED:
                self._wordings.popitem(last=False)
            _Judging(transaction, self._wordings).take(events, made)

        yield from consume(self._store, CONSUMER, handle, read=whole, prepare=prepare, batch=_BATCH)


def _worded(reading: Transaction, recorded: RecordedEvent) -> Worded | None:
    event = codec.decode_known(recorded) if recorded.type.startswith("document.") else None
    if not isinstance(event, DocumentCaptured) or (text := reading.texts.get(event.text_digest)) is None:
        return None
    return Worded(event.text_digest, Wording.of(text), credit_of(text))


def _promising(one: Sketched, other: Sketched) -> float | None:
    """How much of the shorter text the other seems to have; None when they cannot well be copies."""
    seen = estimate(one.sketch, other.sketch)
    same_wire = one.credit is not None and one.credit == other.credit
    return seen.covered if worth_comparing(seen, same_wire=same_wire) else None


class _Judging:
    """What one batch of events leads to, inside its transaction."""

    def __init__(self, transaction: Transaction, wordings: "OrderedDict[str, Wording]") -> None:
        self._transaction, self._sketches, self._wordings = transaction, transaction.sketches, wordings

    def take(self, events: Sequence[RecordedEvent], made: Sequence[Worded | None]) -> None:
        """Judge what the events bring together, and whatever hangs on it: no judgement is passed only to be taken back."""
        changed: dict[DocumentId, Known] = {}
        read: list[ClaimsExtracted] = []
        for recorded, worded in zip(events, made, strict=True):
            match codec.decode_known(recorded):
                case DocumentCaptured() as event:
                    changed[event.document_id] = self._captured(recorded.position, event, worded)
                case ClaimsExtracted() as event:
                    read.append(event)
                case ContentRedacted() as event:
                    self._sketches.forget(event.text_digests)
                case _:
                    pass
        self._settle(changed)
        for event in read:
            self._extracted(event)

    def _captured(self, position: int, event: DocumentCaptured, worded: Worded | None) -> Known:
        before = self._sketches.known(event.document_id)
        runs = worded.wording.runs if worded else frozenset()
        known = Known(
            document=event.document_id,
            version=event.version,
            position=position if len(runs) >= FEWEST else 0,
            day=event.ref.published_on,
            size=len(runs),
            copy_of=before.copy_of if before else None,
        )
        if worded and known.position:
            place = (position, event.document_id, event.version, event.text_digest, worded.credit)
            self._sketches.put(Sketched(*place, sketch(runs)), known)
        elif before:
            # Nothing can be said of this version; copies of the earlier ones stay what they are.
            known = msgspec.structs.replace(known, copy_of=None)
            self._sketches.save(known)
        return known

    def _settle(self, changed: Mapping[DocumentId, Known]) -> None:
        """Judge documents, and in the order of publication whatever was judged by what they used to be."""
        queue: list[tuple[tuple[dt.date, int, str], DocumentId]] = []

        def push(others: Sequence[Known]) -> None:
            for other in others:
                heapq.heappush(queue, (other.issue().order, other.document))

        for each in changed.values():
            push([each, *self._sketches.copies_of(each.document)])
        done: set[DocumentId] = set()
        while queue:
            _, document = heapq.heappop(queue)
            known = self._sketches.known(document)
            if document in done or known is None or not known.position:
                continue
            done.add(document)
            verdict = self._verdict(known)
            if verdict is None:
                continue
            self._record(known, verdict)
            judged = msgspec.structs.replace(known, copy_of=verdict.copy_of, stands_in=False)
            if judged != known:
                self._sketches.save(judged)
            if verdict.copy_of is not None and known.copy_of is None:
                push(self._sketches.copies_of(document))
            elif verdict.copy_of is None and (known.copy_of is not None or document in changed):
                push(self._later(known, but=changed))

    def _verdict(self, known: Known) -> Verdict | None:
        """Whose copy a document is; None when what was judged before must stand, since the original's words are gone."""
        mine = self._sketches.version_at(known.position)
        wording = self._wording(mine.text_digest) if mine else None
        if mine is None or wording is None:
            return None
        if known.copy_of is not None and not self._sketches.is_held(known.copy_of):
            last, _ = self._told(known.document, known.version)
            if last and last.copy_of == known.copy_of:
                return None
        issue = known.issue(mine.credit)
        day = known.day.toordinal()
        near = self._sketches.sharing(mine.sketch, first=day - WINDOW, last=day, copies=False)
        likely = [
            (seen, other, version)
            for other, versions in near
            if known.document not in (other.document, other.copy_of) and other.issue().order < issue.order
            for version in versions
            if (seen := _promising(mine, version)) is not None
        ]
        likely = sorted(likely, key=lambda one: (-one[0], one[1].issue().order))[:_MOST]
        for _, other, version in sorted(likely, key=lambda one: (one[1].issue().order, -one[0])):
            theirs = self._wording(version.text_digest)
            if theirs is None:
                continue
            like = likeness(wording, theirs)
            original = Issue(other.document, other.day, version.sketch.size, version.credit)
            if (method := method_of(like, issue, original)) is not None:
                credit = mine.credit if mine.credit == version.credit else None
                return Verdict(other.copy_of or other.document, method, like, credit)
        return Verdict()

    def _later(self, known: Known, *, but: Collection[DocumentId]) -> list[Known]:
        """Documents that come later in order and may be copies of this one."""
        found: dict[DocumentId, Known] = {}
        day = known.day.toordinal()
        for mine in self._sketches.versions_of(known.document):
            for other, versions in self._sketches.sharing(mine.sketch, first=day, last=day + WINDOW, copies=True):
                if other.document in but or other.document in found or other.issue().order <= known.issue().order:
                    continue
                if any(_promising(mine, version) is not None for version in versions):
                    found[other.document] = other
        return list(found.values())

    def _wording(self, text_digest: str) -> Wording | None:
        known = self._wordings.get(text_digest)
        if known is not None:
            self._wordings.move_to_end(text_digest)
            return known
        text = self._transaction.texts.get(text_digest)
        if text is None:
            return None
        if len(self._wordings) >= _REMEMBERED:
            self._wordings.popitem(last=False)
        return self._wordings.setdefault(text_digest, Wording.of(text))

    def _record(self, known: Known, verdict: Verdict) -> None:
        last, subjects = self._told(known.document, known.version)
        if verdict.copy_of != (last.copy_of if last else None):
            like = verdict.like
            judged = DocumentDuplicateJudged(
                document_id=known.document,
                version=known.version,
                method=verdict.method,
                resemblance_ppm=like.resemblance if like else 0,
                contained_ppm=like.contained if like else 0,
                copy_of=verdict.copy_of,
                credit=verdict.credit,
                subjects=subjects,
            )
            self._append(judged)

    def _extracted(self, event: ClaimsExtracted) -> None:
        """See to it that a reading which was under way when a judgement fell is told of it too."""
        known = self._sketches.known(event.document.id)
        if known is None or known.version != event.document.version or known.copy_of == event.copy_of:
            return
        last, subjects = self._told(known.document, known.version)
        if last and last.copy_of != event.copy_of and not set(event.subjects) <= set(last.subjects):
            self._append(msgspec.structs.replace(last, subjects=subjects))

    def _told(self, document: DocumentId, version: int) -> tuple[DocumentDuplicateJudged | None, tuple[SubjectId, ...]]:
        """What the log says last of a version, and all subjects that readings of the document have touched."""
        last: DocumentDuplicateJudged | None = None
        subjects: set[SubjectId] = set()
        for recorded in self._transaction.log.read(stream=stream_name("document", document)):
            event = codec.decode_known(recorded)
            if isinstance(event, DocumentDuplicateJudged) and event.version == version:
                last = event
            elif isinstance(event, ClaimsExtracted):
                subjects.update(event.subjects)
        return last, tuple(sorted(subjects))

    def _append(self, judged: DocumentDuplicateJudged) -> None:
        stream = stream_name("document", judged.document_id)
        # It can be judged to be a copy, no copy, and a copy again: its place in the stream tells these apart.
        place = self._transaction.log.stream_version(stream)
        event = codec.encode(judged, id=event_uuid("copies", judged.document_id, place))
        self._transaction.log.append(stream, [event], expected_version=place)
