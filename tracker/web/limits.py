"""How much one may ask: requests a second from one address, the length of an address, the size of a body."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.web.problems import problem

LONGEST_ADDRESS = 8192
"""Bytes of path and query together (RFC 9110, section 4.1, asks for at least 8,000)."""
LARGEST_BODY = 65_536
"""Bytes; nothing that is asked here needs a body at all."""
BURST_S = 5
"""How many seconds' worth of requests may come at once."""
_ADDRESSES = 10_000
"""How many addresses are remembered; the one that has been silent longest is forgotten first, and begins anew."""
_FREE = frozenset({"/healthz", "/readyz"})
"""Whoever watches over this process must always hear from it."""


class Buckets:
    """A bucket of tokens for each address: filled steadily, emptied by requests. Pure but for what it remembers."""

    def __init__(self, rate: float, *, most: int = _ADDRESSES) -> None:
        self._rate, self._size, self._most = rate, max(1.0, rate * BURST_S), most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, now: float) -> float:
        """Take a token at an instant in seconds. Return 0, or how many seconds there are until the next one."""
        tokens, at = self._left.pop(address, (self._size, now))
        tokens = min(self._size, tokens + max(0.0, now - at) * self._rate)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self._rate
        self._left[address] = (tokens - 1 if wait == 0 else tokens, now)
        while len(self._left) > self._most:
            self._left.popitem(last=False)
        return wait

    def __len__(self) -> int:
        """Return how many addresses are remembered."""
        return len(self._left)


def household(address: str) -> str:
    """Return what is counted together: an IPv4 address, or the /64 that one holder of an IPv6 address has at will."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)


class Limits:
    """Refuses what is too much before anything is done for it."""

    def __init__(self, app: ASGIApp, *, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._clock = app, clock
        self._buckets = Buckets(rate) if rate > 0 else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._too_often(scope) or _too_long(scope) or _too_large(scope)
        await (refusal or self._app)(scope, receive, send)

    def _too_often(self, scope: Scope) -> ASGIApp | None:
        if self._buckets is None or scope["path"] in _FREE:
            return None
        client = household(scope["client"][0]) if scope.get("client") else ""
        wait = self._buckets.take(client, self._clock())
        if wait == 0:
            return None
        seconds = math.ceil(wait)
        return problem("too_many", f"try again in {seconds} s", headers={"Retry-After": str(seconds)})


def _too_long(scope: Scope) -> ASGIApp | None:
    length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    if length <= LONGEST_ADDRESS:
        return None
    return problem("too_long", f"the address has {length:,} bytes; {LONGEST_ADDRESS:,} are taken")


def _too_large(scope: Scope) -> ASGIApp | None:
    """A body of unknown length is never read, and costs nothing."""
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    length = int(declared) if declared.isdigit() else 0
    if length <= LARGEST_BODY:
        return None
    told = f"the body has {length:,} bytes; {LARGEST_BODY:,} are taken"
    return problem("too_large", told, headers={"Connection": "close"})
