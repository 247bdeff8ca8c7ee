"""Feeds over days, from the wire to the view; and two trackers on one PostgreSQL, of which the leader dies."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.services.site import entry, page, rss, site
from tracker.app import App
from tracker.services.ingestion.feeds import Wanted
from tracker.settings import load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def paper():
    with site() as made:
        yield made


@pytest.fixture
def news(database, clock):
    given = {"database": database, "log_level": "error"}
    made = App(load(given, {"TRACKER_FETCH_ALLOW_PRIVATE": "1", "TRACKER_FETCH_SPACING": "0"}), clock=clock)
    yield made
    made.close()


def story(name, text, day, **about):
    """An entry of a given day of January 2026."""
    return entry(name, text, **about).replace("Mon, 29 Dec 2025", f"{day:02} Jan 2026")


APPROVED = "India approved the LUPEX mission with Japan on 1 January 2026. LUPEX is scheduled for launch in 2028."
SLIPPED = "ISRO said on Monday that the launch of LUPEX has been delayed. LUPEX is now scheduled for launch in 2029."
COPY = "NEW DELHI (Agency) " + SLIPPED


def test_two_weeks_of_one_mission_in_three_feeds(news, paper, clock):
    agency, daily, blog = (f"{paper.at}/{name}.xml" for name in ("agency", "daily", "blog"))
    for url, publisher in ((agency, "ISRO"), (daily, "The Daily"), (blog, "A blog")):
        news.feeds.add(Wanted(url, publisher=publisher, full_text=url == daily))
    outcomes = {}

    def day(number, **answers):
        for name, answer in answers.items():
            paper.pages[f"/{name}.xml"] = answer
        lines = list(news.poll.named([]))
        news.ingest.catch_up()
        for line in lines:
            outcomes.setdefault(line.feed, []).append(line.outcome)
            assert line.reason or line.outcome in ("new", "same", "not_modified", "moved")
        clock.tick(days=1)

    quiet = story("q", "A calm day at the space port.", 1)
    first = story("approved", APPROVED, 2)
    day(1, agency=rss(quiet, title="ISRO"), daily=rss(title="The Daily"), blog=rss(quiet, title="A blog"))
    day(2, agency=rss(first, quiet, title="ISRO"), blog=(500, {}, b"oops"))
    status = {value.value for value in news.query.subject("mission/lupex").attributes["launch_date"]}
    assert status == {"2028"}
    day(3, agency=(304, {}, b""), blog=(302, {"Location": "http://169.254.169.254/"}, b""))
    slip = story("slip", SLIPPED, 5)
    teaser = story("d-slip", "LUPEX, again: what the agency said.", 5, link=f"{paper.at}/d-slip")
    paper.pages["/d-slip"] = page("LUPEX slips", COPY, "Reporters asked why. There was no answer on Monday.")
    day(
        4, agency=rss(slip, first, title="ISRO"), daily=rss(teaser, title="The Daily"), blog=(200, {}, b"<html></html>")
    )
    paper.pages["/moved.xml"] = rss(story("b-slip", SLIPPED, 6), title="A blog")
    day(
        5,
        agency=rss(slip, title="ISRO"),
        daily=(429, {"Retry-After": "100"}, b""),
        blog=(301, {"Location": "/moved.xml"}, b""),
    )
    news.web.close()  # whoever asked to be left alone is, until somebody starts anew
    # The agency mends a word of its notice; what it said stays said.
    mended = story("slip", SLIPPED.replace("on Monday", "today"), 5)
    day(6, agency=rss(mended, title="ISRO"), daily=(410, {}, b""))
    day(7)

    assert outcomes[agency] == ["new", "new", "http_error", "new", "new", "new", "same"]
    assert outcomes[daily] == ["new", "same", "same", "new", "rate_limited", "gone"]
    assert outcomes[blog] == ["new", "http_error", "refused_address", "not_a_feed", "moved"]
    assert outcomes[f"{paper.at}/moved.xml"] == ["same", "same"]

    subject = news.query.subject("mission/lupex")
    (launch,) = subject.attributes["launch_date"]
    assert (launch.value, subject.slips) == ("2029", 1)
    changes = [(line.old, line.new) for line in news.query.history("mission/lupex", attribute="launch_date")]
    assert changes == [(None, "2028"), ("2028", "2029")]
    documents = {line.title: line for line in news.library.list()}
    assert documents["slip"].version == 2
    assert len(documents) == 5
    assert news.verify.log(on_progress=lambda _done, _all: None).ok


def run(database, paper, *, log):
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TRACKER_FETCH_ALLOW_PRIVATE": "1",
        "TRACKER_FETCH_SPACING": "0",
        "TRACKER_LOG_FORMAT": "json",
    }
    command = [sys.executable, "-m", "tracker", "--database", database, "run"]
    process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)

    def listen():
        for line in process.stderr:
            log.append((process.pid, json.loads(line)))

    threading.Thread(target=listen, daemon=True).start()
    return process


def wait_for(what, seconds=40):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


def test_the_leader_is_killed_and_the_other_goes_on(postgres, paper):
    database = postgres.migrated()
    app = App(load({"database": database}, {"TRACKER_FETCH_ALLOW_PRIVATE": "1"}))
    count = 12
    for n in range(count):
        paper.pages[f"/{n}.xml"] = rss(entry(f"e{n}", f"Story {n} of the day."))
        app.feeds.add(Wanted(f"{paper.at}/{n}.xml"))
    log, started = [], threading.Event()
    hold = threading.Event()

    def hangs(_headers):
        started.set()
        hold.wait(20)
        return 200, {}, b""

    processes = [run(database, paper, log=log) for _ in range(2)]
    try:
        wait_for(lambda: {pid for pid, _ in log} == {process.pid for process in processes})
        wait_for(lambda: sum(line["event"] == "feed.polled" for _, line in log) == count)
        # Both are up, one polls: each feed was asked once for its due time.
        assert sorted(paper.paths()) == sorted(f"/{n}.xml" for n in range(count))
        polled_by = {pid for pid, line in log if line["event"] == "feed.polled"}
        (leader,) = [process for process in processes if process.pid in polled_by]
        (other,) = [process for process in processes if process is not leader]
        # It dies in the middle of a poll.
        paper.pages["/hang.xml"] = hangs
        app.feeds.add(Wanted(f"{paper.at}/hang.xml"))
        assert started.wait(20)
        paper.pages["/hang.xml"] = rss(entry("late", "The last story of the day."))
        os.kill(leader.pid, signal.SIGKILL)
        leader.wait()
        wait_for(lambda: any(pid == other.pid and line["event"] == "feed.polled" for pid, line in log))
        (line,) = [line for pid, line in log if pid == other.pid and line["event"] == "feed.polled"]
        assert (line["feed"], line["outcome"], line["new"]) == (f"{paper.at}/hang.xml", "new", 1)
        assert paper.paths().count("/hang.xml") == 2
        other.terminate()
        assert other.wait(10) == 0
        app.ingest.catch_up()
        assert len(app.library.list()) == count + 1
    finally:
        hold.set()
        for process in processes:
            process.kill()
            process.wait()
            process.stderr.close()
        app.close()
        postgres.drop(database)
