"""What is asked of the web, and what comes back. Whatever a server does is an answer, never an exception."""

from typing import Literal

import msgspec

Kind = Literal[
    "fetched",
    "not_modified",
    "gone",
    "rate_limited",
    "blocked",
    "http_error",
    "timeout",
    "refused_address",
    "bad_url",
    "too_large",
]
"""How a request ended. `blocked` is a wall against robots or robots.txt; `rate_limited` a 429, or a 503 with Retry-After."""


class Validators(msgspec.Struct, frozen=True, omit_defaults=True):
    """ETag and Last-Modified as the server gave them, sent back byte for byte (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


class Asked(msgspec.Struct, frozen=True):
    """A request. Robots rules are heeded for pages, which we choose; a feed is offered to be polled."""

    url: str
    validators: Validators = Validators()
    heed_robots: bool = False


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a request ended. `reason` is one sentence for people, given with everything but `fetched` and `not_modified`.

    `url` is where the last response came from; `moved_to` where a chain of permanent redirects (301, 308) says the address
    is from now on. `fresh_for` is how many seconds the server wants its answer kept (RFC 9111), `retry_after` how many it
    wants to be left alone; both are clamped to what is sane. `headers` are those of the last response, as received.
    """

    kind: Kind
    url: str
    status: int | None = None
    reason: str | None = None
    body: bytes = b""
    media_type: str | None = None
    charset: str | None = None
    validators: Validators = Validators()
    moved_to: str | None = None
    fresh_for: int | None = None
    retry_after: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
