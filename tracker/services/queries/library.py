"""Captured documents: the list, and one of them with its versions, text and claims."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from tracker.domain.claim import Claim
from tracker.domain.document import published_on
from tracker.domain.ids import DocumentId
from tracker.errors import NotFoundError
from tracker.events import codec
from tracker.events.envelope import stream_name
from tracker.events.types import ClaimsExtracted
from tracker.projections import documents
from tracker.projections.documents import DocumentView
from tracker.services.queries.answers import taken
from tracker.services.queries.claims import ClaimLine, claim_line
from tracker.store.store import Store, Transaction


class DocumentLine(msgspec.Struct, frozen=True):
    """One document in a list."""

    document_id: str
    id: str
    version: int
    title: str | None
    publisher: str | None
    published: str
    published_basis: str
    url: str | None
    claims: int
    copy_of: str | None
    redacted: str | None
    recorded_at: str
    position: int


class DocumentDetail(msgspec.Struct, frozen=True):
    """One document with all that is known of it; `text` is None when it is no longer held."""

    document: DocumentLine
    versions: tuple[Mapping[str, Any], ...]
    text: str | None
    claims: tuple[ClaimLine, ...]


class Library:
    """Answers questions about documents."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, *, about: Collection[str] | None = None) -> list[DocumentLine]:
        """Return every document, or those whose newest reading speaks of a subject (by all its ids), the oldest publication first."""
        with self._store.reading() as reading:
            views = document_views(reading) if about is None else _about(reading, about)
            lines = [_line(view) for view in views]
        return sorted(lines, key=lambda line: (published_on(line.published), line.document_id))

    def show(self, name: str) -> DocumentDetail:
        """Return one document by our id or its own. Raises NotFoundError, also when several declare that id."""
        with self._store.reading() as reading:
            view = find_document(reading, name)
            text = reading.texts.get(view.newest.text_digest)
            claims = _claims(reading, view)
        versions = tuple(
            {
                "version": each.document.version,
                "position": each.position,
                "recorded_at": each.recorded_at,
                "published": each.document.published,
                "text_length": each.document.text_length,
            }
            for each in view.versions
        )
        lines = tuple(claim_line(claim, view.newest.ref, text, reader) for claim, reader in claims)
        return DocumentDetail(_line(view), versions, text, lines)


def document_views(reading: Transaction) -> list[DocumentView]:
    """Return the views of all documents, in the order of their ids."""
    live = reading.views.live(documents.PROJECTION.name)
    return [documents.view_of(body) for _, body in reading.views.all(live[0])] if live else []


def _about(reading: Transaction, ids: Collection[str]) -> list[DocumentView]:
    newest: dict[tuple[DocumentId, str, str], ClaimsExtracted] = {}
    for id_ in ids:
        for recorded in reading.log.read_key(id_):
            event = codec.decode_known(recorded)
            if isinstance(event, ClaimsExtracted):
                newest[event.document.id, event.extractor, id_] = event
    # A reading that says nothing of it any more stands under the same key.
    speaking = (event for event in newest.values() if any(claim.entity_id in ids for claim in event.claims))
    wanted = dict.fromkeys(event.document.id for event in speaking)
    live = reading.views.live(documents.PROJECTION.name)
    bodies = (reading.views.get(live[0], id_) for id_ in wanted) if live else ()
    return [documents.view_of(body) for body in bodies if body is not None]


def find_document(reading: Transaction, name: str) -> DocumentView:
    """Return the view of a document by our id or its own. Raises NotFoundError, also when several declare that id."""
    name = name.encode("utf-8", "replace").decode()
    live = reading.views.live(documents.PROJECTION.name)
    if live and (body := reading.views.get(live[0], name)):
        return documents.view_of(body)
    keys = reading.views.named(live[0], name) if live else []
    bodies = (reading.views.get(live[0], key) for key in keys) if live else ()
    views = (documents.view_of(body) for body in bodies if body is not None)
    named = [view for view in views if view.newest.external_id == name]
    if len(named) != 1:
        several = f"{len(named)} documents call themselves so: {', '.join(v.id for v in named)}"
        raise NotFoundError("document", name, several if named else "`tracker documents list` shows all")
    return named[0]


def _claims(reading: Transaction, view: DocumentView) -> list[tuple[Claim, tuple[str, str]]]:
    newest: dict[str, ClaimsExtracted] = {}
    for recorded in reading.log.read(stream=stream_name("document", view.id), type_="claims.extracted"):
        event = codec.decode(recorded)
        if isinstance(event, ClaimsExtracted) and event.document.version == view.newest.version:
            newest[event.extractor] = event
    return [(claim, (e.extractor, e.extractor_version)) for e in newest.values() for claim in e.claims]


def _line(view: DocumentView) -> DocumentLine:
    newest, first = view.newest, view.versions[0]
    return taken(
        DocumentLine,
        newest,
        document_id=newest.ref.public_id,
        id=view.id,
        claims=view.claims,
        copy_of=view.copy_of,
        redacted=view.redacted,
        recorded_at=first.recorded_at,
        position=view.updated_position,
    )
