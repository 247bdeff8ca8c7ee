"""Working out views: every event is collected and judged once, in order, and a rebuild does the same beside the live view."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from tracker.domain.ids import digest
from tracker.domain.policy import Policy
from tracker.errors import NotFoundError
from tracker.events import codec
from tracker.events.envelope import Occurrence
from tracker.events.types import EVENT_TYPES
from tracker.projections.entries import RULING
from tracker.projections.following import AtHand
from tracker.projections.projection import RULES, Projection
from tracker.projections.shelf import Judged, rejudged, take
from tracker.services.consumers.consume import Progress, consume, what_happened
from tracker.services.consumers.shelf import BuildShelf
from tracker.store.event_log import EventLog
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
        self._at_hand: dict[str, AtHand] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all projections."""
        return tuple(self._projections)

    def catch_up(self) -> Iterator[Progress]:
        """Bring every view to the end of the log, and yield after each batch.

        Views that were made by other code or under another policy are built again first.
        """
        for projection in self._projections.values():
            while (build := self._live(projection)) is None:
                yield from self._rebuild(projection)
            yield from self._follow(projection, build)
            while (newer := self._live(projection)) not in (None, build):
                # Another process has put a new build in the place of the one we followed.
                build = newer
                yield from self._follow(projection, build)

    def stale(self) -> tuple[str, ...]:
        """Return the projections whose views were made by other code or under another policy than the present."""
        with self._store.reading() as reading:
            live = {name: reading.views.live(name) for name in self._projections}
        return tuple(n for n, one in live.items() if one and one[1] != self._stamp(self._projections[n]))

    def _stamp(self, projection: Projection) -> int:
        """One number for everything but the log that a view depends on."""
        known = sorted(f"{type_}.v{version}" for type_, version in EVENT_TYPES)
        return int(digest(projection.version, msgspec.to_builtins(self._policy), known)[:7], 16)

    def _live(self, projection: Projection) -> Build | None:
        with self._store.reading() as reading:
            live = reading.views.live(projection.name)
        if live is None:
            with self._store.transaction() as transaction:
                live = transaction.views.live(projection.name)
                if live is None:
                    stamp = self._stamp(projection)
                    live = (transaction.views.begin(projection.name, version=stamp), stamp)
                    transaction.views.show(live[0], version=stamp)
        return live[0] if live[1] == self._stamp(projection) else None

    def _follow(self, projection: Projection, build: Build) -> Iterator[Progress]:
        at_hand = self._at_hand.setdefault(build.consumer, AtHand())

        def shelf_in(transaction: Transaction) -> BuildShelf:
            return BuildShelf(
                transaction.views, transaction.past, build, names=projection.names, at_hand=at_hand
            )  # fmt: skip

        def prepare(events: Sequence[Occurrence]) -> Sequence[Judged] | None:
            """Judge everything anew where an event changes the rules: without the write lock, for it takes long."""
            event = codec.decode_known(events[0]) if events[0].type in RULING else None
            if event is None:
                return None
            with self._store.reading() as reading:
                shelf = shelf_in(reading)
                told = [entry.body for entry in projection.collect(events[0], event) if entry.key == RULES]
                rules = projection.rules(self._policy, [*shelf.collected(RULES), *told])
                return rejudged(projection, shelf, rules) if told else None

        def handle(transaction: Transaction, events: Sequence[Occurrence], given: Sequence[Judged] | None) -> None:
            if at_hand.position != events[0].position - 1:
                # Another process was at work in between, or a transaction of ours came to nothing.
                at_hand.clear()
            at_hand.position = 0
            shelf = shelf_in(transaction)
            for recorded in events:
                # One of a later release is passed over; that one builds its views again, since it knows more types.
                if (event := codec.decode_known(recorded)) is not None:
                    take(projection, shelf, recorded, event, self._policy, given=given)
            at_hand.position = events[-1].position

        def wanted(transaction: Transaction) -> bool:
            # A build that another process has replaced or overtaken must not be filled any further.
            return transaction.views.is_kept(build)

        yield from consume(self._store, build.consumer, handle, read=_apart, prepare=prepare, wanted=wanted)

    def is_at_end(self, transaction: Transaction) -> bool:
        """Tell whether every view has been brought to the end of the log, as of a transaction's moment."""
        last = transaction.log.last_position()
        live = (transaction.views.live(name) for name in self._projections)
        return all(one is not None and transaction.checkpoints.get(one[0].consumer) == last for one in live)

    def digests(self, reading: Transaction) -> dict[str, str]:
        """Return the digest of every projection's live views, as of a transaction's moment."""
        live = {name: reading.views.live(name) for name in self._projections}
        return {name: reading.views.digest(build[0]) for name, build in live.items() if build}

    def rebuild(self, name: str | None = None, *, on_progress: Callable[[Progress], None]) -> Iterator[Rebuilt]:
        """Build one projection, or all, anew beside the live one, swap in one transaction, and yield what came of each.

        Readers see the old build until the swap; it can be stopped at any moment, and goes on when asked again. Nobody is notified: changes of a rebuild stand at their old positions.
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
                shown = reading.views.live(projection.name)
                after = reading.views.digest(shown[0]) if shown else ""
            seconds = round(time.monotonic() - started, 3)
            yield Rebuilt(projection.name, events, seconds, after, changed=after != before)

    def _rebuild(self, projection: Projection) -> Iterator[Progress]:
        with self._store.transaction() as transaction:
            # One that was cut off goes on where it stopped.
            new = transaction.views.begin(projection.name, version=self._stamp(projection))
        yield from self._follow(projection, new)
        with self._store.transaction() as transaction:
            # Unless a rebuild that began later has come first: then ours is dropped already.
            if transaction.views.is_kept(new):
                transaction.views.show(new, version=self._stamp(projection))
                for old in transaction.views.others(new):
                    transaction.views.drop(old)
                    transaction.past.drop(old)
                    self._at_hand.pop(old.consumer, None)
                    transaction.checkpoints.forget(old.consumer)


def _apart(log: EventLog, after: int, limit: int) -> Iterator[Occurrence]:
    """Read what happened; an event that changes the rules comes by itself, since every view is judged anew for it."""
    for number, event in enumerate(what_happened(log, after, limit)):
        if event.type not in RULING:
            yield event
            continue
        if number == 0:
            yield event
        return
