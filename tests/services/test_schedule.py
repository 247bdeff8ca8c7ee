"""Left alone: who leads, what is due, what is reported once, and how it stops."""

import datetime as dt
import itertools
import os
import signal
import threading
import time

import pytest
import structlog

from tests.services.newsroom import Newsroom
from tests.services.site import entry, rss, site
from tracker.feeds.cadence import Pace
from tracker.feeds.parsed import Parsed
from tracker.fetch.answer import Answer
from tracker.services.ingestion.health import state_of
from tracker.services.ingestion.run import Run
from tracker.services.ingestion.schedule import EVERY


@pytest.fixture
def paper():
    with site() as made:
        made.feed = f"{made.at}/feed.xml"
        made.pages["/feed.xml"] = rss(entry("a", "We hear that LUPEX launches in 2028."))
        yield made


@pytest.fixture
def room(database, clock):
    made = Newsroom(database, clock)
    yield made
    made.close()


def test_a_tick_polls_what_is_due_and_brings_the_views_up_to_date(room, paper, clock):
    room.add(paper.feed)
    (line,) = room.schedule.tick()
    assert (line.outcome, line.new) == ("new", 1)
    assert room.pipeline.query.subject("mission/lupex").attributes["launch_date"][0].value == "2028"
    assert room.schedule.tick() == []
    clock.tick(hours=3)
    assert [line.outcome for line in room.schedule.tick()] == ["same"]


def test_one_leads_the_others_stand_by_and_the_next_takes_over(fresh, clock, paper):
    database = fresh()
    first, second = (Newsroom(database, clock, holder=f"machine-{n}:1") for n in range(2))
    first.add(paper.feed)
    assert first.schedule.lead()
    assert not second.schedule.lead()
    assert second.schedule.tick() == []
    assert paper.asked == []
    # The leader lives on while it gives a sign of life, and no longer than its lease without one.
    clock.tick(seconds=15)
    assert first.schedule.lead()
    clock.tick(seconds=15)
    assert not second.schedule.lead()
    clock.tick(seconds=6)
    assert second.schedule.lead()
    assert [line.outcome for line in second.schedule.tick()] == ["new"]
    # One that comes back after a long sleep finds that it leads no more.
    assert first.schedule.tick() == []
    second.schedule.resign()
    assert first.schedule.lead()
    for one in (first, second):
        one.close()


def test_trouble_is_reported_once_and_so_is_its_end(room, paper, clock):
    room.add(paper.feed)
    good, bad = paper.pages["/feed.xml"], (403, {}, b"")
    with structlog.testing.capture_logs() as logs:
        for answer in (good, bad, bad, bad, bad, bad, good, good):
            paper.pages["/feed.xml"] = answer
            room.poll(paper.feed)
            room.report.changes(clock())
            clock.tick(hours=1)
    told = [(log["event"], log.get("state") or log.get("was")) for log in logs if log["log_level"] == "warning"]
    assert told == [("feed.in_trouble", "blocked"), ("feed.recovered", "blocked")]
    assert room.feed(paper.feed).retired_at is None


def test_a_feed_that_is_silent_beyond_its_habit_is_in_trouble(room, paper, clock):
    room.add(paper.feed)
    for day in range(10):
        paper.pages["/feed.xml"] = rss(*(entry(f"e{n}", f"Story {n}.") for n in range(day + 1)))
        room.poll(paper.feed)
        clock.tick(days=1)
    assert state_of(room.feed(paper.feed), clock())[0] == "ok"
    for _ in range(5):
        assert room.poll(paper.feed).outcome == "same"
        clock.tick(days=1)
    state, reason = state_of(room.feed(paper.feed), clock())
    assert (state, reason.split(",")[0]) == ("silent", "has brought nothing new for 6 days")


def test_the_doctor_names_each_feed_that_needs_a_look(app, paper):
    from tracker.services.ingestion.feeds import Wanted

    app.feeds.add(Wanted(paper.feed))
    app.ingest.catch_up()
    health = app.doctor.look(now=app.now())
    assert health.ok
    assert [(feed.feed, feed.state) for feed in health.feeds] == [(paper.feed, "new")]


def test_polls_of_long_ago_are_forgotten(room, paper, clock):
    room.add(paper.feed)
    room.poll(paper.feed)
    clock.tick(days=91)
    room.poll(paper.feed)
    room.schedule.lead()
    room.schedule.prune()
    with room.store.reading() as reading:
        assert [poll.number for poll in reading.feeds.polls(room.feed(paper.feed).id)] == [2]


def test_a_feed_that_never_brings_anything_is_asked_ever_more_seldom(room, paper, clock):
    paper.pages["/feed.xml"] = rss()
    room.add(paper.feed)
    waits = []
    for _ in range(20):
        due = dt.datetime.fromisoformat(room.poll(paper.feed).next_check_at)
        waits.append(room.feed(paper.feed).interval_s)
        clock.tick(seconds=(due - clock()).total_seconds())
    assert waits[0] == 3600
    assert waits == sorted(waits)
    assert waits[-1] == 86_400


class Simulated:
    """The web without the web: feeds that publish at known instants, and answer at once."""

    def __init__(self, clock, gaps):
        self._clock, self._gaps, self.asked = clock, gaps, {}

    def feed(self, n):
        return f"https://outlet-{n}.example/feed"

    def start(self, work):
        from concurrent.futures import Future

        done = Future()
        try:
            work.send(None)
        except StopIteration as stop:
            done.set_result(stop.value)
        else:
            raise AssertionError("a simulated answer waits for nothing")
        return done

    async def get(self, asked):
        self.asked.setdefault(asked.url, []).append(self._clock())
        number = int(asked.url.split("-")[1].split(".")[0])
        published = int((self._clock() - dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) / self._gaps[number])
        return Answer("fetched", asked.url, status=200, body=f"{number} {published}".encode())

    @property
    def workshop(self):
        return self

    async def parse_async(self, body, **_):
        from tracker.capture.declared import Declared
        from tracker.capture.draft import Draft

        number, published = map(int, body.split())
        shown = range(max(0, published - 9), published + 1)
        return Parsed(
            "rss",
            tuple(
                Draft(
                    f"Outlet {number} has story {n} of the day to tell.",
                    "application/rss+xml",
                    Declared(url=f"https://outlet-{number}.example/{n}", published="2026-01-01"),
                    k,
                )
                for k, n in enumerate(shown, 1)
            ),
            title=f"Outlet {number}",
        )

    def close(self):
        pass


