"""Tokens of those who may decide over the network."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def _text(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("name", _text(100), primary_key=True),
        sa.Column("digest", _text(64), nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("created_at", _text(27), nullable=False),
        sa.Column("expires_on", _text(10)),
        sa.Column("revoked_at", _text(27)),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )
