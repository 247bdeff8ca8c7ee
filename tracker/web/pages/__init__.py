"""What people look at: pages made on the server, without scripts, from the services that every door calls.

A page is a function from a `Visit` (one request, and from where on the three clocks it looks) to an answer, in a file of its own;
`PAGES` lists them with their addresses. `paper.py` prints templates, `marked.py` marks texts, and `faults.py` is
shown when a page cannot be had. Words for values come from `tracker.language.spoken`, pictures from `tracker.web.charts`.
"""

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tracker.errors import NotFoundError, TrackerError
from tracker.web.pages import (
    audit,
    board,
    compare,
    conflicts,
    documents,
    feeds,
    history,
    search,
    slips,
    sources,
    subject,
    why,
)
from tracker.web.pages.faults import fault
from tracker.web.pages.paper import statics
from tracker.web.pages.visit import Visit

Page = Callable[[Visit], Response]

_SUBJECT = "/subjects/{kind}/{slug}"
PAGES: Mapping[str, Page] = {
    "/": board.page,
    _SUBJECT: subject.page,
    f"{_SUBJECT}/explain/{{attribute}}": why.page,
    f"{_SUBJECT}/history": history.page,
    f"{_SUBJECT}/compare": compare.page,
    "/subjects/{name}": subject.by_name,
    "/documents": documents.listed,
    "/documents/{document:path}": documents.page,
    "/conflicts": conflicts.page,
    "/slips": slips.page,
    "/audit": audit.page,
    "/audit/checkpoint": audit.note,
    "/audit/proof": audit.proof,
    "/search": search.page,
    "/feeds/{name:path}": feeds.page,
}
"""Pages that rest on the log alone: while it does not move, who has seen one need not get it again."""
LIVE: Mapping[str, Page] = {"/sources": sources.page}
"""Pages that rest on more."""


def _door(page: Page, *, rests_on_log: bool) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        try:
            visit = Visit(request)
            return (visit.unchanged if rests_on_log else None) or page(visit)
        except TrackerError as error:
            return fault(request, error)

    return answer


def _static(request: Request) -> Response:
    file = statics().get(request.path_params["name"])
    if file is None:
        return fault(request, NotFoundError("file", request.path_params["name"]))
    same = request.query_params.get("v") == file.digest
    kept = "public, max-age=31536000, immutable" if same else "no-cache"
    headers = {"Cache-Control": kept, "ETag": f'"{file.digest}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)


router = APIRouter(include_in_schema=False)
"""All pages; they find the services through the desk of the server that they are included in."""
for _address, _page in PAGES.items():
    router.add_api_route(_address, _door(_page, rests_on_log=True), methods=["GET"], response_model=None)
for _address, _page in LIVE.items():
    router.add_api_route(_address, _door(_page, rests_on_log=False), methods=["GET"], response_model=None)
router.add_api_route("/static/{name}", _static, methods=["GET"], response_model=None)
