"""What people see when a page cannot be had: what is wrong, and where to go from there."""

import structlog
from starlette.requests import Request
from starlette.responses import Response

from tracker.errors import AuditError, ConfigError, NotFoundError, StoreUnavailableError, TrackerError
from tracker.web.pages.paper import CONTENT_SECURITY, printed

log = structlog.get_logger(__name__)


def fault(request: Request, error: TrackerError) -> Response:
    """Return the page for an error that is told to people. Raises any other."""
    match error:
        case NotFoundError():
            hint = str(error).partition("; ")[2]
            # Commands are for who sits at the machine.
            told = f"There is no {error.kind} “{error.id[:200]}”" + ("." if "`" in hint or not hint else f": {hint}.")
            return plain(request, 404, "Not found", told)
        case ConfigError():
            where = error.where.removeprefix("--").replace("-", "_")
            return plain(request, 400, "This cannot be understood", f"{where}: {error.reason}.")
        case AuditError():
            return plain(request, 409, "This cannot be proven now", f"{error}.")
        case StoreUnavailableError():
            # Where the database lies is nobody's business.
            log.error("store.unavailable", error=str(error))
            return plain(request, 503, "Not available now", "The database cannot be used now. Try again in a moment.")
        case _:
            raise error


def plain(request: Request, status: int, title: str, told: str) -> Response:
    """Return a page that needs nothing but the request: a title, and what happened in a sentence."""
    content = printed("fault.html", {"title": title, "told": told, "root": request.scope.get("root_path", "")})
    headers = {"Content-Security-Policy": CONTENT_SECURITY, "Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = "5"
    return Response(content, status, headers, media_type="text/html")
