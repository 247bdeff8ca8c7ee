"""What was fetched goes out as a web archive that other tools read, and comes back in."""

import gzip
import hashlib
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tests.services.test_pipeline import ingest
from tracker.capture.warc import Records
from tracker.domain.ids import DocumentId
from tracker.errors import ConfigError, NotFoundError
from tracker.services.ingestion.warc import Warc
from tracker.store.blobs import Span

PAGE = b"<html><head><title>Gannet flies</title></head><body><p>The agency says that LUPEX launches in 2028.</p></body></html>"
FEED = (
    b"<rss version='2.0'><channel><title>The Wire</title><link>https://wire.example/</link>"
    b"<item><title>Hiten</title><link>https://wire.example/hiten</link>"
    b"<description>Hiten launches in 1990, as everybody knows by now.</description></item></channel></rss>"
)
HTML = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("Content-Length", "77"))


def keep(
    store, body, *, url="https://paper.example/a", at="2026-01-01T12:00:00.000000Z", headers=HTML, documents=(), **how
):
    with store.transaction() as transaction:
        kept = transaction.blobs.keep(body, url=url, at=at, headers=headers, **how)
        transaction.blobs.holds(kept, [DocumentId(one) for one in documents])
    return kept


@pytest.fixture
def fetched(store):
    keep(store, PAGE)
    keep(store, FEED, url="https://wire.example/feed", headers=[("Content-Type", "application/rss+xml")], feed="feed_1")
    keep(store, PAGE, url="https://mirror.example/a", at="2026-01-02T12:00:00.000000Z")
    return Warc(store)


def written(warc, **span):
    out = io.BytesIO()
    made = warc.write(out, name="-", span=Span(**span), on_progress=lambda _done, _all: None)
    return out.getvalue(), made


def records(raw):
    """What warcio makes of an archive, with every digest checked."""
    found = []
    for record in ArchiveIterator(io.BytesIO(raw), check_digests="raise"):
        found.append((record.rec_type, dict(record.rec_headers.headers), record.content_stream().read()))
        if record.rec_type in ("response", "metadata"):
            assert record.digest_checker.passed is True
    return found


