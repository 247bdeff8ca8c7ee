"""Which feeds a site has, from its front page."""

import pytest

from tracker.feeds.discovery import Offer, offers

FRONT = """<!doctype html><html><head><title>Agency</title><base href="https://agency.example/en/">
<link rel="stylesheet" href="/style.css">
<link rel="alternate" hreflang="ja" href="/ja/">
<link rel="alternate" type="application/rss+xml" title="Comments &raquo; feed" href="/comments/feed/">
<link rel="alternate" type="application/feed+json" href="//cdn.agency.example/feed.json">
<link rel="ALTERNATE" type="Application/RSS+XML; charset=utf-8" title="Press <b>releases</b>" href="press/rss.xml">
<link rel="alternate" type="application/rss+xml" href="javascript:feed()">
</head><body><a href="/feedback">Feedback</a> <a href="/authors/rssmith">R. S. Smith</a>
<a href="/news/?format=rss"><img src="rss.png"> News as RSS</a> <a href="/missions.rss">Missions</a>
<a href="press/rss.xml#top">again</a></body></html>"""


def test_the_feeds_of_a_front_page_come_in_the_order_of_likelihood():
    found = offers(FRONT.encode(), url="https://agency.example/")
    assert [offer for offer in found if offer.how != "guessed"] == [
        Offer("https://agency.example/en/press/rss.xml", "declared", "Press releases"),
        Offer("https://cdn.agency.example/feed.json", "declared", None),
        Offer("https://agency.example/news/?format=rss", "linked", "News as RSS"),
        Offer("https://agency.example/missions.rss", "linked", "Missions"),
        Offer("https://agency.example/comments/feed/", "declared", "Comments » feed"),
    ]


def test_a_site_that_says_nothing_is_asked_in_the_usual_places():
    found = offers(b"<p>Nothing here", url="https://agency.example/en/news")
    assert found[0] == Offer("https://agency.example/feed/", "guessed")
    assert {offer.how for offer in found} == {"guessed"}
    assert all(offer.url.startswith("https://agency.example/") for offer in found)


def test_the_page_itself_is_not_offered():
    assert "https://agency.example/rss" not in {offer.url for offer in offers(b"x", url="https://agency.example/rss")}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\xff",
        b"\x89PNG\0\0",
        b"<a href='https://[/feed'>x</a><link rel=alternate type=text/xml href='http://a:b:c/'>",
        b"<a href=/rss>" * 50_000,
        b"<div>" * 100_000,
        b"<link rel=alternate type='application/rss+xml' href='/f?" + b"x" * 100_000 + b"'>",
    ],
    ids=["empty", "binary", "picture", "addresses", "flood", "deep", "endless"],
)
def test_a_hostile_page_offers_no_more_than_the_usual_places_and_a_few(body):
    found = offers(body, url="https://agency.example/")
    assert len(found) < 70
    assert {offer.url.split("/")[2] for offer in found} == {"agency.example"}
