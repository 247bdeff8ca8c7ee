"""How far the log and its views are: what an answer depends on besides its address, and what those wait for who follow along."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence

import msgspec
import structlog
from starlette.concurrency import run_in_threadpool

from tracker import __version__
from tracker.domain.ids import digest
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import StoreUnavailableError
from tracker.store.store import Store

log = structlog.get_logger(__name__)

EVERY_S = 0.5
"""Seconds between two looks at the database while somebody waits."""

_TELLING = tuple(vocabulary.plural for vocabulary in VOCABULARIES.values())
"""The projections that tell of changes."""


class Standing(msgspec.Struct, frozen=True):
    """One moment: the last position of the log, and the position up to which every view has told its changes.

    `tag` is another one whenever anything differs that answers are made from: the log, how far each view follows it, which build
    of it is shown, the day that plans are held against, the operator's rules, and this program.
    """

    position: int
    told: int
    tag: str


def standing(store: Store, projections: Sequence[str], *, day: dt.date, rules: str) -> Standing:
    """Return how things stand now; `rules` is a digest of what the operator has set. Raises StoreUnavailableError."""
    with store.reading() as reading:
        position = reading.log.last_position()
        seen = reading.checkpoints.all()
        shown = {name: reading.views.live(name) for name in projections}
        feeds = reading.feeds.told_up_to()
    told = [seen.get(live[0].consumer, 0) for name in _TELLING if (live := shown.get(name))]
    builds = [[name, live[0].generation, live[1]] if live else [name] for name, live in sorted(shown.items())]
    parts = (sorted([name, at] for name, at in seen.items()), builds, feeds, day.isoformat(), rules, __version__)
    return Standing(position, min(told, default=0), f"{position}-{digest(*parts)[:12]}")


class Looks:
    """How things stand, looked at anew only when the database gives a sign (`Store.pulse`) or a new day begins; from any thread."""

    def __init__(self, store: Store, look: Callable[[], Standing], *, today: Callable[[], dt.date]) -> None:
        self._store, self._look, self._today = store, look, today
        self._seen: tuple[object, Standing] | None = None
        self.waits = not store.embedded
        """Whether the sign itself can keep one waiting: it comes from a server."""

    def unchanged(self) -> Standing | None:
        """Return how things stand if nothing has moved since somebody looked. Raises StoreUnavailableError."""
        return self._under(self._sign())

    def now(self) -> Standing:
        """Return how things stand. Raises StoreUnavailableError."""
        # The sign is older than the look: what moves between them is seen the next time.
        sign = self._sign()
        found = self._under(sign)
        if found is None:
            found = self._look()
            self._seen = sign, found
        return found

    def _sign(self) -> object:
        return self._store.pulse(), self._today()

    def _under(self, sign: object) -> Standing | None:
        seen = self._seen
        return seen[1] if seen is not None and seen[0] == sign else None


class Watch:
    """Tells those who wait that something has moved; one look at the database serves all of them."""

    def __init__(self, look: Callable[[], Standing], *, every_s: float = EVERY_S) -> None:
        self.look, self._every_s = look, every_s
        self._moved = asyncio.Event()
        self._waiting = 0
        self.closing = False

    async def beyond(self, position: int, seconds: float) -> Standing:
        """Return how things stand, as soon as changes beyond a position have been told, or when the time is over.

        Returns early when the server is about to stop.
        """
        end = asyncio.get_running_loop().time() + seconds
        self._waiting += 1
        try:
            while True:
                moved = self._moved  # before looking: what moves after it wakes us
                now = await run_in_threadpool(self.look)
                left = end - asyncio.get_running_loop().time()
                if now.told > position or left <= 0 or self.closing:
                    return now
                try:
                    await asyncio.wait_for(moved.wait(), left)
                except TimeoutError:
                    return now
        finally:
            self._waiting -= 1

    async def run(self) -> None:
        """Look for as long as the server runs, whenever somebody waits."""
        before: Standing | None = None
        while not self.closing:
            if self._waiting:
                try:
                    now = await run_in_threadpool(self.look)
                except StoreUnavailableError as error:
                    # Whoever asks next is told; who waits goes on waiting.
                    log.warning("watch.blind", error=str(error))
                else:
                    if now != before:
                        before = now
                        self._wake()
            await asyncio.sleep(self._every_s)

    def close(self) -> None:
        """Send everybody home. To be called in the server's own thread."""
        self.closing = True
        self._wake()

    def _wake(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
