"""Reading captured documents: what each extractor finds is recorded, also when it finds nothing any more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import structlog

from tracker.domain.claim import Claim
from tracker.domain.dates import DateSpan
from tracker.domain.document import Document
from tracker.domain.ids import DocumentId, SubjectId, event_uuid
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import ConfigError, ReaderUnavailableError
from tracker.events import codec
from tracker.events.envelope import ANY, NewEvent, RecordedEvent, StreamName, stream_name
from tracker.events.types import ClaimsExtracted, DocumentCaptured, DocumentDuplicateJudged
from tracker.extractors.extractor import Extractor
from tracker.extractors.knowledge import Knowledge
from tracker.services.consumers.consume import Progress, consume, whole
from tracker.store.store import Store, Transaction

log = structlog.get_logger(__name__)


class Known(msgspec.Struct, frozen=True):
    """What a document's stream tells before a version is read: whose copy that is, what was found before."""

    copy_of: DocumentId | None
    subjects: frozenset[SubjectId]


class Found(msgspec.Struct, frozen=True):
    """One reading, ready to be appended to the document's stream."""

    stream: StreamName
    event: NewEvent
    subjects: frozenset[SubjectId]


class Read:
    """Reads with every extractor that is switched on."""

    def __init__(
        self, store: Store, knowledge: Knowledge, extractors: Mapping[str, Extractor], *, ruleset: str
    ) -> None:
        self._store, self._knowledge, self._extractors = store, knowledge, extractors
        self._ruleset = ruleset

    @property
    def consumers(self) -> tuple[str, ...]:
        """The names under which progress is kept."""
        return tuple(map(_consumer, self._extractors.values()))

    def catch_up(self) -> Iterator[Progress]:
        """Read every captured version that has not been read, and yield after each batch.

        A document that breaks an extractor is parked with the reason; the others go on. An extractor that cannot work now is left
        behind, and goes on from there the next time.
        """
        for extractor in self._extractors.values():
            try:
                yield from self._with(extractor)
            except ReaderUnavailableError as error:
                log.warning("reader.unavailable", reader=extractor.name, reason=str(error))

    def retry(self) -> int:
        """Read every parked document again, and return how many could be read this time."""
        done = 0
        for extractor in self._extractors.values():
            consumer = _consumer(extractor)
            with self._store.reading() as reading:
                positions = [int(p.item) for p in reading.parking.all() if p.consumer == consumer]
                events = [e for at in positions for e in reading.log.read(after=at - 1, limit=1)]
                found = [(recorded, self._found(reading, extractor, recorded, {})) for recorded in events]
            with self._store.transaction() as transaction:
                for recorded, one in found:
                    transaction.parking.release(consumer, str(recorded.position))
                    self._keep(transaction, extractor, recorded, one)
                    done += not isinstance(one, Exception)
        return done

    def _with(self, extractor: Extractor) -> Iterator[Progress]:
        def prepare(events: Sequence[RecordedEvent]) -> list[Found | Exception | None]:
            made: list[Found | Exception | None] = []
            # Two versions of one document may stand in one batch: the second must know what the first is about to say.
            said: dict[StreamName, frozenset[SubjectId]] = {}
            with self._store.reading() as reading:
                for recorded in events:
                    one = self._found(reading, extractor, recorded, said)
                    made.append(one)
                    if isinstance(one, Found):
                        said[one.stream] = one.subjects
            return made

        def handle(
            transaction: Transaction, events: Sequence[RecordedEvent], made: list[Found | Exception | None]
        ) -> None:
            for recorded, one in zip(events, made, strict=True):
                self._keep(transaction, extractor, recorded, one)

        yield from consume(
            self._store, _consumer(extractor), handle, read=whole, prepare=prepare, batch=1 if extractor.costly else 50
        )

    def _keep(
        self, transaction: Transaction, extractor: Extractor, recorded: RecordedEvent, one: Found | Exception | None
    ) -> None:
        if isinstance(one, Exception):
            reason = f"{extractor.name} {extractor.version}: {type(one).__name__}: {one}"
            transaction.parking.park(_consumer(extractor), str(recorded.position), reason)
            log.error("document.parked", position=recorded.position, reason=reason)
        elif one is not None:
            transaction.log.append(one.stream, [one.event], expected_version=ANY)

    def _found(
        self,
        transaction: Transaction,
        extractor: Extractor,
        recorded: RecordedEvent,
        said: Mapping[StreamName, frozenset[SubjectId]],
    ) -> Found | Exception | None:
        """What one event leads to: a reading, the reason why there is none, or None for what is not to be read."""
        event = codec.decode_known(recorded) if recorded.type.startswith("document.") else None
        if not isinstance(event, DocumentCaptured):
            return None
        text = transaction.texts.get(event.text_digest)
        if text is None:
            return None
        document = Document(ref=event.ref, text=text, language=event.language)
        try:
            return self._reading(transaction, extractor, document, said.get(recorded.stream, frozenset()))
        except ReaderUnavailableError:
            raise  # the document is not to blame; it is read when the reader is back
        except Exception as error:  # noqa: BLE001  (whatever breaks on one document is parked with it)
            return error

    def extractor(self, name: str) -> Extractor:
        """Return one that is switched on. Raises ConfigError for any other."""
        if name not in self._extractors:
            raise ConfigError("extractor", f"{name!r} is not switched on; there are {', '.join(self._extractors)}")
        return self._extractors[name]

    def again(self, transaction: Transaction, extractor: Extractor, document: Document) -> ClaimsExtracted:
        """Return what an extractor finds in a document now, as it would be recorded. Raises ValueError for bad claims."""
        return self._extracted(transaction, extractor, document, frozenset())

    def _reading(
        self, transaction: Transaction, extractor: Extractor, document: Document, said: frozenset[SubjectId]
    ) -> Found:
        ref = document.ref
        extracted = self._extracted(transaction, extractor, document, said)
        id_ = event_uuid("claims", ref.id, ref.version, extractor.name, extractor.version, self._ruleset)
        event = codec.encode(extracted, id=id_)
        return Found(stream_name("document", ref.id), event, frozenset(extracted.subjects))

    def _extracted(
        self, transaction: Transaction, extractor: Extractor, document: Document, said: frozenset[SubjectId]
    ) -> ClaimsExtracted:
        ref = document.ref
        claims = extractor.find(document, self._knowledge)
        for claim in claims:
            check(claim, document)
        known = _known(transaction, ref.id, ref.version, extractor)
        subjects = frozenset(claim.entity_id for claim in claims) | known.subjects | said
        return ClaimsExtracted(
            document=ref,
            extractor=extractor.name,
            extractor_version=extractor.version,
            ruleset=self._ruleset,
            claims=claims,
            subjects=tuple(sorted(subjects)),
            copy_of=known.copy_of,
            wholes=_wholes(self._knowledge, subjects),
        )


