"""Working out views: every event is collected and judged once, in order, and a rebuild does the same beside the live view."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from tracker.domain.policy import Policy
from tracker.errors import NotFoundError
from tracker.events import codec
from tracker.events.envelope import RecordedEvent
from tracker.projections.projection import Projection
from tracker.services.consume import Progress, consume
from tracker.store.store import Store, Transaction
from tracker.store.views import Build


class Rebuilt(msgspec.Struct, frozen=True):
    """What a rebuild did; equal digests before and after mean equal bytes."""

    projection: str
    events: int
    seconds: float
    digest: str
    changed: bool


class Project:
    """Keeps the views of all projections."""

    def __init__(self, store: Store, projections: Mapping[str, Projection], policy: Policy) -> None:
        self._store, self._projections, self._policy = store, projections, policy

    def catch_up(self) -> Iterator[Progress]:
        """Bring every view to the end of the log, and yield after each batch.

        A projection whose code has changed since its views were made is built again first.
        """
        for projection in self._projections.values():
            build = self._live(projection)
            if build is None:
                yield from self._rebuild(projection)
            else:
                yield from consume(self._store, build.consumer, self._handler(projection, build))

    def _live(self, projection: Projection) -> Build | None:
        with self._store.reading() as reading:
            live = reading.views.live(projection.name)
        if live is None:
            build = Build(projection.name, 1)
            with self._store.transaction() as transaction:
                transaction.views.show(build, version=projection.version)
            return build
        return live[0] if live[1] == projection.version else None

    def _handler(
        self, projection: Projection, build: Build
    ) -> Callable[[Transaction, Sequence[RecordedEvent], object], None]:
        def handle(transaction: Transaction, events: Sequence[RecordedEvent], _prepared: object) -> None:
            for recorded in events:
                self._take(transaction, projection, build, recorded)

        return handle

    def _take(self, transaction: Transaction, projection: Projection, build: Build, recorded: RecordedEvent) -> None:
        views = transaction.views
        for entry in projection.collect(recorded, codec.decode(recorded)):
            views.collect(build, entry.key, recorded.position, entry.body)
            before = views.get(build, entry.key)
            after = projection.judge(entry.key, views.collected(build, entry.key), self._policy)
            if after is None:
                views.remove(build, entry.key)
            else:
                views.put(build, entry.key, recorded.position, after)
            views.add_changes(
                build, entry.key, recorded.position, projection.changes(entry.key, before, after, recorded)
            )

    def digests(self, reading: Transaction) -> dict[str, str]:
        """Return the digest of every projection's live views, as of a transaction's moment."""
        live = {name: reading.views.live(name) for name in self._projections}
        return {name: reading.views.digest(build[0]) for name, build in live.items() if build}

    def rebuild(self, name: str | None = None, *, on_progress: Callable[[Progress], None]) -> Iterator[Rebuilt]:
        """Build one projection, or all, anew beside the live one, swap in one transaction, and yield what came of each.

        Readers see the old build until the swap. Nobody is notified: changes of a rebuild stand at their old positions.
        Raises NotFoundError for an unknown name.
        """
        if name is not None and name not in self._projections:
            raise NotFoundError("projection", name, f"known: {', '.join(self._projections)}")
        for projection in self._projections.values():
            if name not in (None, projection.name):
                continue
            started, events = time.monotonic(), 0
            with self._store.reading() as reading:
                live = reading.views.live(projection.name)
                before = reading.views.digest(live[0]) if live else ""
            for progress in self._rebuild(projection):
                events += progress.taken
                on_progress(progress)
            with self._store.reading() as reading:
                digest = reading.views.digest(Build(projection.name, (live[0].generation if live else 0) + 1))
            seconds = round(time.monotonic() - started, 3)
            yield Rebuilt(projection.name, events, seconds, digest, changed=digest != before)

    def _rebuild(self, projection: Projection) -> Iterator[Progress]:
        with self._store.transaction() as transaction:
            live = transaction.views.live(projection.name)
            old = live[0] if live else Build(projection.name, 0)
            new = Build(projection.name, old.generation + 1)
            # What a rebuild that was cut off has left is of no use: start it over.
            transaction.views.drop(new)
            transaction.checkpoints.forget(new.consumer)
        yield from consume(self._store, new.consumer, self._handler(projection, new))
        with self._store.transaction() as transaction:
            transaction.views.show(new, version=projection.version)
            transaction.views.drop(old)
            transaction.checkpoints.forget(old.consumer)
