"""The log: append, and read by position, by stream, by key.

What it promises: positions are contiguous from 1 and stand in commit order, so a reader that remembers the last position it
saw never misses an event; an append with a known event id answers with what was recorded first; a stream takes an event only
at the version its writer saw.

The statements are short and go straight to the driver (`Dialect.rows`, `Dialect.insert`): this is where speed is decided.
"""

import bisect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import starmap

import msgspec

from tracker.errors import EventIdReusedError, WrongExpectedVersionError
from tracker.events.envelope import ANY, EXISTS, NewEvent, Occurrence, RecordedEvent, StreamName, seal
from tracker.store.dialects.dialect import Dialect, Driver, Row

PAGE = 1000
"""How many events one query of a long read brings: what bounds its memory."""

_KNOWN_AT_ONCE = 500

# Every column in the order of RecordedEvent's fields, so that a row is the event.
_COLUMNS = RecordedEvent.__struct_fields__
_LIST = ", ".join(f"events.{column}" for column in _COLUMNS)
_WHAT = ", ".join(f"events.{column}" for column in Occurrence.__struct_fields__)

# Everything that an append must know, in one statement, since each is a round trip to a server: the last position and
# instant; the version of each stream; the positions of known ids.
_STATE = """
SELECT 0, position, recorded_at FROM (SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1) AS newest
UNION ALL
SELECT 1, (SELECT max(version) FROM events WHERE stream = given.value), given.value FROM {each}
UNION ALL
SELECT 2, position, id FROM
  (SELECT (SELECT position FROM events WHERE id = given.value) AS position, given.value AS id FROM {each}) AS asked
WHERE position IS NOT NULL
"""

_BY_ID = f"SELECT {_LIST} FROM {{each}} JOIN events ON events.id = given.value"  # noqa: S608  (names of columns)


class Append(msgspec.Struct, frozen=True):
    """Events for the end of one stream; `expected_version` is the version its writer saw, or NO_STREAM, EXISTS or ANY."""

    stream: StreamName
    events: Sequence[NewEvent]
    expected_version: int


