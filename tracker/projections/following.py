"""Views that go on from event to event in memory, so that one more document does not cost a look at all before it.

Nothing of this is kept: what was put aside to save memory, or by another process, is begun anew from what was collected.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

import msgspec

AT_HAND = 150_000
"""How much weight is kept at hand at most, which is how many claims: some 300 MB when all of it is used."""


class Following(Protocol):
    """The view of one group of keys, as events add to it."""

    @property
    def weight(self) -> int:
        """How much of memory it takes, in any unit that is the same for all."""

    def take(self, added: Sequence[bytes]) -> bool:
        """Take in what one event adds; False, and nothing is taken in, if the view must be begun anew."""

    def view(self) -> bytes | None:
        """Return the view, the same to the byte as one that is judged from everything."""


class Followed(msgspec.Struct, frozen=True, eq=False):
    """What is kept at hand: which keys are judged as one, and their view."""

    id: str
    members: tuple[str, ...]
    following: Following


class AtHand:
    """The views that were touched last, up to a weight."""

    def __init__(self, limit: int = AT_HAND) -> None:
        self.position = 0
        """Up to which event they are right."""
        self._limit, self._weight = limit, 0
        self._of: OrderedDict[str, Followed] = OrderedDict()
        self._weights: dict[str, int] = {}
        self._leads_to: dict[str, str] = {}

    def get(self, key: str) -> Followed | None:
        """Return the view of the group that a key belongs to, if it is at hand."""
        id_ = self._leads_to.get(key)
        if id_ is None:
            return None
        self._of.move_to_end(id_)
        return self._of[id_]

    def keep(self, one: Followed) -> None:
        """Keep a view at hand, and let go of those that were not touched for longest; the newest stays, whatever it weighs."""
        known = self._of.get(one.id)
        if known is not one:
            for key in (one.id, *one.members):
                self.forget(key)
            self._of[one.id] = one
            self._leads_to |= dict.fromkeys((one.id, *one.members), one.id)
        self._weight += one.following.weight - self._weights.get(one.id, 0)
        self._weights[one.id] = one.following.weight
        while self._weight > self._limit and len(self._of) > 1:
            self.forget(next(iter(self._of)))

    def forget(self, key: str) -> None:
        """Let go of the view of the group that a key belongs to."""
        id_ = self._leads_to.get(key)
        if id_ is not None:
            self._weight -= self._weights.pop(id_)
            for each in (id_, *self._of.pop(id_).members):
                self._leads_to.pop(each, None)

    def clear(self) -> None:
        """Let go of everything."""
        self._weight = 0
        for kept in (self._of, self._weights, self._leads_to):
            kept.clear()
