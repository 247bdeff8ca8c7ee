"""Every view as it was after each event that changed it, so that what was shown then is looked up and not worked out."""

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, String, Table

from tracker.store.tables.shared import Position, metadata

past_views = Table(
    "past_views",
    metadata,
    Column("projection", String(40), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("key", String(200), nullable=False),
    # Of the event after which the view was this one.
    Column("position", Position, nullable=False),
    # Of the row whose view this one is compressed against; its own where it stands by itself.
    Column("base", Position, nullable=False),
    # Raw deflate (RFC 1951); empty when there was no view.
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("projection", "generation", "key", "position", name="pk_past_views"),
    sqlite_with_rowid=False,
)
