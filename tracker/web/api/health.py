"""Health, as `tracker doctor` sees it."""

from starlette.requests import Request
from starlette.responses import Response

from tracker.services.ingestion.health import Health
from tracker.web.asking import routes
from tracker.web.description import gives
from tracker.web.desk import desk_of

router = routes("operation")


@router.get("/health", responses=gives(Health))
def health(request: Request) -> Response:
    """What waits for a person, what lags behind the log, which feeds are in trouble. `ok` says whether nothing is."""
    desk = desk_of(request)
    return desk.plain(request, desk.health())