def test_another_tool_reads_it_and_finds_every_digest_right(fetched):
    raw, made = written(fetched)
    info, page, feed, again = records(raw)
    assert [one[0] for one in (info, page, feed, again)] == ["warcinfo", "response", "response", "revisit"]
    assert b"format: WARC/1.1" in info[2]
    assert page[1]["WARC-Target-URI"] == "https://paper.example/a"
    assert page[1]["WARC-Date"] == "2026-01-01T12:00:00.000000Z"
    assert page[1]["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(PAGE).hexdigest()}"
    assert (page[2], feed[2], again[2]) == (PAGE, FEED, b"")
    assert (made.responses, made.revisits, made.redacted, made.bytes) == (2, 1, 0, len(PAGE) + len(FEED))
    assert (made.first, made.last) == ("2026-01-01T12:00:00.000000Z", "2026-01-02T12:00:00.000000Z")


def test_what_came_again_names_what_it_repeats(fetched):
    _, page, _, again = records(written(fetched)[0])
    assert again[1]["WARC-Profile"].endswith("identical-payload-digest")
    assert again[1]["WARC-Refers-To"] == page[1]["WARC-Record-ID"]
    assert again[1]["WARC-Refers-To-Target-URI"] == "https://paper.example/a"
    assert again[1]["WARC-Payload-Digest"] == page[1]["WARC-Payload-Digest"]
    # Of a span that lacks the first, the second is written in full.
    raw, made = written(fetched, since="2026-01-02")
    assert [one[0] for one in records(raw)] == ["warcinfo", "response"]
    assert (made.responses, made.revisits) == (1, 0)


def test_the_head_is_true_of_the_bytes_that_are_kept(fetched):
    page = next(r for r in ArchiveIterator(io.BytesIO(written(fetched)[0])) if r.rec_type == "response")
    assert page.http_headers.get_statuscode() == "200"
    assert page.http_headers.get_header("Content-Encoding") is None
    assert page.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert page.http_headers.get_header("Content-Length") == str(len(PAGE))


def test_each_record_is_a_gzip_member_of_its_own(fetched):
    raw, _ = written(fetched)
    assert raw.count(b"\x1f\x8b\x08") == 4
    assert gzip.decompress(raw).startswith(b"WARC/1.1\r\n")


def test_the_same_responses_give_the_same_bytes_whenever_they_are_written(fetched, clock):
    before, _ = written(fetched)
    clock.tick(days=400)
    assert written(fetched)[0] == before


def test_what_a_server_gives_to_one_client_alone_is_not_kept(store):
    headers = [("Set-Cookie", "session=secret"), ("X-Note", "two\r\nlines\udcff"), ("ETag", '"1"')]
    kept = keep(store, PAGE, headers=headers)
    assert kept.headers == (("X-Note", "two  lines "), ("ETag", '"1"'))
    raw, _ = written(Warc(store))
    assert b"secret" not in gzip.decompress(raw)
    assert len(records(raw)) == 2


def test_bytes_are_held_once_however_often_they_come(store):
    kept = [keep(store, PAGE, at=f"2026-01-{day:02}T00:00:00.000000Z") for day in range(1, 11)]
    assert [one.number for one in kept] == list(range(1, 11))
    assert {one.digest for one in kept} == {hashlib.sha256(PAGE).hexdigest()}
    with store.reading() as reading:
        assert reading.blobs.get(kept[0].digest) == PAGE
        assert reading.blobs.intact(kept[0].digest) is True
        assert reading.blobs.count() == (10, 10, "2026-01-10T00:00:00.000000Z")
    _, made = written(Warc(store))
    assert (made.responses, made.revisits) == (1, 9)


def test_it_comes_back_in_as_documents(fetched, pipeline, tmp_path):
    path = tmp_path / "fetched.warc.gz"
    path.write_bytes(written(fetched)[0])
    lines = ingest(pipeline, str(path))
    assert [(one.outcome, one.claims) for one in lines] == [("captured", 1), ("captured", 1)]
    assert pipeline.query.subject("LUPEX").attributes["launch_date"][0].value == "2028"
    assert pipeline.query.subject("Hiten").attributes["launch_date"][0].value == "1990"
    assert [one.outcome for one in ingest(pipeline, str(path))] == ["unchanged", "unchanged"]


def test_an_archive_is_there_when_it_is_whole_and_never_before(fetched, store, tmp_path):
    path = tmp_path / "fetched.warc.gz"

    def stop(_done, _all):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetched.save(path, on_progress=stop)
    assert list(tmp_path.glob("fetched*")) == []
    made = fetched.save(path, on_progress=lambda _done, _all: None)
    assert made.file == str(path)
    assert path.read_bytes() == written(fetched)[0]


def test_nothing_kept_and_nowhere_to_write_are_told(store, tmp_path):
    with pytest.raises(NotFoundError, match="no response"):
        Warc(store).save(tmp_path / "a.warc.gz", on_progress=lambda _done, _all: None)
    assert list(tmp_path.glob("a*")) == []
    keep(store, PAGE)
    with pytest.raises(NotFoundError, match="from 2027"):
        written(Warc(store), since="2027-01-01")
    with pytest.raises(ConfigError, match="cannot be written"):
        Warc(store).save(tmp_path / "nowhere" / "a.warc.gz", on_progress=lambda _done, _all: None)


def test_progress_ends_with_everything(fetched):
    seen = []
    fetched.write(io.BytesIO(), name="-", on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)


@given(
    bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=4),
    headers=st.lists(
        st.tuples(st.sampled_from(["ETag", "X-Note", "Transfer-Encoding"]), st.text(max_size=20)), max_size=3
    ),
    status=st.sampled_from([200, 203, 299, 404]),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_server_sends_other_tools_read_it(store, bodies, headers, status):
    with store.reading() as reading:
        _, before, _ = reading.blobs.count()
    # A day for each example, since they share a database.
    at = f"2026-01-01T{before // 3600 % 24:02}:{before // 60 % 60:02}:{before % 60:02}.000000Z"
    for body in bodies:
        keep(store, body, url="https://paper.example/é?a=b&c", at=at, headers=headers, status=status)
    raw, made = written(Warc(store), since=at, before=at + "~")
    assert made.responses == len(set(bodies))
    assert [one[2] for one in records(raw) if one[0] == "response"] == list(dict.fromkeys(bodies))
    ours = [one for one in Records(io.BytesIO(raw), packed=True) if one.finish() is None]
    assert len(ours) == 1 + len(bodies)
