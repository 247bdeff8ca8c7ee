"""How long a command keeps a person waiting before it answers, beside what starting Python costs anyway."""

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.rounds import Case, Say, interleave
from bench.subject import Options, Subject
from bench.table import Table, percent, ratio
from tracker import resources

_PYTHON = "python -c pass"
_SQLALCHEMY = "python -c 'import sqlalchemy'"
_REPEATS = 3


def run(options: Options, say: Say) -> Iterator[Table]:
    """Yield the table of wall times."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/seeds.db"
        seeds = resources.folder("seeds")
        say("making a database from the seed documents")
        _finish(_tracker(database, "ingest", str(seeds)))
        seed = str(min(seeds.glob("*.md")))
        commands: Mapping[str, Sequence[str]] = {
            _PYTHON: (sys.executable, "-c", "pass"),
            _SQLALCHEMY: (sys.executable, "-c", "import sqlalchemy"),
            "tracker --help": _tracker(database, "--help"),
            "tracker status": _tracker(database, "status"),
            "tracker status --json": _tracker(database, "status", "--json"),
            "tracker read FILE --json": _tracker(database, "read", seed, "--json"),
        }
        for command in commands.values():  # the first start compiles modules and fills the page cache
            _finish(command)
        cases = [Case(name, lambda command=command: _measured(command)) for name, command in commands.items()]  # type: ignore[misc]  # a lambda that binds its loop variable cannot be typed
        results = interleave(cases, rounds=options.rounds, say=say)
    rows = []
    for name in commands:
        seconds = results.median(name, "start")
        against = [ratio(results.ratio(name, "start", [reference])) for reference in (_PYTHON, _SQLALCHEMY)]
        rows.append((f"`{name}`", "–" if seconds is None else f"{seconds * 1000:.0f}", *against))
        rows[-1] += (percent(results.spread(name)),)
    yield Table(
        title="Startup",
        what=f"Wall time of a whole process, median of {_REPEATS} starts per round, on a database made from `seeds/`.",
        header=("command", "ms", "× python", "× import sqlalchemy", "spread"),
        rows=tuple(rows),
    )


def _tracker(database: str, *arguments: str) -> tuple[str, ...]:
    """The console script, as people start it."""
    return (str(Path(sysconfig.get_path("scripts")) / "tracker"), "--database", database, *arguments)


def _measured(command: Sequence[str]) -> Mapping[str, float]:
    times = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        _finish(command)
        times.append(time.perf_counter() - started)
    return {"start": statistics.median(times)}


def _finish(command: Sequence[str]) -> None:
    """Run a command to its end under default settings; raise CalledProcessError when it fails."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    subprocess.run(command, env=env, check=True, capture_output=True)  # noqa: S603  (commands written above)


SUBJECT = Subject("startup", "wall time of commands, beside starting Python", run)
