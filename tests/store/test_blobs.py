"""Raw bytes: kept once, found again, never rewritten, and gone only by a recorded act. On both databases."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.events import STREAM, append, event
from tracker.domain.bookmark import Bookmark
from tracker.domain.ids import DocumentId
from tracker.events.envelope import ANY, NewEvent, stream_name
from tracker.store.blobs import Span, blob_digest, page_series

AT = "2026-01-01T12:00:00.000000Z"


def keep(store, body=b"<p>One flew.</p>", url="https://paper.example/a", at=AT, **more):
    with store.transaction() as transaction:
        return transaction.blobs.keep(body, url=url, at=at, **more)


def take_down(store, *digests):
    redacted = NewEvent(id="redaction", type="content.redacted", schema_version=1, payload=b"{}")
    with store.transaction() as transaction:
        (recorded,) = transaction.log.append(stream_name("policy"), [redacted], expected_version=ANY)
        return transaction.blobs.take_down(digests, position=recorded.position)


def test_a_response_comes_back_as_it_was_kept(store):
    made = keep(store, status=203, headers=[("ETag", 'W/"ü"'), ("Set-Cookie", "id=1")], feed="feed_1")
    with store.reading() as reading:
        assert reading.blobs.responses() == [made]
        assert reading.blobs.get(made.digest) == b"<p>One flew.</p>"
    assert (made.number, made.series, made.status, made.headers) == (1, "feed_1", 203, (("ETag", 'W/"ü"'),))
    assert made.digest == blob_digest(b"<p>One flew.</p>")


@given(bodies=st.lists(st.binary(max_size=200), min_size=1, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_kept_once_and_numbered_without_gaps(store, bodies):
    with store.reading() as reading:
        _, before, _ = reading.blobs.count()
    made = [keep(store, body) for body in bodies]
    assert [one.number for one in made] == list(range(before + 1, before + 1 + len(bodies)))
    with store.reading() as reading:
        for body, one in zip(bodies, made, strict=True):
            assert reading.blobs.get(one.digest) == body
            assert reading.blobs.intact(one.digest) is True


def test_a_page_is_its_own_series_and_a_span_has_an_end(store):
    days = [keep(store, b"%d" % day, at=f"2026-01-{day:02}T00:00:00.000000Z") for day in range(1, 6)]
    other = keep(store, b"1", url="https://paper.example/b", at=AT)
    with store.reading() as reading:
        blobs = reading.blobs
        assert blobs.responses(series=page_series("https://paper.example/a")) == days
        assert blobs.responses(after=2, limit=2) == days[2:4]
        span = Span("2026-01-02", "2026-01-04")
        assert blobs.responses(span=span) == days[1:3]
        assert blobs.count(span) == (2, 3, days[2].at)
        assert blobs.count(Span("2027-01-01")) == (0, 0, "")
        assert blobs.firsts([other.digest])[other.digest] == days[0]
        assert blobs.firsts([other.digest], span=Span(AT))[other.digest] == other


def test_where_documents_were_found_is_told_once(store):
    made = keep(store, feed="feed_1")
    for documents in (["doc_1", "doc_2"], ["doc_2", "doc_3", "doc_3"], []):
        with store.transaction() as transaction:
            transaction.blobs.holds(made, map(DocumentId, documents))
    with store.reading() as reading:
        assert [reading.blobs.series_of(DocumentId(f"doc_{n}")) for n in range(1, 5)] == [["feed_1"]] * 3 + [[]]


def test_only_a_recorded_act_takes_bytes_down_and_they_stay_down(store):
    made, other = keep(store), keep(store, b"another")
    assert take_down(store, made.digest, made.digest) == 1
    again = keep(store)
    with store.reading() as reading:
        assert reading.blobs.get(made.digest) is None
        assert reading.blobs.intact(made.digest) is None
        assert reading.blobs.get(other.digest) == b"another"
        assert [one.redacted for one in reading.blobs.responses()] == [1, None, 1]
    assert again.redacted == 1


REWRITES = [
    "UPDATE blobs SET body = ''",
    "DELETE FROM blobs",
    "UPDATE responses SET url = 'https://other.example/'",
    "DELETE FROM responses",
]


@pytest.mark.parametrize("statement", [*REWRITES, "REPLACE INTO blobs SELECT * FROM blobs", "REPLACE INTO responses SELECT * FROM responses"])  # fmt: skip
@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_sqlite_refuses_to_rewrite_them(store, database, statement):
    keep(store)
    outsider = sqlite3.connect(database.removeprefix("sqlite:///"))
    with pytest.raises(sqlite3.IntegrityError, match="immutable"), outsider:
        outsider.execute(statement)
    outsider.close()


@pytest.mark.parametrize("statement", [*REWRITES, "TRUNCATE blobs", "TRUNCATE responses", "SET session_replication_role = replica; DELETE FROM blobs"])  # fmt: skip
@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_rewrite_them(store, database, statement):
    import psycopg

    keep(store)
    with (
        pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="immutable"),
        psycopg.connect(database) as outsider,
    ):
        outsider.execute(statement)


def test_a_bookmark_is_kept_moved_and_forgotten(store):
    append(store, STREAM, event())
    far = Bookmark(at_byte=9_000_000_000, within=5_000_000_000, records=3_000_000_000)
    for bookmark in (Bookmark(1, 2, 3), far):
        with store.transaction() as transaction:
            transaction.archives.save("a" * 64, bookmark)
        with store.reading() as reading:
            assert reading.archives.get("a" * 64) == bookmark
    with store.transaction() as transaction:
        transaction.archives.forget("a" * 64)
    with store.reading() as reading:
        assert reading.archives.get("a" * 64) is None
