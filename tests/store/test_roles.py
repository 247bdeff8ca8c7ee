"""Least privilege on PostgreSQL: who reads cannot write, who writes cannot rewrite, whatever they try."""

from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import IntegrityError

from tests.services.conftest import Pipeline
from tests.services.test_pipeline import ingest, write
from tests.store.events import STREAM, append, event, read
from tracker import resources
from tracker.errors import ConfigError, StoreUnavailableError
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.events.types import ContentRedacted
from tracker.services.curation.redact import Redact
from tracker.store.store import Store
from tracker.store.tables import blobs

NOW = "2026-01-02T00:00:00.000000Z"
SCRIPT = resources.folder("migrations") / "roles.postgres.sql"


@pytest.fixture
def connect_as(postgres):
    """Give each of the three roles a login of its own on a database of its own; connect as one of them."""
    url = postgres.migrated()
    name = make_url(url).database
    script = Path(SCRIPT).read_text("utf-8")
    # Twice: running it again does no harm.
    postgres.execute(script, script, database=name)
    for role in ("reader", "writer", "owner"):
        postgres.execute(f"CREATE ROLE {name}_{role} LOGIN PASSWORD 'secret' IN ROLE tracker_{role}", database=name)
    stores = []

    def connect(role):
        own = make_url(url).set(username=f"{name}_{role}", password="secret").render_as_string(hide_password=False)
        stores.append(Store(own, now=lambda: NOW))
        return stores[-1]

    yield connect
    for store in stores:
        store.close()
    postgres.drop(url)
    for role in ("reader", "writer", "owner"):
        postgres.execute(f"DROP ROLE {name}_{role}")


def test_a_writer_appends_and_a_reader_reads(connect_as):
    writer, reader = connect_as("writer"), connect_as("reader")
    append(writer, STREAM, *(event(keys=("mission/lupex",)) for _ in range(10)))
    with writer.transaction() as transaction:
        transaction.texts.put("a text", salt=b"0" * 16)
        transaction.checkpoints.advance("reader", seen=0, to=3)
        transaction.parking.park("reader", "4", "broken")
        assert transaction.parking.release("reader", "4")
    assert [e.position for e in read(reader)] == list(range(1, 11))
    with pytest.raises(StoreUnavailableError, match="the role may not do this"):
        append(reader, STREAM, event())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET payload = ''",
        "DELETE FROM events",
        "TRUNCATE events CASCADE",
        "DELETE FROM event_keys",
        "UPDATE texts SET body = ''",
        "DELETE FROM texts",
        "DROP TRIGGER events_immutable ON events",
        "ALTER TABLE events DISABLE TRIGGER ALL",
        "ALTER TABLE events ADD COLUMN more text",
        "DROP TABLE texts",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION tracker_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TABLE events2 (n int)",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
