"""Captured documents: the list, and one of them with its versions, text and claims."""

from enum import StrEnum
from typing import Annotated

from fastapi import Path, Query
from starlette.requests import Request
from starlette.responses import Response

from tracker.app import App
from tracker.domain.document import published_on
from tracker.services.queries.library import DocumentDetail, DocumentLine
from tracker.web.asking import AtPage, Date, first_day, last_day, routes
from tracker.web.description import gives
from tracker.web.desk import desk_of
from tracker.web.links import paging

router = routes("documents")


class DocumentOrder(StrEnum):
    """How documents can be put in order; a minus turns it round."""

    oldest = "published_at"
    newest = "-published_at"


@router.get("/documents", responses=gives(DocumentLine, many=True, paged=True, refuses=("not_found",)))
def list_documents(
    request: Request,
    page: AtPage,
    publisher: Annotated[str | None, Query(max_length=200, description="Its name has this in it.")] = None,
    search: Annotated[str | None, Query(max_length=200, description="The title has this in it.")] = None,
    published_at_gte: Date = None,
    published_at_gt: Date = None,
    published_at_lte: Date = None,
    published_at_lt: Date = None,
    about: Annotated[
        str | None, Query(min_length=1, max_length=200, description="It speaks of this subject: an id, name or alias.")
    ] = None,
    has_claims: bool | None = None,
    is_copy: Annotated[bool | None, Query(description="Whether it copies an earlier document.")] = None,
    ordering: DocumentOrder = DocumentOrder.oldest,
) -> Response:
    """List captured documents. One whose day of publication is not known exactly counts by its earliest day."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    since, after = first_day("published_at_gte", published_at_gte), last_day("published_at_gt", published_at_gt)
    until, before = last_day("published_at_lte", published_at_lte), first_day("published_at_lt", published_at_lt)
    found = [
        line
        for line in answering.keep(("documents", about), lambda: _about(desk.app, about))
        if (publisher is None or publisher.casefold() in (line.publisher or "").casefold())
        and (search is None or search.casefold() in (line.title or "").casefold())
        and has_claims in (None, line.claims > 0)
        and is_copy in (None, line.copy_of is not None)
        and (since is None or since <= published_on(line.published))
        and (after is None or after < published_on(line.published))
        and (until is None or published_on(line.published) <= until)
        and (before is None or published_on(line.published) < before)
    ]
    if ordering is DocumentOrder.newest:
        found.reverse()
    return answering.reply(page.of(found), paging(request, page, len(found)))


def _about(app: App, subject: str | None) -> list[DocumentLine]:
    if subject is None:
        return app.library.list()
    with app.query.looking() as look:
        ids = look.heard(look.identify(subject)).members
    return app.library.list(about=ids)


@router.get("/documents/{document:path}", responses=gives(DocumentDetail, refuses=("not_found",)))
def show_document(
    request: Request,
    document: Annotated[
        str, Path(max_length=2048, description="Our id, or its own.", examples=["doc_8a5f0f7b9f0f4a3b8c11"])
    ],
) -> Response:
    """One document with its versions, its text unless that was taken down, and the claims found in it."""
    desk = desk_of(request)
    answering = desk.answering(request)
    return answering.unchanged or answering.reply(desk.app.library.show(document))
