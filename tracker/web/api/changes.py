"""Changes since a log position: a page at a time, waiting for the next, or as a stream of server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, get_args

import msgspec
from fastapi import Header, Query
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from tracker.domain.change import ChangeKind
from tracker.services.queries.answers import HistoryLine
from tracker.services.queries.news import News, Wants
from tracker.web.asking import LAST_POSITION, MOST, Words, routes
from tracker.web.description import gives
from tracker.web.desk import Desk, desk_of
from tracker.web.links import header, here
from tracker.web.problems import problem

router = routes("changes")

LONGEST_WAIT_S = 30
STREAMS = 200
"""How many may follow along at once."""
_BEAT_S = 15.0
"""How long a stream is silent at most, so that nothing between us and the client takes it for dead."""
_RETRY_MS = 2000
_EVENT_STREAM = "text/event-stream"

_DESCRIPTION = """Changes of all subjects after a log position, in the order of the log.

The cursor of the next page is in the Link header, as `rel="next"`, and as `X-Next-Position`: go on there, and no change is missed
or told twice. A page never parts the changes of one event, so it may hold a few more than `limit`. With `wait`, an empty page is
held back for so many seconds, until there is something in it.

With `Accept: text/event-stream`, changes come as server-sent events as long as the connection lasts. The id of an event is its log
position; a client that comes back with Last-Event-ID goes on from there. `after=-1` begins with what comes next.
"""

_responses = gives(HistoryLine, many=True)
_responses[200]["content"][_EVENT_STREAM] = {
    "schema": {"type": "string"},
    "example": 'id: 9\nevent: change\ndata: {"subject":"mission/lupex","change":"slip"}\n\n',
}
_responses[200]["headers"] = {
    "Link": {"schema": {"type": "string"}, "description": "The next page, there already or to come (RFC 8288)."},
    "X-Next-Position": {"schema": {"type": "integer"}, "description": "The cursor of the next page."},
}
del _responses[304]


@router.get("/changes", responses=_responses, description=_DESCRIPTION, summary="Changes since a position")
async def changes(
    request: Request,
    after: Annotated[int, Query(ge=-1, le=LAST_POSITION, description="A log position; -1 is the present one.")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST, description="About so many at most.")] = 100,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT_S, description="Seconds.")] = 0,
    subject: Words = None,
    attribute: Words = None,
    change: Annotated[
        str | None, Query(max_length=200, description="Kinds of change, with commas between them.", examples=["slip"])
    ] = None,
    last_event_id: Annotated[str | None, Header(max_length=20)] = None,
) -> Response:
    """Answer with one page, or with a stream."""
    desk = desk_of(request)
    wants = _wanted(subject, attribute, change)
    streams = _EVENT_STREAM in request.headers.get("accept", "")
    if streams and last_event_id and last_event_id.isascii() and last_event_id.isdecimal():
        after = min(int(last_event_id), LAST_POSITION)
    if after < 0:
        after = (await run_in_threadpool(desk.look)).told
    if streams:
        return _stream(request, desk, after, wants)

    def page() -> News:
        return desk.app.query.news(after=after, limit=limit, wants=wants)

    found = await run_in_threadpool(page)
    end = asyncio.get_running_loop().time() + wait
    while not found.changes and (left := end - asyncio.get_running_loop().time()) > 0 and not desk.watch.closing:
        after = found.cursor
        await desk.watch.beyond(after, left)
        found = await run_in_threadpool(page)
    following = header({"next": here(request, after=found.cursor)})
    sent = {"Link": following, "X-Next-Position": str(found.cursor), "Cache-Control": "no-store"}
    return Response(msgspec.json.encode(found.changes), headers=sent, media_type="application/json")


def _wanted(subject: str | None, attribute: str | None, change: str | None) -> Wants:
    kinds = {kind.strip() for kind in change.split(",")} if change else set()
    if unknown := kinds - set(get_args(ChangeKind)):
        told = f"there is no {', '.join(sorted(unknown))}; known: {', '.join(get_args(ChangeKind))}"
        raise RequestValidationError([{"type": "enum", "loc": ("query", "change"), "msg": told}])
    return lambda made: (
        subject in (None, made.subject) and attribute in (None, made.attribute) and (not kinds or made.change in kinds)
    )


def _stream(request: Request, desk: Desk, after: int, wants: Wants) -> Response:
    if request.scope.get("tracker.head"):
        return Response(media_type=_EVENT_STREAM)
    if desk.streams >= STREAMS:
        return problem("unavailable", f"{STREAMS} clients follow along already", headers={"Retry-After": "30"})
    sent = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(desk, after, wants), headers=sent, media_type=_EVENT_STREAM)


async def _events(desk: Desk, after: int, wants: Wants) -> AsyncIterator[bytes]:
    """Yield events as they come. A client that is slow to take them holds up nobody but itself."""
    desk.streams += 1
    try:
        yield b"retry: %d\n\n" % _RETRY_MS
        cursor = after
        while not desk.watch.closing:
            found = await run_in_threadpool(desk.app.query.news, after=cursor, limit=MOST, wants=wants)
            for number, line in enumerate(found.changes, 1):
                told = b"event: change\ndata: %b\n\n" % msgspec.json.encode(line)
                # Only the last change of an event moves the client's cursor: one that is cut off before hears all of it again.
                if number == len(found.changes) or found.changes[number].position > line.position:
                    told = b"id: %d\n" % line.position + told
                yield told
            cursor = found.cursor
            if not found.more and (await desk.watch.beyond(cursor, _BEAT_S)).told <= cursor:
                # No event, but an id: who comes back later need not hear of what was passed over.
                yield b"id: %d\n: nothing new\n\n" % cursor
    finally:
        desk.streams -= 1
