"""Where news comes from: feeds, the bytes that servers sent, archives that are being read."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from tracker.store.tables.shared import Position, metadata

# The feeds: what the log says of each, and how polling it is going. Lost, it is made anew from the log, and every feed is due.
feeds = Table(
    "feeds",
    metadata,
    Column("id", String(25), primary_key=True),
    # The last event about this feed that the row tells of.
    Column("position", Position, nullable=False),
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
    Column("number", Position, primary_key=True, autoincrement=False),
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
