"""What consumers remember, and the rows of the projections."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _text(length: int) -> sa.String:
    # Byte order on both databases, whatever the locale of a server: views are listed and digested in the order of keys.
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "checkpoints",
        sa.Column("consumer", _text(100), primary_key=True),
        sa.Column("position", position, nullable=False),
    )
    op.create_table(
        "parked",
        sa.Column("consumer", _text(100), nullable=False),
        sa.Column("item", _text(1000), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("parked_at", _text(27), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "item", name="pk_parked"),
    )
    op.create_table(
        "projections",
        sa.Column("name", _text(40), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
    )
    for name, *key in (("entries", "key", "position"), ("views", "key")):
        op.create_table(
            name,
            sa.Column("projection", _text(40), nullable=False),
            sa.Column("generation", sa.Integer, nullable=False),
            sa.Column("key", _text(200), nullable=False),
            sa.Column("position", position, nullable=False),
            sa.Column("body", sa.LargeBinary, nullable=False),
            sa.PrimaryKeyConstraint("projection", "generation", *key, name=f"pk_{name}"),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "changes",
        sa.Column("projection", _text(40), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("position", position, nullable=False),
        sa.Column("key", _text(200), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("projection", "generation", "position", "key", "number", name="pk_changes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_changes_key", "changes", ["projection", "generation", "key", "position"])
