"""The log: append, and read by position, by stream, by key.

What it promises: positions are contiguous from 1 and stand in commit order, so a reader that remembers the last position it
saw never misses an event; an append with a known event id answers with what was recorded first; a stream takes an event only
at the version its writer saw.
"""

import bisect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from tracker.errors import EventIdReusedError, WrongExpectedVersionError
from tracker.events.envelope import ANY, EXISTS, NewEvent, RecordedEvent, StreamName, seal
from tracker.store.tables import event_keys, events

_COLUMNS = (
    events.c.position,
    events.c.id,
    events.c.stream,
    events.c.version,
    events.c.type,
    events.c.schema_version,
    events.c.recorded_at,
    events.c.payload,
    events.c.leaf_hash,
)
_PAGE = 500


class EventLog:
    """The log inside one transaction; appending needs one that holds the write lock."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def append(
        self, stream: StreamName, new: Sequence[NewEvent], *, expected_version: int
    ) -> tuple[RecordedEvent, ...]:
        """Record events at the end of a stream, and return them as recorded.

        `expected_version` is the version of the stream's last event as the writer saw it, or NO_STREAM, EXISTS or ANY.
        When every event id is in the log already with the same content, nothing is written and the first record is
        returned, whatever the expected version: a retry is no conflict.

        Raises EventIdReusedError for a known id with other content, WrongExpectedVersionError for a conflict.
        """
        known = [found for event in new if (found := self._known(stream, event)) is not None]
        if new and len(known) == len(new):
            return tuple(known)
        if known:
            raise EventIdReusedError(known[0].id, known[0].position)
        version = self.stream_version(stream)
        if expected_version not in (ANY, version) and not (expected_version == EXISTS and version):
            raise WrongExpectedVersionError(stream, expected_version, version)
        position, recorded_at = self._last()
        # The clock may be set back; what was recorded later never looks earlier.
        recorded_at = max(self._now(), recorded_at)
        sealed = tuple(
            seal(position + offset, stream, version + offset, recorded_at, event) for offset, event in enumerate(new, 1)
        )
        if sealed:
            self._connection.execute(events.insert(), [msgspec.structs.asdict(event) for event in sealed])
        keys = [
            {"key": k, "position": s.position} for s, e in zip(sealed, new, strict=True) for k in sorted(set(e.keys))
        ]
        if keys:
            self._connection.execute(event_keys.insert(), keys)
        return sealed

    def _known(self, stream: StreamName, event: NewEvent) -> RecordedEvent | None:
        row = self._connection.execute(select(*_COLUMNS).where(events.c.id == event.id)).one_or_none()
        if row is None:
            return None
        found = _recorded(row)
        same = (found.stream, found.type, found.schema_version, found.payload)
        if same != (stream, event.type, event.schema_version, event.payload):
            raise EventIdReusedError(event.id, found.position)
        return found

    def _last(self) -> tuple[int, str]:
        query = select(events.c.position, events.c.recorded_at).order_by(events.c.position.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return (row.position, row.recorded_at) if row else (0, "")

    def last_position(self) -> int:
        """Return the position of the newest event, 0 for an empty log."""
        return self._last()[0]

    def stream_version(self, stream: StreamName) -> int:
        """Return the version of a stream's last event, 0 when there is none."""
        query = select(func.max(events.c.version)).where(events.c.stream == stream)
        return self._connection.execute(query).scalar_one() or 0

    def read(
        self, *, after: int = 0, limit: int | None = None, stream: StreamName | None = None, type_: str | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield events after a position, in order, page by page: memory stays bounded however long the log is."""
        query = select(*_COLUMNS)
        if stream is not None:
            query = query.where(events.c.stream == stream)
        if type_ is not None:
            query = query.where(events.c.type == type_)
        yield from self._pages(query, after, limit)

    def read_key(self, key: str, *, after: int = 0, limit: int | None = None) -> Iterator[RecordedEvent]:
        """Yield the events that were appended under a key, in order."""
        query = select(*_COLUMNS).join(event_keys, event_keys.c.position == events.c.position)
        yield from self._pages(query.where(event_keys.c.key == key), after, limit)

    def _pages(self, query: Select[Any], after: int, limit: int | None) -> Iterator[RecordedEvent]:
        left = limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(_PAGE, left)
            page = query.where(events.c.position > after).order_by(events.c.position).limit(size)
            rows = self._connection.execute(page).all()
            for row in rows:
                yield _recorded(row)
            if len(rows) < size:
                return
            after = rows[-1][0]
            left = None if left is None else left - size

    def position_at(self, instant: str) -> int:
        """Return the position of the last event recorded at or before an instant, 0 when there was none.

        Recorded instants never go back, so this is a search in order.
        """
        query = select(events.c.recorded_at)

        def recorded_at(position: int) -> str:
            return str(self._connection.execute(query.where(events.c.position == position)).scalar_one())

        return bisect.bisect_right(range(1, self.last_position() + 1), instant, key=recorded_at)


def _recorded(row: Sequence[Any]) -> RecordedEvent:
    return RecordedEvent(*row)
