"""The web asked from inside the process: no socket, no other layer than the routes."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

import msgspec
from fastapi import FastAPI

from tracker.app import App
from tracker.web import pages, problems
from tracker.web.api import subjects
from tracker.web.desk import Desk

HOST = "still.tracker.invalid"
"""The host in addresses that have no other; nobody can have it (RFC 6761), so that each is found again and made relative."""


class Answer(msgspec.Struct, frozen=True):
    """What a route answers."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the body, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


class Inside:
    """The pages, and the subjects of the API, of one application. To be used as a context manager, in one thread."""

    def __init__(self, app: App, *, bundle: bool) -> None:
        self._web = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
        self.desk = Desk(app)
        self.desk.bundle = bundle
        self._web.state.desk = self.desk
        problems.add_to(self._web)
        self._web.include_router(subjects.router)
        self._web.include_router(pages.router)
        self._loop = asyncio.Runner()

    def __enter__(self) -> Self:
        self._loop.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._loop.__exit__(kind, error, traceback)

    def get(self, address: str) -> Answer:
        """Return what is found at an address: a path as links have it, with its query."""
        return self._loop.run(self._get(address))

    async def _get(self, address: str) -> Answer:
        path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(b"host", HOST.encode())],
            "server": (HOST, 80),
            "client": None,
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:  # noqa: ANN401  (a message of ASGI)
            sent.append(message)

        await self._web(scope, receive, send)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:]))
