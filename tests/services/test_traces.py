"""A document is taken down, and with it the bytes in which it came; the others stay, and the archive says what is missing."""

import sqlite3
import zlib

import pytest

from tests.services.test_pipeline import ingest, write
from tests.services.test_warc import keep, records, written
from tracker.domain.ids import DocumentId
from tracker.services.curation.redact import Redact
from tracker.services.ingestion import traces
from tracker.services.ingestion.traces import Trace, speaks_of, trace_of
from tracker.services.ingestion.warc import Warc

WHY = {"reason": "asked by the author", "legal_basis": "GDPR 17", "actor": "an operator"}
URL = "https://paper.example/news/gannet"
TEXT = "LUPEX launches in 2028 — “no sooner”, the agency’s director told reporters in Tokyo on Monday evening."
ITEM = "<item><title>{0}</title><link>{1}</link><description>{2}</description></item>"
OTHER = ITEM.format("Hiten", "https://paper.example/news/hiten", "Hiten launches in 1990, as everybody knows by now.")


def feed(*items):
    return f"<rss version='2.0'><channel><title>Paper</title>{''.join(items)}</channel></rss>".encode()


@pytest.fixture
def story(pipeline, store, tmp_path):
    """A story, seen in its feed three times, on its page twice, and by then gone from the feed; and a page of another."""
    folder = tmp_path / "news"
    folder.mkdir()
    (line,) = ingest(pipeline, write(folder, "gannet", TEXT, url=URL))
    document = DocumentId(pipeline.library.list()[0].id)
    assert line.outcome == "captured"
    item = ITEM.format("Gannet", f"{URL}?utm_source=rss", TEXT)
    for hour, items in enumerate(
        [(OTHER,), (item, OTHER), (item,), (ITEM.format("Gannet 2", URL, "Later."),), (OTHER, OTHER)]
    ):
        at = f"2026-01-01T{hour:02}:00:00.000000Z"
        # Known entries are not told of again, so only the first response with it is said to hold it.
        keep(
            store,
            feed(*items),
            url="https://paper.example/feed",
            at=at,
            feed="feed_1",
            documents=[document] * (hour == 1),
        )
    for body in (b"<p>Gannet</p>", b"<p>Gannet, edited</p>"):
        keep(store, body, url=URL, documents=[document])
    keep(store, b"<p>Hiten</p>", url="https://paper.example/news/hiten")
    return pipeline


def held(store):
    with store.reading() as reading:
        return [reading.blobs.get(one.digest) is not None for one in reading.blobs.responses()]


def test_its_pages_and_each_response_of_the_feed_with_it_go_and_the_others_stay(story, store, database):
    made = Redact(store, story.project).document("gannet", **WHY)
    assert (made.texts, made.raw) == (1, 5)
    assert held(store) == [True, False, False, False, True, False, False, True]
    connection = sqlite3.connect(database.removeprefix("sqlite:///"))
    bodies = [zlib.decompress(row[0]) for row in connection.execute("SELECT body FROM blobs")]
    connection.close()
    assert not any(b"no sooner" in body or b"Gannet" in body for body in bodies)
    assert story.verify.log(on_progress=lambda _done, _all: None).ok


def test_the_archive_says_what_is_missing_and_why(story, store):
    made = Redact(store, story.project).document("gannet", **WHY)
    raw, summary = written(Warc(store))
    assert (summary.responses, summary.redacted) == (3, 5)
    missing = [one for one in records(raw) if one[0] == "metadata"]
    assert {one[2] for one in missing} == {b"redacted: taken down by the event at position %d\r\n" % made.position}
    assert URL in {one[1]["WARC-Target-URI"] for one in missing}


def test_what_was_taken_down_is_not_held_again_when_it_comes_back(story, store):
    made = Redact(store, story.project).document("gannet", **WHY)
    kept = keep(store, b"<p>Gannet</p>", url="https://mirror.example/gannet", at="2026-02-01T00:00:00.000000Z")
    assert kept.redacted == made.position
    assert held(store)[-1] is False


