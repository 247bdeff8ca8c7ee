"""What a response means: its status and headers, judged without having read the body."""

from http import HTTPStatus

from tracker.fetch.answer import Kind
from tracker.fetch.headers import Headers, field

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})

_WALLS = ("cf-mitigated", "x-amzn-waf-action")
"""Headers by which a wall says that its answer, whatever the status, is not the site's (Cloudflare; AWS WAF)."""


def verdict(status: int, headers: Headers, *, conditional: bool) -> tuple[Kind, str | None]:
    """Return how a response ends a request, and why. `conditional` says that validators were sent. Pure.

    A wall against robots is told apart from a fault of the server, because the cure is another one.
    """
    if any(field(headers, wall) is not None for wall in _WALLS):
        return "blocked", f"a wall against robots answered in place of the site ({named(status)})"
    match status:
        case 200 | 203:
            return "fetched", None
        case 304 if conditional:
            return "not_modified", None
        case 304:
            return "http_error", "the server says that nothing changed since a request that was never made"
        case 410:
            return "gone", "the server says that this is gone for good (410)"
        case 429:
            return "rate_limited", "the server asks for fewer requests (429)"
        case 503 if field(headers, "retry-after") is not None:
            return "rate_limited", "the server is busy and says when to come back (503)"
        case 401 | 403 | 451:
            return "blocked", f"the server refuses us ({named(status)})"
        case _:
            return "http_error", f"the server answered {named(status)}"


def named(status: int) -> str:
    """Return a status with its usual words; the server's own are a stranger's text."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
