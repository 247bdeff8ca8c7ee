"""Where subscriptions are told of, and the messages on their way there."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def _text(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "targets",
        sa.Column("subscription", _text(100), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("position", position, nullable=False),
        sa.Column("since", _text(27), nullable=False),
        sa.Column("quiet_until", _text(27)),
        sa.Column("disabled_at", _text(27)),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "outbox",
        sa.Column("id", _text(30), primary_key=True),
        sa.Column("subscription", _text(100), nullable=False),
        sa.Column("form", _text(10), nullable=False),
        sa.Column("position", position, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("state", _text(10), nullable=False),
        sa.Column("made_at", _text(27), nullable=False),
        sa.Column("due_at", _text(27), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("ended_at", _text(27)),
        sa.Column("leased_by", _text(100)),
        sa.Column("leased_until", _text(27)),
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "due_at"])
    op.create_index("ix_outbox_subscription", "outbox", ["subscription", "state"])
