"""A web site on loopback that says exactly what a test scripts, byte by byte, and remembers what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Self

from tracker.fetch.answer import Answer, Asked, Validators
from tracker.fetch.fetcher import Fetcher
from tracker.fetch.rules import Rules

Act = Callable[[asyncio.StreamWriter], Awaitable[None]]
Saying = bytes | Act

OPEN = Rules(allow_private=True, spacing_s=0, deadline_s=1.0, connect_s=0.8, parallel_per_domain=32)
"""For stories that are not about addresses or politeness."""


class Heard:
    """One request as it came in: `headers` with lower case names, in Latin-1."""

    def __init__(self, raw: bytes) -> None:
        first, *lines = raw.decode("latin-1").strip().split("\r\n")
        self.method, self.path, _ = first.split(" ", 2)
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


class Site:
    """`async with Site() as site`, then `site.says(path, …)`: one saying after another, the last one again and again."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, **listening: Any) -> None:
        self.host, self.port, self._listening = host, port, listening
        self.heard: list[Heard] = []
        self.connections = 0
        self._sayings: dict[str, list[Saying]] = {}
        self._talks: set[asyncio.Task[None]] = set()

    def says(self, path: str, *sayings: Saying) -> Self:
        self._sayings[path] = list(sayings)
        return self

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.heard]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, self.host, self.port, **self._listening)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            while True:
                self.heard.append(Heard(await reader.readuntil(b"\r\n\r\n")))
                path = self.heard[-1].path
                sayings = self._sayings.get(path, [reply(404)])
                saying = sayings.pop(0) if len(sayings) > 1 else sayings[0]
                if isinstance(saying, bytes):
                    writer.write(saying)
                    await writer.drain()
                else:
                    await saying(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        except asyncio.CancelledError:
            pass  # the story is over
        finally:
            self._talks.discard(task)
            writer.close()


def reply(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A well-formed response; `Content_Type="text/html"` stands for a header, None leaves it out."""
    fields = {"Content-Length": str(len(body)), "Date": "Sun, 01 Feb 2026 12:00:00 GMT"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    return f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode("latin-1") + body


def then_close(raw: bytes) -> Act:
    """Say this, and hang up."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        raise ConnectionError

    return act


def drip(raw: bytes, each_s: float = 0.05, *, after: bytes = b"") -> Act:
    """Say it one byte at a time, `after` what is said at once."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(after)
        for at in range(len(raw)):
            writer.write(raw[at : at + 1])
            await writer.drain()
            await asyncio.sleep(each_s)

    return act


async def hang(writer: asyncio.StreamWriter) -> None:
    """Say nothing, and keep the line open."""
    await asyncio.sleep(60)


class Time:
    """Seconds that pass only when somebody sleeps, or when told to; `slept` is every wait in order."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@asynccontextmanager
async def abroad(site: Site, time: Time, **rules: Any) -> AsyncIterator[Fetcher]:
    """A fetcher to whom `site` is the whole internet: a proxy that answers for every host, each at an address of its own.

    What `site` says and hears is named by whole URLs. Time is the test's.
    """

    async def lookup(host: str) -> list[str]:
        return [f"93.184.216.{sum(host.encode()) % 256}"]

    keep = Rules(proxy=site.url(), deadline_s=1.5, connect_s=1, **rules)
    async with Fetcher(keep, monotonic=time.monotonic, sleep=time.sleep, lookup=lookup) as fetcher:
        yield fetcher


def story(told: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Make a test of a coroutine."""

    def test() -> None:
        asyncio.run(told())

    test.__name__, test.__doc__ = told.__name__, told.__doc__
    return test


async def ask(url: str, rules: Rules = OPEN, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
    """One request by a fetcher of its own."""
    async with Fetcher(rules) as fetcher:
        return await fetcher.get(Asked(url, Validators(etag, last_modified)))
