"""Whole answers, sent again as they are for as long as nothing has moved.

An answer that rests on the log alone says so by its ETag, which begins with how things stood (`tracker.web.conditional`). As long as
things stand so, making it again would give the same bytes; that they do is seen from a sign of the database that costs microseconds
(`Store.pulse`), and only when that has changed is it looked at in earnest.
"""

from collections import OrderedDict
from collections.abc import Iterable

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tracker.errors import StoreUnavailableError
from tracker.web.conditional import matches
from tracker.web.standing import Looks

MOST_BYTES = 32 * 1024 * 1024
"""How much is kept in all; what has not been asked for longest goes first."""
LARGEST_BYTES = 1024 * 1024
"""The largest answer that is kept."""
_OVERHEAD_BYTES = 1024
"""What an answer takes besides its bytes, generously."""

Key = tuple[bytes, ...]
Headers = list[tuple[bytes, bytes]]

_OF_CONTENT = frozenset({b"content-length", b"content-encoding", b"content-type"})
"""What an answer without content does not say (RFC 9110, section 15.4.5)."""
_ALTERS = frozenset({b"authorization", b"cookie", b"range", b"last-event-id"})
"""Headers of requests that are answered each time."""


class Answer(msgspec.Struct, frozen=True):
    """One whole answer; `standing` is the tag of how things stood, `route` what its figures are counted under."""

    standing: str
    etag: str
    headers: Headers
    body: bytes
    route: object

    @property
    def size(self) -> int:
        """Roughly the bytes it takes in memory."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + _OVERHEAD_BYTES


class Answers:
    """Keeps answers by what was asked, up to so many bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._bytes = most_bytes, 0
        self._kept: OrderedDict[Key, Answer] = OrderedDict()

    def get(self, key: Key, standing: str) -> Answer | None:
        """Return the answer to a key if it was made while things stood so; an older one is forgotten."""
        found = self._kept.get(key)
        if found is None:
            return None
        if found.standing != standing:
            self._forget(key)
            return None
        self._kept.move_to_end(key)
        return found

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer."""
        self._forget(key)
        self._kept[key] = answer
        self._bytes += answer.size
        while self._bytes > self._most:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: Key) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self._bytes -= found.size

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._kept)

    @property
    def bytes(self) -> int:
        """How many bytes they take."""
        return self._bytes


class Again:
    """A layer around all routes that answers from memory what was asked before."""

    def __init__(self, app: ASGIApp, *, looks: Looks, answers: Answers | None = None) -> None:
        self._app, self._looks = app, looks
        self._answers = Answers() if answers is None else answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        key = _key(scope)
        standing = None if key is None else await self._now()
        if key is None or standing is None:
            await self._app(scope, receive, send)
            return
        found = self._answers.get(key, standing)
        if found is None:
            seen = _Seen(send, standing)
            await self._app(scope, receive, seen)
            if (made := seen.answer(scope.get("route"))) is not None:
                self._answers.put(key, made)
            return
        scope["route"] = found.route
        asked = next((value for name, value in scope["headers"] if name == b"if-none-match"), None)
        if matches(asked.decode("latin-1") if asked else None, found.etag):
            headers = [(name, value) for name, value in found.headers if name not in _OF_CONTENT]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        # The layers outside add to the list that they are given.
        await send({"type": "http.response.start", "status": 200, "headers": list(found.headers)})
        await send({"type": "http.response.body", "body": found.body})

    async def _now(self) -> str | None:
        """How things stand; None when that cannot be told, which is for the route to complain of."""
        try:
            # A file is asked here and now; a server may keep one waiting, and is asked elsewhere.
            known = None if self._looks.waits else self._looks.unchanged()
            if known is None:
                known = await run_in_threadpool(self._looks.now)
        except StoreUnavailableError:
            return None
        return known.tag


def _key(scope: Scope) -> Key | None:
    """What an answer depends on besides how things stand; None for what is answered each time."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    headers = dict(scope["headers"])
    if not _ALTERS.isdisjoint(headers):
        return None
    accept = headers.get(b"accept", b"")
    if b"event-stream" in accept:
        return None
    packed = b"gzip" if b"gzip" in headers.get(b"accept-encoding", b"") else b""
    path = scope.get("raw_path") or scope["path"].encode()
    root = scope.get("root_path", "").encode()
    return (path, scope["query_string"], accept, packed, headers.get(b"host", b""), scope["scheme"].encode(), root)


class _Seen:
    """An answer on its way out, noted down if it is one to keep."""

    def __init__(self, send: Send, standing: str) -> None:
        self._send, self._standing = send, standing
        self._headers: Headers = []
        self._etag = ""
        self._body: list[bytes] | None = None
        self._size, self._whole = 0, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            # A copy, without what the layers outside will add.
            self._headers = [(bytes(name), bytes(value)) for name, value in message["headers"]]
            self._etag = _one(self._headers, b"etag")
            if self._etag.startswith(f'W/"{self._standing}-'):
                self._body = []
        elif message["type"] == "http.response.body" and self._body is not None:
            part = message.get("body", b"")
            self._size += len(part)
            if self._size > LARGEST_BYTES:
                self._body = None
            else:
                self._body.append(part)
                self._whole = not message.get("more_body", False)
        await self._send(message)

    def answer(self, route: object) -> Answer | None:
        """Return the answer, if it is whole and rests on nothing else than how things stand."""
        if self._body is None or not self._whole:
            return None
        return Answer(self._standing, self._etag, self._headers, b"".join(self._body), route)


def _one(headers: Iterable[tuple[bytes, bytes]], wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in headers if name.lower() == wanted), "")
