"""Documents: the list, and one of them with its text, its claims marked in it, its versions and how they differ."""

from collections.abc import Sequence

from starlette.responses import Response

from tracker.domain.ids import DocumentId, slug
from tracker.errors import NotFoundError
from tracker.services.library import DocumentDetail
from tracker.services.quotes import Quotes
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
    newest = detail.document.version
    version = visit.number("version", newest)
    against = visit.number("against", 0)
    texts = _texts(visit, detail, {version, *([against] if against else [])})
    text = detail.text if version == newest else texts.get(version)
    older = texts.get(against) if against else None
    wanted = visit.text("claim")
    # Offsets of claims belong to the newest text alone.
    claims = detail.claims if version == newest else ()
    chosen = next((claim for claim in claims if claim.claim_id == wanted), None)
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
