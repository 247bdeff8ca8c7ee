"""The nearest neighbour in Python: the `eventsourcing` library through its own recorders, as its applications use them."""

from collections.abc import Iterator, Sequence

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from psycopg.conninfo import conninfo_to_dict

from bench.workload import TYPE, Event, View, body_of

_PAGE = 1000


class Recorder:
    """Stored events in, notifications out; the library's own mapping to objects would cost more."""

    def __init__(self, recorder: ApplicationRecorder, datastore: SQLiteDatastore | PostgresDatastore) -> None:
        self._recorder, self._datastore = recorder, datastore

    def append(self, events: Sequence[Event]) -> None:
        """One call is one transaction."""
        self._recorder.insert_events([StoredEvent(e.document, e.version, TYPE, e.payload) for e in events])

    def count(self) -> int:
        """Pages by notification id."""
        return sum(1 for page in self._pages() for _ in page)

    def rebuild(self) -> View:
        """The same pages, decoded."""
        view: View = {}
        for page in self._pages():
            for each in page:
                body = body_of(each.state)
                view[body.url] = (body.title, body.published)
        return view

    def _pages(self) -> Iterator[Sequence[Notification]]:
        last = 0
        while page := self._recorder.select_notifications(start=last, limit=_PAGE, inclusive_of_start=False):
            last = page[-1].id
            yield page

    def close(self) -> None:
        """Let go of the pool."""
        self._datastore.close()


def sqlite(url: str) -> Recorder:
    """Open the library on SQLite; it writes WAL, and leaves the flushing of every commit as SQLite has it: on."""
    datastore = SQLiteDatastore(url.removeprefix("sqlite:///"), pool_size=1, max_overflow=0)
    recorder = SQLiteApplicationRecorder(datastore)
    recorder.create_table()
    return Recorder(recorder, datastore)


def postgres(url: str) -> Recorder:
    """Open the library on PostgreSQL in its default mode, which locks the table: the one that loses no event."""
    info = conninfo_to_dict(url)
    datastore = PostgresDatastore(
        dbname=str(info["dbname"]),
        host=str(info.get("host", "127.0.0.1")),
        port=str(info.get("port", 5432)),
        user=str(info.get("user", "postgres")),
        password=str(info.get("password", "")),
        pool_size=1,
    )
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()
    return Recorder(recorder, datastore)
