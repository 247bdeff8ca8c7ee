"""The tree over the log, texts that may be taken down by a recorded act, and leases of consumers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# A text goes only after its redaction is recorded, in the same transaction or before; and a redaction stands on its event.
_SQLITE = """
DROP TRIGGER texts_no_delete
;;
CREATE TRIGGER texts_no_delete BEFORE DELETE ON texts
WHEN NOT EXISTS (SELECT 1 FROM redactions WHERE digest = OLD.digest)
BEGIN SELECT RAISE(ABORT, 'texts are immutable'); END
;;
CREATE TRIGGER redactions_recorded BEFORE INSERT ON redactions
WHEN NOT EXISTS (SELECT 1 FROM events WHERE position = NEW.position AND type = 'content.redacted')
BEGIN SELECT RAISE(ABORT, 'a redaction needs its event'); END
;;
CREATE TRIGGER redactions_no_update BEFORE UPDATE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions are immutable'); END
;;
CREATE TRIGGER redactions_no_delete BEFORE DELETE ON redactions
BEGIN SELECT RAISE(ABORT, 'redactions are immutable'); END
"""
_POSTGRESQL = """
DROP TRIGGER texts_immutable ON texts
;;
CREATE TRIGGER texts_immutable BEFORE UPDATE OR TRUNCATE ON texts
FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()
;;
CREATE FUNCTION tracker_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM redactions WHERE digest = OLD.digest)
  THEN RAISE EXCEPTION 'texts are immutable' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN OLD;
END $$
;;
CREATE TRIGGER texts_no_delete BEFORE DELETE ON texts FOR EACH ROW EXECUTE FUNCTION tracker_redacted()
;;
CREATE FUNCTION tracker_redaction_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM events WHERE position = NEW.position AND type = 'content.redacted')
  THEN RAISE EXCEPTION 'a redaction needs its event' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$
;;
CREATE TRIGGER redactions_recorded BEFORE INSERT ON redactions FOR EACH ROW EXECUTE FUNCTION tracker_redaction_recorded()
;;
ALTER TABLE redactions ENABLE ALWAYS TRIGGER redactions_recorded
;;
CREATE TRIGGER redactions_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON redactions
FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()
;;
ALTER TABLE texts ENABLE ALWAYS TRIGGER texts_immutable
;;
ALTER TABLE texts ENABLE ALWAYS TRIGGER texts_no_delete
;;
ALTER TABLE redactions ENABLE ALWAYS TRIGGER redactions_immutable
"""
_TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def upgrade() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "tiles",
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("number", position, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name="pk_tiles"),
    )
    op.create_table(
        "redactions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("position", position, sa.ForeignKey("events.position"), nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("consumer", sa.String(100), primary_key=True),
        sa.Column("holder", sa.String(100), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False),
    )
    for statement in _TRIGGERS[op.get_bind().dialect.name].split(";;"):
        op.execute(statement)
