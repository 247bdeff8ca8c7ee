"""One event taken into one projection: what it adds is collected, and every view that it bears on is judged anew.

The store, the auditor's replay and every preview go through here, so that they come to the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from tracker.domain.policy import Policy
from tracker.events.envelope import Occurrence
from tracker.events.types import Event
from tracker.projections.following import AtHand, Followed
from tracker.projections.projection import RULES, Entry, Group, Projection


class Judged(msgspec.Struct, frozen=True):
    """The view of a group after an event."""

    id: str
    members: tuple[str, ...]
    view: bytes | None


class Shelf(Protocol):
    """Where one build of a projection lies."""

    at_hand: AtHand

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


def take(
    projection: Projection,
    shelf: Shelf,
    recorded: Occurrence,
    event: Event,
    policy: Policy,
    *,
    given: Sequence[Judged] | None = None,
) -> None:
    """Take one event in. `policy` is what holds where nothing in the log says otherwise.

    `given` is what follows from an event that changes the rules, where that was worked out before: see `rejudged`.
    """
    added = list(projection.collect(recorded, event))
    if not added:
        return
    before = _grouped(projection, shelf, added)
    ruled = projection.rules(policy, shelf.collected(RULES))
    for entry in added:
        shelf.collect(entry.key, recorded.position, entry.body)
    rules = projection.rules(policy, shelf.collected(RULES))
    if rules != ruled:
        shelf.at_hand.clear()
        judged = rejudged(projection, shelf, rules) if given is None else given
    else:
        judged = _judged(projection, shelf, added, before, rules)
    for one in sorted(judged, key=lambda one: one.id):
        old = shelf.get(one.id)
        if one.view != old:
            shelf.put(one.id, recorded.position, one.view)
        for other in one.members:
            if other != one.id and shelf.get(other) is not None:
                # Led to another id: nothing was retracted, so nothing is noted.
                shelf.put(other, recorded.position, None)
        if one.view != old and (old is not None or one.id not in before):
            # One that stands by itself again is what it was before.
            shelf.note(one.id, recorded.position, projection.changes(one.id, old, one.view, recorded))


def rejudged(projection: Projection, shelf: Shelf, rules: Policy) -> list[Judged]:
    """Return every view that is another one under other rules. Takes long, and writes nothing."""
    return [one for one in _anew(projection, shelf, shelf.keys(), rules) if one.view != shelf.get(one.id)]


def _judged(
    projection: Projection, shelf: Shelf, added: Sequence[Entry], before: set[str], rules: Policy
) -> list[Judged]:
    """The views of the groups that an event bears on."""
    keys = (before | {entry.key for entry in added}) - {RULES}
    if projection.follow is None:
        return list(_anew(projection, shelf, keys, rules))
    found: list[Judged] = []
    for key in before:
        # Which keys go together is changing.
        shelf.at_hand.forget(key)
    told: dict[str, list[bytes]] = defaultdict(list)
    for entry in added:
        if (one := shelf.at_hand.get(entry.key)) is not None:
            told[one.id].append(entry.body)
    for id_, bodies in told.items():
        one = shelf.at_hand.get(id_)
        if one is not None and one.following.take(bodies):
            shelf.at_hand.keep(one)
            found.append(Judged(id_, one.members, one.following.view()))
            keys -= {id_, *one.members}
    for group in _groups(projection, shelf, keys):
        following = projection.follow(group.id, group.entries, rules)
        shelf.at_hand.keep(Followed(group.id, group.members, following))
        found.append(Judged(group.id, group.members, following.view()))
    return found


def _anew(projection: Projection, shelf: Shelf, keys: Iterable[str], rules: Policy) -> Iterator[Judged]:
    for group in _groups(projection, shelf, keys):
        yield Judged(group.id, group.members, projection.judge(group.id, group.entries, rules))


def _grouped(projection: Projection, shelf: Shelf, added: Iterable[Entry]) -> set[str]:
    """Every key in the groups that are about to change."""
    touched = [entry.key for entry in added if entry.regroups]
    return {member for key in touched for member in projection.gather(key, shelf.collected).members}


def _groups(projection: Projection, shelf: Shelf, keys: Iterable[str]) -> Iterator[Group]:
    """The groups of keys, each once."""
    seen: set[str] = set()
    for key in sorted(keys):
        if key not in seen:
            group = projection.gather(key, shelf.collected)
            seen.update(group.members)
            yield group


class InMemory:
    """A shelf that is gone when the program ends."""

    def __init__(self) -> None:
        self.at_hand = AtHand()
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
