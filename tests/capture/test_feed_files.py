"""Feeds that come as files or on standard input give the documents that polling them gives."""

import datetime as dt
import io

import pytest

from tracker.capture.item import Given, Item
from tracker.capture.sources import items
from tracker.feeds.read import parse
from tracker.feeds.samples import ATOM, JSON, RSS, SITEMAP

TODAY = dt.date(2026, 11, 21)
URL = "https://wire.example/feed"
FILES = {"a.rss": RSS, "a.atom": ATOM, "a.json": JSON, "a.xml": SITEMAP, "b.jsonl": JSON}


def told(one):
    known = one.declared if hasattr(one, "scope") else one
    id_ = one.declared.id if hasattr(one, "scope") else (one.external_id if one.id_declared else None)
    return one.text, one.media_type, known.title, known.url, known.publisher, id_


@pytest.mark.parametrize("name", FILES)
def test_a_feed_in_a_file_is_the_feed_at_its_address(tmp_path, name):
    (tmp_path / name).write_text(FILES[name])
    polled = parse(FILES[name].encode(), url=URL, today=TODAY).drafts
    found = list(items(str(tmp_path / name), given=Given(), captured_on=TODAY))
    assert [told(item) for item in found] == [told(draft) for draft in polled]


@pytest.mark.parametrize("sample", [RSS, ATOM, JSON, SITEMAP, JSON.replace(", ", ",\n")])
def test_a_feed_on_standard_input_is_known_by_its_first_bytes(sample):
    (found,) = items("-", given=Given(published="2026-11-02"), captured_on=TODAY, stdin=io.BytesIO(sample.encode()))
    assert isinstance(found, Item)
    assert (found.title, found.url) == ("One flew", "https://wire.example/1")


def test_a_document_with_a_version_of_its_own_is_no_feed(tmp_path):
    (tmp_path / "a.json").write_text('{"version": "1.1", "items": [], "text": "One flew."}')
    (found,) = items(str(tmp_path / "a.json"), given=Given(), captured_on=TODAY)
    assert found.text == "One flew."


def test_a_feed_whose_ids_repeat_names_nothing_in_a_file_too(tmp_path):
    entry = "<item><title>{0} flew</title><guid isPermaLink='false'>1</guid></item>"
    (tmp_path / "a.xml").write_text(
        RSS.replace("</channel>", entry.format("Two") + entry.format("Three") + "</channel>")
    )
    assert [item.id_declared for item in items(str(tmp_path / "a.xml"), given=Given(), captured_on=TODAY)] == [
        False
    ] * 3
