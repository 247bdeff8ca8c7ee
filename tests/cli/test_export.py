"""`tracker export warc`, and an archive taken in again, as a user does it."""

import io

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.builders import NOON
from tests.capture.archives import TEXT, packed, response
from tracker.app import rfc3339
from tracker.store.store import Store

PAGES = [b"Japan launched its Hiten probe in 1990.", b"The agency will launch LUPEX in 2028, it said."]


@pytest.fixture
def fetched(fresh):
    """A tracker that has fetched two pages, on the first and on the fifth of January."""
    store = Store(fresh.database, now=lambda: rfc3339(NOON))
    for day, body in zip((1, 5), PAGES, strict=True):
        with store.transaction() as transaction:
            transaction.blobs.keep(
                body,
                url=f"https://paper.example/{day}",
                at=f"2026-01-{day:02}T23:59:59.999999Z",
                headers=[("Content-Type", "text/plain")],
            )
    store.close()
    return fresh


def bodies(raw):
    return [
        r.content_stream().read()
        for r in ArchiveIterator(io.BytesIO(raw), check_digests="raise")
        if r.rec_type == "response"
    ]


def test_what_was_fetched_goes_out_and_comes_back_in(fetched):
    made = fetched("export", "warc", "out.warc.gz", "--json")
    assert made.code == 0, made.err
    assert made.json == {
        "file": "out.warc.gz", "responses": 2, "revisits": 0, "redacted": 0, "bytes": sum(map(len, PAGES)),
        "first": "2026-01-01T23:59:59.999999Z", "last": "2026-01-05T23:59:59.999999Z",
    }  # fmt: skip
    assert bodies((fetched.folder / "out.warc.gz").read_bytes()) == PAGES
    lines = fetched("ingest", "out.warc.gz", "--json").lines
    assert [line["outcome"] for line in lines] == ["captured", "captured"]
    assert fetched("status", "Hiten", "--json").json["attributes"]["launch_date"][0]["value"] == "1990"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--since", "2026-01-02"], PAGES[1:]),
        (["--until", "2026-01-01"], PAGES[:1]),
        (["--since", "2026-01", "--until", "2026"], PAGES),
        (["--until", "9999-12-31"], PAGES),
    ],
)
def test_a_span_has_both_its_days_in_it(fetched, words, expected):
    assert fetched("export", "warc", "out.warc.gz", *words).code == 0
    assert bodies((fetched.folder / "out.warc.gz").read_bytes()) == expected


def test_standard_output_is_the_archive_and_nothing_else(fetched):
    import subprocess
    import sys

    command = [sys.executable, "-m", "tracker", "--database", fetched.database, "export", "warc", "-"]
    done = subprocess.run(command, capture_output=True, cwd=fetched.folder, env={**fetched.environment, "PYTHONPATH": ":".join(sys.path)}, check=True)  # fmt: skip
    assert bodies(done.stdout) == PAGES
    assert b"2 responses" in done.stderr


def test_wrong_use_is_told_in_one_line(fetched, fresh):
    for words, code, said in (
        (["out.warc.gz", "--since", "soon"], 2, "--since"),
        (["out.warc.gz", "--since", "2027"], 3, "no response"),
        (["nowhere/out.warc.gz"], 2, "cannot be written"),
    ):
        answer = fetched("export", "warc", *words)
        assert (answer.code, said in answer.err, len(answer.err.splitlines())) == (code, True, 1)
        assert answer.out == ""
    assert list(fetched.folder.glob("*.warc.gz*")) == []


def test_people_are_told_what_of_an_archive_was_taken_and_what_passed_over(fresh):
    records = [
        response(PAGES[0], headers=TEXT),
        response(b"\x89PNG", headers=[("Content-Type", "image/png")]),
        response(b"a: b\r\n", kind="metadata"),
        b"damage",
    ]
    (fresh.folder / "crawl.warc.gz").write_bytes(packed(*records, records[0]))
    answer = fresh("ingest", "crawl.warc.gz")
    assert "crawl.warc.gz: 4 records, 2 documents; passed over: 1 image/png, 1 metadata" in answer.err
    assert "no record begins here (record at byte" in answer.out
    assert "1 captured, 1 parked, 1 unchanged" in answer.out
    waiting = fresh("parked", "list", "--json").json
    assert [one["item"] for one in waiting] == [f"{fresh.folder / 'crawl.warc.gz'}#4"]
