"""`python -m bench.feed_update tracker|reader FOLDER PORT COUNT READERS`: one program updates all feeds of a server, three times.

Once from an empty database, once when nothing has changed, once when every feed has two new entries. Prints seconds and the
most memory held. `READERS` is how many processes (tracker) or threads (reader) read feeds.
"""

import http.client
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from reader import make_reader

from bench.child import peak_kib, tell
from bench.feed_server import TURN
from tracker import logs
from tracker.app import App
from tracker.services.ingestion.feeds import Wanted
from tracker.settings import load


class Updated(msgspec.Struct, frozen=True):
    """Seconds of each round and of CPU in all, entries that were there in the end, and the most memory that was held.

    CPU and memory are of the program and its children.
    """

    empty: float
    unchanged: float
    two_new: float
    cpu: float
    entries: int
    peak_kib: int


def _rounds(update: Callable[[], None], port: int) -> list[float]:
    seconds = []
    for turn in (False, False, True):
        if turn:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", TURN)
            connection.getresponse().read()
            connection.close()
        started = time.perf_counter()
        update()
        seconds.append(time.perf_counter() - started)
    return seconds


def of_tracker(folder: str, port: int, count: int, readers: int) -> Updated:
    """Poll as `tracker feeds poll` does, up to the captured documents. What it reads out of them has no peer here."""
    settings = {
        "database": f"sqlite:///{folder}/tracker.db",
        "log_level": "error",
        "fetch_allow_private": "1",
        "poll_readers": str(readers),
    }
    logs.configure(format_="json", level="error")
    app = App(load(settings, {}))
    for url in _urls(port, count):
        app.feeds.add(Wanted(url))

    def update() -> None:
        bad = [line for line in app.poll.named([]) if line.outcome not in {"new", "same", "not_modified"}]
        if bad:
            raise RuntimeError(f"{len(bad)} polls went wrong, the first: {bad[0]}")

    began = _cpu_s()
    seconds = _rounds(update, port)
    with app.store.reading() as reading:
        entries = sum(1 for _ in reading.log.read(type_="document.captured"))
    children = _children_kib()
    app.close()
    return Updated(
        seconds[0],
        seconds[1],
        seconds[2],
        cpu=_cpu_s() - began,
        entries=entries,
        peak_kib=peak_kib() + children,
    )


def of_reader(folder: str, port: int, count: int, readers: int) -> Updated:
    """Update as `reader update` does."""
    made = make_reader(f"{folder}/reader.db")
    for url in _urls(port, count):
        made.add_feed(url)

    def update() -> None:
        for result in made.update_feeds_iter(workers=readers, scheduled=False):
            if isinstance(result.value, Exception):
                raise result.value

    began = _cpu_s()
    seconds = _rounds(update, port)
    entries = made.get_entry_counts().total
    made.close()
    return Updated(seconds[0], seconds[1], seconds[2], cpu=_cpu_s() - began, entries=entries or 0, peak_kib=peak_kib())


def _cpu_s() -> float:
    """Seconds of CPU that this process and the children that have ended took."""
    return sum(os.times()[:4])


def _children_kib() -> int:
    """The most memory that each child held, together; 0 where the kernel does not tell. `getrusage` would count ours again."""
    pids = [pid for task in Path("/proc/self/task").glob("*/children") for pid in task.read_text().split()]
    status = "".join(Path(f"/proc/{pid}/status").read_text() for pid in pids)
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def _urls(port: int, count: int) -> list[str]:
    return [f"http://127.0.0.1:{port}/{number}" for number in range(count)]


_PROGRAMS = {"tracker": of_tracker, "reader": of_reader}

if __name__ == "__main__":
    _name, _folder, *_numbers = sys.argv[1:]
    tell(_PROGRAMS[_name](_folder, *map(int, _numbers)))
