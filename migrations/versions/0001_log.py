"""The log, the texts beside it, and the triggers that make both immutable."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SQLITE = """
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are immutable'); END
;;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are immutable'); END
;;
CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'positions are contiguous'); END
;;
CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'events are immutable'); END
;;
CREATE TRIGGER texts_no_update BEFORE UPDATE ON texts
BEGIN SELECT RAISE(ABORT, 'texts are immutable'); END
;;
CREATE TRIGGER texts_no_delete BEFORE DELETE ON texts
BEGIN SELECT RAISE(ABORT, 'texts are immutable'); END
;;
CREATE TRIGGER texts_no_replace BEFORE INSERT ON texts
WHEN EXISTS (SELECT 1 FROM texts WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'texts are immutable'); END
"""

# Statement triggers fire once for a COPY of a thousand rows, also when no row is hit, and ALWAYS: session_replication_role
# does not get past them. Positions need no lock to be contiguous: a block of new ones must follow a row that its own
# statement can see, so nobody can append behind an append that is not committed yet.
_POSTGRESQL = """
CREATE FUNCTION tracker_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% are immutable', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
;;
CREATE FUNCTION tracker_appended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  how_many bigint; first bigint; last bigint;
BEGIN
  SELECT count(*), min(position), max(position) INTO how_many, first, last FROM added;
  IF how_many = 0 THEN RETURN NULL; END IF;
  IF last - first + 1 <> how_many OR first < 1
    OR (first > 1 AND NOT EXISTS (SELECT FROM events WHERE position = first - 1))
  THEN RAISE EXCEPTION 'positions are contiguous' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_notify('tracker_events', '');
  RETURN NULL;
END $$
;;
CREATE TRIGGER events_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()
;;
CREATE TRIGGER events_in_order AFTER INSERT ON events
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tracker_appended()
;;
CREATE TRIGGER texts_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON texts
FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()
;;
ALTER TABLE events ENABLE ALWAYS TRIGGER events_immutable
;;
ALTER TABLE events ENABLE ALWAYS TRIGGER events_in_order
;;
ALTER TABLE texts ENABLE ALWAYS TRIGGER texts_immutable
"""
_TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def _text(length: int) -> sa.String:
    # Byte order on both databases, whatever the locale of a server: views are listed and digested in the order of keys.
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "events",
        sa.Column("position", position, primary_key=True, autoincrement=False),
        sa.Column("id", _text(36), nullable=False),
        sa.Column("stream", _text(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("type", _text(64), nullable=False),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("recorded_at", _text(27), nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(32), nullable=False),
        sa.UniqueConstraint("id", name="uq_events_id"),
        sa.UniqueConstraint("stream", "version", name="uq_events_stream_version"),
    )
    op.create_table(
        "event_keys",
        sa.Column("key", _text(200), nullable=False),
        sa.Column("position", position, sa.ForeignKey("events.position"), nullable=False),
        sa.PrimaryKeyConstraint("key", "position", name="pk_event_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "texts",
        sa.Column("digest", _text(64), primary_key=True),
        sa.Column("salt", sa.LargeBinary(16), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    for statement in _TRIGGERS[op.get_bind().dialect.name].split(";;"):
        op.execute(statement)
