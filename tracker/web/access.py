"""What surrounds every request: its id, its line in the log, the headers that keep browsers careful, and the last net for errors."""

import re
import time
import uuid
from collections.abc import Callable, Mapping
from urllib.parse import quote

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.web.problems import problem

log = structlog.get_logger(__name__)

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What a proxy may call a request; anything else is given a name here."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
"""Sent with every answer that does not say otherwise itself: an answer of the API is shown nowhere and runs nothing."""

Count = Callable[[str, str, int, float], None]
"""Called with method, route, status and seconds of each request."""


class Access:
    """The outermost layer. Answers HEAD as GET without the body, and what broke as a problem."""

    def __init__(self, app: ASGIApp, *, count: Count) -> None:
        self._app, self._count = app, count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        request_id = asked if _REQUEST_ID.fullmatch(asked) else uuid.uuid4().hex
        answer = _Answer(send, request_id, bodiless=scope["method"] == "HEAD")
        # As it was sent: what is decoded may hold controls, which a terminal would obey.
        path = quote(scope.get("raw_path") or scope["path"].encode(), safe="/:@!$&'()*+,;=~%")
        begun = time.perf_counter()
        inner = {**scope, "method": "GET", "tracker.head": True} if scope["method"] == "HEAD" else scope
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(inner, receive, answer)
            except ClientDisconnect as error:
                # Who hung up wants no answer.
                log.debug("web.hung_up", error=repr(error))
            except Exception:
                log.exception("web.broken", path=path)
                if not answer.status:
                    await problem("broken", "the log of the server tells more")(inner, receive, answer)
            seconds = time.perf_counter() - begun
            # The pattern, not the address: names are without number.
            route = getattr(inner.get("route"), "path", "other")
            self._count(scope["method"], route, answer.status, seconds)
            log.info(
                "web.request",
                method=scope["method"],
                path=path,
                query=quote(scope["query_string"][:200], safe="/:@!$&'()*+,;=~%?"),
                route=route,
                status=answer.status,
                bytes=answer.sent,
                ms=round(seconds * 1000, 2),
                client=scope["client"][0] if scope.get("client") else None,
            )


class _Answer:
    """What goes out, seen on its way."""

    def __init__(self, send: Send, request_id: str, *, bodiless: bool) -> None:
        self._send, self._request_id, self._bodiless = send, request_id, bodiless
        self.status = 0
        self.sent = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers["X-Request-ID"] = self._request_id
        elif message["type"] == "http.response.body":
            if self._bodiless:
                message = {**message, "body": b""}
            self.sent += len(message.get("body", b""))
        await self._send(message)
