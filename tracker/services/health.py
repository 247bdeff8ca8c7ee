"""Is everything all right: the database, its revision, what waits, and how far each consumer is behind."""

from collections.abc import Sequence

import msgspec

from tracker.services.project import Project
from tracker.store.parking import Parked
from tracker.store.store import Store
from tracker.store.tables import REVISION


class Lag(msgspec.Struct, frozen=True):
    """How far one consumer has come."""

    consumer: str
    position: int
    behind: int


class Health(msgspec.Struct, frozen=True):
    """`ok` is False when something waits for a person or lags behind the log."""

    ok: bool
    database: str
    revision: str
    size: int
    clock: str
    clock_ok: bool
    consumers: tuple[Lag, ...]
    parked: tuple[Parked, ...]
    advice: tuple[str, ...]


class Doctor:
    """Looks, and changes nothing."""

    def __init__(self, store: Store, project: Project, *, readers: Sequence[str]) -> None:
        self._store, self._project, self._readers = store, project, tuple(readers)

    def look(self, *, now: str) -> Health:
        """Return the state of health; `now` is the present instant in RFC 3339."""
        with self._store.reading() as reading:
            size = reading.log.last_position()
            newest = next((e.recorded_at for e in reading.log.read(after=size - 1)), "") if size else ""
            known = reading.checkpoints.all()
            parked = reading.parking.all()
            live = {name: reading.views.live(name) for name in self._project.names}
        # Whatever is switched on must keep up, also what has not begun yet.
        wanted = [*self._readers, *(one[0].consumer if one else name for name, one in live.items())]
        lags = tuple(Lag(name, known.get(name, 0), size - known.get(name, 0)) for name in wanted)
        clock_ok = newest <= now
        stale = self._project.stale()
        advice = []
        if any(lag.behind for lag in lags):
            advice.append("consumers lag behind the log; any `tracker ingest` brings them to its end")
        if stale:
            advice.append(f"views of {', '.join(stale)} were made under other rules; `tracker rebuild` makes them anew")
        if any(one.consumer in self._readers for one in parked):
            advice.append("documents could not be read; `tracker parked retry` tries them again")
        if any(one.consumer not in self._readers for one in parked):
            advice.append("inputs could not be taken in; mend and ingest them again, or `tracker parked skip` them")
        if not clock_ok:
            advice.append(f"the clock says {now}, and the newest event was recorded at {newest}; set the clock")
        return Health(
            ok=not advice,
            database=self._store.shown_url,
            revision=REVISION,
            size=size,
            clock=now,
            clock_ok=clock_ok,
            consumers=lags,
            parked=parked,
            advice=tuple(advice),
        )
