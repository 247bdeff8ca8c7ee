"""Web archives: whole, broken off, larger than memory, and what only has their name."""

import datetime as dt
import gzip
import tracemalloc
from pathlib import Path

import pytest

from tracker.capture.item import Given, Item, Refused
from tracker.capture.sources import items

CRAWL = Path(__file__).parents[1] / "data" / "capture" / "crawl.warc.gz"


def take(path, *, content=None, max_bytes=10_000_000):
    if content is not None:
        path.write_bytes(content)
    return list(items(str(path), given=Given(), captured_on=dt.date(2026, 11, 21), max_bytes=max_bytes))


def reason(path, **options):
    (refused,) = take(path, **options)
    assert isinstance(refused, Refused)
    return refused.reason


def test_a_page_without_a_date_is_dated_by_the_day_it_was_fetched():
    _, note, _ = take(CRAWL)
    assert (note.published, note.published_basis) == ("2024-05-06", "captured")


@pytest.mark.parametrize("lost", [1, 8, 30, 200, 600, 900])
@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_that_breaks_off_gives_what_came_before_and_says_so(tmp_path, lost, packed):
    whole = CRAWL.read_bytes()
    whole = whole if packed else gzip.decompress(whole)
    found = take(tmp_path / ("a.warc.gz" if packed else "a.warc"), content=whole[: len(whole) - lost])
    assert isinstance(found[0], Item)
    assert isinstance(found[-1], Refused)
    assert "breaks off" in found[-1].reason


def test_half_a_page_is_no_page(tmp_path):
    whole = gzip.decompress(CRAWL.read_bytes())
    found = take(tmp_path / "a.warc", content=whole[: whole.index(b"in nine minutes")])
    assert [type(item) for item in found] == [Refused]
    assert "breaks off" in found[0].reason


def test_a_page_over_the_limit_is_skipped_and_the_next_read(tmp_path):
    big, small, _ = take(CRAWL, max_bytes=100)
    assert big.reason.startswith("the page is larger than 100 bytes")
    assert small.text == "The café by the pad is open."


def test_a_compressed_bomb_is_never_held_in_memory(tmp_path):
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    size = 100_000_000
    path = tmp_path / "a.warc.gz"
    with gzip.open(path, "wb") as file:
        file.write(head + b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n" % (size + len(http)) + http)
        for _ in range(size // 1_000_000):
            file.write(b"a" * 1_000_000)
        file.write(b"\r\n\r\n")
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    why = reason(path, max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert why == "the page is larger than 1,000,000 bytes (record at byte 0)"
    assert peak < 20_000_000


def test_a_compressed_file_that_is_no_archive_is_refused(tmp_path):
    assert "no web archive" in reason(tmp_path / "a.warc.gz", content=gzip.compress(b"hello\n" * 100))
    assert "no web archive" in reason(tmp_path / "b.warc.gz", content=gzip.compress(b"hello")[:12])
    assert "is empty" in reason(tmp_path / "c.warc", content=b"")