class EventLog:
    """The log inside one transaction; appending needs one that holds the write lock."""

    def __init__(self, driver: Driver, dialect: Dialect, now: Callable[[], str]) -> None:
        self._driver, self._dialect, self._now = driver, dialect, now

    def append(
        self, stream: StreamName, new: Sequence[NewEvent], *, expected_version: int
    ) -> tuple[RecordedEvent, ...]:
        """Record events at the end of a stream, and return them as recorded. The rules are those of `append_all`."""
        return self.append_all((Append(stream, new, expected_version),))

    def append_all(self, appends: Sequence[Append]) -> tuple[RecordedEvent, ...]:
        """Record events of several streams, in the order given, all or none; return them as recorded.

        When every event id is in the log already with the same content, nothing is written and the first records are
        returned, whatever the expected versions: a retry is no conflict. A stream may come several times; each time its
        version counts what came before.

        Raises EventIdReusedError for a known id with other content or among new ones, WrongExpectedVersionError for the
        first stream that is at another version, ValueError for an id that comes twice.
        """
        ids = [event.id for append in appends for event in append.events]
        if len(set(ids)) < len(ids):
            raise ValueError("an event id comes twice in one append")
        last, recorded_at, versions, known = self._state({append.stream for append in appends}, ids)
        if known:
            return self._first_answer(appends, known)
        # The clock may be set back; what was recorded later never looks earlier.
        recorded_at = max(self._now(), recorded_at)
        sealed: list[RecordedEvent] = []
        keys: list[tuple[str, int]] = []
        for append in appends:
            version = versions.get(append.stream, 0)
            expected = append.expected_version
            if expected not in (ANY, version) and not (expected == EXISTS and version):
                raise WrongExpectedVersionError(append.stream, expected, version)
            for event in append.events:
                last, version = last + 1, version + 1
                sealed.append(seal(last, append.stream, version, recorded_at, event))
                if event.keys:
                    keys += [(key, last) for key in sorted(set(event.keys))]
            versions[append.stream] = version
        if sealed:
            rows = list(map(msgspec.structs.astuple, sealed))
            self._dialect.insert(self._driver, "events", _COLUMNS, rows)
        if keys:
            self._dialect.insert(self._driver, "event_keys", ("key", "position"), keys)
        return tuple(sealed)

    def _state(
        self, streams: set[StreamName], ids: Sequence[str]
    ) -> tuple[int, str, dict[StreamName, int], dict[str, int]]:
        """The last position and instant, versions of the streams, positions of those ids that are known."""
        query = _STATE.replace("{each}", self._dialect.each)
        found = self._rows(query, (_array(streams), _array(ids)))
        last, recorded_at = 0, ""
        versions: dict[StreamName, int] = {}
        known: dict[str, int] = {}
        for kind, number, name in found:
            if kind == 0:
                last, recorded_at = number, name
            elif kind == 1:
                versions[name] = number or 0
            else:
                known[name] = number
        return last, recorded_at, versions, known

    def _first_answer(self, appends: Sequence[Append], known: Mapping[str, int]) -> tuple[RecordedEvent, ...]:
        found = self.known(list(known))
        first: list[RecordedEvent] = []
        missing = False
        for append in appends:
            for event in append.events:
                if (recorded := found.get(event.id)) is None:
                    missing = True
                elif not same_content(recorded, append.stream, event):
                    raise EventIdReusedError(event.id, recorded.position)
                else:
                    first.append(recorded)
        if missing:
            raise EventIdReusedError(first[0].id, first[0].position)
        return tuple(first)

    def known(self, ids: Sequence[str]) -> dict[str, RecordedEvent]:
        """Return those of the event ids that are in the log, with their events."""
        found: dict[str, RecordedEvent] = {}
        for start in range(0, len(ids), _KNOWN_AT_ONCE):
            given = _array(ids[start : start + _KNOWN_AT_ONCE])
            query = _BY_ID.replace("{each}", self._dialect.each)
            found.update((each.id, each) for each in starmap(RecordedEvent, self._rows(query, (given,))))
        return found

    def last_position(self) -> int:
        """Return the position of the newest event, 0 for an empty log."""
        return self._rows("SELECT max(position) FROM events")[0][0] or 0

    def stream_version(self, stream: StreamName) -> int:
        """Return the version of a stream's last event, 0 when there is none."""
        return self._rows("SELECT max(version) FROM events WHERE stream = ?", (stream,))[0][0] or 0

    def read(
        self, *, after: int = 0, limit: int | None = None, stream: StreamName | None = None, type_: str | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield events after a position, in order, page by page: memory stays bounded however long the log is."""
        asked = {"events.stream = ? AND ": stream, "events.type = ? AND ": type_}
        where = "".join(condition for condition, value in asked.items() if value is not None)
        given = [value for value in asked.values() if value is not None]
        yield from self._pages(
            f"FROM events WHERE {where}events.position > ? ORDER BY events.position", given, after, limit
        )

    def read_key(self, key: str, *, after: int = 0, limit: int | None = None) -> Iterator[RecordedEvent]:
        """Yield the events that were appended under a key, in order."""
        source = (
            "FROM event_keys JOIN events ON events.position = event_keys.position"
            " WHERE event_keys.key = ? AND event_keys.position > ? ORDER BY event_keys.position"
        )
        yield from self._pages(source, [key], after, limit)

    def occurrences(self, *, after: int = 0, limit: int | None = None) -> Iterator[Occurrence]:
        """Yield what happened after a position, in order, page by page: `read` without what a view has no use for.

        Each column costs a tenth of the time that a row takes, so this is how the whole log is folded.
        """
        source = "FROM events WHERE events.position > ? ORDER BY events.position"
        for rows in self._rows_of(f"SELECT {_WHAT} {source}", (), after, limit):
            yield from starmap(Occurrence, rows)

    def _pages(self, source: str, given: Sequence[str], after: int, limit: int | None) -> Iterator[RecordedEvent]:
        for rows in self._rows_of(f"SELECT {_LIST} {source}", given, after, limit):
            yield from starmap(RecordedEvent, rows)

    def _rows_of(self, query: str, given: Sequence[str], after: int, limit: int | None) -> Iterator[list[Row]]:
        """Yield pages of rows, which begin with the position."""
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            rows = self._rows(f"{query} LIMIT ?", (*given, after, size))
            yield rows
            if len(rows) < size:
                return
            after = rows[-1][0]
            left = None if left is None else left - size

    def position_at(self, instant: str) -> int:
        """Return the position of the last event recorded at or before an instant, 0 when there was none.

        Recorded instants never go back, so this is a search in order.
        """

        def recorded_at(position: int) -> str:
            return str(self._rows("SELECT recorded_at FROM events WHERE position = ?", (position,))[0][0])

        return bisect.bisect_right(range(1, self.last_position() + 1), instant, key=recorded_at)

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[Row]:
        return self._dialect.rows(self._driver, query, parameters)


def same_content(found: RecordedEvent, stream: StreamName, event: NewEvent) -> bool:
    """Tell whether a recorded event is what somebody is about to append: then it is a retry."""
    recorded = (found.stream, found.type, found.schema_version, found.payload)
    return recorded == (stream, event.type, event.schema_version, event.payload)


def _array(values: Collection[str]) -> str:
    return msgspec.json.encode(values).decode()
