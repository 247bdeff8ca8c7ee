"""Appending more events than one transaction should hold: in chunks, and again from where it stopped."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from tracker.errors import EventIdReusedError
from tracker.events.envelope import ANY, NewEvent, StreamName
from tracker.store.event_log import Append, EventLog, same_content
from tracker.store.store import Store

CHUNK = 1000
"""How many events one transaction takes at most: other writers wait for so many, and no longer."""
CHUNK_BYTES = 8_000_000
"""How many bytes of payload one transaction takes, unless a single event has more."""


class Loaded(msgspec.Struct, frozen=True):
    """How far an import has come: events taken from the source, those of them that were new, the end of the log."""

    taken: int
    appended: int
    position: int


def load(store: Store, source: Iterable[tuple[StreamName, NewEvent]], *, chunk: int = CHUNK) -> Iterator[Loaded]:
    """Append events in the order given, each at the end of its stream, and yield after each committed chunk.

    To resume after a stop of any kind, give the same source again: events that are in the log already are compared and
    skipped, wherever the chunks were cut. Raises EventIdReusedError for an id that is there with other content.
    """
    taken = appended = 0
    for events in _chunks(source, chunk):
        with store.transaction() as transaction:
            new = _new(transaction.log, events)
            runs = groupby(new, key=lambda given: given[0])
            transaction.log.append_all([Append(stream, [e for _, e in run], ANY) for stream, run in runs])
            position = transaction.log.last_position()
        taken, appended = taken + len(events), appended + len(new)
        yield Loaded(taken, appended, position)


def _chunks(source: Iterable[tuple[StreamName, NewEvent]], most: int) -> Iterator[list[tuple[StreamName, NewEvent]]]:
    held: list[tuple[StreamName, NewEvent]] = []
    size = 0
    for stream, event in source:
        if held and (len(held) >= most or size + len(event.payload) > CHUNK_BYTES):
            yield held
            held, size = [], 0
        held.append((stream, event))
        size += len(event.payload)
    if held:
        yield held


def _new(log: EventLog, events: list[tuple[StreamName, NewEvent]]) -> list[tuple[StreamName, NewEvent]]:
    known = log.known([event.id for _, event in events])
    for stream, event in events:
        if (found := known.get(event.id)) is not None and not same_content(found, stream, event):
            raise EventIdReusedError(event.id, found.position)
    return [(stream, event) for stream, event in events if event.id not in known]
