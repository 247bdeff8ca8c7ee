"""The one door to the web: a URL and what is known of it go in, one typed answer comes out, whatever the server does."""

import asyncio
import time
from types import TracebackType
from typing import Self

import aiohttp
import msgspec
from aiohttp import ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from yarl import URL

from tracker.errors import ConfigError
from tracker.fetch.addresses import Allowed
from tracker.fetch.answer import Answer, Asked, Validators
from tracker.fetch.body import Body
from tracker.fetch.faults import fault, too_slow
from tracker.fetch.freshness import fresh_for, retry_after
from tracker.fetch.headers import decoded, field, joined, media_type, sendable
from tracker.fetch.names import Lookup, Names, system_lookup
from tracker.fetch.proxy import proxy_url
from tracker.fetch.refusal import Refusal, shown
from tracker.fetch.robots import MAX_BYTES, Robots
from tracker.fetch.rules import Rules
from tracker.fetch.target import target
from tracker.fetch.turns import Monotonic, Sleep, Turns
from tracker.fetch.verdict import PERMANENT, REDIRECTS, named, verdict

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_MAX_HEADER = 32 * 1024  # long security policies are common


class _Errand(msgspec.Struct):
    """A request on its way through redirects: where it stands, and what is left of its time."""

    validators: Validators
    heed_robots: bool
    max_bytes: int
    whole: bool
    left_s: float
    url: URL
    seen: set[URL]
    moved_to: URL | None = None
    permanent: bool = True


