"""The keys that events are found by are as immutable as the events; one trigger instead of two for each event on SQLite."""

from alembic import op

revision = "0003"
down_revision = "0002"

_SQLITE = """
DROP TRIGGER events_in_order
;;
DROP TRIGGER events_no_replace
;;
CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM events)
  OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'events are immutable, and their positions contiguous'); END
;;
CREATE TRIGGER event_keys_no_update BEFORE UPDATE ON event_keys
BEGIN SELECT RAISE(ABORT, 'event_keys are immutable'); END
;;
CREATE TRIGGER event_keys_no_delete BEFORE DELETE ON event_keys
BEGIN SELECT RAISE(ABORT, 'event_keys are immutable'); END
"""
_POSTGRESQL = """
CREATE TRIGGER event_keys_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON event_keys
FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse()
;;
ALTER TABLE event_keys ENABLE ALWAYS TRIGGER event_keys_immutable
"""
_TRIGGERS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def upgrade() -> None:
    for statement in _TRIGGERS[op.get_bind().dialect.name].split(";;"):
        op.execute(statement)
