"""What a projection is: a record of pure functions.

`collect` says what one event adds to which keys; entries only ever accumulate, so late, repeated and shuffled events do no
harm. `gather` says which keys are judged as one. `judge` makes the view of such a group from all its entries, in whatever
order. `changes` compares two views. `rules` says under which policy: what is collected under the key RULES changes it for all.
`names` says by which other names a view can be asked for, spelt as in an id. `follow` begins what gives the same views as `judge`,
event by event, for less.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from tracker.domain.policy import Policy
from tracker.events.envelope import Occurrence
from tracker.events.keys import RULES
from tracker.events.types import Event
from tracker.projections.following import Following

__all__ = ["RULES", "Collected", "Entry", "Group", "Projection", "alone", "as_given", "nameless"]

Collected = Callable[[str], Sequence[bytes]]
"""Returns what has been collected for a key, in the order of the log."""


class Entry(msgspec.Struct, frozen=True):
    """What one event adds to one key; `body` is opaque to everything but the projection.

    An entry that `regroups` may change which keys are judged as one.
    """

    key: str
    body: bytes
    regroups: bool = False


class Group(msgspec.Struct, frozen=True):
    """Keys that are judged as one under `id`, which is one of the `members`, and all that was collected for them."""

    id: str
    members: tuple[str, ...]
    entries: Sequence[bytes]


def alone(key: str, collected: Collected) -> Group:
    """Return the group of a key that stands by itself."""
    return Group(key, (key,), collected(key))


def as_given(policy: Policy, _entries: Sequence[bytes]) -> Policy:
    """Return the policy that nothing in the log changes."""
    return policy


def nameless(_view: bytes) -> Iterable[str]:
    """Return no name: such views are asked for by their key only."""
    return ()


class Projection(msgspec.Struct, frozen=True):
    """One family of views. A new `version` means that stored views must be built again."""

    name: str
    version: int
    collect: Callable[[Occurrence, Event], Iterable[Entry]]
    judge: Callable[[str, Sequence[bytes], Policy], bytes | None]
    changes: Callable[[str, bytes | None, bytes | None, Occurrence], Iterable[bytes]]
    gather: Callable[[str, Collected], Group] = alone
    rules: Callable[[Policy, Sequence[bytes]], Policy] = as_given
    names: Callable[[bytes], Iterable[str]] = nameless
    follow: Callable[[str, Sequence[bytes], Policy], Following] | None = None
