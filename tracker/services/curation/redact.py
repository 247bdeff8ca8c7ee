"""Taking a text down: the words go, the fact that they were there stays, and every proof still holds."""

import msgspec

from tracker.domain.ids import DocumentId, event_uuid
from tracker.errors import ConfigError, NotFoundError
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.events.types import ContentRedacted
from tracker.projections.documents import DocumentView
from tracker.services.consumers.project import Project
from tracker.services.ingestion.traces import Trace, raw_of, trace_of, versions_of
from tracker.services.queries.library import find_document
from tracker.store.store import Store, Transaction

STREAM = stream_name("policy")


class Redacted(msgspec.Struct, frozen=True):
    """What was taken down, and where the log says so: texts, and the raw bytes of responses in which they came."""

    document_id: DocumentId
    texts: int
    position: int
    raw: int = 0


class Redact:
    """Takes texts down."""

    def __init__(self, store: Store, project: Project) -> None:
        self._store, self._project = store, project

    def document(self, name: str, *, reason: str, legal_basis: str, actor: str) -> Redacted:
        """Remove every held version of a document's text and the raw bytes it came in, and record who did it and why.

        Claims stay, without their words; the salted digests stay in the events, so the log verifies as before. What is in
        the log already is not touched. Raises NotFoundError for an unknown document, or one whose texts are gone.
        """
        for option, text in (("--reason", reason), ("--legal-basis", legal_basis), ("--actor", actor)):
            if not text.strip():
                raise ConfigError(option, "says nothing; an auditor will read it")
        with self._store.reading() as reading:
            # Looking through years of responses takes its time, and must not hold up who writes.
            _, _, trace = _held(reading, name)
            raw, seen = raw_of(reading, trace), reading.blobs.count()[1]
        with self._store.transaction() as transaction:
            view, digests, trace = _held(transaction, name)
            raw |= raw_of(transaction, trace, after=seen)
            event = ContentRedacted(
                document_id=view.id, text_digests=digests, reason=reason, legal_basis=legal_basis, actor=actor
            )
            encoded = codec.encode(event, id=event_uuid("redacted", view.id, list(digests)))
            (recorded,) = transaction.log.append(STREAM, [encoded], expected_version=ANY)
            transaction.texts.take_down(digests, position=recorded.position)
            # A sketch would still let somebody test a guess at the words.
            transaction.sketches.forget(digests)
            transaction.search.forget(digests)
            taken = transaction.blobs.take_down(raw, position=recorded.position)
        for _ in self._project.catch_up():
            pass
        return Redacted(view.id, len(digests), recorded.position, taken)


def _held(transaction: Transaction, name: str) -> tuple[DocumentView, tuple[str, ...], Trace]:
    """Return a document, the digests of its texts that are held, and what gives it away."""
    view = find_document(transaction, name)
    versions = versions_of(transaction, view.id)
    texts = transaction.texts.get_many(version.text_digest for version in versions)
    if not texts:
        raise NotFoundError("text", name, "it has been taken down already")
    held = tuple(version.text_digest for version in versions if version.text_digest in texts)
    return view, held, trace_of(view.id, versions, texts.values())
