"""Sketches of texts, and what they tell of copies."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _text(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "sketches",
        sa.Column("position", position, primary_key=True, autoincrement=False),
        sa.Column("document_id", _text(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("text_digest", _text(64), nullable=False),
        sa.Column("credit", _text(40), nullable=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_sketches_document", "sketches", ["document_id"])
    op.create_index("ix_sketches_text", "sketches", ["text_digest"])
    op.create_table(
        "sketch_hashes",
        sa.Column("hash", sa.BigInteger, nullable=False),
        sa.Column("original", sa.Integer, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("position", position, nullable=False),
        sa.PrimaryKeyConstraint("hash", "original", "day", "position", name="pk_sketch_hashes"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "issues",
        sa.Column("document_id", _text(40), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("position", position, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("copy_of", _text(40), nullable=True),
        sa.Column("stands_in", sa.Integer, nullable=False),
    )
    op.create_index("ix_issues_copy_of", "issues", ["copy_of"])
    op.create_index("ix_issues_position", "issues", ["position"])
