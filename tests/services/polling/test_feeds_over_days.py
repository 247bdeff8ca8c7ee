"""A feed over days: what appears, changes and vanishes, what servers do to those who ask, and what becomes of it."""

import datetime as dt
import threading

import pytest

from tests.services.newsroom import LUPEX, Newsroom, counts
from tests.services.site import entry, page, rss
from tracker.errors import InputError

BOMB = b"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss version='2.0'><channel>&b;</channel></rss>"


def test_entries_appear_are_edited_and_nothing_is_doubled(both, paper, clock):
    room = both
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 0, 0)
    assert room.pipeline.query.subject("mission/lupex").attributes["launch_date"][0].value == "2028"
    assert counts(room.poll(paper.feed)) == ("same", 0, 0, 0, 0)

    clock.tick(hours=2)
    later = LUPEX.replace("2028", "2029")
    paper.pages["/feed.xml"] = rss(entry("b", "Nothing of note."), entry("a", later))
    assert counts(room.poll(paper.feed)) == ("new", 1, 1, 0, 0)
    held = room.pipeline.query.subject("mission/lupex").attributes["launch_date"][0]
    assert (held.value, held.published) == ("2029", "2025-12-29")
    assert room.texts()["a"] == (2, later)
    history = room.pipeline.query.history("mission/lupex", axis="recorded")
    assert [(line.old, line.new) for line in history] == [(None, "2028"), ("2028", "2029")]
    with room.store.reading() as reading:
        kept = reading.feeds.polls(room.feed(paper.feed).id)
    assert [(poll.number, poll.outcome, poll.new) for poll in kept] == [(3, "new", 1), (2, "same", 0), (1, "new", 1)]


def test_polled_for_ever_it_is_captured_once(room, paper):
    paper.pages["/feed.xml"] = lambda _: (200, {}, rss(entry("a", LUPEX), title=f"Edition {len(paper.asked)}"))
    room.add(paper.feed)
    lines = [next(iter(room.polling.named([paper.feed]))) for _ in range(100)]
    assert sum(line.new for line in lines) == 1
    assert {line.outcome for line in lines} == {"new"}
    assert len(room.events("document.captured")) == 1


def test_validators_go_back_byte_for_byte_and_a_304_is_no_news(room, paper):
    tag, modified = 'W/"a-\'b, c"', "Mon, 29 Dec 2025 10:00:01 GMT"

    def answer(headers):
        if headers.get("if-none-match"):
            return 304, {}, b""
        return 200, {"ETag": tag, "Last-Modified": modified}, rss(entry("a", LUPEX))

    paper.pages["/feed.xml"] = answer
    room.add(paper.feed)
    room.poll(paper.feed)
    assert counts(room.poll(paper.feed)) == ("not_modified", 0, 0, 0, 0)
    sent = paper.asked[-1][1]
    assert (sent["if-none-match"], sent["if-modified-since"]) == (tag, modified)


def test_a_server_that_says_not_modified_for_ever_is_asked_for_all_once_a_day(room, paper, clock):
    asked_for_all = []

    def lies(headers):
        asked_for_all.append("if-none-match" not in headers)
        body = rss(*(entry(f"day{n}", f"Day {n}.") for n in range(clock().day)))
        return (304, {}, b"") if "if-none-match" in headers else (200, {"ETag": '"x"'}, body)

    paper.pages["/feed.xml"] = lies
    room.add(paper.feed)
    for _ in range(9):
        room.poll(paper.feed)
        clock.tick(hours=8)
    assert asked_for_all == [True, False, False] * 3
    assert set(room.texts()) == {"day0", "day1", "day2"}


def test_a_feed_that_moves_for_good_is_followed_and_its_entries_stay_themselves(both, paper, clock):
    room = both
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    room.poll(paper.feed)
    paper.pages["/new.xml"] = rss(entry("a", LUPEX), entry("b", "More."))
    paper.pages["/feed.xml"] = (301, {"Location": "/new.xml"}, b"")
    line = room.poll(paper.feed)
    assert counts(line) == ("moved", 1, 0, 1, 0)
    (moved,) = room.events("feed.moved")
    assert (moved.from_url, moved.to_url) == (paper.feed, f"{paper.at}/new.xml")
    # By its old address it is found, at its new one it is asked.
    paper.asked.clear()
    assert room.poll(paper.feed).outcome == "same"
    assert paper.paths() == ["/new.xml"]
    assert room.add(paper.feed).outcome == room.add(f"{paper.at}/new.xml").outcome == "known"


