"""Working out all views of a projection in memory: what an auditor does with an exported log, and tests with the store.

The store keeps the same rows in tables; equal digests mean that both came to the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tracker.domain.ids import rows_digest
from tracker.domain.policy import Policy
from tracker.events import codec
from tracker.events.envelope import Occurrence
from tracker.projections.projection import Projection


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
    wanted = tuple(projections)
    entries: dict[tuple[str, str], list[bytes]] = defaultdict(list)
    views: dict[str, dict[str, bytes]] = {projection.name: {} for projection in wanted}
    changes: dict[str, list[bytes]] = {projection.name: [] for projection in wanted}
    for recorded in events:
        event = codec.decode_known(recorded)
        if event is None:
            continue
        for projection in wanted:
            mine = views[projection.name]
            # Several keys of one event: the store reads their changes in the order of keys.
            for entry in sorted(projection.collect(recorded, event), key=lambda e: e.key):
                collected = entries[projection.name, entry.key]
                collected.append(entry.body)
                before = mine.get(entry.key)
                after = projection.judge(entry.key, collected, policy)
                if after is None:
                    mine.pop(entry.key, None)
                else:
                    mine[entry.key] = after
                changes[projection.name] += projection.changes(entry.key, before, after, recorded)
    return {projection.name: Replayed(views[projection.name], changes[projection.name]) for projection in wanted}
