"""The list of feeds: what is added, changed and removed is in the log, and the list can be made from the log anew."""

import pytest
import sqlalchemy

from tests.services.newsroom import Newsroom
from tests.services.site import entry, page, rss, site
from tracker.errors import InputError, NotFoundError
from tracker.feeds.opml import read
from tracker.services.ingestion.feeds import Wanted, address_of
from tracker.services.ingestion.opml import Opml
from tracker.services.ingestion.trial import Try
from tracker.store.tables import feeds

ISRO = "https://www.isro.example/rss"


@pytest.fixture
def room(fresh, clock):
    made = Newsroom(fresh(), clock)
    yield made
    made.close()


def test_a_feed_is_added_once_however_its_address_is_spelled(room):
    assert room.add(ISRO, grade="operator", reason="the agency itself").outcome == "added"
    for spelling in (ISRO, " HTTPS://WWW.ISRO.EXAMPLE:443/rss#top ", ISRO + "?utm_source=mail"):
        assert room.add(spelling).outcome == "known"
    (event,) = room.events("feed.registered")
    assert (event.url, event.grade, event.reason) == (ISRO, "operator", "the agency itself")
    (feed,) = room.feeds.all()
    assert feed.next_check_at <= "2026-01-01T12:00:00.000000Z"


def test_what_is_said_otherwise_is_recorded_and_what_is_not_spoken_of_stays(room):
    room.add(ISRO, grade="secondary", publisher="ISRO")
    assert room.add(ISRO, grade="operator").outcome == "changed"
    assert room.add(ISRO, full_text=True).outcome == "changed"
    assert room.add(ISRO, full_text=False).outcome == "changed"
    (feed,) = room.feeds.all()
    assert (feed.grade, feed.publisher, feed.full_text) == ("operator", "ISRO", False)
    assert len(room.events("feed.registered")) == 4


def test_a_removed_feed_is_polled_no_more_and_can_be_added_again(room):
    room.add(ISRO, grade="operator")
    id_ = room.feed(ISRO).id
    assert room.feeds.remove(id_).outcome == "removed"
    assert room.feeds.remove(ISRO).reason == "retired since 2026-01-01"
    assert room.feeds.all() == []
    assert room.due() == []
    again = room.add(ISRO)
    assert (again.outcome, again.id) == ("added", id_)
    assert room.feed(ISRO).grade is None
    assert [type(event).__name__ for event in room.events()] == ["FeedRegistered", "FeedRetired", "FeedRegistered"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://example.org/feed", "http or https"),
        ("example.org/feed", "http or https"),
        ("https://", "names no host"),
        ("https://user:secret@example.org/feed", "user name or password"),
        ("https://example.org\\@evil.example/feed", "backslash"),
        ("https://example.org/a b", "space"),
        ("http://0x7f.1/feed", "unusual form"),
        ("https://example.org/" + "a" * 3000, "3,020"),
        ("", "http or https"),
    ],
)
def test_what_is_no_address_is_refused_in_one_line_without_its_secrets(address, words):
    with pytest.raises(InputError, match=words) as caught:
        address_of(address)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_grade_or_feed_is_named(room):
    with pytest.raises(InputError, match="known: operator, official"):
        room.add(ISRO, grade="excellent")
    with pytest.raises(NotFoundError, match="tracker feeds list"):
        room.feeds.remove("feed_1")
    with pytest.raises(NotFoundError):
        room.feeds.remove("https://nowhere.example/")


def test_lost_rows_are_made_again_from_the_log(room):
    with site() as paper:
        url = f"{paper.at}/feed.xml"
        paper.pages["/feed.xml"] = (301, {"Location": "/new.xml"}, b"")
        paper.pages["/new.xml"] = rss(entry("a", "A story."))
        room.add(url, grade="secondary")
        room.add(ISRO)
        room.feeds.remove(ISRO)
        room.poll(url)
        before = room.feed(url)
        with room.store.transaction() as transaction:
            transaction.feeds._connection.execute(sqlalchemy.delete(feeds))
        (after,) = room.feeds.all()
        told = ("id", "position", "url", "title", "grade", "format", "retired_at")
        assert [getattr(after, name) for name in told] == [getattr(before, name) for name in told]
        assert after.url.endswith("/new.xml")
        # What was taken before is known to the log.
        (line,) = room.due()
        assert (line.outcome, line.new, line.unchanged) == ("new", 0, 1)


