"""The tables, as the newest migration leaves them; a test proves that both agree."""

from tracker.store.tables.copies import issues, sketch_hashes, sketches
from tracker.store.tables.delivery import outbox, targets
from tracker.store.tables.doors import tokens
from tracker.store.tables.log import checkpoints, event_keys, events, leases, parked, redactions, texts, tiles
from tracker.store.tables.past import past_views
from tracker.store.tables.shared import metadata
from tracker.store.tables.sources import archives, blobs, feeds, polls, responses, sightings
from tracker.store.tables.views import changes, entries, projections, searchable, subscriptions, view_names, views

__all__ = [
    "REVISION",
    "archives",
    "blobs",
    "changes",
    "checkpoints",
    "entries",
    "event_keys",
    "events",
    "feeds",
    "issues",
    "leases",
    "metadata",
    "outbox",
    "parked",
    "past_views",
    "polls",
    "projections",
    "redactions",
    "responses",
    "searchable",
    "sightings",
    "sketch_hashes",
    "sketches",
    "subscriptions",
    "targets",
    "texts",
    "tiles",
    "tokens",
    "view_names",
    "views",
]

REVISION = "0011"
"""The newest migration: what a database must be at before anything else touches it."""
