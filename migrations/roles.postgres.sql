-- Least privilege on PostgreSQL. The owner of the database runs this after each migration; running it again does no harm:
--
--     psql "$URL" --set ON_ERROR_STOP=1 --file migrations/roles.postgres.sql
--
-- Three roles, none of which can log in; give them to people and programs with, for example,
--
--     CREATE ROLE newsroom LOGIN PASSWORD '...' IN ROLE tracker_writer;
--
--   tracker_reader  reads everything: status, history, audit, export.
--   tracker_writer  also appends to the log and keeps the views. It can rewrite nothing: it has no UPDATE, DELETE or TRUNCATE
--                   on events, their keys, the texts or the raw bytes, and being no owner it cannot drop or disable the triggers.
--                   A text goes when the writer records a redaction whose event in the log names it, and not otherwise.
--   tracker_owner   owns the tables, and migrates. Connect as this role for nothing else.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker_owner') THEN CREATE ROLE tracker_owner NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker_reader') THEN CREATE ROLE tracker_reader NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker_writer') THEN CREATE ROLE tracker_writer NOLOGIN; END IF;
END $$;

GRANT tracker_reader TO tracker_writer;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, tracker_reader, tracker_writer;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, tracker_reader, tracker_writer;
GRANT USAGE ON SCHEMA public TO tracker_reader;
GRANT USAGE, CREATE ON SCHEMA public TO tracker_owner;

-- Taking down. A redaction that is recorded takes its text away, with the owner's rights: so the writer needs no DELETE, and
-- there is nothing to call. Its event must be recorded in the same transaction, and stays in the log for everybody to read. A
-- text goes only when that event names it. Raw bytes, which hold several documents and on which no evidence rests, go with the
-- event of the one for whose sake they go.
CREATE OR REPLACE FUNCTION public.tracker_take_down() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  event jsonb;
BEGIN
  -- Fired from any other table, a row could say what it likes.
  IF TG_RELID <> 'public.redactions'::regclass THEN RAISE EXCEPTION 'only for redactions'; END IF;
  SELECT convert_from(payload, 'UTF8')::jsonb INTO event FROM public.events
  WHERE position = NEW.position AND type = 'content.redacted' AND xmin = pg_current_xact_id()::xid;
  IF event -> 'text_digests' ? NEW.digest::text THEN
    DELETE FROM public.texts WHERE digest = NEW.digest;
  ELSIF event IS NOT NULL AND EXISTS (SELECT FROM public.blobs WHERE digest = NEW.digest)
    AND NOT EXISTS (SELECT FROM public.texts WHERE digest = NEW.digest) THEN
    DELETE FROM public.blobs WHERE digest = NEW.digest;
  ELSE
    RAISE EXCEPTION 'a redaction needs an event beside it that names what is taken down'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
-- Without this, anybody could put the function under a table of his own.
REVOKE ALL ON FUNCTION public.tracker_take_down() FROM PUBLIC;
DROP TRIGGER IF EXISTS redactions_take_down ON public.redactions;
CREATE TRIGGER redactions_take_down AFTER INSERT ON public.redactions
FOR EACH ROW EXECUTE FUNCTION public.tracker_take_down();
ALTER TABLE public.redactions ENABLE ALWAYS TRIGGER redactions_take_down;

-- The tables of a log, whatever their number in this release: append-only ones take INSERT, the others all four.
DO $$
DECLARE
  append_only CONSTANT text[] := ARRAY['events', 'event_keys', 'texts', 'redactions', 'blobs', 'responses'];
  named text;
BEGIN
  FOR named IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE public.%I OWNER TO tracker_owner', named);
    EXECUTE format('GRANT SELECT ON public.%I TO tracker_reader', named);
    IF named = ANY (append_only) THEN
      EXECUTE format('GRANT INSERT ON public.%I TO tracker_writer', named);
    ELSIF named <> 'alembic_version' THEN
      EXECUTE format('GRANT INSERT, UPDATE, DELETE ON public.%I TO tracker_writer', named);
    END IF;
  END LOOP;
  FOR named IN
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'tracker\_%'
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO tracker_owner', named);
    -- A temporary table named like one of ours must not answer in its place: it is looked for last, and not first.
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', named);
  END LOOP;
END $$;
