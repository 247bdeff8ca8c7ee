"""Posting to addresses that people gave us: guarded as fetching is, and nothing that is answered is read.

A receiver's address is typed in or comes from a variable, and its name may lead elsewhere tomorrow: so every connection is
checked where it is dialled (see `names`), redirects are not followed, and plain http is for private networks only.
"""

import asyncio
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import aiohttp
import msgspec
from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from yarl import URL

from tracker.fetch.addresses import Allowed
from tracker.fetch.faults import fault, too_slow
from tracker.fetch.freshness import retry_after
from tracker.fetch.headers import decoded
from tracker.fetch.names import Lookup, Names, system_lookup
from tracker.fetch.proxy import proxy_url
from tracker.fetch.refusal import Refusal
from tracker.fetch.rules import Rules
from tracker.fetch.target import target
from tracker.fetch.turns import Monotonic
from tracker.fetch.verdict import REDIRECTS, named


class Posted(msgspec.Struct, frozen=True):
    """How a server answered: its status, None when there was no answer; why that is not well; seconds it asks us to wait."""

    status: int | None
    reason: str | None = None
    retry_after: int | None = None

    @property
    def taken(self) -> bool:
        """Whether the server says that it has taken it."""
        return self.reason is None


class Poster:
    """Posts within `rules`. Use as `async with Poster(rules) as poster`; any number of requests may be under way.

    `rules.allow_private` opens private networks, all ports and plain http; `rules.deadline_s` is for the whole exchange.
    """

    def __init__(self, rules: Rules, *, monotonic: Monotonic = time.monotonic, lookup: Lookup = system_lookup) -> None:
        """Raise ConfigError for rules that cannot be kept to."""
        self._rules = rules
        self._proxy = proxy_url(rules.proxy)
        self._ports = frozenset({80, 443, *rules.ports})
        allowed = Allowed(private=rules.allow_private, networks=rules.networks)
        self._names = Names(allowed, lookup, monotonic, proxied=self._proxy is not None)
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(
            connector=TCPConnector(
                limit=0, resolver=self._names, use_dns_cache=False, socket_factory=self._names.socket
            ),
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": self._rules.agent, "Accept-Encoding": "identity"},
            auto_decompress=False,
            trust_env=False,
            timeout=ClientTimeout(total=None, connect=self._rules.connect_s, sock_read=None),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        session, self._session = self._session, None
        await self._names.close()
        if session is not None:
            await session.close()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        """Return how the server took it. Raises nothing that an address or a server could cause; no reason holds the address."""
        try:
            where = target(url)
        except Refusal:
            return Posted(None, "the address is no http or https address that can be posted to")
        try:
            async with asyncio.timeout(self._rules.deadline_s):
                return await self._posted(where, body, headers)
        except Refusal as refusal:
            return Posted(None, refusal.reason)
        except TimeoutError as error:
            return Posted(None, too_slow(error, self._rules))
        except (aiohttp.ClientError, OSError) as error:
            return Posted(None, fault(error))

    async def _posted(self, url: URL, body: bytes, headers: Mapping[str, str]) -> Posted:
        if self._session is None:
            raise RuntimeError("a Poster works inside its `async with` block only")
        if not self._rules.allow_private:
            if url.scheme != "https":
                raise Refusal("refused_address", "plain http is for private networks, which are not opened")
            if url.port not in self._ports:
                raise Refusal("refused_address", f"port {url.port} is not asked; the setting fetch_ports opens more")
        await self._check(url.raw_host or "")
        async with self._session.post(
            url, data=body, headers=headers, allow_redirects=False, proxy=self._proxy
        ) as answer:
            if 200 <= answer.status < 300:
                return Posted(answer.status)
            reason = f"the server answered {named(answer.status)}"
            if answer.status in REDIRECTS:
                reason += ", and redirects are not followed"
            return Posted(answer.status, reason, retry_after(decoded(answer.raw_headers)))

    async def _check(self, host: str) -> None:
        """Raise Refusal, with its reason in words, for a host that may not be asked; what is dialled is checked again."""
        try:
            await self._names.addresses(host)
        except Refusal as refusal:
            # Behind some proxies only the proxy knows names.
            if self._proxy is None or refusal.kind != "http_error":
                raise
