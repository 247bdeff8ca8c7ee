"""One event taken into one projection: what it adds is collected, and every view that it bears on is judged anew.

The store, the auditor's replay and every preview go through here, so that they come to the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from tracker.domain.policy import Policy
from tracker.events.envelope import Occurrence
from tracker.events.types import Event
from tracker.projections.projection import RULES, Entry, Group, Projection


class Shelf(Protocol):
    """Where one build of a projection lies."""

    def collected(self, key: str) -> Sequence[bytes]:
        """Return what has been collected for a key, in the order of the log."""

    def collect(self, key: str, position: int, body: bytes) -> None:
        """Add what one event says of one key."""

    def keys(self) -> Iterable[str]:
        """Return every key that has something collected, but for RULES."""

    def get(self, key: str) -> bytes | None:
        """Return one view."""

    def put(self, key: str, position: int, body: bytes | None) -> None:
        """Save one view as of an event, or take it out."""

    def note(self, key: str, position: int, changes: Iterable[bytes]) -> None:
        """Save what one event changed in one view."""


def take(projection: Projection, shelf: Shelf, recorded: Occurrence, event: Event, policy: Policy) -> None:
    """Take one event in. `policy` is what holds where nothing in the log says otherwise."""
    added = list(projection.collect(recorded, event))
    if not added:
        return
    before = _grouped(projection, shelf, added)
    ruled = projection.rules(policy, shelf.collected(RULES))
    for entry in added:
        shelf.collect(entry.key, recorded.position, entry.body)
    rules = projection.rules(policy, shelf.collected(RULES))
    keys = set(shelf.keys()) if rules != ruled else (before | {entry.key for entry in added}) - {RULES}
    for group in _groups(projection, shelf, keys):
        old = shelf.get(group.id)
        new = projection.judge(group.id, group.entries, rules)
        shelf.put(group.id, recorded.position, new)
        for other in group.members:
            if other != group.id and shelf.get(other) is not None:
                # Led to another id: nothing was retracted, so nothing is noted.
                shelf.put(other, recorded.position, None)
        if old is not None or group.id not in before:
            # One that stands by itself again is what it was before.
            shelf.note(group.id, recorded.position, projection.changes(group.id, old, new, recorded))


def _grouped(projection: Projection, shelf: Shelf, added: Iterable[Entry]) -> set[str]:
    """Every key in the groups that are about to change."""
    touched = [entry.key for entry in added if entry.regroups]
    return {member for key in touched for member in projection.gather(key, shelf.collected).members}


def _groups(projection: Projection, shelf: Shelf, keys: Iterable[str]) -> list[Group]:
    """The groups of keys, each once, in the order of their ids: changes of one event are read in that order."""
    found: dict[str, Group] = {}
    seen: set[str] = set()
    for key in sorted(keys):
        if key not in seen:
            group = projection.gather(key, shelf.collected)
            seen.update(group.members)
            found[group.id] = group
    return [found[id_] for id_ in sorted(found)]


class InMemory:
    """A shelf that is gone when the program ends."""

    def __init__(self) -> None:
        self.views: dict[str, bytes] = {}
        self.changes: list[bytes] = []
        self._entries: defaultdict[str, list[bytes]] = defaultdict(list)

    def collected(self, key: str) -> Sequence[bytes]:
        """Return what has been collected for a key, in the order of the log."""
        return self._entries.get(key, ())

    def collect(self, key: str, _position: int, body: bytes) -> None:
        """Add what one event says of one key."""
        self._entries[key].append(body)

    def keys(self) -> Iterable[str]:
        """Return every key that has something collected, but for RULES."""
        return [key for key in self._entries if key != RULES]

    def get(self, key: str) -> bytes | None:
        """Return one view."""
        return self.views.get(key)

    def put(self, key: str, _position: int, body: bytes | None) -> None:
        """Save one view, or take it out."""
        if body is None:
            self.views.pop(key, None)
        else:
            self.views[key] = body

    def note(self, _key: str, _position: int, changes: Iterable[bytes]) -> None:
        """Save what one event changed in one view."""
        self.changes += changes
