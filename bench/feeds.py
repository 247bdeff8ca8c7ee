"""Polling many feeds, beside `reader` (PyPI) on the same feeds: from nothing, when nothing has changed, when a little has."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.child import ask
from bench.feed_server import NEW_AT_A_TURN, WORDS
from bench.feed_update import Updated
from bench.rounds import Case, Results, Say, interleave
from bench.subject import Options, Subject
from bench.table import Table, percent, ratio, whole

_ITEMS = 50
_READER = "reader"
_CASES = {
    _READER: ("reader", 1),
    "tracker, one child that reads": ("tracker", 1),
    "tracker, two children": ("tracker", 2),
}
_ROUNDS = {"empty": "from nothing", "unchanged": "nothing changed", "two_new": f"{NEW_AT_A_TURN} of {_ITEMS} new"}


def run(options: Options, say: Say) -> Iterator[Table]:
    """Yield the table of rates, and the one of items and memory."""
    count = 300 if options.quick else 10_000
    cases = [
        Case(name, lambda program=program, readers=readers: _updated(program, readers, count))  # type: ignore[misc]  # a lambda that binds its loop variable cannot be typed
        for name, (program, readers) in _CASES.items()
    ]
    # Ten thousand feeds take minutes, and their rates hold still; every round more would take a quarter of an hour.
    results = interleave(cases, rounds=options.rounds if options.quick else 1, say=say)
    what = f"{count:,} RSS feeds of {_ITEMS} entries with {WORDS} words each, from a server on loopback in a process of its own"
    yield _rates(results, what)
    yield _costs(results, count)


def _updated(program: str, readers: int, count: int) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory() as folder, _server() as port:
        done = ask("bench.feed_update", program, folder, str(port), str(count), str(readers), answer=Updated)
    wanted = count * (_ITEMS + NEW_AT_A_TURN)
    if done.entries != wanted:
        raise RuntimeError(f"{program} holds {done.entries} entries where there were {wanted}")
    rates = {name: count / getattr(done, name) for name in _ROUNDS}
    return rates | {"items": count * _ITEMS / done.empty, "peak": done.peak_kib / 1024, "cpu": 1000 * done.cpu / count}


@contextmanager
def _server() -> Iterator[int]:
    command = (sys.executable, "-m", "bench.feed_server", str(_ITEMS))
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603  (our own module)
        if process.stdin is None or process.stdout is None:
            raise AssertionError  # pipes were asked for
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()


def _rates(results: Results, what: str) -> Table:
    rows = []
    for name in _CASES:
        cells = [name]
        for round_ in _ROUNDS:
            cells += [whole(results.median(name, round_)), ratio(results.ratio(name, round_, [_READER]))]
        rows.append((*cells, percent(results.spread(name))))
    titles = [cell for said in _ROUNDS.values() for cell in (said, "× reader")]
    return Table(
        title="Polling", what=f"Feeds a second: {what}.", header=("program", *titles, "spread"), rows=tuple(rows)
    )


def _costs(results: Results, count: int) -> Table:
    rows = []
    for name in _CASES:
        shown = (results.median(name, "items"), results.median(name, "peak"), results.median(name, "cpu"))
        rows.append((name, *map(whole, shown), ratio(results.ratio(name, "cpu", [_READER]))))
    return Table(
        title="Polling: entries, memory, CPU",
        what=f"Entries taken in a second from nothing; the most memory and the CPU of program and children over all three rounds of "
        f"{count:,} feeds.",
        header=("program", "entries/s", "peak MiB", "ms of CPU a feed", "× reader"),
        rows=tuple(rows),
    )


SUBJECT = Subject("feeds", "polling 10,000 feeds beside the reader library", run)
