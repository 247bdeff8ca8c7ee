"""Going on with web archives that an earlier run was cut off from."""

from collections.abc import Callable

import structlog

from tracker.capture.readings import Reading, Readings
from tracker.domain.bookmark import Bookmark
from tracker.store.store import Store

log = structlog.get_logger(__name__)


class Archives:
    """Remembers, by what is in an archive and not by where it lies, how far its documents are captured and read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def readings(self) -> Readings:
        """Return the readings of a new run, each to begin where the last one was cut off."""
        return Readings(self._saved)

    def save(self, readings: Readings, *, on_archive: Callable[[Reading], None] = lambda _reading: None) -> None:
        """Remember how far each archive has come, and let go of those that were read to their end.

        To be called when all that was taken from them is durable. Tells `on_archive` of each, of a finished one for the last
        time.
        """
        begun = list(readings)
        moved = [reading for reading in begun if reading.done or reading.at != reading.began]
        if moved:
            with self._store.transaction() as transaction:
                for reading in moved:
                    if reading.done:
                        transaction.archives.forget(reading.identity)
                    else:
                        transaction.archives.save(reading.identity, reading.at)
        for reading in begun:
            on_archive(reading)
            if reading.done:
                readings.let_go(reading)
                log.info(
                    "archive.read",
                    source=reading.source,
                    began_after=reading.began.records,
                    records=reading.records,
                    documents=reading.documents,
                    passed_over=dict(reading.passed_over.most_common()),
                )

    def _saved(self, identity: str) -> Bookmark | None:
        with self._store.reading() as reading:
            return reading.archives.get(identity)
