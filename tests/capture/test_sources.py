"""What an operator hands in: files, folders, standard input, and everything that can be wrong with them."""

import io
import json
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from tests.capture.taking import CAPTURED_ON, FLEW, reason, take, write
from tracker.capture.item import Given, Item, Refused
from tracker.capture.sources import items

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
