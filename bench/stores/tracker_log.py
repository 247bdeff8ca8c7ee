"""Tracker's own log with all its guarantees: expected versions, idempotent ids, contiguous positions, leaf hashes, triggers."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bench.workload import TYPE, Event, View, body_of
from tracker.app import rfc3339, wall_clock
from tracker.events.envelope import NewEvent, Occurrence, StreamName
from tracker.store import migrate
from tracker.store.event_log import Append, EventLog
from tracker.store.store import Store


class TrackerLog:
    """The log through a store."""

    def __init__(self, url: str, *, keyed: bool = False, whole: bool = False) -> None:
        # What nobody does to a server's database unasked, the benchmark does to its own.
        migrate.upgrade(url)
        self._store, self._keyed, self._whole = Store(url, now=_now), keyed, whole

    def append(self, events: Sequence[Event]) -> None:
        """One transaction, one append for all streams in it; each states the version that its writer saw."""
        appends = []
        for stream, group in groupby(events, key=_stream):
            versions = list(group)
            new = [self._new(event) for event in versions]
            appends.append(Append(StreamName(stream), new, versions[0].version - 1))
        with self._store.transaction() as transaction:
            transaction.log.append_all(appends)

    def _new(self, event: Event) -> NewEvent:
        keys = (event.stream,) if self._keyed else ()
        return NewEvent(event.id, TYPE, 1, event.payload, keys)

    def count(self) -> int:
        """Events as every view meets them, or with their identity and their proof."""
        with self._store.reading() as reading:
            return sum(1 for _ in self._read(reading.log))

    def rebuild(self) -> View:
        """The same, decoded."""
        view: View = {}
        with self._store.reading() as reading:
            for occurrence in self._read(reading.log):
                body = body_of(occurrence.payload)
                view[body.url] = (body.title, body.published)
        return view

    def _read(self, log: EventLog) -> Iterator[Occurrence]:
        return log.read() if self._whole else log.occurrences()

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()


def _stream(event: Event) -> str:
    return event.stream


def _now() -> str:
    return rfc3339(wall_clock())


def plain(url: str) -> TrackerLog:
    """Open the log."""
    return TrackerLog(url)


def keyed(url: str) -> TrackerLog:
    """Open the log for events that can be found by one key each, as those of documents can."""
    return TrackerLog(url, keyed=True)


def whole(url: str) -> TrackerLog:
    """Open the log to read it as an auditor does."""
    return TrackerLog(url, whole=True)
