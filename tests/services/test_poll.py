"""A feed over days: what appears, changes and vanishes, what servers do to those who ask, and what becomes of it."""

import datetime as dt
import json
import threading

import pytest

from tests.services.newsroom import Newsroom
from tests.services.site import entry, page, rss, site
from tracker.errors import InputError, NotFoundError
from tracker.services.capture import Capture
from tracker.services.visit import MOST_PAGES, TEASER

LUPEX = "We hear that LUPEX launches in 2028, no sooner."


BOMB = b"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss version='2.0'><channel>&b;</channel></rss>"


@pytest.fixture
def paper():
    with site() as made:
        made.feed = f"{made.at}/feed.xml"
        yield made


@pytest.fixture
def room(database, clock):
    made = Newsroom(database, clock)
    yield made
    made.close()


@pytest.fixture
def both(fresh, clock):
    """The same on SQLite and on PostgreSQL."""
    made = Newsroom(fresh(), clock)
    yield made
    made.close()


def counts(line):
    return line.outcome, line.new, line.revised, line.unchanged, line.parked


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


WHOLE = "The agency said on Tuesday that LUPEX launches in 2029 and not before. " * 15


def test_a_teaser_is_read_in_full_and_its_page_is_fetched_once(both, paper):
    room = both
    link = f"{paper.at}/story"
    paper.pages["/feed.xml"] = rss(entry("a", "The agency said…", link=link), entry("b", "x " * TEASER, link="/long"))
    paper.pages["/story"] = page("a", WHOLE)
    room.add(paper.feed, full_text=True)
    assert counts(room.poll(paper.feed)) == ("new", 2, 0, 0, 0)
    assert room.texts()["a"][1].count("LUPEX launches in 2029") == 15
    assert room.pipeline.query.subject("mission/lupex").attributes["launch_date"][0].value == "2029"
    paper.pages["/feed.xml"] = rss(entry("a", "The agency said…", link=link), entry("c", "y " * TEASER, link="/other"))
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 1, 0)
    assert paper.paths().count("/story") == 1
    # The teaser was edited: so may the page have been.
    paper.pages["/story"] = page("a", WHOLE.replace("2029", "2030"))
    paper.pages["/feed.xml"] = rss(entry("a", "The agency now says…", link=link))
    assert counts(room.poll(paper.feed)) == ("new", 0, 1, 0, 0)
    assert paper.paths().count("/story") == 2


def test_a_page_that_may_not_be_fetched_leaves_the_feeds_own_words_and_the_reason(room, paper):
    paper.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private\n")
    paper.pages["/private"] = page("a", WHOLE)
    paper.pages["/paper.pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7")
    entries = [entry(n, LUPEX, link=f"{paper.at}/{n}") for n in ("private", "paper.pdf", "missing")]
    paper.pages["/feed.xml"] = rss(*entries)
    room.add(paper.feed, full_text=True)
    line = room.poll(paper.feed)
    assert counts(line) == ("new", 3, 0, 0, 0)
    assert "taken for 3 of 3 entries" in line.reason
    assert "blocked" in line.reason
    assert "/private" not in paper.paths()
    assert {text for _, text in room.texts().values()} == {LUPEX}
    assert counts(room.poll(paper.feed)) == ("same", 0, 0, 0, 0)


def test_a_page_that_cannot_be_had_just_now_is_fetched_later_and_a_teaser_never_takes_its_place(room, paper):
    link = f"{paper.at}/story"
    paper.pages["/feed.xml"] = rss(entry("a", "The agency said…", link=link))
    paper.pages["/story"] = (500, {}, b"")
    room.add(paper.feed, full_text=True)
    assert counts(room.poll(paper.feed)) == ("new", 1, 0, 0, 0)
    assert room.texts()["a"] == (1, "The agency said…")
    paper.pages["/story"] = page("a", WHOLE)
    assert counts(room.poll(paper.feed)) == ("new", 0, 1, 0, 0)
    assert room.texts()["a"][0] == 2
    paper.pages["/feed.xml"] = rss(entry("a", "The agency says…", link=link))
    paper.pages["/story"] = (500, {}, b"")
    assert counts(room.poll(paper.feed)) == ("new", 0, 0, 1, 0)
    assert room.texts()["a"][0] == 2


def test_a_page_that_is_always_broken_is_given_up_after_a_few_polls(room, paper):
    paper.pages["/feed.xml"] = rss(entry("a", "The agency said…", link=f"{paper.at}/story"))
    paper.pages["/story"] = (500, {}, b"")
    room.add(paper.feed, full_text=True)
    for _ in range(8):
        room.poll(paper.feed)
    assert paper.paths().count("/story") == 3
    assert room.poll(paper.feed).outcome == "same"


def test_many_teasers_are_read_in_full_over_several_polls(database, clock, paper):
    room = Newsroom(database, clock, deadline_s=30)  # seventy pages at once, on a machine with other things to do
    count = MOST_PAGES + 10
    entries = [entry(f"s{n}", f"Teaser {n}.", link=f"{paper.at}/s{n}") for n in range(count)]
    paper.pages |= {f"/s{n}": page(f"s{n}", f"Story {n}. " + WHOLE) for n in range(count)}
    paper.pages["/feed.xml"] = rss(*entries)
    room.add(paper.feed, full_text=True)
    assert counts(room.poll(paper.feed)) == ("new", count, 0, 0, 0)
    assert counts(room.poll(paper.feed)) == ("new", 0, 10, MOST_PAGES, 0)
    assert all("LUPEX launches" in text for _, text in room.texts().values())
    room.close()


