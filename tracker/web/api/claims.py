"""Claims: what documents say, each with its quote."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from tracker.services.queries.claims import ClaimLine
from tracker.services.queries.library import DocumentLine, Library
from tracker.services.queries.query import Query as Asked
from tracker.web.asking import AtPage, Words, routes
from tracker.web.description import gives
from tracker.web.desk import desk_of
from tracker.web.links import Page, paging

router = routes("claims")


class Modality(StrEnum):
    """Whether something is said to be so, planned, possible, or not so."""

    actual = "actual"
    planned = "planned"
    possible = "possible"
    denied = "denied"


@router.get("/claims", responses=gives(ClaimLine, many=True, paged=True, refuses=("not_found",)))
def list_claims(
    request: Request,
    page: AtPage,
    document: Annotated[str | None, Query(max_length=2048, description="Only of this document.")] = None,
    subject: Annotated[str | None, Query(max_length=200, description="Only those that stand of this subject.")] = None,
    attribute: Annotated[Words, Query(description="Only with `document` or `subject`.")] = None,
    modality: Annotated[Modality | None, Query(description="Only with `document` or `subject`.")] = None,
) -> Response:
    """List what is claimed in the newest version of each document, the oldest publication first."""
    if document is None and subject is None and (attribute or modality):
        name = "attribute" if attribute else "modality"
        raise RequestValidationError(
            [{"type": "missing", "loc": ("query", name), "msg": "needs a `document` or a `subject` beside it"}]
        )
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    library = desk.app.library
    if document is None and subject is None:
        found, total = _part(library, answering.keep(("documents", None), library.list), page)
        return answering.reply(found, paging(request, page, total))

    def wanted() -> list[ClaimLine]:
        names, standing = ([document] if document is not None else []), None
        if subject is not None:
            documents, standing = _standing(desk.app.query, subject)
            names = names or documents
        return [
            line
            for name in names
            for line in library.show(name).claims
            if standing is None or line.claim_id in standing
        ]

    lines = [
        line
        for line in answering.keep(("claims", document, subject), wanted)
        if attribute in (None, line.attribute) and modality in (None, line.modality)
    ]
    return answering.reply(page.of(lines), paging(request, page, len(lines)))


def _part(library: Library, documents: Iterable[DocumentLine], page: Page) -> tuple[list[ClaimLine], int]:
    """One part of all claims, and how many there are. Documents outside the part are counted, not opened."""
    found: list[ClaimLine] = []
    total = 0
    for document in documents:
        first, total = total, total + document.claims
        if total > page.offset and len(found) < page.limit:
            found += library.show(document.id).claims[max(0, page.offset - first) :]
    return found[: page.limit], total


def _standing(query: Asked, subject: str) -> tuple[list[str], set[str]]:
    """The documents that speak of a subject, the oldest publication first, and the ids of the claims that stand of it."""
    with query.looking() as look:
        said = look.heard(look.identify(subject)).said
    told = sorted({(one.document.published_on, one.document.id) for one in said})
    return list(dict.fromkeys(id_ for _, id_ in told)), {
        claim.id for one in said for claim in (one.claim, one.read_as) if claim is not None
    }
