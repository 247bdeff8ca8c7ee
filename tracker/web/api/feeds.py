"""Feeds: what is polled, and how each does."""

from enum import StrEnum
from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from tracker.services.ingestion.feeds import Listed
from tracker.web.asking import AtPage, routes
from tracker.web.description import gives
from tracker.web.desk import desk_of
from tracker.web.links import paging

router = routes("feeds")


class State(StrEnum):
    """How a feed can do."""

    new = "new"
    unverified = "unverified"
    ok = "ok"
    failing = "failing"
    blocked = "blocked"
    moved = "moved"
    silent = "silent"


@router.get("/feeds", responses=gives(Listed, many=True, paged=True))
def list_feeds(
    request: Request,
    page: AtPage,
    state: State | None = None,
    search: Annotated[str | None, Query(max_length=200, description="In address, title or publisher.")] = None,
) -> Response:
    """List every feed that is polled, with how it does."""
    desk = desk_of(request)
    found = [
        feed
        for feed in desk.app.feeds.listed(desk.app.clock())
        if state in (None, feed.state)
        and (
            search is None
            or any(search.casefold() in (text or "").casefold() for text in (feed.feed, feed.title, feed.publisher))
        )
    ]
    return desk.plain(request, page.of(found), paging(request, page, len(found)))
