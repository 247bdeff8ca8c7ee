"""Working out all views of a projection in memory: what an auditor does with an exported log, and tests with the store.

The store keeps the same rows in tables; equal digests mean that both came to the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tracker.domain.ids import rows_digest
from tracker.domain.policy import Policy
from tracker.events import codec
from tracker.events.envelope import Occurrence
from tracker.projections.projection import Projection
from tracker.projections.shelf import InMemory, take


class Replayed(msgspec.Struct, frozen=True):
    """Every view by key, and every change in the order it was recorded."""

    views: Mapping[str, bytes]
    changes: Sequence[bytes]

    @property
    def digest(self) -> str:
        """SHA-256 over every view and change."""
        return rows_digest(sorted(self.views.items()), self.changes)


def replay(projections: Iterable[Projection], events: Iterable[Occurrence], policy: Policy) -> dict[str, Replayed]:
    """Return what each projection makes of the events, which come in the order of the log. Pure.

    Events of a later release are passed over, as the store does.
    """
    shelves = [(projection, InMemory()) for projection in projections]
    for recorded in events:
        event = codec.decode_known(recorded)
        if event is None:
            continue
        for projection, shelf in shelves:
            take(projection, shelf, recorded, event, policy)
    return {projection.name: Replayed(shelf.views, shelf.changes) for projection, shelf in shelves}
