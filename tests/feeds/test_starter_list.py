"""The list to begin with is one that can be imported as it stands."""

import re
import tomllib
from urllib.parse import urlsplit

import pytest

from tracker.domain.identity import canonical_url
from tracker.feeds.opml import read
from tracker.resources import folder

RAW = (folder("config") / "feeds.opml").read_bytes()
POLICY = tomllib.loads((folder("config") / "policy.toml").read_text())
OUTLINES = read(RAW).outlines


def test_nothing_in_the_list_is_refused_or_said_twice():
    found = read(RAW)
    assert (found.refused, found.duplicates) == ((), 0)
    assert len(found.outlines) == len(re.findall(b"xmlUrl", RAW)) >= 25


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda outline: outline.title)
def test_each_feed_says_whose_it_is_how_reliable_and_why(outline):
    assert outline.grade in POLICY["grades"]
    assert len(outline.reason.split()) >= 4
    assert outline.reason.endswith(".")
    assert outline.publisher
    assert outline.format in {None, "listing"}
    assert not outline.verified
    assert outline.full_text
    assert canonical_url(outline.url)


@pytest.mark.parametrize("outline", OUTLINES, ids=lambda outline: outline.title)
def test_the_grade_of_a_feed_is_the_one_that_its_publisher_has(outline):
    known = POLICY["sources"].get(outline.publisher.lower())
    assert known in {None, outline.grade}


def test_feed_and_page_are_of_one_site():
    for outline in OUTLINES:
        feed, page = (urlsplit(url).hostname.split(".")[-2:] for url in (outline.url, outline.site))
        assert feed == page, outline


def test_no_line_of_the_list_is_too_long_to_read():
    assert max(map(len, RAW.decode().splitlines())) <= 180