def simulate(database, clock, *, feeds, days, pace, step_s=60):
    """Let days go by in steps; return the room, the asked instants by feed, and the gaps between stories by feed."""
    gaps = [dt.timedelta(hours=(1, 6, 24, 24 * 7, 24 * 40)[n % 5]) for n in range(feeds)]
    web = Simulated(clock, gaps)
    room = Newsroom(database, clock, web=web, pace=pace, catch_up=tuple)
    for n in range(feeds):
        room.add(web.feed(n))
    end = clock() + dt.timedelta(days=days)
    late = []
    while clock() < end:
        room.schedule.lead()
        room.schedule.poll()
        # The clock ticks every five seconds; nothing is missed by going on to the minute in which something is due.
        with room.store.reading() as reading:
            due = dt.datetime.fromisoformat(reading.feeds.next_due_at())
        steps = max(1, -(-int((due - clock()).total_seconds()) // step_s))
        clock.tick(seconds=steps * step_s)
        late.append((clock() - due).total_seconds())
    return room, web, gaps, late


def check(database, clock, *, feeds, days, pace):
    room, web, gaps, late = simulate(database, clock, feeds=feeds, days=days, pace=pace)
    assert max(late) <= 60
    for n in range(feeds):
        asked = web.asked[web.feed(n)]
        between = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(asked)]
        assert max(between) <= 1.5 * pace.longest_s + 60
        assert min(between) >= pace.shortest_s / 2
    # Each has found its own rhythm: who publishes hourly is asked more often than who does monthly.
    learned = {gap: [] for gap in gaps}
    for n, gap in enumerate(gaps):
        learned[gap].append(room.feed(web.feed(n)).interval_s)
    rhythms = [sum(found) / len(found) for _, found in sorted(learned.items())]
    assert rhythms == sorted(rhythms)
    assert rhythms[0] < 2 * 3600 < 8 * 3600 < rhythms[-1]
    # Nothing that stood in a feed for a while was missed.
    captured = {event.url for event in room.events("document.captured")}
    end = clock()
    for n, gap in enumerate(gaps):
        first = max(0, int(dt.timedelta(hours=12) / gap) - 9)
        last = int((end - dt.timedelta(days=2) - dt.datetime(2026, 1, 1, tzinfo=dt.UTC)) / gap)
        assert captured >= {f"https://outlet-{n}.example/{story}" for story in range(first, last)}
    room.store.close()


def test_weeks_of_five_feeds_go_by_without_a_missed_due_time(database, clock):
    check(database, clock, feeds=5, days=16, pace=Pace(shortest_s=1800))


@pytest.mark.soak
def test_a_year_of_two_hundred_feeds_goes_by_without_a_missed_due_time(database, clock):
    check(database, clock, feeds=200, days=365, pace=Pace(shortest_s=1800))


@pytest.mark.parametrize("how", ["idle", "hanging"])
def test_it_stops_within_seconds_whatever_a_server_does(database, paper, how, request):
    import tracker.services.ingestion.schedule as ticks

    hold = threading.Event()

    def hangs(_headers):
        hold.wait(10)
        return 200, {}, b""

    room = Newsroom(database, lambda: dt.datetime.now(dt.UTC), deadline_s=30)
    request.addfinalizer(room.close)
    room.add(paper.feed)
    if how == "hanging":
        paper.pages["/feed.xml"] = hangs
    run, stop = Run(room.schedule, every={**ticks.EVERY, "poll": 0.05}), threading.Event()
    ended = []
    thread = threading.Thread(target=lambda: ended.append(run.until(stop)))
    thread.start()
    waited = time.monotonic()
    while not paper.asked and time.monotonic() - waited < 10:
        time.sleep(0.02)
    began = time.monotonic()
    stop.set()
    thread.join(timeout=10)
    assert ended == [True]
    assert time.monotonic() - began < 5
    with room.store.reading() as reading:
        assert reading.leases.all() == {}
        assert reading.feeds.all()[0].leased_by is None
    hold.set()
    room.close()
    assert not [one for one in threading.enumerate() if one.name in ("web", "workshop_0")]


def test_a_tick_that_fails_is_logged_and_the_next_comes(room):
    failed = threading.Event()

    def breaks():
        failed.set()
        raise RuntimeError("a tick with a bug")

    room.schedule.look = breaks
    run, stop = (
        Run(room.schedule, every={**EVERY, "look": 0.05}),
        threading.Event(),
    )
    with structlog.testing.capture_logs() as logs:
        thread = threading.Thread(target=run.until, args=(stop,))
        thread.start()
        for _ in range(2):
            assert failed.wait(5)
            failed.clear()
        stop.set()
        thread.join()
    told = [log for log in logs if log["event"] == "tick.failed"]
    assert "a tick with a bug" in told[0]["error"]
    assert len(told) >= 2


def test_the_process_ends_on_a_signal(paper, tmp_path):
    import subprocess
    import sys
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    env = {**os.environ, "PYTHONPATH": str(root), "TRACKER_FETCH_ALLOW_PRIVATE": "1", "TRACKER_LOG_FORMAT": "json"}
    command = [sys.executable, "-m", "tracker", "--database", f"sqlite:///{tmp_path / 't.db'}"]
    subprocess.run([*command, "feeds", "add", paper.feed], env=env, check=True, capture_output=True)
    with subprocess.Popen([*command, "run"], env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        told = [next(line for line in process.stderr if b"feed.polled" in line or b"failed" in line)]
        assert b"feed.polled" in told[0]
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - began < 10
        assert process.stdout.read() == b""