def _wholes(knowledge: Knowledge, subjects: Iterable[SubjectId]) -> dict[SubjectId, SubjectId]:
    """What those subjects that are parts are parts of, as far as the catalog says."""
    rows = ((each, knowledge.catalog.missions.get(each)) for each in sorted(subjects))
    return {each: SubjectId(row.part_of) for each, row in rows if row is not None and row.part_of}


def _consumer(extractor: Extractor) -> str:
    return f"read.{extractor.name}"


def check(claim: Claim, document: Document) -> None:
    """Refuse a claim that the vocabulary does not know, or whose evidence is not in the text. Raises ValueError."""
    attribute = VOCABULARIES[claim.kind].attributes.get(claim.attribute)
    if attribute is None or not claim.entity_id.startswith(claim.kind + "/"):
        raise ValueError(f"{claim.attribute!r} of {claim.entity_id} is nothing that may be said of a {claim.kind}")
    for date in (claim.value if attribute.type == "date" else None, claim.since):
        if date is not None:
            DateSpan.parse(date)
    if attribute.type == "status" and claim.value not in VOCABULARIES[claim.kind].statuses:
        raise ValueError(f"{claim.value!r} is no status of a {claim.kind}")
    if not 0 <= claim.evidence.start < claim.evidence.end <= len(document.text):
        raise ValueError(f"evidence {claim.evidence} is not in the text")


def _known(transaction: Transaction, id_: DocumentId, version: int, extractor: Extractor) -> Known:
    copy_of: DocumentId | None = None
    subjects: set[SubjectId] = set()
    for recorded in transaction.log.read(stream=stream_name("document", id_)):
        event = codec.decode_known(recorded)
        if isinstance(event, DocumentDuplicateJudged) and event.version == version:
            # Judged of this version: a copy that is rewritten is one no more.
            copy_of = event.copy_of
        elif isinstance(event, ClaimsExtracted) and event.extractor == extractor.name:
            subjects.update(event.subjects)
    return Known(copy_of, frozenset(subjects))
