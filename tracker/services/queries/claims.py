"""Claims as programs get them, and the claims of documents that nobody captured."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

import msgspec

from tracker.capture.item import Given, Item, Refused
from tracker.capture.sources import items
from tracker.domain import identity
from tracker.domain.claim import Claim
from tracker.domain.document import Document, DocumentRef
from tracker.domain.ids import ClaimId
from tracker.extractors.extractor import Extractor
from tracker.extractors.knowledge import Knowledge
from tracker.services.queries.answers import taken
from tracker.services.queries.quotes import Quote


class ClaimLine(msgspec.Struct, frozen=True):
    """One claim with its quote."""

    claim_id: ClaimId
    document_id: str
    kind: str
    entity: str
    entity_id: str
    aliases: tuple[str, ...]
    attribute: str
    value: str
    modality: str
    superseded: bool
    confidence: float
    evidence: Quote
    attribution: str | None
    by: str | None
    extractor: str
    extractor_version: str


def claim_line(claim: Claim, document: DocumentRef, text: str | None, reader: tuple[str, str]) -> ClaimLine:
    """Return a claim as programs get it; `reader` is the extractor's name and version."""
    evidence = claim.evidence
    return taken(
        ClaimLine,
        claim,
        claim_id=claim.id,
        document_id=document.public_id,
        confidence=claim.confidence_ppm / 1_000_000,
        evidence=Quote(evidence.quote(text) if text is not None else None, evidence.start, evidence.end),
        extractor=reader[0],
        extractor_version=reader[1],
    )


class Preview:
    """Reads documents without storing anything."""

    def __init__(self, knowledge: Knowledge, extractors: Mapping[str, Extractor], *, max_bytes: int) -> None:
        self._knowledge, self._extractors, self._max_bytes = knowledge, extractors, max_bytes

    def sources(
        self, sources: Iterable[str], *, given: Given, today: dt.date, stdin: BinaryIO | None = None
    ) -> Iterator[ClaimLine | Refused]:
        """Yield the claims of each document in turn, or the reason why an input is none."""
        for source in sources:
            for item in items(source, given=given, captured_on=today, stdin=stdin, max_bytes=self._max_bytes):
                if isinstance(item, Refused):
                    yield item
                else:
                    yield from self._item(item)

    def _item(self, item: Item) -> Iterator[ClaimLine]:
        document = document_of(item)
        for extractor in self._extractors.values():
            for claim in extractor.find(document, self._knowledge):
                yield claim_line(claim, document.ref, document.text, (extractor.name, extractor.version))


def document_of(item: Item) -> Document:
    """Return the document that an item would be captured as, were it new."""
    strong = identity.url_key(item.url) if item.url else None
    if strong is None and item.id_declared and item.external_id:
        strong = identity.declared_key(item.external_id)
    ref = DocumentRef(
        id=identity.document_id(strong or identity.text_key(item.text)),
        version=1,
        published=item.published,
        published_basis=item.published_basis,
        external_id=item.external_id,
        publisher=item.publisher,
        url=item.url,
        title=item.title,
    )
    return Document(ref=ref, text=item.text, language=item.language)
