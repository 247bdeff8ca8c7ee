"""Full-text search in documents."""

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from tracker.services.consumers.search import Found
from tracker.web.asking import named, routes
from tracker.web.description import gives
from tracker.web.desk import desk_of

router = routes("documents")


@router.get("/search", responses=gives(Found, many=True))
def search(
    request: Request,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=500,
            description='Words that must all be there; "words in a row"; begin* for beginnings.',
            examples=['"south pole" rov*'],
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=1000, description="At most so many.")] = 20,
) -> Response:
    """Find documents by their words, the best first. Case and accents do not matter."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    with named("q"):
        return answering.reply(desk.app.search.documents(q, limit=limit))
