"""The tables, as the newest migration leaves them; a test proves that both agree."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0008"
"""The newest migration: what a database must be at before anything else touches it."""

metadata = MetaData()

# Positions may outgrow 32 bits on PostgreSQL; on SQLite only the type INTEGER makes the column the row's own key.
_Position = BigInteger().with_variant(Integer(), "sqlite")

events = Table(
    "events",
    metadata,
    # Given by the store under the write lock: contiguous from 1, in commit order. Never a sequence.
    Column("position", _Position, primary_key=True, autoincrement=False),
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
    Column("position", _Position, ForeignKey("events.position"), nullable=False),
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

# How far each consumer has come; moved by compare-and-set in the transaction of its work.
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("consumer", String(100), primary_key=True),
    Column("position", _Position, nullable=False),
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
    Column("position", _Position, nullable=False),
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
    Column("position", _Position, nullable=False),
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
    Column("position", _Position, nullable=False),
    Column("key", String(200), nullable=False),
    # Order among the changes that one event makes to one key.
    Column("number", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("projection", "generation", "position", "key", "number", name="pk_changes"),
    Index("ix_changes_key", "projection", "generation", "key", "position"),
    sqlite_with_rowid=False,
)

# The Merkle tree over the log in tiles of up to 256 hashes (C2SP tlog-tiles); the last of each level grows.
tiles = Table(
    "tiles",
    metadata,
    Column("level", Integer, nullable=False),
    Column("number", _Position, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("level", "number", name="pk_tiles"),
)

# Texts that were taken down, and the event that says why. Only they can be deleted.
redactions = Table(
    "redactions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("position", _Position, ForeignKey("events.position"), nullable=False),
)

# Who runs a consumer just now; after `expires_at` anyone may take it over.
leases = Table(
    "leases",
    metadata,
    Column("consumer", String(100), primary_key=True),
    Column("holder", String(100), nullable=False),
    Column("expires_at", String(27), nullable=False),
)

# The feeds: what the log says of each, and how polling it is going. Lost, it is made anew from the log, and every feed is due.
feeds = Table(
    "feeds",
    metadata,
    Column("id", String(25), primary_key=True),
    # The last event about this feed that the row tells of.
    Column("position", _Position, nullable=False),
    Column("url", Text, nullable=False),
    # The key of the canonical URL, so that no address is polled twice; NULL for a feed that is retired.
    Column("address", String(44)),
    Column("title", Text),
    Column("publisher", Text),
    Column("grade", Text),
    Column("reason", Text),
    Column("full_text", Integer, nullable=False),
    Column("format", String(16)),
    Column("retired_at", String(27)),
    # What the server gave with its last full answer, byte for byte, and the digest of that answer.
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_digest", String(64)),
    # Once ids have stood for more than one entry they name none, from then on.
    Column("guids_repeat", Integer, nullable=False),
    # Digests of the entries that were taken, eight bytes each, the newest last.
    Column("seen", LargeBinary, nullable=False),
    # JSON: the instants at which something new came, the newest last.
    Column("arrivals", Text, nullable=False),
    # How many polls in a row have left the page of an entry for later.
    Column("page_tries", Integer, nullable=False),
    Column("period_s", Integer),
    Column("interval_s", Integer, nullable=False),
    Column("next_check_at", String(27), nullable=False),
    Column("polls", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("outcome", String(20)),
    Column("why", Text),
    Column("checked_at", String(27)),
    Column("ok_at", String(27)),
    # When the whole feed was last asked for, without validators.
    Column("full_at", String(27)),
    # The state of health that was reported last.
    Column("health", String(20), nullable=False),
    # Who polls it just now; after `leased_until` anyone may.
    Column("leased_by", String(100)),
    Column("leased_until", String(27)),
    UniqueConstraint("address", name="uq_feeds_address"),
    Index("ix_feeds_due", "next_check_at"),
)

# What became of the latest polls of each feed.
polls = Table(
    "polls",
    metadata,
    Column("feed", String(25), nullable=False),
    # The feed's own count of polls.
    Column("number", Integer, nullable=False),
    Column("at", String(27), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reason", Text),
    Column("status", Integer),
    Column("new", Integer, nullable=False),
    Column("revised", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("parked", Integer, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    PrimaryKeyConstraint("feed", "number", name="pk_polls"),
    Index("ix_polls_at", "at"),
)

# The bytes that servers sent, by their SHA-256. Immutable, and deleted by a recorded act only.
blobs = Table(
    "blobs",
    metadata,
    Column("digest", String(64), primary_key=True),
    # Of the bytes as they were received.
    Column("size", Integer, nullable=False),
    # Compressed by zlib.
    Column("body", LargeBinary, nullable=False),
)

# Which server answered with which bytes, and when: what a record of a web archive is written from. Grows only.
responses = Table(
    "responses",
    metadata,
    # Contiguous from 1, in the order they were kept.
    Column("number", _Position, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
    # The feed's id, or the digest of a page's address.
    Column("series", String(80), nullable=False),
    Column("url", Text, nullable=False),
    Column("at", String(27), nullable=False),
    Column("status", Integer, nullable=False),
    # JSON: pairs of name and value, as received.
    Column("headers", LargeBinary, nullable=False),
    Index("ix_responses_digest", "digest"),
    Index("ix_responses_series", "series", "number"),
)

# In which series of responses a document was found, so that its words are found again when they must go.
sightings = Table(
    "sightings",
    metadata,
    Column("document_id", String(40), nullable=False),
    Column("series", String(80), nullable=False),
    PrimaryKeyConstraint("document_id", "series", name="pk_sightings"),
)

# Web archives that are half read, and where to go on.
archives = Table(
    "archives",
    metadata,
    # A digest of the file's size, its beginning and its end.
    Column("identity", String(64), primary_key=True),
    # The byte of the file at which a record begins, or what holds it in compressed form.
    Column("at_byte", BigInteger, nullable=False),
    # Bytes to pass over behind that, once unpacked.
    Column("within", BigInteger, nullable=False),
    # How many records lie before it.
    Column("records", BigInteger, nullable=False),
    Column("saved_at", String(27), nullable=False),
)

# A sample of each captured version's words, by which copies are found.
sketches = Table(
    "sketches",
    metadata,
    # Of the event that captured the version.
    Column("position", _Position, primary_key=True, autoincrement=False),
    Column("document_id", String(40), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text_digest", String(64), nullable=False),
    # The news agency that the text names as its source.
    Column("credit", String(40), nullable=True),
    # How many runs of three words the text has in all.
    Column("size", Integer, nullable=False),
    # The smallest hashes of those runs, eight bytes each.
    Column("body", LargeBinary, nullable=False),
    Index("ix_sketches_document", "document_id"),
    Index("ix_sketches_text", "text_digest"),
)

# The smallest hashes of each sketch: originals and copies apart, in the order of the days they were published on.
sketch_hashes = Table(
    "sketch_hashes",
    metadata,
    Column("hash", BigInteger, nullable=False),
    # 1 for originals and what stands in for one, 0 for copies.
    Column("original", Integer, nullable=False),
    # Days since the year 1.
    Column("day", Integer, nullable=False),
    Column("position", _Position, nullable=False),
    PrimaryKeyConstraint("hash", "original", "day", "position", name="pk_sketch_hashes"),
    sqlite_with_rowid=False,
)

# How the newest version of each document is put in order among originals and copies, and what was judged.
issues = Table(
    "issues",
    metadata,
    Column("document_id", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    # Of its sketch; 0 when its text is not held, or too short to tell anything.
    Column("position", _Position, nullable=False),
    Column("day", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("copy_of", String(40), nullable=True),
    # 1 when its original is not held any more, and it is found in the place of that.
    Column("stands_in", Integer, nullable=False),
    Index("ix_issues_copy_of", "copy_of"),
    Index("ix_issues_position", "position"),
)

# Which documents can be searched: of each the newest version whose text is held. Their words stand in `document_words`, an
# index of its own kind on each database (migration 0008), under the same position.
searchable = Table(
    "searchable",
    metadata,
    # Of the event that captured the version.
    Column("position", _Position, primary_key=True, autoincrement=False),
    Column("document_id", String(40), nullable=False),
    Column("text_digest", String(64), nullable=False),
    UniqueConstraint("document_id", name="uq_searchable_document_id"),
    Index("ix_searchable_text", "text_digest"),
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

# What outputs want to be told of.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("name", String(100), primary_key=True),
    # JSON: subject, attribute, kinds of change.
    Column("filter", Text, nullable=False),
    Column("created_at", String(27), nullable=False),
)
