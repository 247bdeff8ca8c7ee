"""The log, and what lies beside it: texts, the Merkle tree, and how far consumers have come."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from tracker.store.tables.shared import Position, metadata

events = Table(
    "events",
    metadata,
    # Given by the store under the write lock: contiguous from 1, in commit order. Never a sequence.
    Column("position", Position, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False),
    Column("stream", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("type", String(64), nullable=False),
    Column("schema_version", Integer, nullable=False),
    # UTC, RFC 3339 with microseconds; never earlier than the event before it.
    Column("recorded_at", String(27), nullable=False),
    # Canonical JSON, byte for byte what the leaf hash covers; never a JSON column, which would rewrite it.
    Column("payload", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary(32), nullable=False),
    UniqueConstraint("id", name="uq_events_id"),
    UniqueConstraint("stream", "version", name="uq_events_stream_version"),
)

# What an event can be found by: the subjects it speaks of, the identity of its document. Written with the event.
event_keys = Table(
    "event_keys",
    metadata,
    Column("key", String(200), nullable=False),
    Column("position", Position, ForeignKey("events.position"), nullable=False),
    PrimaryKeyConstraint("key", "position", name="pk_event_keys"),
    sqlite_with_rowid=False,
)

# Captured texts, beside the log so that a text can be taken down without breaking a proof.
texts = Table(
    "texts",
    metadata,
    # SHA-256 over salt and text: the event carries it, and without the salt nobody can test a guess against it.
    Column("digest", String(64), primary_key=True),
    Column("salt", LargeBinary(16), nullable=False),
    # UTF-8, compressed by zlib.
    Column("body", LargeBinary, nullable=False),
)

# Texts that were taken down, and the event that says why. Only they can be deleted.
redactions = Table(
    "redactions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("position", Position, ForeignKey("events.position"), nullable=False),
)

# How far each consumer has come; moved by compare-and-set in the transaction of its work.
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("consumer", String(100), primary_key=True),
    Column("position", Position, nullable=False),
)

# Who runs a consumer just now; after `expires_at` anyone may take it over.
leases = Table(
    "leases",
    metadata,
    Column("consumer", String(100), primary_key=True),
    Column("holder", String(100), nullable=False),
    Column("expires_at", String(27), nullable=False),
)

# What a consumer could not take, with the reason: an event by its position, an input by its name.
parked = Table(
    "parked",
    metadata,
    Column("consumer", String(100), nullable=False),
    Column("item", String(1000), nullable=False),
    Column("reason", Text, nullable=False),
    Column("parked_at", String(27), nullable=False),
    PrimaryKeyConstraint("consumer", "item", name="pk_parked"),
)

# The Merkle tree over the log in tiles of up to 256 hashes (C2SP tlog-tiles); the last of each level grows.
tiles = Table(
    "tiles",
    metadata,
    Column("level", Integer, nullable=False),
    Column("number", Position, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("level", "number", name="pk_tiles"),
)
