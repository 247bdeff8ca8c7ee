"""Events without a meaning, for tests of the log alone."""

import itertools

from tracker.events.envelope import ANY, NewEvent, RecordedEvent, stream_name
from tracker.store.store import Store

STREAM = stream_name("document", "a")
OTHER = stream_name("document", "b")
_ids = itertools.count()


def event(payload: bytes = b"{}", *, id: str | None = None, keys: tuple[str, ...] = ()) -> NewEvent:  # noqa: A002  (the log's own word)
    return NewEvent(id or f"event-{next(_ids)}", "test.happened", 1, payload, keys)


def append(store: Store, stream, *new: NewEvent, expected: int = ANY) -> tuple[RecordedEvent, ...]:
    with store.transaction() as transaction:
        return transaction.log.append(stream, new, expected_version=expected)


def read(store: Store, **how) -> list[RecordedEvent]:
    with store.reading() as reading:
        return list(reading.log.read(**how))
