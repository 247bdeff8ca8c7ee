"""Sources: who publishes what is read, and how much their word weighs."""

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from tracker.services.curation.sources import SourceLine
from tracker.web.asking import AtPage, routes
from tracker.web.description import gives
from tracker.web.desk import desk_of
from tracker.web.links import paging

router = routes("sources")


@router.get("/sources", responses=gives(SourceLine, many=True, paged=True))
def list_sources(
    request: Request,
    page: AtPage,
    grade: Annotated[str | None, Query(max_length=20, description="Only those of this grade.", examples=["A"])] = None,
    search: Annotated[str | None, Query(max_length=200, description="The name has this in it.")] = None,
) -> Response:
    """List every publisher with its documents, its grade, and who gave it where somebody did."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    found = [
        source
        for source in answering.keep("sources", desk.app.curation.sources.every)
        if grade in (None, source.grade) and (search is None or search.casefold() in source.publisher.casefold())
    ]
    return answering.reply(page.of(found), paging(request, page, len(found)))
