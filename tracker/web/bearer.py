"""Who comes with a request that wants to change something: a bearer token (RFC 6750), and nothing that a browser sends by itself.

There are no cookies, so a page elsewhere can make a visitor's browser ask here, and be refused.
"""

from starlette.requests import Request
from starlette.responses import Response

from tracker.errors import ForbiddenError, TrackerError, UnauthorizedError
from tracker.web.problems import problem

SECURITY: list[dict[str, list[str]]] = [{"bearer": []}]
"""How a route of the description says that it wants a token."""
SCHEME = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "`tracker tokens add` makes one; its name stands in the log under what is decided with it.",
    }
}


def secret_of(request: Request) -> str:
    """Return the token that a request brings. Raises UnauthorizedError when there is none, or more than one."""
    given = request.headers.getlist("authorization")
    if not given:
        raise UnauthorizedError("this wants a token: Authorization: Bearer …")
    scheme, _, secret = given[0].partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer" or not secret.strip():
        raise UnauthorizedError("Authorization is to be one bearer token")
    return secret.strip()


def refused(error: TrackerError) -> Response:
    """Return the answer to somebody whose token is not enough, as RFC 6750, section 3, has it."""
    if isinstance(error, ForbiddenError):
        return problem("forbidden", str(error), headers={"WWW-Authenticate": 'Bearer error="insufficient_scope"'})
    return problem("unauthorized", str(error), headers={"WWW-Authenticate": "Bearer"})