def test_a_detour_is_no_move(room, paper):
    paper.pages["/feed.xml"] = (302, {"Location": "/today.xml"}, b"")
    paper.pages["/today.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    assert room.poll(paper.feed).outcome == "new"
    assert room.events("feed.moved") == []
    assert room.feed(paper.feed).url == paper.feed


def test_it_is_not_followed_to_a_page_nor_to_another_feed(room, paper, clock):
    paper.pages["/feed.xml"] = paper.pages["/other.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    room.add(f"{paper.at}/other.xml")
    room.poll()
    paper.pages["/feed.xml"] = (308, {"Location": "/welcome"}, b"")
    paper.pages["/welcome"] = page("Welcome", "We have a new site. " * 20)
    assert room.poll(paper.feed).outcome == "not_a_feed"
    paper.pages["/feed.xml"] = (308, {"Location": "/other.xml"}, b"")
    line = room.poll(paper.feed)
    assert line.outcome == "moved"
    assert "polled as a feed of its own" in line.reason
    assert room.events("feed.moved") == []
    (told,) = room.report.changes(clock())[:1]
    assert (told.state, told.feed) == ("moved", paper.feed)


def test_a_feed_that_is_gone_is_retired_with_a_notice_and_can_be_taken_up_again(both, paper):
    room = both
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    room.poll(paper.feed)
    paper.pages["/feed.xml"] = (410, {}, b"")
    line = room.poll(paper.feed)
    assert (line.outcome, line.next_check_at) == ("gone", None)
    assert "410" in line.reason
    (retired,) = room.events("feed.retired")
    assert (retired.why, retired.feed_id) == ("gone", room.feed(paper.feed).id)
    assert room.due() == []
    assert room.poll() == []
    with pytest.raises(InputError, match="retired since 2026-01-01"):
        room.poll(paper.feed)
    assert list(room.texts()) == ["a"]
    assert room.add(paper.feed).reason == "it was retired, and is polled again"
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    assert counts(room.poll(paper.feed)) == ("new", 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        ((429, {"Retry-After": "7200"}, b""), "rate_limited", "429"),
        ((503, {"Retry-After": "7200"}, b""), "rate_limited", "503"),
        ((403, {}, b""), "blocked", "403"),
        ((500, {}, b"oops"), "http_error", "500"),
        ((404, {}, b""), "http_error", "404"),
        ((200, {}, b""), "not_a_feed", "empty"),
        ((200, {"Content-Type": "text/html"}, b"<html><body><form>Log in</form></body></html>"), "not_a_feed", "page"),
        ((200, {}, b'{"error": "no key"}'), "not_a_feed", "JSON"),
        ((200, {}, BOMB), "broken_feed", "entities"),
        ((200, {"Content-Encoding": "br"}, b"xx"), "http_error", "br"),
        ((302, {"Location": "http://169.254.169.254/latest/"}, b""), "refused_address", "169.254"),
        ((302, {"Location": "http://0x7f.1/"}, b""), "bad_url", "0x7f"),
        ((302, {"Location": "/feed.xml"}, b""), "http_error", ""),
    ],
)
def test_whatever_a_server_does_is_one_outcome_with_a_reason_and_nothing_is_lost(
    room, paper, clock, answer, outcome, reason
):
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    paper.pages["/healthy.xml"] = rss(entry("h", "All is well."))
    room.add(paper.feed)
    room.poll(paper.feed)
    before = room.feed(paper.feed)
    room.add(f"{paper.at}/healthy.xml")
    paper.pages["/feed.xml"] = answer
    bad, good = sorted(room.poll(), key=lambda line: line.feed)
    assert counts(bad) == (outcome, 0, 0, 0, 0)
    assert bad.reason
    assert reason in bad.reason
    assert counts(good) == ("new", 1, 0, 0, 0)
    after = room.feed(paper.feed)
    assert (after.failures, after.ok_at, after.body_digest) == (1, before.ok_at, before.body_digest)
    assert list(room.texts()) == ["a", "h"]
    if "Retry-After" in answer[1]:
        assert dt.datetime.fromisoformat(after.next_check_at) >= clock() + dt.timedelta(seconds=7200)
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX), entry("b", "More."))
    room.web.close()  # a server that asked to be left alone is left alone, until somebody starts anew
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 1, 0)
    assert room.feed(paper.feed).failures == 0


