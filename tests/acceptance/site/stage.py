"""A tracker on a stage: hostile servers beside an honest one on 127.0.0.1, and a canary on 127.0.0.2 that nobody may reach."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.fetch.server import Site, reply
from tracker.app import App
from tracker.services.ingestion.feeds import Wanted
from tracker.services.ingestion.poll import Line

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20


class Cost(msgspec.Struct, frozen=True):
    """What a poll took: seconds by the wall, seconds of CPU, and MiB above idle at the worst, children counted."""

    wall_s: float
    cpu_s: float
    mib: float


class Stage:
    """The servers and the tracker that is let loose on them."""

    def __init__(self, app: App, site: Site, canary: Site) -> None:
        self.app, self.site, self.canary = app, site, canary
        self._editions = 0

    def poll(self, url: str) -> tuple[list[Line], Cost]:
        """Have a feed polled, and read and project what it brought; the poll's lines, and what it cost.

        Reading is not counted: it takes what its words take, of which an entry has at most half a million characters.
        """
        self.app.feeds.add(Wanted(url))
        with _watched() as watch:
            lines = list(self.app.poll.named([url]))
        self.app.ingest.catch_up()
        return lines, watch.cost

    def healthy(self) -> Line:
        """Poll the honest feed, which has one more story each time."""
        self._editions += 1
        stories = "".join(
            f"<item><title>Story {n}</title><link>http://honest.example/{n}</link><description>The harbour master counted "
            f"{n} boats.</description></item>"
            for n in range(self._editions, self._editions - 3, -1)
        )
        body = f"<rss version='2.0'><channel><title>Honest</title>{stories}</channel></rss>".encode()
        self.site.says("/healthy", reply(200, body))
        (line,), _ = self.poll(self.site.url("/healthy"))
        return line


class _Watch:
    def __init__(self) -> None:
        self.idle = self.peak = _held_mib()
        self._began, self._cpu = time.monotonic(), _cpu_s()
        self.cost = Cost(0, 0, 0)

    def end(self) -> None:
        self.cost = Cost(time.monotonic() - self._began, _cpu_s() - self._cpu, self.peak - self.idle)


@contextmanager
def _watched() -> Iterator[_Watch]:
    watch, over = _Watch(), threading.Event()

    def look() -> None:
        while not over.wait(0.005):
            watch.peak = max(watch.peak, _held_mib())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()
        watch.end()


def _family() -> list[int]:
    """This process and its children."""
    found = [os.getpid()]
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue  # the thread is gone
    return found


def _held_mib() -> float:
    return sum(int(fields[23 - 2]) for fields in map(_stat, _family()) if fields) * _PAGE_MIB


def _cpu_s() -> float:
    """Seconds of CPU that this process, its living children and its dead ones have taken."""
    living = sum(int(fields[13 - 2]) + int(fields[14 - 2]) for fields in map(_stat, _family()) if fields)
    times = os.times()
    return living / _TICK + times.children_user + times.children_system


def _stat(pid: int) -> list[str]:
    """The fields of proc(5) `stat` from the third on, the state; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@contextmanager
def servers() -> Iterator[tuple[Site, Site]]:
    """The site and the canary on one port, served from a thread of their own until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def opened() -> tuple[Site, Site]:
        site = await Site().__aenter__()
        return site, await Site("127.0.0.2", site.port).__aenter__()

    site, canary = asyncio.run_coroutine_threadsafe(opened(), loop).result()
    try:
        yield site, canary
    finally:
        for each in (site, canary):
            asyncio.run_coroutine_threadsafe(each.__aexit__(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
