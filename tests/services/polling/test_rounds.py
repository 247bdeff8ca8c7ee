"""A round of polling: what is kept of it, who may do it, and how it is left."""

import json
import threading

import pytest

from tests.services.newsroom import LUPEX, Newsroom, counts
from tests.services.site import entry, rss
from tracker.errors import NotFoundError
from tracker.services.ingestion.capture import Capture


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