def test_a_server_that_hangs_times_out_and_holds_nobody_up(database, clock, paper):
    room = Newsroom(database, clock, deadline_s=0.5)
    hold = threading.Event()

    def hangs(_headers):
        hold.wait(5)
        return 200, {}, rss()

    paper.pages["/feed.xml"] = hangs
    paper.pages["/quick.xml"] = rss(entry("q", "Quick."))
    room.add(paper.feed)
    room.add(f"{paper.at}/quick.xml")
    lines = room.polling.due()
    assert next(lines).feed.endswith("/quick.xml")
    (late,) = lines
    assert (late.outcome, late.feed) == ("timeout", paper.feed)
    hold.set()
    room.close()


def test_what_vanishes_from_a_feed_is_not_deleted_and_may_come_back(room, paper):
    one, two, three = entry("a", LUPEX), entry("b", "Second."), entry("c", "Third.")
    paper.pages["/feed.xml"] = rss(one, two)
    room.add(paper.feed)
    room.poll(paper.feed)
    paper.pages["/feed.xml"] = rss(three)
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 0, 0)
    paper.pages["/feed.xml"] = rss(two, three, one)
    assert counts(room.poll(paper.feed)) == ("new", 0, 0, 3, 0)
    assert {version for version, _ in room.texts().values()} == {1}
    assert len(room.texts()) == 3


def test_an_id_that_once_stood_for_two_names_none_from_then_on(room, paper):
    one = entry("a", LUPEX, guid="same", link="http://paper.example/one")
    two = entry("b", "Another story.", guid="same", link="http://paper.example/two")
    paper.pages["/feed.xml"] = rss(one, two)
    room.add(paper.feed)
    assert counts(room.poll(paper.feed)) == ("new", 2, 0, 0, 0)
    # Alone it repeats nothing, and still must not be taken for a version of the others.
    paper.pages["/feed.xml"] = rss(entry("c", "A third.", guid="same", link="http://paper.example/three"))
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 0, 0)
    assert len(room.events("document.captured")) == 3


def test_an_entry_that_is_no_document_is_parked_and_the_others_go_on(room, paper):
    empty = "<item><link>http://paper.example/empty</link></item>"
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX), empty, entry("b", "Second."))
    room.add(paper.feed)
    line = room.poll(paper.feed)
    assert counts(line) == ("new", 2, 0, 0, 1)
    assert "neither text nor title" in line.reason
    with room.store.reading() as reading:
        (waits,) = reading.parking.all()
    assert waits.item.startswith(paper.feed)
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX), entry("b", "Second."), entry("c", "Third."))
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 2, 0)
    with room.store.reading() as reading:
        assert reading.parking.all() == ()


def test_the_publisher_is_the_entrys_source_then_the_operators_word_then_the_feeds_title(room, paper):
    wire = entry("w", "From the wire.").replace(
        "</item>", "<source url='http://w.example/rss'>The Wire</source></item>"
    )
    paper.pages["/feed.xml"] = paper.pages["/named.xml"] = rss(entry("a", LUPEX), wire)
    paper.pages["/named.xml"] = rss(entry("c", "Ours."), wire.replace("/w<", "/w2<").replace(">w<", ">w2<"))
    room.add(paper.feed)
    room.add(f"{paper.at}/named.xml", publisher="The Evening Paper")
    room.poll()
    told = {event.title: event.publisher for event in room.events("document.captured")}
    assert told == {"a": "The Paper", "w": "The Wire", "c": "The Evening Paper", "w2": "The Wire"}


def test_two_feeds_that_carry_one_page_do_not_correct_each_others_publisher(room, paper):
    paper.pages["/feed.xml"] = paper.pages["/digest.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed, publisher="The Paper")
    room.add(f"{paper.at}/digest.xml", publisher="The Digest")
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 0, 0)
    assert counts(room.poll(f"{paper.at}/digest.xml")) == ("new", 0, 0, 1, 0)


def test_the_first_good_poll_tells_what_the_feed_is(room, paper):
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX), title="The <b>Paper</b>")
    room.add(paper.feed, grade="secondary", reason="a newspaper")
    room.poll(paper.feed)
    wanted, learned = room.events("feed.registered")
    assert (wanted.title, wanted.format) == (None, None)
    assert (learned.title, learned.format, learned.grade) == ("The Paper", "rss", "secondary")
    room.poll(paper.feed)
    assert len(room.events("feed.registered")) == 2
