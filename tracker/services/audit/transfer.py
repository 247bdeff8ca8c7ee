"""The log as lines: out as it stands or as CloudEvents, and into an empty log with the same positions and the same root."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from tracker.errors import InputError, LogError
from tracker.events import codec
from tracker.events.envelope import ANY, NewEvent, Occurrence, RecordedEvent, stream_name
from tracker.events.keys import keys_of
from tracker.store.event_log import Append
from tracker.store.store import Store, Transaction

_CHUNK = 1000


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One event as `tracker events export` writes it; the payload keeps its bytes."""

    position: int
    id: str
    stream: str
    version: int
    type: str
    schema_version: int
    recorded_at: str
    payload: msgspec.Raw


class Imported(msgspec.Struct, frozen=True):
    """How far an import has come: events read, those that were new, the end of the log."""

    read: int
    appended: int
    position: int


def cloud_event(recorded: RecordedEvent, *, source: str = "/tracker") -> Mapping[str, Any]:
    """Return an event in the JSON format of CloudEvents 1.0 (structured mode); the stream is its subject.

    Position, version in the stream and leaf hash travel as extension attributes.
    """
    return {
        "specversion": "1.0",
        "id": recorded.id,
        "source": source,
        "type": f"tracker.{recorded.type}.v{recorded.schema_version}",
        "subject": recorded.stream,
        "time": recorded.recorded_at,
        "datacontenttype": "application/json",
        "data": msgspec.Raw(recorded.payload),
        "position": recorded.position,
        "streamversion": recorded.version,
        "leafhash": recorded.leaf_hash.hex(),
    }


class Import:
    """Fills an empty log with the events of another."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lines(self, lines: Iterable[bytes], *, source: str) -> Iterator[Imported]:
        """Append the events of an export, and yield after each committed chunk.

        Positions, instants and bytes come out as they were, so the tree has the same root. An import that was cut off goes
        on where it stopped when it is given the same lines. Raises InputError naming the line that is malformed or out of
        order, LogError when this log already holds something else.
        """
        read = 0
        for chunk in _chunks(_parsed(lines, source)):
            with self._store.transaction() as transaction:
                appended = self._append(transaction, chunk)
                position = transaction.log.last_position()
            read += len(chunk)
            yield Imported(read, appended, position)

    def _append(self, transaction: Transaction, chunk: list[Line]) -> int:
        last = transaction.log.last_position()
        known = {e.position: e for e in transaction.log.read(after=chunk[0].position - 1, limit=len(chunk))}
        if chunk[0].position > last + 1:
            raise LogError(f"the log ends at position {last}, and the import begins at {chunk[0].position}")
        new = []
        for line in chunk:
            held = known.get(line.position)
            if held is None:
                new.append(line)
            elif (held.id, held.payload) != (line.id, bytes(line.payload)):
                raise LogError(f"position {line.position} of this log holds another event; import into an empty log")
        for instant, run in _runs(new):
            appends = [Append(stream_name(line.stream), [_event(line)], ANY) for line in run]
            for line, made in zip(run, transaction.log_at(instant).append_all(appends), strict=True):
                if (made.position, made.version, made.recorded_at) != (line.position, line.version, line.recorded_at):
                    raise LogError(
                        f"position {line.position} would come out in another place; the export is not in order"
                    )
        return len(new)


def _event(line: Line) -> NewEvent:
    payload = bytes(line.payload)
    told = Occurrence(line.position, line.type, line.schema_version, line.recorded_at, payload)
    return NewEvent(line.id, line.type, line.schema_version, payload, keys_of(codec.decode(told)))


def _parsed(lines: Iterable[bytes], source: str) -> Iterator[Line]:
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            yield msgspec.json.decode(raw, type=Line)
        except msgspec.MsgspecError as error:
            raise InputError(f"{source}, line {number}", f"is no event: {error}") from None


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _runs(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Events recorded in one instant, together: they can be appended in one go."""
    run: list[Line] = []
    for line in lines:
        if run and run[-1].recorded_at != line.recorded_at:
            yield run[0].recorded_at, run
            run = []
        run.append(line)
    if run:
        yield run[0].recorded_at, run
