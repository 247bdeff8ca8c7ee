"""Full text of documents, names of subjects, and what outputs subscribe to."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# Each database has its own kind of index; tracker/store/dialects tells how it is filled and asked.
_WORDS = {
    "sqlite": [
        # The words come folded and parted by blanks, so the tokenizer has nothing left to decide.
        "CREATE VIRTUAL TABLE document_words USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')",
    ],
    "postgresql": [
        "CREATE TABLE document_words (position bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX ix_document_words ON document_words USING gin (words)",
    ],
}


def _text(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "searchable",
        sa.Column("position", position, primary_key=True, autoincrement=False),
        sa.Column("document_id", _text(40), nullable=False),
        sa.Column("text_digest", _text(64), nullable=False),
        sa.UniqueConstraint("document_id", name="uq_searchable_document_id"),
    )
    op.create_index("ix_searchable_text", "searchable", ["text_digest"])
    for statement in _WORDS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "view_names",
        sa.Column("projection", _text(40), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("name", _text(200), nullable=False),
        sa.Column("key", _text(200), nullable=False),
        sa.PrimaryKeyConstraint("projection", "generation", "name", "key", name="pk_view_names"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_view_names_key", "view_names", ["projection", "generation", "key"])
    op.create_table(
        "subscriptions",
        sa.Column("name", _text(100), primary_key=True),
        sa.Column("filter", sa.Text, nullable=False),
        sa.Column("created_at", _text(27), nullable=False),
    )
