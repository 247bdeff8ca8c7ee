"""Harbours: a station that a text tells no news of is where others go.

"A private trip to the International Space Station" speaks of the trip: the station is its destination.
"""

from collections.abc import Iterable, Sequence

import msgspec

from tracker.extractors.catalog import Catalog, Destination
from tracker.extractors.rules.names.known import Mention


def as_harbours(known: Sequence[Mention], told: Iterable[tuple[int, int]], catalog: Catalog) -> list[Mention]:
    """Return the known names, with the stations outside the stretches that are told of turned into destinations."""
    spans = sorted(told)
    return [_harbour(mention, catalog) if _is_passed(mention, spans, catalog) else mention for mention in known]


def _is_passed(mention: Mention, spans: Sequence[tuple[int, int]], catalog: Catalog) -> bool:
    station = catalog.missions.get(mention.id)
    if station is None or station.kind != "station":
        return False
    return not any(
        start < mention.end and mention.start < end and mention.start - start <= _ARTICLE for start, end in spans
    )


_ARTICLE = len("the new ")
"""What may stand in front of a station in its own name; behind more, as in "the mission to the station", it is where others go."""


def _harbour(mention: Mention, catalog: Catalog) -> Mention:
    """The mention as that of the destination with the station's name, where the catalog has one."""
    name = catalog.missions[mention.id].name
    port = next((entry.id for entry in catalog.named(name) if isinstance(entry, Destination)), mention.id)
    return msgspec.structs.replace(mention, family="destination", id=port)
