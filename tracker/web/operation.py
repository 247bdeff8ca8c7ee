"""What those ask who keep the server running: is it alive, is it ready, how does it do; and what a kind of problem means."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from tracker import __version__
from tracker.errors import NotFoundError
from tracker.web.description import gives, gives_text
from tracker.web.desk import desk_of
from tracker.web.problems import KINDS, PREFIX, Kind

router = APIRouter(tags=["operation"])

_SAYS = {"schema": {"type": "object", "additionalProperties": True}}


@router.get("/healthz", responses=gives_text("application/json", {**_SAYS, "example": {"alive": True}}))
async def alive(request: Request) -> Response:
    """Whether the process answers at all; the database is not asked."""
    return desk_of(request).plain(request, {"alive": True, "version": __version__})


@router.get(
    "/readyz",
    responses=gives_text("application/json", {**_SAYS, "example": {"ready": True, "position": 41, "told": 41}}),
)
def ready(request: Request) -> Response:
    """Whether questions can be answered: the database can be read. `told` is how far every view follows the log."""
    now = desk_of(request).look()
    return desk_of(request).plain(request, {"ready": True, "position": now.position, "told": now.told})


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses=gives_text("text/plain", {"schema": {"type": "string"}, "example": "tracker_log_events 41.0\n"}),
)
def metrics(request: Request) -> Response:
    """Figures in the text format of Prometheus."""
    return Response(
        desk_of(request).metrics.text(), headers={"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_LATEST}
    )


@router.get(PREFIX + "{code}", responses=gives(Kind, refuses=("not_found",)))
async def explain_problem(request: Request, code: str) -> Response:
    """What a kind of problem means, and what a client can do about it."""
    if code not in KINDS:
        raise NotFoundError("kind of problem", code[:50], f"there are {', '.join(KINDS)}")
    return desk_of(request).plain(request, KINDS[code])


@router.get("/openapi.json", include_in_schema=False)
async def description(request: Request) -> Response:
    """The OpenAPI description of everything here."""
    return desk_of(request).plain(request, request.app.openapi())
