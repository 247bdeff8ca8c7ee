"""The bytes that servers sent, immutable and taken down by a recorded act only; which archives are half read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_SQLITE = """
CREATE TRIGGER blobs_no_update BEFORE UPDATE ON blobs
BEGIN SELECT RAISE(ABORT, 'blobs are immutable'); END
;;
CREATE TRIGGER blobs_no_delete BEFORE DELETE ON blobs
WHEN NOT EXISTS (SELECT 1 FROM redactions WHERE digest = OLD.digest)
BEGIN SELECT RAISE(ABORT, 'blobs are immutable'); END
;;
CREATE TRIGGER blobs_no_replace BEFORE INSERT ON blobs
WHEN EXISTS (SELECT 1 FROM blobs WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'blobs are immutable'); END
;;
CREATE TRIGGER responses_no_update BEFORE UPDATE ON responses
BEGIN SELECT RAISE(ABORT, 'responses are immutable'); END
;;
CREATE TRIGGER responses_no_delete BEFORE DELETE ON responses
BEGIN SELECT RAISE(ABORT, 'responses are immutable'); END
;;
CREATE TRIGGER responses_no_replace BEFORE INSERT ON responses
WHEN EXISTS (SELECT 1 FROM responses WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'responses are immutable'); END
"""
_POSTGRESQL = """
CREATE FUNCTION tracker_blob_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM redactions WHERE digest = OLD.digest)
  THEN RAISE EXCEPTION 'blobs are immutable' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN OLD;
END $$
;;
CREATE TRIGGER blobs_immutable BEFORE UPDATE OR TRUNCATE ON blobs
FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()
;;
CREATE TRIGGER blobs_no_delete BEFORE DELETE ON blobs FOR EACH ROW EXECUTE FUNCTION tracker_blob_redacted()
;;
CREATE TRIGGER responses_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON responses
FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()
;;
ALTER TABLE blobs ENABLE ALWAYS TRIGGER blobs_immutable
;;
ALTER TABLE blobs ENABLE ALWAYS TRIGGER blobs_no_delete
;;
ALTER TABLE responses ENABLE ALWAYS TRIGGER responses_immutable
"""
_TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def _text(length: int) -> sa.types.TypeEngine[str]:
    """Names and instants, compared byte by byte whatever the server's locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("digest", _text(64), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "responses",
        sa.Column(
            "number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False
        ),
        sa.Column("digest", _text(64), nullable=False),
        sa.Column("series", _text(80), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("at", _text(27), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("headers", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_responses_digest", "responses", ["digest"])
    op.create_index("ix_responses_series", "responses", ["series", "number"])
    op.create_table(
        "sightings",
        sa.Column("document_id", _text(40), nullable=False),
        sa.Column("series", _text(80), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "series", name="pk_sightings"),
    )
    op.create_table(
        "archives",
        sa.Column("identity", _text(64), primary_key=True),
        sa.Column("at_byte", sa.BigInteger, nullable=False),
        sa.Column("within", sa.BigInteger, nullable=False),
        sa.Column("records", sa.BigInteger, nullable=False),
        sa.Column("saved_at", _text(27), nullable=False),
    )
    for statement in _TRIGGERS[op.get_bind().dialect.name].split(";;"):
        op.execute(statement)
