"""Documents: the list, and one of them with its text, its claims marked in it, its versions and how they differ."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from tracker.domain.ids import DocumentId, slug
from tracker.errors import NotFoundError
from tracker.events import codec
from tracker.events.types import ClaimsExtracted
from tracker.services.queries.claims import ClaimLine, claim_line
from tracker.services.queries.library import DocumentDetail
from tracker.services.queries.quotes import Quotes
from tracker.web.pages.marked import Line, Piece, differences, paragraphs
from tracker.web.pages.visit import Visit

ROWS = 100


def listed(visit: Visit) -> Response:
    """Return the list, the newest publication first."""
    wanted, publisher = visit.text("title"), visit.text("publisher", longest=300)
    everything = visit.keep("documents", lambda: visit.app.library.list()[::-1])
    needle = slug(wanted) if wanted else ""
    shown = [
        line
        for line in everything
        if (not needle or needle in slug(line.title or line.document_id))
        and (not publisher or (line.publisher or "") == publisher)
    ]
    offset = visit.number("offset", 0)
    return visit.page(
        "documents.html",
        lines=shown[offset : offset + ROWS],
        total=len(shown),
        offset=offset,
        limit=ROWS,
        title=wanted,
        publisher=publisher,
        publishers=sorted({line.publisher for line in everything if line.publisher}, key=str.casefold),
    )


def page(visit: Visit) -> Response:
    """Return one document; `claim` names a claim to be marked, `version` an earlier text, `against` one to compare with."""
    detail = visit.app.library.show(visit.request.path_params["document"])
    newest, wanted = detail.document.version, visit.text("claim")
    found = _found(visit, detail, wanted) if wanted else None
    version = visit.number("version", found.version if found else newest)
    against = visit.number("against", 0)
    texts = _texts(visit, detail, {version, *([against] if against else [])})
    text = detail.text if version == newest else texts.get(version)
    older = texts.get(against) if against else None
    # The offsets of a claim belong to the text in which it was found, and to no other.
    chosen = found.claim if found and found.version == version else None
    claims = detail.claims if version == newest else (chosen,) if chosen else ()
    changed: Sequence[Line] | None = None
    if text is not None and older is not None:
        changed = differences(older, text)
    pieces: Sequence[Sequence[Piece]] = [] if text is None else list(paragraphs(text, claims, wanted))
    return visit.page(
        "document.html",
        document=detail.document,
        versions=detail.versions,
        version=version,
        against=against,
        text=text,
        pieces=pieces,
        claims=detail.claims,
        chosen=chosen,
        missing=bool(wanted and not chosen),
        changed=changed,
        subjects=sorted({(claim.entity_id, claim.entity) for claim in detail.claims}),
    )


class _Found(msgspec.Struct, frozen=True):
    version: int
    claim: ClaimLine


def _found(visit: Visit, detail: DocumentDetail, wanted: str) -> _Found | None:
    """A claim with the version of the text that it stands in: the newest, or an earlier one that has been revised since."""
    for claim in detail.claims:
        if claim.claim_id == wanted:
            return _Found(detail.document.version, claim)
    stream = f"document/{detail.document.id}"
    found: _Found | None = None
    for recorded in visit.app.records.events(stream=stream, type_="claims.extracted"):
        event = codec.decode_known(recorded)
        if not isinstance(event, ClaimsExtracted):
            continue
        for each in event.claims:
            if each.id == wanted:
                line = claim_line(each, event.document, None, (event.extractor, event.extractor_version))
                found = _Found(event.document.version, line)
    return found


def _texts(visit: Visit, detail: DocumentDetail, versions: set[int]) -> dict[int, str]:
    """The texts of some versions that are still held. Raises NotFoundError for a version that never was."""
    known = {each["version"] for each in detail.versions}
    for version in sorted(versions - known):
        raise NotFoundError("version", str(version), f"{detail.document.document_id} has {len(known)}")
    id_ = DocumentId(detail.document.id)
    with visit.app.query.looking() as look:
        quotes = Quotes(look.reading, [(id_, version) for version in versions])
    found = {version: quotes.text((id_, version)) for version in versions}
    return {version: text for version, text in found.items() if text is not None}
