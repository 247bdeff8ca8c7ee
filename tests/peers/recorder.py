"""Our store behind the recorder interface of the `eventsourcing` library, so that its own test cases can judge it."""

import base64
import threading
import uuid
from collections.abc import Sequence

import msgspec
from eventsourcing.persistence import (
    IntegrityError,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
)

from tracker.errors import WrongExpectedVersionError
from tracker.events.envelope import NewEvent, RecordedEvent, stream_name
from tracker.store.event_log import Append, EventLog
from tracker.store.store import Store
from tracker.store.tail import tail


class Recorder(ProcessRecorder):
    """Aggregate, application and tracking recorder in one.

    Their originators count from 0 or 1, our streams from 1: each payload carries the originator's own version. Their topics
    may be any text, our types may not: the topic travels in the payload, too. Their appends are never retries.
    """

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, tracking: Tracking | None = None, **_
    ) -> list[int]:
        with self.store.transaction() as transaction:
            if tracking is not None:
                self._track(transaction, tracking)
            firsts: dict[str, int] = {}
            appends = []
            for stored in stored_events:
                stream = _stream(stored.originator_id)
                first = firsts.setdefault(stream, self._first(transaction.log, stream, stored.originator_version))
                appends.append(Append(stream, [_ours(stored)], stored.originator_version - first))
            try:
                return [event.position for event in transaction.log.append_all(appends)]
            except WrongExpectedVersionError as conflict:
                raise IntegrityError(str(conflict)) from conflict

    def insert_tracking(self, tracking: Tracking) -> None:
        with self.store.transaction() as transaction:
            self._track(transaction, tracking)

    @staticmethod
    def _track(transaction, tracking):
        seen = transaction.checkpoints.get(tracking.application_name)
        if tracking.notification_id <= seen:
            raise IntegrityError(f"{tracking} comes after {seen}")
        assert transaction.checkpoints.advance(tracking.application_name, seen=seen, to=tracking.notification_id)

    def max_tracking_id(self, application_name: str) -> int | None:
        with self.store.reading() as reading:
            return reading.checkpoints.get(application_name) or None

    @staticmethod
    def _first(log: EventLog, stream, otherwise: int) -> int:
        return next((_theirs(event).originator_version for event in log.read(stream=stream, limit=1)), otherwise)

    def select_events(self, originator_id, *, gt=None, lte=None, desc=False, limit=None) -> list[StoredEvent]:
        with self.store.reading() as reading:
            found = [_theirs(event) for event in reading.log.read(stream=_stream(originator_id))]
        found = [e for e in found if (gt is None or e.originator_version > gt)]
        found = [e for e in found if (lte is None or e.originator_version <= lte)]
        return (found[::-1] if desc else found)[:limit]

    def select_notifications(
        self, start, limit, stop=None, topics=(), *, inclusive_of_start=True
    ) -> list[Notification]:
        after = 0 if start is None else start - inclusive_of_start
        found: list[Notification] = []
        with self.store.reading() as reading:
            for event in reading.log.read(after=after):
                notification = _notification(event)
                if len(found) == limit or (stop is not None and notification.id > stop):
                    break
                if not topics or notification.topic in topics:
                    found.append(notification)
        return found

    def max_notification_id(self) -> int | None:
        with self.store.reading() as reading:
            return reading.log.last_position() or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> "Following":
        return Following(self, gt, topics)


class Following(Subscription[Recorder]):
    """A subscription that is our tail."""

    def __init__(self, recorder: Recorder, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._stop = threading.Event()
        self._pages = tail(recorder.store, after=gt or 0, stop=self._stop, poll=0.05)
        self._notifications = (
            n for page in self._pages for n in map(_notification, page) if not topics or n.topic in topics
        )

    def stop(self) -> None:
        super().stop()
        self._stop.set()
        self._pages.close()

    def __next__(self) -> Notification:
        if self._stop.is_set():
            raise StopIteration
        return next(self._notifications)


def _stream(originator_id):
    return stream_name("peer", str(originator_id))


def _ours(stored: StoredEvent) -> NewEvent:
    body = {
        "id": str(stored.originator_id),
        "is_uuid": isinstance(stored.originator_id, uuid.UUID),
        "state": base64.b64encode(stored.state).decode(),
        "topic": stored.topic,
        "version": stored.originator_version,
    }
    return NewEvent(str(uuid.uuid4()), "peer.stored", 1, msgspec.json.encode(body))


def _theirs(event: RecordedEvent) -> StoredEvent:
    return StoredEvent(*_fields(event))


def _notification(event: RecordedEvent) -> Notification:
    return Notification(*_fields(event), id=event.position)


def _fields(event: RecordedEvent):
    body = msgspec.json.decode(event.payload)
    originator = uuid.UUID(body["id"]) if body["is_uuid"] else body["id"]
    return originator, body["version"], body["topic"], base64.b64decode(body["state"])
