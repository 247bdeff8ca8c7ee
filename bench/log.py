"""The log beside the raw driver and beside a library, on the same events under the same durability."""

import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bench.rounds import Case, Results, Say, interleave
from bench.stores import POSTGRES, SQLITE, TRACKER
from bench.stores.store import LogStore, System
from bench.subject import Options, Subject
from bench.table import Table, percent, ratio, whole
from bench.workload import VERSIONS, Event, events

BATCH = 100
_READS = 3
_OPERATIONS: Mapping[str, str] = {
    "single": "single",
    "batch": f"batch of {BATCH}",
    "bulk": "one transaction",
    "read": "read all",
    "rebuild": "rebuild",
}
_WARM_UP = events(1, seed=0)

Place = Callable[[], AbstractContextManager[str]]
"""Makes an empty database for the length of a block, and gives its URL."""


def run(options: Options, say: Say) -> Iterator[Table]:
    """Yield the tables of SQLite and, where a server is given, those of PostgreSQL."""
    yield from _tables("SQLite", SQLITE, _sqlite, options, say)
    if options.postgres:
        server = options.postgres.replace("postgresql+psycopg://", "postgresql://", 1)
        yield from _tables("PostgreSQL", POSTGRES, lambda: _postgres(server), options, say)


def _tables(database: str, systems: Sequence[System], place: Place, options: Options, say: Say) -> Iterator[Table]:
    singles = events(100 if options.quick else 500, seed=1)
    many = events(2_000 if options.quick else 10_000, seed=2)
    cases = [Case(system.name, _measurement(system, place, singles, many)) for system in systems]
    results = interleave(cases, rounds=options.rounds, say=lambda said: say(f"{database}: {said}"))
    limits = [system.name for system in systems if system.raw]
    yield Table(
        title=f"The log on {database}",
        what=f"Events a second, and × the best raw driver of the same round: {len(singles)} single appends, "
        f"{len(many):,} events of 1 KB in batches of {BATCH} and in one transaction, reading them all, and reading, "
        "decoding and folding them into a dict.",
        header=("system", *(cell for said in _OPERATIONS.values() for cell in (said, "× raw")), "spread"),
        rows=tuple((system.name, *_cells(system.name, results, limits)) for system in systems),
    )
    yield Table(
        title=f"Tracker's log on {database} beside each of the others",
        what="Its rate divided by theirs in the same round; above 1 it is the faster.",
        header=("tracker ÷", *_OPERATIONS.values()),
        rows=tuple(
            (other.name, *(ratio(results.ratio(TRACKER, operation, [other.name])) for operation in _OPERATIONS))
            for other in systems
            if other.name != TRACKER
        ),
    )


def _cells(name: str, results: Results, limits: Sequence[str]) -> Iterator[str]:
    for operation in _OPERATIONS:
        yield whole(results.median(name, operation))
        yield ratio(results.ratio(name, operation, limits))
    yield percent(results.spread(name))


def _measurement(
    system: System, place: Place, singles: Sequence[Event], many: Sequence[Event]
) -> Callable[[], Mapping[str, float]]:
    def measure() -> Mapping[str, float]:
        figures = {}
        with _open(system, place) as store:
            figures["single"] = _rate(store, [[event] for event in singles])
        if system.largest is None or len(many) <= system.largest:
            with _open(system, place) as store:
                figures["bulk"] = _rate(store, [many])
        with _open(system, place) as store:
            figures["batch"] = _rate(store, [many[at : at + BATCH] for at in range(0, len(many), BATCH)])
            stored, streams = len(many) + len(_WARM_UP), -(-len(many) // VERSIONS) + len(_WARM_UP)
            figures["read"] = stored / _middle(store.count, stored)
            figures["rebuild"] = stored / _middle(lambda: len(store.rebuild()), streams)
        return figures

    return measure


@contextmanager
def _open(system: System, place: Place) -> Iterator[LogStore]:
    with place() as url:
        store = system.open(url)
        try:
            store.append(_WARM_UP)  # connections are made and statements compiled once, before the clock starts
            yield store
        finally:
            store.close()


def _rate(store: LogStore, transactions: Sequence[Sequence[Event]]) -> float:
    started = time.perf_counter()
    for transaction in transactions:
        store.append(transaction)
    return sum(map(len, transactions)) / (time.perf_counter() - started)


def _middle(action: Callable[[], int], expected: int) -> float:
    """Return the seconds of the middle one of a few runs; raise when a store gives back less than it took."""
    seconds = []
    for _ in range(_READS):
        started = time.perf_counter()
        found = action()
        seconds.append(time.perf_counter() - started)
        if found != expected:
            raise RuntimeError(f"expected {expected}, found {found}")
    return statistics.median(seconds)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'log.db'}"


@contextmanager
def _postgres(server: str) -> Iterator[str]:
    """Make a database of its own on the server, and drop it afterwards."""
    import psycopg  # noqa: PLC0415  (only with a server)
    from sqlalchemy import make_url  # noqa: PLC0415  (the same)

    name = f"bench_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        connection.execute("CHECKPOINT")
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


SUBJECT = Subject("log", "the event log, beside the raw driver and the eventsourcing library", run)
