"""What an operator hands in: files, folders, standard input, and everything that can be wrong with them."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from tracker.capture.item import Given, Item, Refused
from tracker.capture.sources import items

CAPTURED_ON = dt.date(2026, 11, 21)
FLEW = "The hopper Gannet crossed the bay on 3 June 2026 and came back to its pad."


TAKE_ONE = """
import sys, datetime as dt
from tracker.capture.sources import items
from tracker.capture.item import Given
print(*(one.reason for one in items(sys.argv[1], given=Given(), captured_on=dt.date(2026, 1, 1))))
"""


def take(source, *, given=Given(), stdin=None, max_bytes=10_000_000):  # noqa: B008 -- a frozen value
    stream = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
    return list(items(str(source), given=given, captured_on=CAPTURED_ON, stdin=stream, max_bytes=max_bytes))


def reason(source, **options):
    found = take(source, **options)
    assert len(found) == 1
    assert isinstance(found[0], Refused)
    return found[0].reason


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- who says what -------------------------------------------------------------------------------------------------


def test_the_sidecar_goes_over_the_document_and_the_command_line_fills_what_both_leave_out(tmp_path):
    path = write(
        tmp_path / "a.json",
        json.dumps({"text": FLEW, "published": "2026-01", "title": "the document's", "id": "d"}),
    )
    write(tmp_path / "a.meta.json", json.dumps({"published": "2026-03"}))
    (item,) = take(path, given=Given(published="2026-02", publisher="the operator"))
    assert (item.published, item.publisher, item.title) == ("2026-03", "the operator", "the document's")
    assert item.published_reason == "The sidecar file gives the date."
    assert (item.external_id, item.id_declared) == ("d", True)


def test_a_date_brings_its_own_basis(tmp_path):
    document = {"text": FLEW, "published": "2026-01", "published_basis": "inferred"}
    path = write(tmp_path / "a.json", json.dumps(document))
    assert take(path)[0].published_basis == "inferred"
    undated = write(tmp_path / "b.json", json.dumps({"text": FLEW}))
    told = Given(published="2026-02")
    assert [(i.published, i.published_basis) for i in (*take(path, given=told), *take(undated, given=told))] == [
        ("2026-01", "inferred"),
        ("2026-02", "given"),
    ]


def test_without_any_declaration_the_text_is_asked_for_its_date(tmp_path):
    (item,) = take(write(tmp_path / "a.txt", "PORT BELLE, 4 June 2026 - The hopper crossed the bay on Wednesday."))
    assert item.published == "2026-06-04"
    assert item.published_basis == "text"
    assert item.published_reason


def test_a_file_without_an_id_is_known_by_its_stem(tmp_path):
    (item,) = take(write(tmp_path / "gannet-flies.txt", FLEW))
    assert (item.external_id, item.id_declared) == ("gannet-flies", False)


def test_the_sidecar_with_the_full_name_is_the_one_that_counts(tmp_path):
    path = write(tmp_path / "a.txt", FLEW)
    write(tmp_path / "a.meta.json", '{"publisher": "both a.txt and a.md"}')
    write(tmp_path / "a.txt.meta.json", '{"publisher": "a.txt alone"}')
    assert take(path)[0].publisher == "a.txt alone"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "no valid JSON"),
        ("[]", "no JSON object"),
        ('{"published": "tomorrow"}', "published: 'tomorrow'"),
        ('{"published_basis": "guess"}', "published_basis 'guess'"),
        ('{"url": "javascript:alert(1)"}', "not an http or https address"),
        ('{"url": "http://news.example:99999/a"}', "with a valid host and port"),
        ('{"title": 5}', "title must be a text, not 5"),
        ('{"language": "Klingon!"}', "is not a tag"),
        ("", "is empty"),
        (b"\xff\xfe\xfd", "UTF-16"),
    ],
)
def test_a_broken_sidecar_refuses_its_document_and_says_so(tmp_path, content, why):
    path = write(tmp_path / "a.txt", FLEW)
    write(tmp_path / "a.meta.json", content)
    assert "its sidecar a.meta.json" in reason(path)
    assert why in reason(path)


def test_a_sidecar_that_is_a_pipe_does_not_hang(tmp_path):
    path = write(tmp_path / "a.txt", FLEW)
    os.mkfifo(tmp_path / "a.meta.json")
    done = subprocess.run(
        [sys.executable, "-c", TAKE_ONE, str(path)], check=False, capture_output=True, text=True, timeout=30
    )
    assert done.stdout.strip() == "its sidecar a.meta.json is no regular file", done.stderr


def test_a_file_whose_name_leaves_no_room_for_a_sidecar_has_none(tmp_path):
    (item,) = take(write(tmp_path / ("long" * 61 + "gest.txt"), FLEW))
    assert item.text == FLEW


def test_an_address_on_the_command_line_cannot_stand_for_several_documents(tmp_path):
    lines = write(tmp_path / "a.jsonl", json.dumps({"text": FLEW}) + "\n")
    here = Given(url="https://example.org/a")
    assert "--url is given for one document" in reason(lines, given=here)
    assert "--url is given for one document" in reason(tmp_path, given=here)
    assert take(write(tmp_path / "b.txt", FLEW), given=here)[0].url == "https://example.org/a"


def test_a_link_with_an_impossible_port_is_dropped_where_a_publisher_declares_it(tmp_path):
    bad = "http://news.example:99999/a"
    feed = f"<rss version='2.0'><channel><title>W</title><item><title>One flew</title><link>{bad}</link></item></channel></rss>"
    page = f"<html><head><link rel=canonical href='{bad}'></head><body><p>{FLEW}</p></body></html>"
    head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {bad}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
    warc = f"{head}Content-Type: text/plain\r\nContent-Length: {len(FLEW)}\r\n\r\n{FLEW}\r\n\r\n"
    for name, content in (("a.xml", feed), ("a.html", page), ("a.warc", warc)):
        (item,) = take(write(tmp_path / name, content))
        assert isinstance(item, Item), item
        assert item.url is None


@pytest.mark.parametrize("published", ["2030-01-01", "2026-11-23", "2026-12", "2027", "2027/.."])
def test_what_is_published_in_the_future_was_given_the_wrong_date(tmp_path, published):
    why = f"published {published} is in the future"
    assert reason(write(tmp_path / "a.txt", FLEW), given=Given(published=published)) == why
    assert reason(write(tmp_path / "b.json", json.dumps({"text": FLEW, "published": published}))) == why


@pytest.mark.parametrize("published", ["2026-11-22", "2026-11", "2026", "../2030", "2026-11-21/2027"])
def test_a_date_that_may_be_today_or_is_tomorrow_elsewhere_is_taken(tmp_path, published):
    assert take(write(tmp_path / "a.txt", FLEW), given=Given(published=published))[0].published == published


def test_an_entry_dated_ahead_is_refused_and_the_others_are_taken(tmp_path):
    entry = "<item><title>One flew</title><pubDate>{} Jan 2031 08:00:00 GMT</pubDate></item>"
    entries = entry.format("Wed, 01") + entry.format("Wed, 01").replace("2031", "2020")
    bad, good = take(write(tmp_path / "a.xml", f"<rss version='2.0'><channel>{entries}</channel></rss>"))
    assert (bad.reason, good.published) == ("published 2031-01-01 is in the future", "2020-01-01")


def test_an_archive_whose_clock_was_ahead_dates_nothing_after_today(tmp_path):
    head = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://e.org/\r\nWARC-Date: 2090-01-01T00:00:00Z\r\n"
    text = "The bay is open to visitors."
    record = f"{head}Content-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n{text}\r\n\r\n"
    (item,) = take(write(tmp_path / "a.warc", record))
    assert (item.published, item.published_basis) == ("2026-11-21", "captured")


def test_the_id_of_a_feed_entry_is_good_within_its_feed_only(tmp_path):
    entry = "<item><title>One flew</title><guid isPermaLink='false'>1</guid></item>"
    scopes = []
    for name, head in (("a", "<link>https://a.example/</link>"), ("b", "<title>Wire B</title>"), ("c", "")):
        (item,) = take(write(tmp_path / f"{name}.xml", f"<rss version='2.0'><channel>{head}{entry}</channel></rss>"))
        scopes.append((item.external_id, item.id_declared, item.id_scope))
    assert scopes == [("1", True, "https://a.example/"), ("1", True, "Wire B"), ("c#1", False, None)]


def test_a_wrong_date_on_the_command_line_is_named(tmp_path):
    assert "'June'" in reason(write(tmp_path / "a.txt", FLEW), given=Given(published="June"))


# --- folders --------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_order_and_one_bad_file_does_not_stop_it(tmp_path):
    for name in ("b.txt", "a/2.txt", "a/10.txt", "a/1.txt", ".hidden.txt", ".git/x.txt", "a/1.meta.json"):
        write(tmp_path / name, '{"publisher": "P"}' if name.endswith(".json") else FLEW)
    write(tmp_path / "a/15.txt", b"\0\0")
    write(tmp_path / "notes.pdf", b"%PDF")
    found = [(Path(item.source).name, isinstance(item, Item)) for item in take(tmp_path)]
    assert found == [
        ("1.txt", True),
        ("10.txt", True),
        ("15.txt", False),
        ("2.txt", True),
        ("b.txt", True),
        ("notes.pdf", False),
    ]


def test_a_folder_without_documents_says_so(tmp_path):
    write(tmp_path / ".hidden.txt", FLEW)
    (tmp_path / "deeper").mkdir()
    assert reason(tmp_path) == "no documents in this folder"


def test_a_link_that_leads_back_up_is_named_once(tmp_path):
    write(tmp_path / "a/b/news.txt", FLEW)
    (tmp_path / "a/b/up").symlink_to(tmp_path / "a", target_is_directory=True)
    news, loop = take(tmp_path)
    assert isinstance(news, Item)
    assert (Path(loop.source).name, loop.reason) == ("up", "a link to a folder that is read already")


# --- what cannot be opened -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source", ["", "no/such/file.txt", "nul\0byte.txt", "x" * 5000, "half\ud800.txt", "ftp://example.org/a"]
)
def test_what_is_not_there_is_refused(source):
    assert reason(source)


@pytest.mark.parametrize("source", ["http://example.org/a", "HTTPS://example.org/a.txt"])
def test_an_address_says_what_to_do_instead(source):
    assert reason(source).endswith("save the page and ingest the file with --url")


def test_an_unreadable_file_is_refused_and_the_next_one_read(tmp_path, monkeypatch):
    locked, good = write(tmp_path / "a.txt", FLEW), write(tmp_path / "b.txt", FLEW)
    real = Path.open

    def refuse(self, *arguments, **options):
        if self == locked:
            raise PermissionError(13, "Permission denied")
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    first, second = take(tmp_path)
    assert first == Refused(str(locked), "cannot be read: permission denied")
    assert second.source == str(good)


def test_a_pipe_that_nobody_writes_to_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path / "pipe.txt") == "is no regular file"


def test_a_dangling_link_and_a_name_that_is_no_utf8_are_shown(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/z\xff.txt")), FLEW)
    gone, odd = take(tmp_path)
    assert gone.reason == "cannot be read: no such file or directory"
    odd.source.encode()
    odd.external_id.encode()


def test_a_sidecar_named_as_a_source_is_no_document(tmp_path):
    assert "is a sidecar" in reason(write(tmp_path / "a.meta.json", "{}"))


@pytest.mark.parametrize("name", ["a.docx", "README", ".txt", "a.json.bak"])
def test_an_unknown_kind_of_file_names_the_known_ones(tmp_path, name):
    assert ".txt .text .md" in reason(write(tmp_path / name, FLEW))


# --- sizes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.xml"])
def test_a_file_over_the_limit_is_refused_unread(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    why = reason(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert why == "is larger than 10,000,000 bytes; split it or raise the limit"
    assert peak < 1_000_000


def test_lines_are_bounded_one_by_one_whatever_the_size_of_the_file(tmp_path):
    good = json.dumps({"text": FLEW}).encode() + b"\n"
    path = write(tmp_path / "a.jsonl", good * 300 + b'{"text": "' + b"x" * 5_000_000 + b'"}\n' + good * 300)
    take(write(tmp_path / "warm.jsonl", good))  # what is imported and compiled once is not the file's
    tracemalloc.start()
    found, refused = 0, []
    for item in items(str(path), given=Given(published="2026"), captured_on=CAPTURED_ON, max_bytes=10_000):
        found += isinstance(item, Item)
        refused += [item] if isinstance(item, Refused) else []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == 600
    assert [(one.source, one.reason) for one in refused] == [(f"{path}#301", "the line is longer than 10,000 bytes")]
    assert peak < 2_000_000


# --- standard input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sources", "media_type"),
    [
        (FLEW.encode(), ["-"], "text/plain"),
        (b'\n{"text": "one flew"}\n{"text": "two flew"}\n', ["-#2", "-#3"], "application/json"),
        (b'{\n "text": "one flew"\n}\n', ["-"], "application/json"),
        (b'[{"text": "one flew"}, {"text": "two"}]', ["-#1", "-#2"], "application/json"),
        (b"<!DOCTYPE html><title>x</title><p>One flew over the bay.</p>", ["-"], "text/html"),
        (b"---\ntitle: Flew\n---\nOne flew.", ["-"], "text/markdown"),
        (
            b"<rss version='2.0'><channel><item><title>One flew</title></item></channel></rss>",
            ["-#1"],
            "application/rss+xml",
        ),
        (b"{brackets} are no JSON", ["-"], None),
        (b"[New Delhi] The hopper flew.", ["-"], "text/plain"),
        (b"[1] The hopper flew.", ["-"], "text/plain"),
        (b"[ ] ask for the hopper", ["-"], "text/plain"),
        (b'[\n {"text": "one flew"}\n]', ["-#1"], "application/json"),
        (b'[ {"text": "one flew"}]\n', ["-#1"], "application/json"),
        (b"[ ]\n", ["-"], None),
    ],
)
def test_standard_input_is_recognised_by_its_first_line(content, sources, media_type):
    found = take("-", stdin=content)
    assert [item.source for item in found] == sources
    assert {getattr(item, "media_type", None) for item in found} == {media_type}


def test_the_one_json_line_of_standard_input_may_be_given_an_address():
    line = json.dumps({"text": FLEW}).encode() + b"\n"
    here = Given(url="https://example.org/a")
    (item,) = take("-", stdin=line, given=here)
    assert (item.source, item.url) == ("-", "https://example.org/a")
    several = take("-", stdin=line * 3, given=here)
    assert [(one.source, "--url is given for one document" in one.reason) for one in several] == [
        ("-#1", True), ("-#2", True), ("-#3", True),
    ]  # fmt: skip
    assert "no valid JSON" in reason("-", stdin=b"{brackets}", given=here)


def test_standard_input_has_no_name_to_take_an_id_from():
    (item,) = take("-", stdin=FLEW.encode())
    assert (item.external_id, item.id_declared) == (None, False)
    lines = take("-", stdin=b'{"text": "one flew"}\n{"id": "b", "text": "two flew"}')
    assert [(item.external_id, item.id_declared) for item in lines] == [(None, False), ("b", True)]


def test_an_empty_or_missing_standard_input_is_refused():
    assert reason("-", stdin=b"") == "is empty"
    assert reason("-") == "there is no standard input"
    assert "larger than 1,000 bytes" in reason("-", stdin=b"a" * 5000, max_bytes=1000)


def test_a_line_of_standard_input_is_yielded_before_the_next_is_there():
    """An operator who pipes a slow producer sees documents as they come."""

    class Slow(io.BytesIO):
        reads = 0

        def readline(self, size=-1, /):
            self.reads += 1
            return super().readline(size)

    stream = Slow(b'{"text": "one flew"}\n{"text": "two flew"}\n')
    found = items("-", given=Given(), captured_on=CAPTURED_ON, stdin=stream)
    assert next(found).text == "one flew"
    assert stream.reads == 1


# --- any bytes -------------------------------------------------------------------------------------------------------

PIECES = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        (
            *(
                b"<html>",
                b"<p>",
                b"<!--",
                b"<script>",
                b"</",
                b"&#0;",
                b"&#xd800;",
                b"<meta charset=utf-16>",
                b"\n",
                b"# x\n",
            ),
            *(
                b'{"text":',
                b'"a"}',
                b"[",
                b"]",
                b"---\n",
                b"id: x\n",
                b"\xff\xfe",
                b"\0",
                b"<?xml",
                b"<rss><channel><item>",
            ),
            *(
                b"WARC/1.0\r\n",
                b"WARC-Type: response\r\n",
                b"Content-Length: 5\r\n\r\n",
                b"\x1f\x8b\x08",
                b"<!ENTITY a 'b'>",
            ),
        )
    ),
)


@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.xml", "a.warc", "a.warc.gz", "a.txt.meta.json", "-"]
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@hypothesis_given(content=st.lists(PIECES, max_size=12).map(b"".join))
def test_any_bytes_are_a_document_or_a_reason(tmp_path, name, content):
    if name == "-":
        found = take("-", stdin=content)
    else:
        write(tmp_path / name, content)
        write(tmp_path / "a.txt", FLEW if name.endswith(".meta.json") else content)
        found = take(tmp_path / name.removesuffix(".meta.json"))
    assert found or name in ("a.jsonl", "-")
    for item in found:
        assert isinstance(item, Item | Refused)
        for value in (
            item.source,
            getattr(item, "text", ""),
            getattr(item, "title", "") or "",
            getattr(item, "reason", ""),
        ):
            value.encode()
        assert isinstance(item, Refused) or item.text.strip()
