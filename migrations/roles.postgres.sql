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
--   tracker_owner   owns the tables: migrates, and takes texts down. Connect as this role for nothing else.

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
  END LOOP;
END $$;
