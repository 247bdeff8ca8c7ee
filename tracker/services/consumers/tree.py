"""Growing the Merkle tree over the log: a consumer like any other, whose result is tiles."""

from collections.abc import Iterator, Sequence

from tracker.events.envelope import RecordedEvent
from tracker.services.consumers.consume import Progress, as_they_are, consume, whole
from tracker.store.store import Store, Transaction

CONSUMER = "tree"


class Tree:
    """Keeps the tree at the end of the log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def catch_up(self) -> Iterator[Progress]:
        """Add every event that the tree does not hold, and yield after each batch."""

        def handle(transaction: Transaction, events: Sequence[RecordedEvent], _prepared: None) -> None:
            transaction.tree.grow(events[0].position - 1, [event.leaf_hash for event in events])

        yield from consume(self._store, CONSUMER, handle, read=whole, prepare=as_they_are, batch=1000)

    def rebuild(self) -> Iterator[Progress]:
        """Forget the tree and grow it anew from the log."""
        with self._store.transaction() as transaction:
            transaction.tree.clear()
            transaction.checkpoints.forget(CONSUMER)
        yield from self.catch_up()
