"""What waits for a person: inputs that could not be taken in, documents that could not be read."""

from tracker.errors import NotFoundError
from tracker.services.consumers.project import Project
from tracker.services.consumers.read import Read
from tracker.store.parking import Parked
from tracker.store.store import Store


class Waiting:
    """Lists, retries and skips."""

    def __init__(self, store: Store, read: Read, project: Project) -> None:
        self._store, self._read, self._project = store, read, project

    def list(self) -> tuple[Parked, ...]:
        """Return everything that waits, the longest waiting first."""
        with self._store.reading() as reading:
            return reading.parking.all()

    def retry(self) -> int:
        """Read every parked document again, bring the views up to date, and return how many could be read.

        Inputs that were no documents are retried by ingesting them again.
        """
        done = self._read.retry()
        for _ in self._project.catch_up():
            pass
        return done

    def skip(self, item: str) -> int:
        """Take an item out of the list, by its name or position, and return how many were. The log is not touched.

        Raises NotFoundError when nothing of this name waits.
        """
        with self._store.transaction() as transaction:
            mine = [one for one in transaction.parking.all() if one.item == item]
            for one in mine:
                transaction.parking.release(one.consumer, one.item)
        if not mine:
            raise NotFoundError("waiting item", item, "`tracker parked list` shows all")
        return len(mine)
