"""From a source to the views: capture, read, project, and say what became of each input."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from tracker.capture.item import Given, Item, Refused
from tracker.capture.readings import Reading, Readings
from tracker.capture.sources import items
from tracker.projections import documents
from tracker.services.consumers.consume import Progress
from tracker.services.consumers.copies import Copies
from tracker.services.consumers.project import Project
from tracker.services.consumers.read import Read
from tracker.services.consumers.search import Index
from tracker.services.ingestion.archives import Archives
from tracker.services.ingestion.capture import Capture, Outcome
from tracker.store.store import Store

# Only who names an address pays for what fetches it.
if TYPE_CHECKING:
    from tracker.services.ingestion.addresses import Addresses

Listener = Callable[[Progress], None]
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Line(msgspec.Struct, frozen=True):
    """What became of one input; `claims` is how many claims its newest version yields."""

    source: str
    outcome: str
    document_id: str | None
    version: int | None
    claims: int | None
    reason: str | None


class Ingest:
    """Takes sources all the way. Whatever an earlier run that was cut off has left undone is finished first."""

    def __init__(
        self,
        store: Store,
        capture: Capture,
        read: Read,
        project: Project,
        *,
        max_bytes: int,
        addresses: "Callable[[], Addresses] | None" = None,
    ) -> None:
        """`addresses` gives what fetches, and is called when the first address is met; without it they are refused."""
        self._store, self._capture, self._read, self._project = store, capture, read, project
        self._archives, self._copies, self._index = Archives(store), Copies(store), Index(store)
        self._max_bytes, self._addresses = max_bytes, addresses

    def sources(
        self,
        sources: Iterable[str],
        *,
        given: Given,
        today: dt.date,
        stdin: BinaryIO | None = None,
        on_progress: Listener = lambda _: None,
        on_archive: Callable[[Reading], None] = lambda _: None,
    ) -> Iterator[Line]:
        """Ingest files, folders, addresses or `-`, and yield a line for each document once it is read and the views show it.

        A bad input yields a line with its reason, and the rest goes on. A run that was cut off within an archive goes on there;
        `on_archive` is told how far each one has come.
        """
        self.catch_up(on_progress)
        readings = self._archives.readings()
        for outcomes in self._capture.take(self._items(sources, given, today, stdin, readings), keeps=readings.keeps):
            self.catch_up(on_progress)
            self._archives.save(readings, on_archive=on_archive)
            yield from self._lines(outcomes)
        self._archives.save(readings, on_archive=on_archive)

    def _items(
        self, sources: Iterable[str], given: Given, today: dt.date, stdin: BinaryIO | None, readings: Readings
    ) -> Iterator[Item | Refused]:
        for source in sources:
            if self._addresses is not None and _ADDRESS.match(source):
                yield from self._addresses().items(source, given=given, captured_on=today)
                continue
            yield from items(
                source, given=given, captured_on=today, stdin=stdin, max_bytes=self._max_bytes, readings=readings
            )

    def catch_up(self, on_progress: Listener = lambda _: None) -> None:
        """Judge which are copies, read what is not read, project what is not projected, and make it searchable."""
        for progress in self.catching_up():
            on_progress(progress)

    def catching_up(self) -> Iterator[Progress]:
        """Like `catch_up`, for those who may stop in between: yields after each batch."""
        # Copies first, so that readings know of them; then whatever both have said meanwhile.
        for consumer in (self._copies, self._read) * 2:
            yield from consumer.catch_up()
        yield from self._project.catch_up()
        yield from self._index.catch_up()

    def _lines(self, outcomes: Iterable[Outcome]) -> Iterator[Line]:
        with self._store.reading() as reading:
            live = reading.views.live(documents.PROJECTION.name)
            for o in outcomes:
                body = reading.views.get(live[0], o.document) if live and o.document else None
                claims = documents.view_of(body).claims if body else None
                yield Line(o.source, o.outcome, o.document_id, o.version, claims, o.reason)
