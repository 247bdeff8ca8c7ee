"""What is worked out from the log: entries, views, changes, and by which names and words they are found."""

from sqlalchemy import Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from tracker.store.tables.shared import Position, metadata

# Which build of each projection is shown; a rebuild fills the next generation beside it and swaps.
projections = Table(
    "projections",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
)

# Collected: what each event says of each key, one row per event and key. Grows only.
entries = Table(
    "entries",
    metadata,
    Column("projection", String(40), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("key", String(200), nullable=False),
    Column("position", Position, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("projection", "generation", "key", "position", name="pk_entries"),
    sqlite_with_rowid=False,
)

# Judged: the current view of each key.
views = Table(
    "views",
    metadata,
    Column("projection", String(40), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("key", String(200), nullable=False),
    Column("position", Position, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("projection", "generation", "key", name="pk_views"),
    sqlite_with_rowid=False,
)

# What differed between a view and the next, in the order it was recorded.
changes = Table(
    "changes",
    metadata,
    Column("projection", String(40), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("position", Position, nullable=False),
    Column("key", String(200), nullable=False),
    # Order among the changes that one event makes to one key.
    Column("number", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("projection", "generation", "position", "key", "number", name="pk_changes"),
    Index("ix_changes_key", "projection", "generation", "key", "position"),
    sqlite_with_rowid=False,
)

# By which names a view can be asked for.
view_names = Table(
    "view_names",
    metadata,
    Column("projection", String(40), nullable=False),
    Column("generation", Integer, nullable=False),
    # As it stands in an id: lower case, dashes.
    Column("name", String(200), nullable=False),
    Column("key", String(200), nullable=False),
    PrimaryKeyConstraint("projection", "generation", "name", "key", name="pk_view_names"),
    Index("ix_view_names_key", "projection", "generation", "key"),
    sqlite_with_rowid=False,
)

# Which documents can be searched: of each the newest version whose text is held. Their words stand in `document_words`, an
# index of its own kind on each database (migration 0008), under the same position.
searchable = Table(
    "searchable",
    metadata,
    # Of the event that captured the version.
    Column("position", Position, primary_key=True, autoincrement=False),
    Column("document_id", String(40), nullable=False),
    Column("text_digest", String(64), nullable=False),
    UniqueConstraint("document_id", name="uq_searchable_document_id"),
    Index("ix_searchable_text", "text_digest"),
)

# What outputs want to be told of.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("name", String(100), primary_key=True),
    # JSON: subject, attribute, kinds of change.
    Column("filter", Text, nullable=False),
    Column("created_at", String(27), nullable=False),
)
