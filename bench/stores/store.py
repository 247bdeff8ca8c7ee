"""What a store must do to be compared."""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from bench.workload import Event, View


class LogStore(Protocol):
    """An open store; each call does all its work, from the common events to rows and back."""

    def append(self, events: Sequence[Event]) -> None:
        """Store events in one durable transaction."""

    def count(self) -> int:
        """Read every event in the order of the log, hold each in the hand once, and return how many there were."""

    def rebuild(self) -> View:
        """Read every event in order, decode its payload and fold it into a view."""

    def close(self) -> None:
        """Let go of the database."""


class System(msgspec.Struct, frozen=True):
    """A store by name; `open` takes the URL of an empty database. `largest` bounds the events of one transaction."""

    name: str
    open: Callable[[str], LogStore]
    raw: bool = False
    largest: int | None = None
