"""Reading captured documents again with the present rules, and what that would change before anything is written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from tracker.domain.change import Change
from tracker.domain.claim import Claim
from tracker.domain.document import Document
from tracker.domain.ids import ClaimId, SubjectId, digest, event_uuid
from tracker.domain.policy import Policy
from tracker.events import codec
from tracker.events.envelope import ANY, NewEvent, Occurrence, StreamName, stream_name
from tracker.events.types import ClaimsExtracted, DocumentCaptured
from tracker.extractors.extractor import Extractor
from tracker.projections import documents
from tracker.projections.documents import DocumentView
from tracker.projections.projection import RULES, Projection
from tracker.projections.subjects import change_of
from tracker.services.consumers.project import Project
from tracker.services.consumers.read import Read
from tracker.services.queries.answers import HistoryLine, history_line
from tracker.services.queries.claims import ClaimLine, claim_line
from tracker.services.queries.library import document_views
from tracker.services.queries.quotes import Quotes
from tracker.store.store import Store, Transaction
from tracker.store.views import Build

_AT_ONCE = 50


class Reread(msgspec.Struct, frozen=True):
    """What another reading of one document adds and takes back; `problem` is why it cannot be read."""

    document_id: str
    version: int
    extractor: str
    added: tuple[ClaimLine, ...] = ()
    removed: tuple[ClaimLine, ...] = ()
    problem: str | None = None

    @property
    def changed(self) -> bool:
        """Whether this reading differs from the one before."""
        return bool(self.added or self.removed)


class Outcome(msgspec.Struct, frozen=True):
    """What came of reading again: every document whose claims differ, and what that changes in the views."""

    documents: int
    changed: tuple[Reread, ...]
    views: tuple[HistoryLine, ...]
    written: bool


class _New(msgspec.Struct, frozen=True):
    stream: StreamName
    event: ClaimsExtracted
    encoded: NewEvent


class Again:
    """Reads again."""

    def __init__(
        self, store: Store, read: Read, project: Project, projections: Mapping[str, Projection], policy: Policy
    ) -> None:
        self._store, self._read, self._project = store, read, project
        self._projections, self._policy = projections, policy

    def run(
        self,
        *,
        extractor: str = "rules",
        since: dt.date | None = None,
        dry: bool = False,
        on_progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Outcome:
        """Read the newest version of every document with one extractor as it is now; a dry run writes nothing.

        `since` leaves out documents that were taken in before that day. Readings that find the same are not recorded again.
        Raises ConfigError for an extractor that is not switched on.
        """
        reader = self._read.extractor(extractor)
        with self._store.reading() as reading:
            began = reading.log.last_position()
            wanted = [view for view in document_views(reading) if since is None or _taken_in(view) >= since]
        changed: list[Reread] = []
        made: list[_New] = []
        for start in range(0, len(wanted), _AT_ONCE):
            for one, new in self._look(reader, wanted[start : start + _AT_ONCE]):
                changed.append(one)
                if new is not None:
                    made.append(new)
            if not dry:
                self._write(made)
                made.clear()
            on_progress(min(start + _AT_ONCE, len(wanted)), len(wanted))
        if dry:
            return Outcome(len(wanted), tuple(changed), self._told(self._preview(made)), written=False)
        for _ in self._project.catch_up():
            pass
        return Outcome(len(wanted), tuple(changed), self._told(self._changes(began, changed)), written=True)

    def _look(self, reader: Extractor, views: Sequence[DocumentView]) -> Iterator[tuple[Reread, _New | None]]:
        """Yield what differs, document by document."""
        with self._store.reading() as reading:
            for view in views:
                captured = view.newest
                text = reading.texts.get(captured.text_digest)
                if text is None:
                    continue  # taken down: what was read of it stays, and cannot be read again
                document = Document(ref=captured.ref, text=text, language=captured.language)
                place, before = _last(reading, captured, reader.name)
                try:
                    after = self._read.again(reading, reader, document)
                except ValueError as error:
                    yield Reread(document.ref.public_id, captured.version, reader.name, problem=str(error)), None
                    continue
                one = _compared(document, before, after)
                if one.changed:
                    yield one, _New(stream_name("document", captured.document_id), after, _encoded(after, since=place))

    def _write(self, made: Sequence[_New]) -> None:
        if not made:
            return
        with self._store.transaction() as transaction:
            for one in made:
                transaction.log.append(one.stream, [one.encoded], expected_version=ANY)

    def _preview(self, made: Sequence[_New]) -> Iterator[Change]:
        """Yield what the views would change by, as if the readings had been recorded now."""
        with self._store.reading() as reading:
            position = reading.log.last_position()
            newest = next(iter(reading.log.occurrences(after=position - 1)), None) if position else None
            now = newest.recorded_at if newest else ""
            for projection, build in self._shown(reading):
                added: dict[str, list[bytes]] = defaultdict(list)
                for number, one in enumerate(made, 1):
                    told = _occurrence(position + number, now, one.encoded)
                    for entry in projection.collect(told, one.event):
                        added[entry.key].append(entry.body)

                def collected(key: str, build: Build = build, added: Mapping[str, list[bytes]] = added) -> list[bytes]:
                    return [*reading.views.collected(build, key), *added.get(key, ())]

                rules = projection.rules(self._policy, collected(RULES))
                groups = {group.id: group for group in (projection.gather(key, collected) for key in added)}
                for key, group in sorted(groups.items()):
                    before, after = reading.views.get(build, key), projection.judge(key, group.entries, rules)
                    cause = Occurrence(position + len(made), "claims.extracted", 1, now, b"")
                    yield from map(change_of, projection.changes(key, before, after, cause))

    def _changes(self, began: int, changed: Sequence[Reread]) -> Iterator[Change]:
        """Yield the changes that the views took from readings recorded just now."""
        subjects = {SubjectId(line.entity_id) for one in changed for line in (*one.added, *one.removed)}
        with self._store.reading() as reading:
            for _, build in self._shown(reading):
                for key in sorted(subjects):
                    for body in reading.views.changes(build, key=key, after=began):
                        yield change_of(body)

    def _told(self, changes: Iterator[Change]) -> tuple[HistoryLine, ...]:
        found = list(changes)
        with self._store.reading() as reading:
            quotes = Quotes(reading, ((change.document, change.document_version) for change in found))
        return tuple(history_line(change, quotes) for change in found)

    def _shown(self, reading: Transaction) -> Iterator[tuple[Projection, Build]]:
        """Yield the projections of subjects with their live builds."""
        for projection in self._projections.values():
            live = reading.views.live(projection.name)
            if live is not None and projection.name != documents.PROJECTION.name:
                yield projection, live[0]


def _taken_in(view: DocumentView) -> dt.date:
    return dt.date.fromisoformat(view.versions[-1].recorded_at[:10])


def _last(reading: Transaction, captured: DocumentCaptured, extractor: str) -> tuple[int, ClaimsExtracted | None]:
    """The newest reading of a version, and where the log has it."""
    place, last = 0, None
    stream = stream_name("document", captured.document_id)
    for recorded in reading.log.read(stream=stream, type_="claims.extracted"):
        event = codec.decode_known(recorded)
        if not isinstance(event, ClaimsExtracted) or event.extractor != extractor:
            continue
        if event.document.version == captured.version:
            place, last = recorded.position, event
    return place, last


def _compared(document: Document, before: ClaimsExtracted | None, after: ClaimsExtracted) -> Reread:
    """A claim that is said otherwise, or with other words as its evidence, is another claim."""
    old = {claim.id: claim for claim in before.claims} if before else {}
    new = {claim.id: claim for claim in after.claims}
    reader = (after.extractor, after.extractor_version)
    return Reread(
        document.ref.public_id,
        document.ref.version,
        after.extractor,
        added=_only(new, old, document, reader),
        removed=_only(old, new, document, reader),
    )


def _only(
    ours: Mapping[ClaimId, Claim], theirs: Mapping[ClaimId, Claim], document: Document, reader: tuple[str, str]
) -> tuple[ClaimLine, ...]:
    found = (claim for id_, claim in ours.items() if theirs.get(id_) != claim)
    return tuple(claim_line(claim, document.ref, document.text, reader) for claim in found)


def _encoded(event: ClaimsExtracted, *, since: int) -> NewEvent:
    """The id hangs on what was found and on the reading before: rules that are worked on may go to and fro in one version."""
    ref = event.document
    found = digest(*(msgspec.to_builtins(claim) for claim in event.claims))
    cause = (ref.version, event.extractor, event.extractor_version, event.ruleset, found, since)
    return codec.encode(event, id=event_uuid("claims", ref.id, *cause))


def _occurrence(position: int, now: str, event: NewEvent) -> Occurrence:
    return Occurrence(position, event.type, event.schema_version, now, event.payload)