def test_a_list_of_another_reader_comes_in_with_a_line_for_each_and_goes_out_again(room):
    raw = b"""<opml version="2.0"><body>
      <outline text="Agencies"><outline type="rss" text="ISRO" xmlUrl="https://www.isro.example/rss"/></outline>
      <outline text="Inside" xmlUrl="http://192.168.1.1/feed"/>
      <outline text="Bad" xmlUrl="javascript:alert(1)"/>
      <outline text="Odd" xmlUrl="https://odd.example/feed" xmlns:t="urn:tracker:feeds" t:grade="superb"/>
    </body></opml>"""
    opml = Opml(room.feeds, allow_private=False)
    dry = list(opml.take(raw, "list.opml", dry_run=True))
    assert room.events() == []
    lines = list(opml.take(raw, "list.opml"))
    assert [(line.feed, line.outcome) for line in dry] == [(line.feed, line.outcome) for line in lines]
    assert sorted((line.outcome, bool(line.reason)) for line in lines) == [("added", False)] + [("refused", True)] * 3
    assert [line.outcome for line in opml.take(raw, "list.opml")].count("known") == 1
    (outline,) = read(opml.give()).outlines
    assert (outline.url, outline.title, outline.verified) == (ISRO, "ISRO", False)
    with pytest.raises(InputError, match="OPML"):
        list(opml.take(b"<html></html>", "page.html"))


def test_the_starter_list_comes_in_whole_and_unverified(room):
    from tracker import resources

    raw = (resources.folder("config") / "feeds.opml").read_bytes()
    lines = list(Opml(room.feeds, allow_private=False).take(raw, "feeds.opml"))
    assert len(lines) >= 25
    assert {line.outcome for line in lines} == {"added"}
    listed = room.feeds.listed(room.clock())
    assert not any(feed.verified for feed in listed)
    assert all(feed.grade and feed.grade_reason for feed in listed)


def test_a_trial_shows_what_would_come_and_records_nothing(room, clock):
    with site() as paper:
        paper.pages["/feed.xml"] = rss(entry("a", "LUPEX launches in 2028.", title="LUPEX slips"), title="The Paper")
        html = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hi</body></html>'
        paper.pages["/"] = (200, {"Content-Type": "text/html"}, html)
        paper.pages["/gone"] = (410, {}, b"")
        paper.pages["/news"] = page("News", "No links here. " * 30)
        trial = Try(room.web, clock=clock)
        good = trial.of(f"{paper.at}/feed.xml")
        assert (good.ok, good.title, good.format, good.entries) == (True, "The Paper", "rss", 1)
        (shown,) = good.shown
        assert (shown.title, shown.published, shown.words) == ("LUPEX slips", "2025-12-29", 4)
        found = trial.of(f"{paper.at}/")
        assert (found.ok, found.outcome, found.offers) == (False, "not_a_feed", (f"{paper.at}/feed.xml",))
        gone = trial.of(f"{paper.at}/gone")
        assert (gone.ok, gone.outcome, bool(gone.reason)) == (False, "gone", True)
        assert not trial.of(f"{paper.at}/news", listing=True).ok
    assert room.events() == []


def test_adding_is_the_same_for_whoever_comes_first(fresh, clock):
    database = fresh()
    rooms = [Newsroom(database, clock) for _ in range(2)]
    outcomes = [room.feeds.add(Wanted(ISRO)).outcome for room in rooms]
    assert outcomes == ["added", "known"]
    for room in rooms:
        room.close()
