"""What goes out: where the changes of each subscription are to be told, and the messages on their way."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from tracker.store.tables.shared import Position, metadata

# Where a subscription is told of, and how often.
targets = Table(
    "targets",
    metadata,
    Column("subscription", String(100), primary_key=True),
    # JSON that only services read. It names the variables that hold secrets, and holds none.
    Column("body", Text, nullable=False),
    # What the log has up to here was told, or came before the subscription: it never goes out any more.
    Column("position", Position, nullable=False),
    # The instant that belongs to it.
    Column("since", String(27), nullable=False),
    # A receiver that failed is left alone until then.
    Column("quiet_until", String(27)),
    Column("disabled_at", String(27)),
    Column("reason", Text),
)

# Messages: made in the transaction that moves the checkpoint, sent afterwards, at least once.
outbox = Table(
    "outbox",
    metadata,
    # Made from what it tells, so that the same message always has the same one.
    Column("id", String(30), primary_key=True),
    Column("subscription", String(100), nullable=False),
    # change, flood, period
    Column("form", String(10), nullable=False),
    # Of the last change it tells.
    Column("position", Position, nullable=False),
    # JSON: the changes, without their quotes, since a text may be taken down before it goes out.
    Column("body", LargeBinary, nullable=False),
    # waiting, sent, dead, folded
    Column("state", String(10), nullable=False),
    Column("made_at", String(27), nullable=False),
    Column("due_at", String(27), nullable=False),
    Column("attempts", Integer, nullable=False),
    # Why the latest attempt failed; of a folded one, the message that carries it.
    Column("reason", Text),
    Column("ended_at", String(27)),
    # Who is sending it just now; after `leased_until` anyone may.
    Column("leased_by", String(100)),
    Column("leased_until", String(27)),
    Index("ix_outbox_due", "state", "due_at"),
    Index("ix_outbox_subscription", "subscription", "state"),
)
