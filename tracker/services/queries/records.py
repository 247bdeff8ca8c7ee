"""The log as operators and auditors read it: events as they stand."""

from collections.abc import Iterator

from tracker.errors import ConfigError
from tracker.events.envelope import RecordedEvent, StreamName, stream_name
from tracker.store.store import Store


class Records:
    """Reads the log and changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def events(
        self, *, after: int = 0, limit: int | None = None, stream: str | None = None, type_: str | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield events in order, as of one moment. Raises ConfigError for what is no name of a stream."""
        with self._store.reading() as reading:
            yield from reading.log.read(after=after, limit=limit, stream=_stream(stream), type_=type_)

    def last_position(self) -> int:
        """Return the position of the newest event."""
        with self._store.reading() as reading:
            return reading.log.last_position()


def _stream(name: str | None) -> StreamName | None:
    try:
        return None if name is None else stream_name(name)
    except ValueError as error:
        raise ConfigError("--stream", str(error)) from None
