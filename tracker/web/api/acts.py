"""Deciding over the network: one route, for whoever comes with a token that is good for the act."""

import asyncio
from typing import Any

import anyio.to_thread
import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import Response

from tracker.errors import ConfigError, ForbiddenError, UnauthorizedError
from tracker.services.curation.desk import Did
from tracker.web.acts import Act, Pin
from tracker.web.asking import routes
from tracker.web.bearer import SECURITY, refused, secret_of
from tracker.web.description import gives, shaped
from tracker.web.desk import Desk, desk_of
from tracker.web.limits import LARGEST_BODY
from tracker.web.problems import invalid, problem

router = routes("acts")
log = structlog.get_logger(__name__)

_BODY_S = 10.0
"""How long a client may take to send what it wants."""
_ACT = msgspec.json.Decoder(Act)
_EXAMPLE = Pin(
    subject="mission/lupex", attribute="launch_date", value="2028", reason="The agency's own notice of today."
)


@router.post(
    "/acts",
    responses=gives(
        Did,
        cached=False,
        refuses=(
            "bad_request",
            "unauthorized",
            "forbidden",
            "not_found",
            "refused",
            "too_large",
            "unsupported",
        ),
    ),
    openapi_extra={
        "security": SECURITY,
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": shaped(Act), "example": msgspec.to_builtins(_EXAMPLE)},
            },
        },
    },
)
async def act(request: Request) -> Response:
    """Decide something as a curator: retract a claim, pin a value, merge two subjects.

    Nothing is rewritten, and each act has its inverse; the answer tells where the log has it and what it changed. Acts are not
    idempotent: the same again is refused.
    """
    desk = desk_of(request)
    try:
        secret = secret_of(request)
        # Whoever has no token at all learns nothing of what bodies are taken.
        await anyio.to_thread.run_sync(desk.app.curation.tokens.known, secret)
    except UnauthorizedError as error:
        return refused(error)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return problem("unsupported", "an act is application/json")
    try:
        async with asyncio.timeout(_BODY_S):
            body = await _body(request)
    except TimeoutError:
        return problem("bad_request", f"the body was not there within {_BODY_S:g} s", headers={"Connection": "close"})
    if body is None:
        return problem("too_large", f"an act takes {LARGEST_BODY:,} bytes", headers={"Connection": "close"})
    try:
        wanted: Act = _ACT.decode(body)
    except msgspec.ValidationError as error:
        detail, _, place = str(error).partition(" - at `$.")
        return invalid(place.rstrip("`") or "act", detail)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return problem("bad_request", f"the body is no JSON: {error}")
    return await anyio.to_thread.run_sync(_done, desk, wanted, secret)


async def _body(request: Request) -> bytes | None:
    """The whole body, None when it is more than anybody needs; a body of unknown length is not read to its end either."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST_BODY:
            return None
    return bytes(found)


def _done(desk: Desk, wanted: Act, secret: str) -> Response:
    try:
        actor = desk.app.curation.tokens.holder(secret, wanted.scope)
    except (UnauthorizedError, ForbiddenError) as error:
        return refused(error)
    try:
        did = wanted.do(desk.app.curation, actor)
    except ConfigError as error:
        return invalid(_field(wanted, error.where), error.reason)
    log.info("web.acted", act=did.type, actor=actor, position=did.position)
    return Response(msgspec.json.encode(did), media_type="application/json", headers={"Cache-Control": "no-store"})


def _field(wanted: Act, where: str) -> str:
    """The field of the act that a service complains of by the name of an option."""
    name = where.removeprefix("--").lower()
    fields: Any = wanted.__struct_fields__
    return name if name in fields else "act"
