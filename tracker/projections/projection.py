"""What a projection is: a record of pure functions.

`collect` says what one event adds to which keys; entries only ever accumulate, so late, repeated and shuffled events do no
harm. `judge` makes the view of a key from all its entries, in whatever order. `changes` compares two views.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from tracker.domain.policy import Policy
from tracker.events.envelope import Occurrence
from tracker.events.types import Event


class Entry(msgspec.Struct, frozen=True):
    """What one event adds to one key; `body` is opaque to everything but the projection."""

    key: str
    body: bytes


class Projection(msgspec.Struct, frozen=True):
    """One family of views. A new `version` means that stored views must be built again."""

    name: str
    version: int
    collect: Callable[[Occurrence, Event], Iterable[Entry]]
    judge: Callable[[str, Sequence[bytes], Policy], bytes | None]
    changes: Callable[[str, bytes | None, bytes | None, Occurrence], Iterable[bytes]]
