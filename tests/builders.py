"""Builders that read like the story they tell: who said what of which mission, and when."""

import datetime as dt

from tracker.domain.claim import Claim, make_claim
from tracker.domain.document import Document, DocumentRef, Evidence
from tracker.domain.ids import DocumentId, SubjectId, short_id
from tracker.domain.said import Said
from tracker.events.types import ClaimsExtracted

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


class Clock:
    """Time as an argument: call it for the present instant, `tick` to let some pass."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now

    def __call__(self) -> dt.datetime:
        return self._now

    def tick(self, **spans: float) -> None:
        self._now += dt.timedelta(**spans)


def ref(
    name: str, published: str, *, publisher: str | None = None, version: int = 1, basis: str = "given"
) -> DocumentRef:
    return DocumentRef(
        id=DocumentId(short_id("doc", name)),
        version=version,
        published=published,
        published_basis=basis,
        external_id=name,
        publisher=publisher,
    )


def claim(document: DocumentRef, attribute: str, value: str, modality: str = "actual", **details) -> Claim:
    """A claim of a document whose text is as long as it takes; each attribute has its own words."""
    subject = details.pop("subject", "mission/lupex")
    entity = details.pop("entity", "LUPEX")
    start = sum(attribute.encode()) % 500
    return make_claim(
        Document(ref=document, text="x" * 1000),
        kind=subject.partition("/")[0],
        entity=entity,
        entity_id=SubjectId(subject),
        attribute=attribute,
        value=value,
        modality=modality,
        evidence=Evidence(start, start + 10),
        **details,
    )


def said(name: str, published: str, attribute: str, value: str, modality: str = "actual", **details) -> Said:
    """One claim in context; its origin is its publisher, or the document itself."""
    publisher = details.pop("publisher", None)
    position = details.pop("position", 1)
    document = ref(name, published, publisher=publisher)
    made = claim(document, attribute, value, modality, **details)
    return Said(made, document, publisher or document.id, position, "2026-01-01T12:00:00.000000Z")


def extracted(
    document: DocumentRef, *claims: Claim, subjects: tuple[str, ...] | None = None, copy_of=None
) -> ClaimsExtracted:
    touched = tuple(sorted({c.entity_id for c in claims} | {SubjectId(s) for s in subjects or ()}))
    return ClaimsExtracted(
        document=document,
        extractor="rules",
        extractor_version="1",
        ruleset="test",
        claims=claims,
        subjects=touched,
        copy_of=copy_of,
    )
