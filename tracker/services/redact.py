"""Taking a text down: the words go, the fact that they were there stays, and every proof still holds."""

import msgspec

from tracker.domain.ids import DocumentId, event_uuid
from tracker.errors import ConfigError, NotFoundError
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.events.types import ContentRedacted, DocumentCaptured
from tracker.services.library import find_document
from tracker.services.project import Project
from tracker.store.store import Store

STREAM = stream_name("policy")


class Redacted(msgspec.Struct, frozen=True):
    """What was taken down, and where the log says so."""

    document_id: DocumentId
    texts: int
    position: int


class Redact:
    """Takes texts down."""

    def __init__(self, store: Store, project: Project) -> None:
        self._store, self._project = store, project

    def document(self, name: str, *, reason: str, legal_basis: str, actor: str) -> Redacted:
        """Remove every held version of a document's text, and record who did it and why.

        Claims stay, without their words; the salted digests stay in the events, so the log verifies as before. What is in
        the log already is not touched. Raises NotFoundError for an unknown document, or one whose texts are gone.
        """
        for option, text in (("--reason", reason), ("--legal-basis", legal_basis), ("--actor", actor)):
            if not text.strip():
                raise ConfigError(option, "says nothing; an auditor will read it")
        with self._store.transaction() as transaction:
            view = find_document(transaction, name)
            digests = tuple(
                event.text_digest
                for recorded in transaction.log.read(stream=stream_name("document", view.id))
                if isinstance(event := codec.decode(recorded), DocumentCaptured)
                and transaction.texts.get(event.text_digest) is not None
            )
            if not digests:
                raise NotFoundError("text", name, "it has been taken down already")
            event = ContentRedacted(
                document_id=view.id, text_digests=digests, reason=reason, legal_basis=legal_basis, actor=actor
            )
            encoded = codec.encode(event, id=event_uuid("redacted", view.id, list(digests)))
            (recorded,) = transaction.log.append(STREAM, [encoded], expected_version=ANY)
            transaction.texts.take_down(digests, position=recorded.position)
        for _ in self._project.catch_up():
            pass
        return Redacted(view.id, len(digests), recorded.position)
