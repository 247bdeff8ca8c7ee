"""`python -m bench.whole_path whole|stages DATABASE-URL FILE.jsonl`: ingest a file in a process of its own, and print what it took.

`whole` takes the way of `tracker ingest`, `stages` does the same work stage by stage; starting Python and loading the catalog
are not counted. An empty file tells what the program holds before any document.
"""

import itertools
import sys
import time
from collections.abc import Iterable

import msgspec

from bench.child import peak_kib, tell
from tracker import logs
from tracker.app import App
from tracker.capture.item import Given
from tracker.capture.sources import items
from tracker.services.ingestion.capture import Capture
from tracker.settings import load


class Taken(msgspec.Struct, frozen=True):
    """What it took; `documents` counts those that were captured."""

    documents: int
    seconds: float
    peak_kib: int


class Stages(msgspec.Struct, frozen=True):
    """Seconds of each stage, run to its end before the next begins."""

    capture: float
    read: float
    project: float


def whole(database: str, file: str) -> Taken:
    """Ingest as `tracker ingest` does: capture a few dozen, read and project them, go on."""
    app = _app(database)
    started = time.perf_counter()
    outcomes = [line.outcome for line in app.ingest.sources([file], given=Given(), today=app.today())]
    seconds = time.perf_counter() - started
    app.close()
    return Taken(outcomes.count("captured"), seconds, peak_kib())


def stages(database: str, file: str) -> Stages:
    """Do the same work stage by stage."""
    app = _app(database)
    times = [time.perf_counter()]

    def finish(work: Iterable[object]) -> None:
        for _ in work:
            pass
        times.append(time.perf_counter())

    finish(Capture(app.store).take(items(file, given=Given(), captured_on=app.today())))
    finish(app.read.catch_up())
    finish(app.project.catch_up())
    app.close()
    return Stages(*(after - before for before, after in itertools.pairwise(times)))


def _app(database: str) -> App:
    """The application with everything loaded that is loaded once. An empty file is refused, and need not be warned of."""
    logs.configure(format_="console", level="error")
    app = App(load({"database": database, "log_level": "error"}, {}))
    _ = app.knowledge  # loaded on first use, which is now
    app.ingest.catch_up()
    return app


if __name__ == "__main__":
    action = {"whole": whole, "stages": stages}[sys.argv[1]]
    tell(action(*sys.argv[2:]))
