"""Following the log: every event in order, soon after it is committed."""

from collections.abc import Iterator
from threading import Event

from tracker.events.envelope import RecordedEvent
from tracker.store.event_log import PAGE
from tracker.store.store import Store


def tail(
    store: Store, *, after: int, stop: Event, poll: float = 1.0, limit: int = PAGE
) -> Iterator[tuple[RecordedEvent, ...]]:
    """Yield the events after a position, then each new one, in pages of at most `limit`, until `stop` is set.

    Asking every `poll` seconds is what makes it complete: positions are contiguous and in commit order, so nothing can
    appear behind the last one seen. Where the database can give a hint of an append, the wait ends early; a hint that is
    lost costs one `poll` and nothing else. `stop` is heeded within one `poll`.
    """
    with store.hints() as hint:
        wait = hint or stop.wait
        while not stop.is_set():
            with store.reading() as reading:
                page = tuple(reading.log.read(after=after, limit=limit))
            if page:
                after = page[-1].position
                yield page
            else:
                wait(poll)
