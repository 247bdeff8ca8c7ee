"""Pages that list press releases, for publishers without a feed: a link to an article, and the day beside it."""

import datetime as dt
import time

import pytest

from tracker.errors import NotAFeedError
from tracker.feeds.read import parse

TODAY = dt.date(2026, 11, 21)
URL = "https://www.ministry.example/en/press/index.html"


def listed(html, url=URL):
    found = parse(html.encode(), url=url, today=TODAY, listing=True)
    return [(draft.declared.title, draft.declared.url, draft.declared.published) for draft in found.drafts]


FRAME = """<!doctype html><html lang="en"><head><title>Press releases</title></head><body>
<nav><a href="/en/about/history-of-the-ministry.html">History of the ministry</a></nav>
{}
<a href="/en/contact">Contact the ministry</a> <a href="https://social.example/ministry/2026/1">Follow us there 2026</a>
<footer>Updated 20 November 2026 <a href="/en/legal/terms-of-use-2026.html">Terms of use of this site</a></footer>
</body></html>"""


def test_rows_of_a_table():
    html = FRAME.format(
        "<table><tr><th>Date</th><th>Title</th></tr>"
        "<tr><td>20 November 2026</td><td><a href='release/a_1.html'>Talks on lunar cooperation</a></td></tr>"
        "<tr><td>November 3, 2026</td><td><a href='release/a_2.html'>Minister to visit Tsukuba on 9 November 2026</a></td></tr>"
        "</table>"
    )
    assert listed(html) == [
        ("Talks on lunar cooperation", "https://www.ministry.example/en/press/release/a_1.html", "2026-11-20"),
        (
            "Minister to visit Tsukuba on 9 November 2026",
            "https://www.ministry.example/en/press/release/a_2.html",
            "2026-11-03",
        ),
    ]


def test_a_day_as_heading_of_its_links():
    html = FRAME.format(
        "<dl><dt>November 20, 2026:</dt><dd><ul><li><a href='r/talks-on-the-moon'>Talks on the Moon begin</a></li>"
        "<li><a href='r/talks-on-the-sea'>Talks on the sea begin</a></li></ul></dd>"
        "<dt>November 3, 2026</dt><dd><ul><li><a href='r/talks-on-the-air'>Talks on the air begin</a></li></ul></dd></dl>"
    )
    assert [day for *_, day in listed(html)] == ["2026-11-20", "2026-11-20", "2026-11-03"]


def test_cards_that_are_one_link_with_picture_title_and_more():
    html = FRAME.format(
        "<article><a href='/en/n/4711'><img src='a.jpg'></a><h3><a href='/en/n/4711'>A rover for the pole</a></h3>"
        "<p>The rover will fly on 3 December 2026.</p><time datetime='2026-11-19T08:00:00Z'>two days ago</time>"
        "<a href='/en/n/4711#more'>Read more</a></article>"
        "<a href='/en/n/4712'><div>18 Nov 2026</div><h3>A lander for the pole</h3></a>"
    )
    assert listed(html) == [
        ("A rover for the pole", "https://www.ministry.example/en/n/4711", "2026-11-19"),
        ("A lander for the pole", "https://www.ministry.example/en/n/4712", "2026-11-18"),
    ]


def test_links_are_relative_to_the_base_and_www_is_the_same_site():
    html = "<base href='https://ministry.example/en/'><p>2 Nov 2026 <a href='r/1'>Talks on the Moon begin</a>"
    assert listed(html) == [("Talks on the Moon begin", "https://ministry.example/en/r/1", "2026-11-02")]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/en/about'>About the ministry and its people</a>",
        "<a href='/files/2026/report.pdf'>The report of the year 2026</a>",
        "<a href='https://other.example/2026/11/1'>A story of somebody else</a>",
        "<a href='javascript:show(2026)'>Show the rest of the list</a>",
        "<a href='index.html#2026'>To the top of the page</a>",
        "<a href='/2026/11/1'>More</a>",
        "<a href='/2026/11/1'></a>",
        "<script>document.write(\"<a href='/2026/11/1'>Talks on the Moon</a>\")</script>",
    ],
)
def test_a_link_to_no_article_is_no_entry(link):
    with pytest.raises(NotAFeedError, match="without links to articles"):
        listed(FRAME.format(link))


@pytest.mark.parametrize("beside", ["11/03/2026", "3 January 2031", "in 2026", "next Friday", "Room 4711", ""])
def test_what_is_no_certain_past_day_dates_nothing(beside):
    assert listed(f"<li>{beside} <a href='/r/4711'>Talks on the Moon begin</a></li>")[0][2] is None


def test_a_page_is_read_as_a_listing_only_when_it_was_registered_as_one():
    with pytest.raises(NotAFeedError, match="is a page"):
        parse(b"<html><p>2 Nov 2026 <a href='/r/1'>Talks on the Moon begin</a>", url=URL, today=TODAY)


def test_a_feed_at_the_address_of_a_listing_is_read_as_the_feed_it_is():
    rss = b"<rss><channel><item><title>One flew</title></item></channel></rss>"
    assert parse(rss, url=URL, today=TODAY, listing=True).format == "rss"


LINK = "<a href='/2026/{0}'>Talks on the Moon, number {0}</a>"


@pytest.mark.parametrize(
    "page",
    [
        "<div>1 May 2026 x " * 50_000 + LINK.format(1),
        "".join(f"<p>{day % 28 + 1} May 2026</p>" for day in range(200_000)) + LINK.format(1),
        "".join(f"<li>1 May 2026 {LINK.format(number)}</li>" for number in range(50_000)),
        "<div>" * 3_000 + f"<div>x {LINK.format(1)}</div>" * 50_000,
        "<div>" + "12 " * 4_000_000 + LINK.format(1),
        "<a href='/2026/1'>Talks on " + "<b>1 May 2026</b>" * 200_000 + "</a>",
        "<a " + " ".join(f"a{number}=1" for number in range(100_000)) + " href='/2026/1'>Talks on the Moon</a>",
    ],
    ids=["deep", "days", "rows", "one link", "numbers", "days in a link", "attributes"],
)
def test_a_hostile_page_is_read_in_linear_time(page):
    start = time.process_time()
    found = listed(page)
    assert time.process_time() - start < 2
    assert 1 <= len(found) <= 2_000
    assert found[0][0].startswith("Talks on")
