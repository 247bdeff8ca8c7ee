"""Errors as programs can act on them (RFC 9457): one shape for all, and a page that explains each kind."""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tracker.errors import AuditError, ConfigError, NotFoundError, RefusedError, StoreUnavailableError, TrackerError

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
PREFIX = "/problems/"
"""Where kinds of problems are explained; the `type` of a problem leads there."""


class Wrong(msgspec.Struct, frozen=True):
    """One thing that is wrong with a request: which parameter, and why."""

    parameter: str
    detail: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What went wrong: its kind by `type`, in words by `title`, this time by `detail`. `request_id` finds it in the logs."""

    type: str
    title: str
    status: int
    detail: str | None = None
    request_id: str | None = None
    errors: tuple[Wrong, ...] = ()


class Kind(msgspec.Struct, frozen=True):
    """A kind of problem, and what a client can do about it."""

    type: str
    title: str
    status: int
    advice: str


def _kinds(*rows: tuple[str, int, str, str]) -> dict[str, Kind]:
    return {code: Kind(PREFIX + code, title, status, advice) for code, status, title, advice in rows}


KINDS: Mapping[str, Kind] = _kinds(
    ("bad_request", 400, "The request cannot be understood", "Mend the request; the same again gets the same answer."),
    (
        "unauthorized",
        401,
        "This wants a token",
        "Send Authorization: Bearer and a token that `tracker tokens add` made.",
    ),
    ("forbidden", 403, "The token is not good for this", "Ask the operator for a token with the scope of this act."),
    ("not_found", 404, "There is no such thing", "Ask the list it would be in; a name may have changed."),
    ("method_not_allowed", 405, "Not with this method", "Ask with one that Allow names."),
    ("not_acceptable", 406, "There is no such form of this", "Leave out Accept, or name a type of the description."),
    ("not_proven", 409, "It cannot be proven now", "Try again after the next checkpoint of the log."),
    ("refused", 409, "It cannot be decided as things stand", "Look again, and decide by what is there now."),
    ("too_large", 413, "The request is too large", "Questions need no body; acts are short."),
    ("too_long", 414, "The address is too long", "Shorten the parameters."),
    ("unsupported", 415, "The body is of a kind not taken here", "Send application/json."),
    ("invalid", 422, "A parameter is wrong", "Mend what `errors` names; /openapi.json tells what each can be."),
    ("too_many", 429, "Too many requests", "Wait for as many seconds as Retry-After says."),
    ("broken", 500, "Something broke here", "Tell the operator the request_id; trying again will rarely help."),
    ("unavailable", 503, "Not available now", "Wait for as many seconds as Retry-After says, and try again."),
)
_BY_STATUS = {kind.status: code for code, kind in KINDS.items()}

_DOORS = {
    "`tracker status` lists what is known": "/api/v1/subjects lists what is known",
    "see `tracker claims list`": "/api/v1/claims lists them",
    "`tracker documents list` shows all": "/api/v1/documents lists all",
    "`tracker feeds list` shows all": "/api/v1/feeds lists all",
    "; sign one: `tracker audit checkpoint`": "",
}
"""Hints for a command line, and what is told to a client of the API instead."""


def problem(
    code: str, detail: str | None = None, *, errors: tuple[Wrong, ...] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer that tells of a problem."""
    kind = KINDS[code]
    asked = structlog.contextvars.get_contextvars().get("request_id")
    told = Problem(kind.type, kind.title, kind.status, detail, asked, errors)
    return Response(
        msgspec.json.encode(told),
        kind.status,
        {"Cache-Control": "no-store", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def add_to(web: FastAPI) -> None:
    """Have every error answered as a problem."""
    web.add_exception_handler(TrackerError, _ours)
    web.add_exception_handler(RequestValidationError, _invalid)
    web.add_exception_handler(HTTPException, _refused)


def _ours(request: Request, error: Exception) -> Response:
    match error:
        case NotFoundError():
            return problem("not_found", _for_clients(str(error)))
        case ConfigError() if (name := _parameter(error.where)) in {**request.query_params, **request.path_params}:
            return invalid(name, error.reason)
        case RefusedError():
            return problem("refused", _for_clients(str(error)))
        case AuditError():
            return problem("not_proven", _for_clients(str(error)))
        case StoreUnavailableError():
            # Where the database is, is nobody's business.
            log.error("store.unavailable", error=str(error))
            return problem("unavailable", "the database cannot be used now", headers={"Retry-After": "5"})
        case _:
            raise error


def invalid(parameter: str, detail: str) -> Response:
    """Return the answer to a parameter that is wrong."""
    return problem("invalid", f"{parameter}: {detail}", errors=(Wrong(parameter, detail),))


def _parameter(where: str) -> str:
    return where.removeprefix("--").replace("-", "_")


def _for_clients(detail: str) -> str:
    for command, door in _DOORS.items():
        detail = detail.replace(command, door)
    return detail


def _invalid(_request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    errors = tuple(
        Wrong(".".join(str(part) for part in one["loc"][1:]) or str(one["loc"][0]), str(one["msg"]))
        for one in error.errors()
    )
    return problem("invalid", "; ".join(f"{one.parameter}: {one.detail}" for one in errors), errors=errors)


def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # Access answers HEAD wherever there is a GET.
        headers["Allow"] = headers.get("Allow", "GET").replace("GET", "GET, HEAD")
    code = _BY_STATUS.get(error.status_code, "bad_request" if error.status_code < 500 else "broken")
    plain = HTTPStatus(error.status_code).phrase
    return problem(code, None if error.detail == plain else str(error.detail), headers=headers)
