"""The one loop: take the events after my checkpoint, do my work, save the result and the checkpoint together."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import msgspec

from tracker.events.envelope import RecordedEvent
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


_Prepared = TypeVar("_Prepared")
_WAIT = 0.05
"""Seconds between two looks at another process's progress."""


def consume(
    store: Store,
    consumer: str,
    handle: Callable[[Transaction, Sequence[RecordedEvent], _Prepared], None],
    *,
    prepare: Callable[[Sequence[RecordedEvent]], _Prepared],
    wanted: Callable[[Transaction], bool] = lambda _transaction: True,
    batch: int = 200,
) -> Iterator[Progress]:
    """Bring a consumer to the end of the log, and yield after each batch.

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
                events = list(reading.log.read(after=seen, limit=batch))
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


def as_they_are(events: Sequence[RecordedEvent]) -> None:
    """Prepare nothing."""
