"""The one loop: take the events after my checkpoint, do my work, save the result and the checkpoint together."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from tracker.events.envelope import Occurrence, RecordedEvent
from tracker.store.event_log import EventLog
from tracker.store.store import Store, Transaction


class Progress(msgspec.Struct, frozen=True):
    """How far a consumer has come: events taken in this batch, its checkpoint, and the end of the log."""

    consumer: str
    taken: int
    position: int
    last: int

    @property
    def lag(self) -> int:
        """How many events are still to be taken."""
        return self.last - self.position


_Told = TypeVar("_Told", bound=Occurrence)
_Prepared = TypeVar("_Prepared")
_WAIT = 0.05
"""Seconds between two looks at another process's progress."""


def consume(
    store: Store,
    consumer: str,
    handle: Callable[[Transaction, Sequence[_Told], _Prepared], None],
    *,
    read: Callable[[EventLog, int, int], Iterable[_Told]],
    prepare: Callable[[Sequence[_Told]], _Prepared],
    wanted: Callable[[Transaction], bool] = lambda _transaction: True,
    batch: int = 200,
) -> Iterator[Progress]:
    """Bring a consumer to the end of the log, and yield after each batch.

    `read` is what it wants of the log, after a position and up to a number of events: `whole` or `what_happened`.
    `prepare` does the slow, pure part without holding the write lock. `handle` writes in the transaction that also moves the
    checkpoint, which must still stand where it stood: when another process was faster, the batch is dropped and read anew.
    `wanted` is asked in that transaction; when it says no, the consumer has become superfluous, and ends. One process at a
    time runs a consumer: while another holds its lease, this one waits until that has come as far as the log reached here.
    """
    with store.reading() as reading:
        target = reading.log.last_position()
    try:
        while True:
            with store.reading() as reading:
                seen = reading.checkpoints.get(consumer)
                events = list(read(reading.log, seen, batch))
                last = reading.log.last_position()
            if not events:
                return
            if not _leased(store, consumer):
                if seen >= target:
                    return
                time.sleep(_WAIT)
                continue
            prepared = prepare(events)
            position = events[-1].position
            with store.transaction() as transaction:
                if not wanted(transaction):
                    return
                if not transaction.checkpoints.advance(consumer, seen=seen, to=position):
                    continue
                transaction.leases.take(consumer, store.holder)
                handle(transaction, events, prepared)
                last = max(last, transaction.log.last_position())
            yield Progress(consumer, len(events), position, last)
    finally:
        _let_go(store, consumer)


def _leased(store: Store, consumer: str) -> bool:
    with store.reading() as reading:
        if reading.leases.all().get(consumer) == store.holder:
            return True
    with store.transaction() as transaction:
        return transaction.leases.take(consumer, store.holder)


def _let_go(store: Store, consumer: str) -> None:
    with store.reading() as reading:
        mine = reading.leases.all().get(consumer) == store.holder
    if mine:
        with store.transaction() as transaction:
            transaction.leases.give_up(consumer, store.holder)


def whole(log: EventLog, after: int, limit: int) -> Iterator[RecordedEvent]:
    """Read events with everything that the log knows of them."""
    return log.read(after=after, limit=limit)


def what_happened(log: EventLog, after: int, limit: int) -> Iterator[Occurrence]:
    """Read what views are worked out from, which is quicker."""
    return log.occurrences(after=after, limit=limit)


def as_they_are(_events: Sequence[Occurrence]) -> None:
    """Prepare nothing."""
