"""What an auditor needs: the signed head of the log, proofs that an event is under it, and the tree itself as tiles.

`/api/v1/audit` is the log's prefix in the sense of C2SP tlog-tiles: any of its clients can follow and check the log there.
"""

from typing import Annotated

from fastapi import Path
from fastapi.responses import PlainTextResponse
from starlette.requests import Request
from starlette.responses import Response

from tracker.errors import NotFoundError
from tracker.transparency.proof import SUFFIX
from tracker.web.asking import LAST_POSITION, routes
from tracker.web.conditional import content_tag, matches
from tracker.web.description import gives_text
from tracker.web.desk import REVALIDATE, desk_of
from tracker.web.tiles import tile

router = routes("audit", below="/audit")

_TEXT = "text/plain; charset=utf-8"
_FOR_EVER = "public, max-age=31536000, immutable"

_CHECKPOINT = "example.org/tracker\n10\nc8Hfo0DTXPLjmLI2yGKyhsURnIkFXs3U0IDvRkBDTmE=\n\n— example.org/tracker cJ4jJ…\n"


@router.get(
    "/checkpoint",
    response_class=PlainTextResponse,
    responses=gives_text("text/plain", {"schema": {"type": "string"}, "example": _CHECKPOINT}, refuses=("not_found",)),
)
def checkpoint(request: Request) -> Response:
    """The newest signed head of the log (C2SP tlog-checkpoint)."""
    notes = desk_of(request).app.seal.notes()
    if not notes:
        raise NotFoundError("checkpoint", "newest", "the operator has signed none yet")
    return _sent(request, next(iter(notes.values())).encode(), _TEXT, REVALIDATE)


@router.get(
    "/proof/{position}",
    response_class=PlainTextResponse,
    responses=gives_text("text/plain", {"schema": {"type": "string"}}, refuses=("not_found", "not_proven")),
)
def proof(
    request: Request, position: Annotated[int, Path(ge=1, le=LAST_POSITION, description="The event's.", examples=[9])]
) -> Response:
    """The proof that an event is in the log that was signed (C2SP tlog-proof), under the newest checkpoint that covers it."""
    made = desk_of(request).app.seal.prove(position)
    name = f'attachment; filename="event-{position}{SUFFIX}"'
    return _sent(request, made, _TEXT, REVALIDATE, {"Content-Disposition": name})


@router.get(
    "/tile/{path:path}",
    response_class=Response,
    responses=gives_text("application/octet-stream", {"schema": {"type": "string"}}, refuses=("not_found",)),
)
def tiles(
    request: Request,
    path: Annotated[
        str,
        Path(
            max_length=100,
            description="Level and number, `0/x001/234`, or `entries/` and number; with `.p/WIDTH` a partial one.",
            examples=["0/000.p/10", "entries/000.p/10"],
        ),
    ],
) -> Response:
    """A tile of the tree, or a bundle of entries; what is at one path never changes."""
    made = tile(desk_of(request).app.store, f"tile/{path}")
    return _sent(request, made, "application/octet-stream", _FOR_EVER)


def _sent(
    request: Request, content: bytes, media_type: str, cached: str, headers: dict[str, str] | None = None
) -> Response:
    tag = content_tag(content)
    sent = {"ETag": tag, "Cache-Control": cached, **(headers or {})}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=sent)
    return Response(content, headers=sent, media_type=media_type)
