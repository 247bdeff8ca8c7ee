"""Samples of texts, by which copies are found."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table

from tracker.store.tables.shared import Position, metadata

# A sample of each captured version's words, by which copies are found.
sketches = Table(
    "sketches",
    metadata,
    # Of the event that captured the version.
    Column("position", Position, primary_key=True, autoincrement=False),
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
    Column("position", Position, nullable=False),
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
    Column("position", Position, nullable=False),
    Column("day", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("copy_of", String(40), nullable=True),
    # 1 when its original is not held any more, and it is found in the place of that.
    Column("stands_in", Integer, nullable=False),
    Index("ix_issues_copy_of", "copy_of"),
    Index("ix_issues_position", "position"),
)
