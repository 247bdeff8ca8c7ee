"""The one loop: take the events after my checkpoint, do my work, save the result and the checkpoint together."""

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
    `wanted` is asked in that transaction; when it says no, the consumer has become superfluous, and ends.
    """
    while True:
        with store.reading() as reading:
            seen = reading.checkpoints.get(consumer)
            events = list(reading.log.read(after=seen, limit=batch))
            last = reading.log.last_position()
        if not events:
            return
        prepared = prepare(events)
        position = events[-1].position
        with store.transaction() as transaction:
            if not wanted(transaction):
                return
            if not transaction.checkpoints.advance(consumer, seen=seen, to=position):
                continue
            handle(transaction, events, prepared)
            last = max(last, transaction.log.last_position())
        yield Progress(consumer, len(events), position, last)


def as_they_are(events: Sequence[RecordedEvent]) -> None:
    """Prepare nothing."""