class Fetcher:
    """Asks the web within `rules`. Use as `async with Fetcher(rules) as fetcher`; any number of requests may be under way.

    `monotonic` and `sleep` order the requests, and `lookup` finds addresses. Raises ConfigError for rules that cannot
    be kept to.
    """

    def __init__(
        self,
        rules: Rules,
        *,
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        lookup: Lookup = system_lookup,
    ) -> None:
        self._rules = rules
        self._headers = {"User-Agent": _checked(rules.agent), "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        self._proxy = proxy_url(rules.proxy)
        self._ports = frozenset({80, 443, *rules.ports})
        self._allowed = Allowed(private=rules.allow_private, networks=rules.networks)
        self._names = Names(self._allowed, lookup, monotonic, proxied=self._proxy is not None)
        self._turns = Turns(rules, monotonic, sleep)
        self._robots = Robots(self._robots_txt, monotonic)
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        rules = self._rules
        self._session = ClientSession(
            # Turns limits what is under way; a second limit would let a hung host hold the places of others.
            connector=TCPConnector(
                limit=0, resolver=self._names, use_dns_cache=False, socket_factory=self._names.socket
            ),
            cookie_jar=DummyCookieJar(),
            headers=self._headers,
            auto_decompress=False,
            trust_env=False,
            max_field_size=_MAX_HEADER,
            max_line_size=_MAX_HEADER,
            timeout=ClientTimeout(total=None, connect=rules.connect_s, sock_read=None),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        session, self._session = self._session, None
        await self._robots.close()
        await self._names.close()
        if session is not None:
            await session.close()

    async def get(self, asked: Asked) -> Answer:
        """Return what came of a request. Raises nothing that a URL or a server could cause."""
        return await self._run(asked, self._rules.max_bytes, whole=True)

    async def _robots_txt(self, url: URL) -> Answer:
        return await self._run(Asked(url=str(url)), MAX_BYTES, whole=False)

    async def _run(self, asked: Asked, max_bytes: int, *, whole: bool) -> Answer:
        try:
            url = target(asked.url)
        except Refusal as refusal:
            return Answer(kind=refusal.kind, url=asked.url, reason=refusal.reason)
        errand = _Errand(
            validators=asked.validators,
            heed_robots=asked.heed_robots,
            max_bytes=max_bytes,
            whole=whole,
            left_s=self._rules.deadline_s,
            url=url,
            seen={url},
        )
        try:
            answer = None
            while answer is None:
                answer = await self._step(errand)
        except Refusal as refusal:
            return _refused(refusal, errand.url)
        return answer

    async def _step(self, errand: _Errand) -> Answer | None:
        """Ask once, and return the answer; None if it was a redirect, which the errand then stands at."""
        url, host = errand.url, errand.url.raw_host or ""
        if not self._rules.allow_private and url.port not in self._ports:
            raise Refusal("refused_address", f"port {url.port} is not asked, only {_listed(self._ports)}")
        address = await self._address(host)
        domain = self._turns.lane(url, address)
        if errand.heed_robots and (delay := await self._robots.heed(url)):
            self._turns.slow_down(domain, delay)
        async with self._turns.turn(domain, address):
            loop = asyncio.get_running_loop()
            began = loop.time()
            try:
                async with asyncio.timeout(errand.left_s):
                    answer = await self._ask(errand)
            except TimeoutError as error:
                raise Refusal("timeout", too_slow(error, self._rules)) from None
            except (aiohttp.ClientError, OSError) as error:  # the library wraps what it foresees; the rest is OSError
                raise Refusal("http_error", fault(error)) from None
            errand.left_s -= loop.time() - began
            if answer is not None and answer.kind == "rate_limited" and answer.retry_after:
                self._turns.leave_alone(domain, answer.retry_after)
        return answer

    async def _address(self, host: str) -> str | None:
        """Return the address that stands for a host's machine in the order of turns, once it is known to be allowed."""
        try:
            async with asyncio.timeout(self._rules.connect_s):
                # The least of them, since name servers turn the list round from one answer to the next.
                return min(await self._names.addresses(host))
        except TimeoutError:
            raise Refusal("timeout", f"no address was found within {self._rules.connect_s:g} s") from None
        except Refusal as refusal:
            if self._proxy is not None and refusal.kind == "http_error":
                return None  # behind some proxies only the proxy knows names
            raise

    async def _ask(self, errand: _Errand) -> Answer | None:
        if self._session is None:
            raise RuntimeError("a Fetcher works inside its `async with` block only")
        sent = _conditions(errand.validators)
        async with self._session.get(errand.url, headers=sent, allow_redirects=False, proxy=self._proxy) as response:
            if response.status in REDIRECTS:
                _follow(errand, response, self._rules.max_redirects)
                return None
            return await self._answer(errand, response, conditional=bool(sent))

    async def _answer(self, errand: _Errand, response: ClientResponse, *, conditional: bool) -> Answer:
        headers = decoded(response.raw_headers)
        kind, reason = verdict(response.status, headers, conditional=conditional)
        media, charset = media_type(field(headers, "content-type"))
        taken = kind in {"fetched", "not_modified"}
        try:
            body = await self._body(errand, response, joined(headers, "content-encoding")) if kind == "fetched" else b""
        except Refusal as refusal:
            kind, reason, body, taken = refusal.kind, refusal.reason, b"", False
        return Answer(
            kind=kind,
            url=str(errand.url),
            status=response.status,
            reason=reason,
            body=body,
            media_type=media,
            charset=charset,
            validators=Validators(field(headers, "etag"), field(headers, "last-modified")) if taken else Validators(),
            moved_to=str(errand.moved_to) if taken and errand.moved_to is not None else None,
            fresh_for=fresh_for(headers) if taken else None,
            retry_after=retry_after(headers),
            headers=headers,
        )

    async def _body(self, errand: _Errand, response: ClientResponse, encoding: str | None) -> bytes:
        body = Body(encoding, errand.max_bytes, whole=errand.whole)
        if errand.whole and (response.content_length or 0) > errand.max_bytes:
            raise Refusal("too_large", f"the answer is announced with more than {errand.max_bytes} bytes")
        loop, rules, size = asyncio.get_running_loop(), self._rules, 0
        began = loop.time()
        async for chunk in response.content.iter_any():
            body.take(chunk)
            if body.full:
                break
            size += len(chunk)
            passed = loop.time() - began
            if passed > rules.grace_s and size < rules.min_rate * passed:
                raise Refusal("timeout", f"the answer came too slowly: {size} bytes in {passed:.0f} s")
        return body.content()


def _follow(errand: _Errand, response: ClientResponse, most: int) -> None:
    """Stand at where a redirect leads, unless it is one too many. Raises Refusal."""
    location = next((value for name, value in response.raw_headers if name.lower() == b"location"), None)
    if location is None:
        reason = f"the server answered {named(response.status)}, and not where to"
        raise Refusal("http_error", reason, status=response.status)
    try:
        text = location.decode()
    except UnicodeDecodeError:
        text = location.decode("latin-1")
    try:
        url = target(text, errand.url)
    except Refusal as refusal:
        reason = f"the server redirects to what is no URL for us: {refusal.reason}"
        raise Refusal(refusal.kind, reason, status=response.status) from None
    if url in errand.seen:
        reason = f"the redirects go round in a circle, by way of {shown(str(url))}"
        raise Refusal("http_error", reason, status=response.status)
    if len(errand.seen) > most:
        reason = f"more than {most} redirects, the last to {shown(str(url))}"
        raise Refusal("http_error", reason, status=response.status)
    errand.permanent = errand.permanent and response.status in PERMANENT
    errand.seen.add(url)
    errand.url = url
    if errand.permanent:
        errand.moved_to = url


def _conditions(validators: Validators) -> dict[str, str]:
    sent = {
        "If-None-Match": sendable(validators.etag),
        "If-Modified-Since": sendable(validators.last_modified),
    }
    return {name: value for name, value in sent.items() if value is not None}


def _refused(refusal: Refusal, url: URL) -> Answer:
    return Answer(
        kind=refusal.kind,
        url=str(url),
        status=refusal.status,
        reason=refusal.reason,
        retry_after=refusal.retry_after,
    )


def _checked(agent: str) -> str:
    if not (agent.isascii() and agent.isprintable()):
        raise ConfigError("fetch contact", f"{shown(agent)} cannot stand in a header; write a URL or an e-mail address")
    return agent


def _listed(ports: frozenset[int]) -> str:
    return ", ".join(str(port) for port in sorted(ports))
