"""Is everything all right: the database, its revision, what waits, and how far each consumer is behind."""

import msgspec

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

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self, *, now: str) -> Health:
        """Return the state of health; `now` is the present instant in RFC 3339."""
        with self._store.reading() as reading:
            size = reading.log.last_position()
            newest = next((e.recorded_at for e in reading.log.read(after=size - 1)), "") if size else ""
            known = reading.checkpoints.all()
            parked = reading.parking.all()
        lags = tuple(Lag(name, position, size - position) for name, position in sorted(known.items()))
        clock_ok = newest <= now
        advice = []
        if any(lag.behind for lag in lags):
            advice.append("consumers lag behind the log; any `tracker ingest` brings them to its end")
        if parked:
            advice.append(f"{len(parked)} inputs wait; mend and ingest them again")
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
