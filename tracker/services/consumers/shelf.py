"""One build of a projection as its events are taken in, inside one transaction."""

from collections.abc import Callable, Iterable, Sequence

from tracker.projections.following import AtHand
from tracker.projections.projection import RULES
from tracker.store.past import Past
from tracker.store.views import Build, Views


class BuildShelf:
    """The rows of one build. What concerns every key is read once for all events of the transaction."""

    def __init__(
        self, views: Views, past: Past, build: Build, *, names: Callable[[bytes], Iterable[str]], at_hand: AtHand
    ) -> None:
        """`names` says by which names a view can be asked for; `at_hand` holds what goes on from event to event."""
        self._views, self._past, self._build, self._names = views, past, build, names
        self.at_hand = at_hand
        self._rules: list[bytes] | None = None

    def collected(self, key: str) -> Sequence[bytes]:
        """Return what has been collected for a key, in the order of the log."""
        if key != RULES:
            return self._views.collected(self._build, key)
        if self._rules is None:
            self._rules = self._views.collected(self._build, RULES)
        return self._rules

    def collect(self, key: str, position: int, body: bytes) -> None:
        """Add what one event says of one key."""
        self._views.collect(self._build, key, position, body)
        if key == RULES:
            self._rules = None

    def keys(self) -> Iterable[str]:
        """Return every key that has something collected, but for RULES."""
        return self._views.collected_keys(self._build)

    def get(self, key: str) -> bytes | None:
        """Return one view."""
        return self._views.get(self._build, key)

    def put(self, key: str, position: int, body: bytes | None) -> None:
        """Save one view as of an event, or take it out; what it was until then is kept."""
        self._past.keep(self._build, key, position, body)
        if body is None:
            self._views.remove(self._build, key)
        else:
            self._views.put(self._build, key, position, body)
            self._views.name(self._build, key, self._names(body))

    def note(self, key: str, position: int, changes: Iterable[bytes]) -> None:
        """Save what one event changed in one view."""
        self._views.add_changes(self._build, key, position, changes)