def test_another_feeds_teaser_does_not_take_the_place_of_the_whole_text(room, paper):
    link = "http://paper.example/story"
    paper.pages["/full.xml"] = rss(entry("a", WHOLE, link=link))
    paper.pages["/brief.xml"] = rss(entry("a", "The agency said…", link=link))
    room.add(f"{paper.at}/full.xml")
    room.add(f"{paper.at}/brief.xml")
    room.poll(f"{paper.at}/full.xml")
    assert counts(room.poll(f"{paper.at}/brief.xml")) == ("new", 0, 0, 1, 0)
    assert room.texts()["a"][0] == 1
    # The publisher's own cut is an edit.
    paper.pages["/full.xml"] = rss(entry("a", "Withdrawn.", link=link))
    assert counts(room.poll(f"{paper.at}/full.xml")) == ("new", 0, 1, 0, 0)


def test_the_bytes_of_each_changed_answer_are_kept(room, paper):
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    for _ in range(3):
        room.poll(paper.feed)
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX), entry("b", "More."))
    room.poll(paper.feed)
    with room.store.reading() as reading:
        kept = [reading.blobs.get(response.digest) for response in reading.blobs.responses()]
    assert kept == [rss(entry("a", LUPEX)), rss(entry("a", LUPEX), entry("b", "More."))]


def test_cut_off_between_the_documents_and_the_poll_nothing_is_lost_or_doubled(room, paper, monkeypatch):
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX), entry("b", "Second."))
    room.add(paper.feed)
    with monkeypatch.context() as patched:
        patched.setattr(type(room.polling), "_save", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            room.due()
    assert len(room.events("document.captured")) == 2
    (line,) = room.due()
    assert counts(line) == ("new", 0, 0, 2, 0)
    assert len(room.events("document.captured")) == 2


def test_two_processes_never_poll_one_feed_for_one_due_time(fresh, clock, paper):
    database = fresh()
    rooms = [Newsroom(database, clock, holder=f"machine-{n}:1", parallel=3) for n in range(2)]
    for n in range(20):
        paper.pages[f"/{n}.xml"] = rss(entry(f"e{n}", f"Story {n}."))
        rooms[0].add(f"{paper.at}/{n}.xml")
    lines = [[], []]
    threads = [threading.Thread(target=lambda n=n: lines[n].extend(rooms[n].due())) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines[0]) + len(lines[1]) == 20
    assert all(lines)
    assert sorted(paper.paths()) == sorted(f"/{n}.xml" for n in range(20))
    for room in rooms:
        room.close()


def test_what_a_dead_process_held_is_polled_by_the_next_when_its_lease_is_over(fresh, clock, paper):
    room = Newsroom(fresh(), clock)
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    with room.store.transaction() as transaction:
        assert transaction.feeds.claim_due("elsewhere:1", seconds=60, limit=10)
    assert room.due() == []
    clock.tick(seconds=61)
    assert [line.outcome for line in room.due()] == ["new"]
    # Of this machine it is known at once.
    clock.tick(days=2)
    with room.store.transaction() as transaction:
        dead = room.store.holder.rpartition(":")[0] + ":999999999"
        assert transaction.feeds.claim_due(dead, seconds=60, limit=10)
    assert [line.outcome for line in room.due()] == ["same"]
    room.close()


def test_a_poll_that_was_taken_over_saves_nothing(room, paper, clock, monkeypatch):
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    take = Capture.take

    def slow(capture, items, **how):
        # Meanwhile the lease has ended, and another process polls the feed.
        clock.tick(seconds=61)
        with room.store.transaction() as transaction:
            assert transaction.feeds.claim_due("elsewhere:1", seconds=60, limit=10)
        return take(capture, items, **how)

    monkeypatch.setattr(Capture, "take", slow)
    assert room.due() == []
    assert room.feed(paper.feed).leased_by == "elsewhere:1"
    assert room.feed(paper.feed).polls == 0


def test_a_round_that_is_left_early_leaves_the_rest_as_due_as_it_was(room, paper):
    for n in range(6):
        paper.pages[f"/{n}.xml"] = rss(entry(f"e{n}", f"Story {n}."))
        room.add(f"{paper.at}/{n}.xml")
    lines = room.polling.due()
    first = next(lines)
    lines.close()
    held = [feed for feed in room.feeds.all() if feed.leased_by]
    assert held == []
    rest = room.due()
    assert first.feed not in [line.feed for line in rest]
    polled = {feed.url for feed in room.feeds.all() if feed.polls == 1}
    assert len(polled) == 6


def test_a_feed_that_nobody_knows_is_said_before_any_is_asked(room, paper):
    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    with pytest.raises(NotFoundError, match="tracker feeds list"):
        list(room.polling.named([paper.feed, "https://nowhere.example/feed"]))
    assert paper.asked == []


def test_a_line_is_what_scripts_rely_on(room, paper):
    import msgspec

    paper.pages["/feed.xml"] = rss(entry("a", LUPEX))
    room.add(paper.feed)
    line = json.loads(msgspec.json.encode(room.poll(paper.feed)))
    keys = ["feed", "outcome", "new", "revised", "unchanged", "parked", "next_check_at", "reason"]
    assert list(line) == keys
    assert line["feed"] == paper.feed
