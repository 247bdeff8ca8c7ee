"""How long a question takes inside the process, as the log grows: p50 and p99 over subjects drawn as they are in the news.

`python -m bench.query fill|ask DATABASE-URL COUNT` is the child; `bench.chronicle` tells what it fills with. To ask of one
database twice, fill it by hand and name the folder: `TRACKER_BENCH_FOLDER=/somewhere make bench BENCH=query`.
"""

import datetime as dt
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import msgspec

from bench import chronicle
from bench.child import ask, peak_kib, tell
from bench.rounds import Say
from bench.subject import Options, Subject
from bench.table import Table, whole
from tracker.app import App
from tracker.domain.asof import AsOf
from tracker.domain.ids import SubjectId, slug
from tracker.errors import NotFoundError
from tracker.settings import load

SIZES = (10_000, 100_000, 1_000_000)
_ASKED = 300


class Answered(msgspec.Struct, frozen=True):
    """Milliseconds by question: median and 99th percentile by the clock, then of processor time; what the largest subject has.

    The last is a number of entries.
    """

    milliseconds: dict[str, tuple[float, float, float, float]]
    peak_kib: int
    largest: int


@contextmanager
def filled(count: int, say: Say) -> Iterator[str]:
    """Give the URL of a database with so many documents; it is gone after the block, unless TRACKER_BENCH_FOLDER keeps it."""
    kept = os.environ.get("TRACKER_BENCH_FOLDER")
    with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"asked-{count}.db"
        if not path.exists():
            say(f"{count:,} documents: fill")
            ask("bench.query", "fill", f"sqlite:///{path}", str(count), answer=Answered)
        yield f"sqlite:///{path}"


def run(options: Options, say: Say) -> Iterator[Table]:
    """Yield one table for all sizes."""
    rows = []
    for count in (2_000,) if options.quick else SIZES:
        with filled(count, say) as url:
            say(f"{count:,} documents: ask")
            made = ask("bench.query", "ask", url, str(count), answer=Answered)
        for question, took in made.milliseconds.items():
            rows.append((question, whole(count), whole(made.largest), *(f"{each:.2f}" for each in took)))
    yield Table(
        title="Asking",
        what=f"{_ASKED} questions each on SQLite, by subjects drawn as they are in the news: a few all the time, most seldom.",
        header=("question", "documents", "of the largest", "p50 ms", "p99 ms", "p50 ms CPU", "p99 ms CPU"),
        rows=tuple(sorted(rows, key=lambda row: _ORDER.index(row[0]))),
    )


_ORDER = (
    "status SUBJECT", "status ALIAS", "… --known-at", "… --published-by", "… --valid-at", "explain SUBJECT launch_date",
    "history SUBJECT",
)  # fmt: skip


def _fill(app: App, count: int) -> Answered:
    chronicle.write(app, count, lambda said: print(said, file=sys.stderr))  # noqa: T201  (progress)
    return Answered({}, peak_kib(), 0)


def _ask(app: App, _count: int) -> Answered:
    rng = random.Random(7)  # noqa: S311  (repeatable, not secret)
    asked = [SubjectId(f"mission/{slug(name)}") for name in chronicle.names().draw(rng, _ASKED)]
    with app.query.looking() as look:
        asked = [id_ for id_ in asked if look.reading.views.shows(look._build(id_)[1], id_)]  # noqa: SLF001  (who was never in the news)
        last = look.reading.log.last_position()
        largest = max(len(look.heard(id_).parts) for id_ in set(asked))
    day = AsOf(published_by=dt.date(2020, 6, 1))
    held = AsOf(valid_at=dt.date(2020, 6, 1))
    questions: Mapping[str, Callable[[SubjectId], object]] = {
        "status SUBJECT": app.query.subject,
        "status ALIAS": lambda id_: app.query.subject(id_.partition("/")[2] + " mission"),
        "… --known-at": lambda id_: app.query.subject(id_, as_of=AsOf(known_at=rng.randint(1, last))),
        "… --published-by": lambda id_: app.query.subject(id_, as_of=day),
        "… --valid-at": lambda id_: app.query.subject(id_, as_of=held),
        "explain SUBJECT launch_date": lambda id_: app.explain.attribute(id_, "launch_date"),
        "history SUBJECT": app.query.history,
    }
    return Answered({name: _timed(asked, question) for name, question in questions.items()}, peak_kib(), largest)


def _timed(asked: Sequence[SubjectId], question: Callable[[SubjectId], object]) -> tuple[float, float, float, float]:
    """By the clock, which tells on a quiet machine, and by the processor, which tells on a crowded one too."""
    by_clock, by_processor = [], []
    for id_ in asked:
        started, busy = time.perf_counter(), time.process_time()
        try:
            question(id_)
        except NotFoundError:
            continue  # nobody had written of it by then
        by_clock.append((time.perf_counter() - started) * 1000)
        by_processor.append((time.process_time() - busy) * 1000)
    found = [sorted(took) for took in (by_clock, by_processor)]
    return tuple(took[len(took) * share // 100] for took in found for share in (50, 99))  # type: ignore[return-value]  # two of each of two


def _main(action: str, url: str, count: int) -> None:
    app = App(load({"database": url, "log_level": "error"}, {}))
    tell({"fill": _fill, "ask": _ask}[action](app, count))
    app.close()


SUBJECT = Subject("query", "how long a question takes as the log grows", run)

if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