@pytest.mark.parametrize("role", ["reader", "writer"])
def test_neither_can_rewrite_or_undo_what_protects(connect_as, role, statement):
    import psycopg

    store = connect_as(role)
    with psycopg.connect(store.url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


WHY = {"reason": "asked by the author", "legal_basis": "GDPR 17", "actor": "an operator"}


@pytest.fixture
def newsroom(connect_as, tmp_path):
    """A pipeline that runs as the writer, with two articles; and the digests of their texts."""
    made = Pipeline(connect_as("writer"))
    for name in "ab":
        ingest(made, write(tmp_path, name, f"LUPEX launches in 2025, says {name}.", id=name))
    return made, [digest_of(made.store, name) for name in "ab"]


def digest_of(store, name):
    for recorded in read(store, type_="document.captured"):
        event = codec.decode(recorded)
        if event.external_id == name:
            return event.text_digest
    raise AssertionError(name)


def held(store):
    import psycopg

    with psycopg.connect(store.url) as connection:
        return {digest for (digest,) in connection.execute("SELECT digest FROM texts")}


def test_a_writer_takes_a_text_down(newsroom):
    pipeline, (a, b) = newsroom
    made = Redact(pipeline.store, pipeline.project).document("a", **WHY)
    assert (made.texts, held(pipeline.store)) == (1, {b})
    assert pipeline.library.show("a").text is None
    assert pipeline.verify.log(on_progress=lambda _done, _total: None).ok
    with pipeline.store.reading() as reading:
        assert reading.texts.get(a) is None


def test_a_writer_takes_down_the_bytes_in_which_a_document_came(newsroom):
    pipeline, _ = newsroom
    document = pipeline.library.show("a").document.id
    with pipeline.store.transaction() as transaction:
        kept = transaction.blobs.keep(b"<html>a</html>", url="https://news.example/a", at=NOW)
        other = transaction.blobs.keep(b"<html>b</html>", url="https://news.example/b", at=NOW)
        transaction.blobs.holds(kept, [document])
    made = Redact(pipeline.store, pipeline.project).document("a", **WHY)
    assert (made.texts, made.raw) == (1, 1)
    with pipeline.store.reading() as reading:
        assert reading.blobs.get(kept.digest) is None
        assert reading.blobs.get(other.digest) == b"<html>b</html>"
    # The event is in the log, but nothing was done beside it.
    with (
        pytest.raises(IntegrityError, match="needs an event beside it"),
        pipeline.store.transaction() as transaction,
    ):
        transaction.blobs.take_down([other.digest], position=made.position)
    with pipeline.store.reading() as reading:
        assert reading.blobs.get(other.digest) == b"<html>b</html>"


@pytest.mark.parametrize("planted", [False, True])
def test_an_event_that_names_one_text_does_not_take_another(newsroom, planted):
    """Even where a program plants bytes under the other's digest, as if they had been fetched."""
    pipeline, (a, b) = newsroom
    said = ContentRedacted(document_id=pipeline.library.show("a").document.id, text_digests=(a,), **WHY)

    def forge():
        with pipeline.store.transaction() as transaction:
            encoded = codec.encode(said, id="forged")
            (event,) = transaction.log.append(stream_name("policy"), [encoded], expected_version=ANY)
            if planted:
                transaction.blobs._connection.execute(blobs.insert(), {"digest": b, "size": 1, "body": b"x"})
            transaction.texts.take_down([b], position=event.position)

    with pytest.raises(IntegrityError, match="names what is taken down"):
        forge()
    assert held(pipeline.store) == {a, b}


# What a program with the writer's password may try to make a text go unseen. One text was taken down by an event, {b} was not.
FORGERIES = {
    "delete it": ("DELETE FROM texts WHERE digest = '{b}'", "permission denied"),
    "record a redaction of nothing": ("INSERT INTO redactions VALUES ('{b}', 1)", "needs its event"),
    "hide behind the event of another text": (
        "INSERT INTO redactions SELECT '{b}', position FROM events WHERE type = 'content.redacted'",
        "needs an event beside it",
    ),
    "let a table of his own answer for the log": (
        (
            "CREATE TEMP TABLE events AS SELECT * FROM public.events;"
            "UPDATE pg_temp.events SET type = 'content.redacted',"
            " payload = convert_to('{{\"text_digests\": [\"{b}\"]}}', 'UTF8');"
            "INSERT INTO public.redactions VALUES ('{b}', 1)"
        ),
        "needs its event",
    ),
    "let a table of his own answer for the redactions": (
        "CREATE TEMP TABLE redactions AS SELECT '{b}' AS digest; DELETE FROM public.texts WHERE digest = '{b}'",
        "permission denied",
    ),
    "fire the function from a table of his own": (
        (
            "CREATE TEMP TABLE mine (digest text, position bigint);"
            "CREATE TRIGGER now AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION public.tracker_take_down()"
        ),
        "permission denied for function",
    ),
    "call the function": ("SELECT public.tracker_take_down()", "permission denied|can only be called as triggers"),
    "change what the redaction says": ("UPDATE redactions SET digest = '{b}'", "permission denied"),
    "drop the trigger": ("DROP TRIGGER redactions_take_down ON redactions", "must be owner"),
}


@pytest.mark.parametrize("deed", FORGERIES)
def test_no_text_goes_without_an_event_that_names_it(newsroom, deed):
    import psycopg

    pipeline, (_, b) = newsroom
    Redact(pipeline.store, pipeline.project).document("a", **WHY)
    statement, refusal = FORGERIES[deed]
    with pytest.raises(psycopg.Error, match=refusal), psycopg.connect(pipeline.store.url) as connection:
        connection.execute(statement.format(b=b))
    assert held(pipeline.store) == {b}


def test_a_gap_is_refused_even_when_a_table_of_his_own_says_there_is_none(newsroom):
    """The trigger that keeps positions contiguous looks into the log, too."""
    import psycopg

    pipeline, _ = newsroom
    with (
        pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="contiguous"),
        psycopg.connect(pipeline.store.url) as connection,
    ):
        connection.execute(
            "CREATE TEMP TABLE events AS SELECT 98 AS position;"
            "INSERT INTO public.events SELECT 99, 'new', stream, 99, type, 1, recorded_at, payload, leaf_hash"
            " FROM public.events LIMIT 1"
        )


def test_a_database_that_waits_for_its_owner_says_what_to_do(postgres):
    url = postgres.empty()
    store = Store(url, now=lambda: NOW)
    with pytest.raises(ConfigError, match=r"is empty.*python -m tracker\.store\.migrate"), store.reading():
        pass
    store.close()
    postgres.drop(url)