@pytest.mark.parametrize(
    "body",
    [
        feed(ITEM.format("x", "", TEXT)),
        feed(ITEM.format("x", "", TEXT)).decode().replace("“", "&amp;#8220;").replace("—", "&mdash;").encode(),
        feed(ITEM.format("x", "", f"<![CDATA[<p>{TEXT.replace(' director', ' <b>direc</b>tor')}</p>]]>")),
        feed(ITEM.format("x", "", f"&lt;p&gt;{TEXT.replace('2028', '&lt;b&gt;2028&lt;/b&gt;')}&lt;/p&gt;")),
        b"\xff\xfe" + feed(ITEM.format("x", "", TEXT)).decode().encode("utf-16-le"),
        f"<?xml version='1.0' encoding='windows-1252'?>{feed(ITEM.format('x', '', TEXT)).decode()}".encode("cp1252"),
        b'{"items":[{"content_text":"' + TEXT.encode("ascii", "backslashreplace") + b'"}]}',
        b'{"items":[{"url":"https:\\/\\/paper.example\\/news\\/gannet"}]}',
        feed(ITEM.format("x", f"http://www.{URL[8:]}?a=1&amp;b=2", "")),
        feed(f"<item><description>&lt;a href=&quot;{URL}&quot;&gt;more&lt;/a&gt;</description></item>"),
    ],
)
def test_it_is_found_however_it_is_written(body):
    assert speaks_of(body, trace())
    assert not speaks_of(feed(OTHER), trace())


def trace() -> Trace:
    from tracker.events.types import DocumentCaptured

    version = DocumentCaptured(
        document_id=DocumentId("doc_1"), version=1, rung="url", source="feed", media_type="text/html", language="en",
        published="2026-01-01", published_basis="given", text_digest="", text_length=0, url=URL,
    )  # fmt: skip
    return trace_of(DocumentId("doc_1"), [version], [TEXT])


def poll(store, body, at, *, url="https://paper.example/feed", **how):
    with store.transaction() as transaction:
        return traces.keep(transaction, body, url=url, at=at, **how)


def test_a_feed_that_goes_on_carrying_it_is_not_held_until_it_is_gone_from_it(story, store):
    made = Redact(store, story.project).document("gannet", **WHY)
    item = ITEM.format("Gannet", f"{URL}?utm_source=rss&amp;n=1", f"{TEXT} Edited since.")
    with_it = poll(store, feed(item, OTHER, "<!-- now -->"), "2026-02-01T00:00:00.000000Z", feed="feed_1")
    without = poll(store, feed(OTHER, "<!-- later -->"), "2026-02-02T00:00:00.000000Z", feed="feed_1")
    its_page = poll(store, b"<p>Gannet, edited again</p>", "2026-02-02T00:00:00.000000Z", url=URL)
    elsewhere = poll(store, feed(item), "2026-02-02T00:00:00.000000Z", feed="feed_2")
    assert [one.redacted for one in (with_it, without, its_page)] == [made.position, None, made.position]
    # What was never found to carry it is another's to take down.
    assert elsewhere.redacted is None
    assert held(store)[-4:] == [False, True, False, True]


def test_a_short_id_alone_takes_nothing_down(pipeline, store, tmp_path):
    ingest(pipeline, write(tmp_path, "a", "Hiten launches in 1990.", id="7"))
    kept = poll(store, feed(OTHER), "2026-01-01T00:00:00.000000Z", feed="feed_1")
    with store.transaction() as transaction:
        transaction.blobs.holds(kept, [DocumentId(pipeline.library.list()[0].id)])
    Redact(store, pipeline.project).document("7", **WHY)
    later = poll(store, feed(OTHER, "<!-- 7 -->"), "2026-01-02T00:00:00.000000Z", feed="feed_1")
    assert later.redacted is None
