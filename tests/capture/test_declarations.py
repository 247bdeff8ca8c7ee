"""Who says what of a document: the sidecar, the document itself, the command line, and dates that cannot be."""

import json
import os
import subprocess
import sys

import pytest

from tests.capture.taking import FLEW, TAKE_ONE, reason, take, write
from tracker.capture.item import Given, Item


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
