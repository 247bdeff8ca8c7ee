"""The feeds that are polled, how each is doing, and what became of its latest polls: operational, not immutable."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _text(length: int) -> sa.types.TypeEngine[str]:
    """Names and instants, compared byte by byte whatever the server's locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", _text(25), primary_key=True),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("address", _text(44)),
        sa.Column("title", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("grade", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("full_text", sa.Integer, nullable=False),
        sa.Column("format", _text(16)),
        sa.Column("retired_at", _text(27)),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body_digest", _text(64)),
        sa.Column("guids_repeat", sa.Integer, nullable=False),
        sa.Column("seen", sa.LargeBinary, nullable=False),
        sa.Column("arrivals", sa.Text, nullable=False),
        sa.Column("page_tries", sa.Integer, nullable=False),
        sa.Column("period_s", sa.Integer),
        sa.Column("interval_s", sa.Integer, nullable=False),
        sa.Column("next_check_at", _text(27), nullable=False),
        sa.Column("polls", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("outcome", _text(20)),
        sa.Column("why", sa.Text),
        sa.Column("checked_at", _text(27)),
        sa.Column("ok_at", _text(27)),
        sa.Column("full_at", _text(27)),
        sa.Column("health", _text(20), nullable=False),
        sa.Column("leased_by", _text(100)),
        sa.Column("leased_until", _text(27)),
        sa.UniqueConstraint("address", name="uq_feeds_address"),
    )
    op.create_index("ix_feeds_due", "feeds", ["next_check_at"])
    op.create_table(
        "polls",
        sa.Column("feed", _text(25), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", _text(27), nullable=False),
        sa.Column("outcome", _text(20), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("status", sa.Integer),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("revised", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("parked", sa.Integer, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("feed", "number", name="pk_polls"),
    )
    op.create_index("ix_polls_at", "polls", ["at"])
