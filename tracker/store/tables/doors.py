"""Tables of the doors: who may come in to decide."""

from sqlalchemy import Column, String, Table, Text, UniqueConstraint

from tracker.store.tables.shared import metadata

# Never the secret itself. Names stand under acts in the log, so a revoked token keeps its row, and its name is not given anew.
tokens = Table(
    "tokens",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("digest", String(64), nullable=False),
    # Parted by blanks.
    Column("scopes", Text, nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("expires_on", String(10)),
    Column("revoked_at", String(27)),
    UniqueConstraint("digest", name="uq_tokens_digest"),
)
