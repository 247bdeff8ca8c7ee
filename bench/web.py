"""Requests a second and how long they take, of one server process at 100,000 documents, under closed load.

`python -m bench.web load PORT SECONDS CLIENTS KIND` is the child that asks: so many clients, each of which asks again as soon as it
is answered, over a connection that it keeps. What they ask for is drawn as in the news: a few subjects all the time, most seldom.
The database is that of `bench.query`, which also tells how to keep it.
"""

import asyncio
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import msgspec

from bench import chronicle
from bench.child import ask, tell
from bench.query import filled
from bench.rounds import Say
from bench.subject import Options, Subject
from bench.table import Table, whole
from tracker.domain.ids import slug

_ROOT = Path(__file__).resolve().parent.parent
_CLIENTS = 50
_WARM_S = 2.0
_KINDS: Mapping[str, str] = {
    "page": "/subjects/{id}",
    "json": "/api/v1/subjects/{id}",
    "board": "/",
    "as_of": "/api/v1/subjects/{id}?published_by=2020",
}
_TITLES = {
    "page": "page of a subject",
    "json": "a subject as JSON",
    "board": "the board",
    "as_of": "a subject as of 2020",
}


class Served(msgspec.Struct, frozen=True):
    """What the clients saw: requests a second, milliseconds until a whole answer was there, answers that were none."""

    rate: float
    median: float
    worst: float
    failed: int


def run(options: Options, say: Say) -> Iterator[Table]:
    """Yield the table of rates, and the one of memory."""
    count, seconds = (2_000, 3) if options.quick else (100_000, 15)
    with filled(count, say) as url, _server(url) as (port, process):
        rows = []
        for kind, title in _TITLES.items():
            for clients in (1, _CLIENTS):
                say(f"{title}, {clients} clients")
                seen = _load(port, seconds, clients, kind)
                rows.append(
                    (
                        title,
                        str(clients),
                        whole(seen.rate),
                        f"{seen.median:.1f}",
                        f"{seen.worst:.1f}",
                        str(seen.failed),
                    )
                )
        yield Table(
            title="Serving",
            what=f"One process at {count:,} documents on SQLite, {seconds} s each; clients on the same machine.",
            header=("asked for", "clients", "requests/s", "p50 ms", "p99 ms", "failed"),
            rows=tuple(rows),
        )
        yield _memory(port, process, minutes=1 if options.quick else 10, say=say)


def _memory(port: int, process: int, *, minutes: int, say: Say) -> Table:
    rows = [("before", whole(_resident_mib(process)))]
    for minute in range(1, minutes + 1):
        say(f"memory: minute {minute} of {minutes}")
        for kind in _KINDS:
            _load(port, 60 / len(_KINDS) - _WARM_S, _CLIENTS, kind)
        rows.append((f"after {minute} min", whole(_resident_mib(process))))
    return Table(
        title="Serving: memory",
        what=f"Resident memory of the server while {_CLIENTS} clients ask for everything above in turn.",
        header=("when", "MiB"),
        rows=tuple(rows),
    )


def _load(port: int, seconds: float, clients: int, kind: str) -> Served:
    return ask("bench.web", "load", str(port), str(seconds), str(clients), kind, answer=Served)


def _resident_mib(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def _server(url: str) -> Iterator[tuple[int, int]]:
    command = (sys.executable, "-m", "tracker", "--database", url, "run", "--web", "--no-schedule", "--port", "0")
    environment = {"TRACKER_LOG_LEVEL": "error"}
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  (our own program)
        if process.stderr is None:
            raise AssertionError  # a pipe was asked for
        try:
            line = process.stderr.readline()
            port = re.search(r":(\d+)/", line)
            if port is None:
                raise RuntimeError(f"the server did not say where it listens: {line!r}")
            yield int(port[1]), process.pid
        finally:
            process.terminate()


async def _asked(port: int, seconds: float, clients: int, address: Callable[[random.Random], str]) -> Served:
    """Ask for so long, after a while to warm up whose answers do not count."""
    took: list[float] = []
    failed = 0
    begun = time.perf_counter() + _WARM_S
    end = begun + seconds

    async def client(number: int, session: aiohttp.ClientSession) -> None:
        nonlocal failed
        rng = random.Random(number)  # noqa: S311  (repeatable, not secret)
        while (started := time.perf_counter()) < end:
            async with session.get(f"http://127.0.0.1:{port}{address(rng)}") as answer:
                await answer.read()
            if started >= begun:
                took.append((time.perf_counter() - started) * 1000)
                failed += answer.status not in {200, 404}

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(client(number, session) for number in range(clients)))
    took.sort()
    return Served(len(took) / seconds, took[len(took) // 2], took[len(took) * 99 // 100], failed)


def _main(port: int, seconds: float, clients: int, kind: str) -> None:
    names = chronicle.names()
    pattern = _KINDS[kind]

    def address(rng: random.Random) -> str:
        (name,) = names.draw(rng, 1)
        return pattern.format(id=f"mission/{slug(name)}")

    tell(asyncio.run(_asked(port, seconds, clients, address)))


SUBJECT = Subject("web", "requests a second and how long they take, under load", run)

if __name__ == "__main__":
    _main(int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
