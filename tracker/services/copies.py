"""Telling copies from originals: a consumer that compares each text with those of the weeks around it.

One original has many copies, and a copy has one original, never another copy: of all originals that it resembles, the one
that was published first. This is the lexicographically first maximal independent set of the graph of likenesses (Blelloch,
Fineman and Shun, 2012), which depends on the documents and not on the order in which they came. When an earlier original
arrives late, a date is corrected, or a text is edited, only what hangs on it is judged again. Nothing is dropped.
"""

import datetime as dt
import heapq
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from tracker.capture.credit import credit_of
from tracker.domain.copies import FEWEST, WINDOW, Issue, Likeness, Method, Wording, likeness, method_of
from tracker.domain.ids import DocumentId, SubjectId, event_uuid
from tracker.domain.sketch import containment, sketch
from tracker.events import codec
from tracker.events.envelope import ANY, RecordedEvent, stream_name
from tracker.events.types import ClaimsExtracted, ContentRedacted, DocumentCaptured, DocumentDuplicateJudged
from tracker.services.consume import Progress, consume, whole
from tracker.store.sketches import Known, Sketched
from tracker.store.store import Store, Transaction

CONSUMER: Final = "copies"
_BATCH: Final = 50
_WEEKS: Final = dt.timedelta(days=WINDOW)
_HARDLY: Final = 0.3
"""Texts whose sketches have less in common are not compared: no rule asks for less than half."""
_MOST: Final = 64
"""Texts that one is compared with at most, the most promising first."""
_REMEMBERED: Final = 256


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

    def catch_up(self) -> Iterator[Progress]:
        """Judge every version that has not been judged, and yield after each batch."""

        def prepare(events: Sequence[RecordedEvent]) -> list[Worded | None]:
            with self._store.reading() as reading:
                return [_worded(reading, recorded) for recorded in events]

        def handle(transaction: Transaction, events: Sequence[RecordedEvent], made: list[Worded | None]) -> None:
            judging = _Judging(transaction, made)
            for recorded, worded in zip(events, made, strict=True):
                judging.take(recorded, worded)

        yield from consume(self._store, CONSUMER, handle, read=whole, prepare=prepare, batch=_BATCH)


def _worded(reading: Transaction, recorded: RecordedEvent) -> Worded | None:
    event = codec.decode_known(recorded) if recorded.type.startswith("document.") else None
    if not isinstance(event, DocumentCaptured) or (text := reading.texts.get(event.text_digest)) is None:
        return None
    return Worded(event.text_digest, Wording.of(text), credit_of(text))


class _Judging:
    """What one batch of events leads to, inside its transaction."""

    def __init__(self, transaction: Transaction, made: Sequence[Worded | None]) -> None:
        self._transaction, self._sketches = transaction, transaction.sketches
        self._position = 0
        self._new = {worded.text_digest: worded.wording for worded in made if worded}
        self._older = lru_cache(maxsize=_REMEMBERED)(self._wording_of)

    def take(self, recorded: RecordedEvent, worded: Worded | None) -> None:
        """Judge what an event brings, and whatever hangs on it."""
        self._position = recorded.position
        match codec.decode_known(recorded):
            case DocumentCaptured() as event:
                self._captured(event, worded)
            case ClaimsExtracted() as event:
                self._extracted(event)
            case ContentRedacted() as event:
                self._sketches.forget(event.text_digests)
            case _:
                pass

    def _captured(self, event: DocumentCaptured, worded: Worded | None) -> None:
        before = self._sketches.known(event.document_id)
        runs = worded.wording.runs if worded else frozenset()
        known = Known(
            document=event.document_id,
            version=event.version,
            position=self._position if len(runs) >= FEWEST else 0,
            day=event.ref.published_on,
            size=len(runs),
            copy_of=before.copy_of if before else None,
        )
        if worded and known.position:
            place = (self._position, event.document_id, event.version, event.text_digest, worded.credit)
            self._sketches.put(Sketched(*place, sketch(runs)), known)
        elif before:
            # Nothing can be said of this version; copies of the earlier ones stay what they are.
            self._sketches.save(msgspec.structs.replace(known, copy_of=None))
        self._settle(known)

    def _settle(self, changed: Known) -> None:
        """Judge a document, and in the order of publication whatever was judged by what it used to be."""
        queue: list[tuple[tuple[dt.date, int, str], DocumentId]] = []

        def push(others: Sequence[Known]) -> None:
            for other in others:
                heapq.heappush(queue, (other.issue().order, other.document))

        push([changed, *self._sketches.copies_of(changed.document)])
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
            if verdict.copy_of != known.copy_of:
                self._sketches.save(msgspec.structs.replace(known, copy_of=verdict.copy_of))
            if verdict.copy_of is not None and known.copy_of is None:
                push(self._sketches.copies_of(document))
            elif verdict.copy_of is None and (known.copy_of is not None or document == changed.document):
                push(self._later(known))

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
        near = self._sketches.sharing(mine.sketch, first=known.day - _WEEKS, last=known.day, copies=False)
        likely = [
            (containment(mine.sketch, version.sketch), other, version)
            for other, versions in near
            if other.document != known.document and other.issue().order < issue.order
            for version in versions
        ]
        likely = sorted((one for one in likely if one[0] >= _HARDLY), key=lambda one: -one[0])[:_MOST]
        for _, other, version in sorted(likely, key=lambda one: (one[1].issue().order, -one[0])):
            theirs = self._wording(version.text_digest)
            if theirs is None:
                continue
            like = likeness(wording, theirs)
            original = Issue(other.document, other.day, version.sketch.size, version.credit)
            if (method := method_of(like, issue, original)) is not None:
                credit = mine.credit if mine.credit == version.credit else None
                return Verdict(other.document, method, like, credit)
        return Verdict()

    def _later(self, known: Known) -> list[Known]:
        """Documents that come later in order and may be copies of this one."""
        found: dict[DocumentId, Known] = {}
        for mine in self._sketches.versions_of(known.document):
            last = known.day + _WEEKS
            for other, versions in self._sketches.sharing(mine.sketch, first=known.day, last=last, copies=True):
                alike = any(containment(mine.sketch, version.sketch) >= _HARDLY for version in versions)
                if alike and other.issue().order > known.issue().order:
                    found[other.document] = other
        return list(found.values())

    def _wording(self, text_digest: str) -> Wording | None:
        return self._new.get(text_digest) or self._older(text_digest)

    def _wording_of(self, text_digest: str) -> Wording | None:
        text = self._transaction.texts.get(text_digest)
        return Wording.of(text) if text is not None else None

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
        # The same document can be judged to be a copy, no copy, and a copy again: what caused it tells these apart.
        event = codec.encode(judged, id=event_uuid("copies", judged.document_id, self._position))
        self._transaction.log.append(stream_name("document", judged.document_id), [event], expected_version=ANY)
