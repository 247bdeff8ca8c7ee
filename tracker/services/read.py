"""Reading captured documents: what each extractor finds is recorded, also when it finds nothing any more."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import structlog

from tracker.domain.claim import Claim
from tracker.domain.dates import DateSpan
from tracker.domain.document import Document
from tracker.domain.ids import DocumentId, SubjectId, event_uuid
from tracker.domain.vocabulary import VOCABULARIES
from tracker.events import codec
from tracker.events.envelope import ANY, RecordedEvent, stream_name
from tracker.events.types import ClaimsExtracted, DocumentCaptured, DocumentDuplicateJudged
from tracker.extractors.extractor import Extractor
from tracker.extractors.knowledge import Knowledge
from tracker.services.consume import Progress, consume
from tracker.store.store import Store, Transaction

log = structlog.get_logger(__name__)


class Known(msgspec.Struct, frozen=True):
    """What a document's stream tells before it is read: its newest version, whose copy it is, what was found before."""

    newest: DocumentCaptured
    copy_of: DocumentId | None
    subjects: frozenset[SubjectId]


class Read:
    """Reads with every extractor that is switched on."""

    def __init__(
        self, store: Store, knowledge: Knowledge, extractors: Mapping[str, Extractor], *, ruleset: str
    ) -> None:
        self._store, self._knowledge, self._extractors = store, knowledge, extractors
        self._ruleset = ruleset

    def catch_up(self) -> Iterator[Progress]:
        """Read every captured version that has not been read, and yield after each batch.

        A document that breaks an extractor is parked with the reason; the others go on.
        """
        for extractor in self._extractors.values():
            yield from self._with(extractor)

    def _with(self, extractor: Extractor) -> Iterator[Progress]:
        consumer = f"read.{extractor.name}"

        def prepare(events: Sequence[RecordedEvent]) -> list[ClaimsExtracted | Exception | None]:
            found: list[ClaimsExtracted | Exception | None] = []
            # Two versions of one document may stand in one batch: the second must know what the first is about to say.
            said: dict[DocumentId, frozenset[SubjectId]] = {}
            with self._store.reading() as reading:
                for recorded in events:
                    one = self._reading(reading, extractor, recorded, said)
                    found.append(one)
                    if isinstance(one, ClaimsExtracted):
                        said[one.document.id] = frozenset(one.subjects)
            return found

        def handle(transaction: Transaction, events: Sequence[RecordedEvent], prepared: object) -> None:
            assert isinstance(prepared, list)  # noqa: S101  (what `prepare` above returned)
            for recorded, found in zip(events, prepared, strict=True):
                if isinstance(found, Exception):
                    reason = f"{extractor.name} {extractor.version}: {type(found).__name__}: {found}"
                    transaction.parking.park(consumer, str(recorded.position), reason)
                    log.error("document.parked", position=recorded.position, reason=reason)
                elif found is not None:
                    _append(transaction, found)

        yield from consume(self._store, consumer, handle, prepare=prepare, batch=50)

    def _reading(
        self,
        transaction: Transaction,
        extractor: Extractor,
        recorded: RecordedEvent,
        said: Mapping[DocumentId, frozenset[SubjectId]],
    ) -> ClaimsExtracted | Exception | None:
        event = codec.decode(recorded) if recorded.type.startswith("document.") else None
        if not isinstance(event, DocumentCaptured):
            return None
        text = transaction.texts.get(event.text_digest)
        if text is None:
            return None
        known = _known(transaction, event, extractor)
        document = Document(ref=event.ref, text=text, language=event.language)
        try:
            claims = extractor.find(document, self._knowledge)
            for claim in claims:
                check(claim, document)
        except Exception as error:  # noqa: BLE001  (whatever breaks on one document is parked with it)
            return error
        found = {claim.entity_id for claim in claims} | said.get(event.document_id, frozenset())
        return ClaimsExtracted(
            document=event.ref,
            extractor=extractor.name,
            extractor_version=extractor.version,
            ruleset=self._ruleset,
            claims=claims,
            subjects=tuple(sorted(found | known.subjects)),
            copy_of=known.copy_of,
        )


def check(claim: Claim, document: Document) -> None:
    """Refuse a claim that the vocabulary does not know, or whose evidence is not in the text. Raises ValueError."""
    attribute = VOCABULARIES[claim.kind].attributes.get(claim.attribute)
    if attribute is None or not claim.entity_id.startswith(claim.kind + "/"):
        raise ValueError(f"{claim.attribute!r} of {claim.entity_id} is nothing that may be said of a {claim.kind}")
    if attribute.type == "date":
        DateSpan.parse(claim.value)
    if attribute.type == "status" and claim.value not in VOCABULARIES[claim.kind].statuses:
        raise ValueError(f"{claim.value!r} is no status of a {claim.kind}")
    if not 0 <= claim.evidence.start < claim.evidence.end <= len(document.text):
        raise ValueError(f"evidence {claim.evidence} is not in the text")


def _known(transaction: Transaction, newest: DocumentCaptured, extractor: Extractor) -> Known:
    copy_of: DocumentId | None = None
    subjects: set[SubjectId] = set()
    for recorded in transaction.log.read(stream=stream_name("document", newest.document_id)):
        event = codec.decode(recorded)
        if isinstance(event, DocumentDuplicateJudged):
            copy_of = event.copy_of
        elif isinstance(event, ClaimsExtracted) and event.extractor == extractor.name:
            subjects.update(event.subjects)
    return Known(newest, copy_of, frozenset(subjects))


def _append(transaction: Transaction, found: ClaimsExtracted) -> None:
    ref = found.document
    id_ = event_uuid("claims", ref.id, ref.version, found.extractor, found.extractor_version, found.ruleset)
    event = codec.encode(found, id=id_, keys=tuple(found.subjects))
    transaction.log.append(stream_name("document", ref.id), [event], expected_version=ANY)
