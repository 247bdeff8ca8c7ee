"""The worst feed costs one child and its own outcome; the next feed does not notice."""

import asyncio
import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tracker.errors import BrokenFeedError, NotAFeedError, TrackerError
from tracker.feeds.child import Limits, Task
from tracker.feeds.read import parse
from tracker.feeds.samples import LISTING, RSS, SAMPLES
from tracker.feeds.workshop import Workshop

TODAY = dt.date(2026, 11, 21)
URL = "https://wire.example/feed"
FEED = RSS.encode()


def heavy(items=2_000, words=100):
    entry = "<item><title>One flew</title><description>" + "&lt;p&gt;It came down. " * words + "</description></item>"
    return ("<rss version='2.0'><channel><title>Wire</title>" + entry * items + "</channel></rss>").encode()


@pytest.fixture(scope="module")
def workshop():
    with Workshop() as made:
        yield made


def read(workshop, body=FEED, **given):
    return workshop.parse(body, url=URL, today=TODAY, **given)


def cpu_s(child):
    """Seconds of CPU that a child has used (proc_pid_stat(5): utime and stime, in ticks)."""
    fields = Path(f"/proc/{child._process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children():
    """The processes that this one has started and not yet buried."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    for thread in Path("/proc/self/task").iterdir():
        # A thread may end while the list is read; what it started is then its process's.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            found += (thread / "children").read_text().split()
    return set(found)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_child_gives_what_reading_here_gives(workshop, sample):
    given = {"url": URL, "today": TODAY, "listing": sample == LISTING}
    assert workshop.parse(sample.encode(), **given) == parse(sample.encode(), **given)


def test_an_error_comes_back_as_it_would_here(workshop):
    with pytest.raises(NotAFeedError, match=r"wire\.example/feed: is a page"):
        read(workshop, b"<html>Sign in")
    with pytest.raises(BrokenFeedError, match="defines XML entities"):
        read(workshop, b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>")


def test_a_feed_that_takes_too_long_ends_with_its_child_and_the_next_is_read():
    with Workshop(limits=Limits(cpu_s=0.2)) as workshop:
        read(workshop)
        start = time.monotonic()
        with pytest.raises(BrokenFeedError, match=r"takes more than 0\.2 seconds of CPU time"):
            read(workshop, heavy())
        assert time.monotonic() - start < 20
        assert len(read(workshop).drafts) == 1


def test_a_feed_that_takes_too_much_memory_is_one_bad_feed():
    with Workshop(limits=Limits(memory_mib=20)) as workshop:
        with pytest.raises(BrokenFeedError, match=r"takes more than 20 MiB to read"):
            read(workshop, b"<rss><channel><item><title>" + b"x" * 14_000_000)
        assert len(read(workshop).drafts) == 1


def test_time_is_counted_for_each_feed_alone():
    """Feeds that together take more than the limit, read by one child."""
    with Workshop(limits=Limits(cpu_s=0.5)) as workshop:
        read(workshop)
        (child,) = workshop._idle
        begun = cpu_s(child)
        while cpu_s(child) - begun <= 0.6:
            assert len(read(workshop, heavy(100, 40)).drafts) == 100
        assert workshop._idle == [child]


def test_a_child_that_stops_answering_is_replaced():
    with Workshop(deadline_s=0.3) as workshop:
        read(workshop)
        (child,) = workshop._idle
        os.kill(child._process.pid, signal.SIGSTOP)
        with pytest.raises(BrokenFeedError, match=r"is not read within 0\.3 seconds"):
            read(workshop)
        assert len(read(workshop).drafts) == 1


def test_a_child_that_somebody_has_ended_is_replaced_unnoticed():
    with Workshop() as workshop:
        read(workshop)
        (child,) = workshop._idle
        child._process.kill()
        child._process.wait()
        assert len(read(workshop).drafts) == 1


def test_that_no_child_can_start_is_not_blamed_on_the_feed(monkeypatch):
    with Workshop() as workshop:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "executable", "/no/such/python")
            with pytest.raises(TrackerError, match="cannot start a process that reads feeds: No such file") as caught:
                read(workshop)
            patch.setattr(sys, "executable", "/bin/false")
            with pytest.raises(TrackerError, match="does not start: it ends with status 1") as later:
                read(workshop)
        assert not isinstance(caught.value, BrokenFeedError)
        assert not isinstance(later.value, BrokenFeedError)
        assert len(read(workshop).drafts) == 1


def test_a_child_is_replaced_after_so_many_feeds():
    with Workshop(most_tasks=2) as workshop:
        seen = set()
        for _ in range(5):
            read(workshop)
            seen |= {child._process.pid for child in workshop._all}
        assert len(seen) == 3


def test_close_leaves_no_process_behind_even_in_the_middle_of_a_feed():
    before = children()
    workshop = Workshop(workers=2, limits=Limits(cpu_s=60))
    read(workshop)
    waiting = [workshop.submit(Task(heavy(), URL, TODAY)) for _ in range(4)]
    while len(workshop._all) < 2:
        time.sleep(0.01)
    workshop.close()
    assert children() <= before
    for one in waiting:
        assert one.cancelled() or isinstance(one.exception(), TrackerError)
    with pytest.raises((TrackerError, RuntimeError)):
        read(workshop)
    workshop.close()


def test_many_feeds_at_once_from_an_event_loop(workshop):
    async def all_of_them():
        bodies = [RSS.replace("One flew", f"Number {number} flew") for number in range(20)]
        asked = [workshop.parse_async(body.encode(), url=URL, today=TODAY) for body in bodies]
        bad = workshop.parse_async(b"<html>", url=URL, today=TODAY)
        return await asyncio.gather(*asked, bad, return_exceptions=True)

    *found, error = asyncio.run(all_of_them())
    assert [one.drafts[0].declared.title for one in found] == [f"Number {number} flew" for number in range(20)]
    assert isinstance(error, NotAFeedError)


def test_two_threads_have_a_child_each():
    with Workshop(workers=2) as workshop:
        found = []
        threads = [threading.Thread(target=lambda: found.append(read(workshop, heavy(200, 50)))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4
        assert len(workshop._all) <= 2


def test_the_child_knows_no_secret_and_has_no_open_file(monkeypatch, tmp_path):
    monkeypatch.setenv("TRACKER_DATABASE", "postgresql://anna:secret@db.example/")
    with (tmp_path / "open").open("w"), Workshop() as workshop:
        read(workshop)
        (child,) = workshop._idle
        here = Path("/proc") / str(child._process.pid)
        assert b"secret" not in (here / "environ").read_bytes()
        targets = {str(fd.readlink()) for fd in (here / "fd").iterdir()}
        assert not {target for target in targets if not target.startswith(("pipe:", "/dev/null"))}


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_a_parent_that_is_ended_takes_its_children_along(sign):
    script = (
        "import datetime as dt, time\n"
        "from tracker.feeds.workshop import Workshop\n"
        "w = Workshop()\n"
        f"w.parse({FEED!r}, url={URL!r}, today=dt.date(2026, 11, 21))\n"
        "print(w._idle[0]._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with parent:
        child = int(parent.stdout.readline())
        parent.send_signal(sign)
        parent.wait(10)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text().split()[2]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_signal_to_everybody_spoils_no_feed(workshop):
    """A service manager sends SIGTERM to the whole group; we are the ones to stop, and in order."""
    read(workshop)
    (child,) = workshop._idle
    for sign in (signal.SIGTERM, signal.SIGINT):
        os.kill(child._process.pid, sign)
    assert len(read(workshop).drafts) == 1
    assert workshop._idle == [child]
