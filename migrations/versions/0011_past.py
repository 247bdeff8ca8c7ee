"""What every view was after each event that changed it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def _text(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "past_views",
        sa.Column("projection", _text(40), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("key", _text(200), nullable=False),
        sa.Column("position", position, nullable=False),
        sa.Column("base", position, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("projection", "generation", "key", "position", name="pk_past_views"),
        sqlite_with_rowid=False,
    )
