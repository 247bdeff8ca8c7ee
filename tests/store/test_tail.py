"""Following the log while others write: nothing missed, nothing twice, nothing late for long."""

import threading
import time

import pytest

from tests.store.events import STREAM, append, event
from tracker.store.store import Store
from tracker.store.tail import tail


def following(store, *, after=0, poll=0.02, limit=1000):
    """Follow in a thread; returns what it sees, and how to end it."""
    seen: list[int] = []
    came = threading.Condition()
    stop = threading.Event()

    def follow():
        for page in tail(store, after=after, stop=stop, poll=poll, limit=limit):
            with came:
                seen.extend(e.position for e in page)
                came.notify_all()

    thread = threading.Thread(target=follow)
    thread.start()

    def wait_for(count, seconds=10.0):
        with came:
            return came.wait_for(lambda: len(seen) >= count, seconds)

    def end():
        stop.set()
        thread.join(10)
        assert not thread.is_alive()

    return seen, wait_for, end


@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_a_follower_sees_what_was_and_what_comes(store, limit):
    append(store, STREAM, event(), event(), event())
    seen, wait_for, end = following(store, after=1, limit=limit)
    try:
        assert wait_for(2)
        append(store, STREAM, event())
        append(store, STREAM, event(), event())
        assert wait_for(5)
    finally:
        end()
    assert seen == [2, 3, 4, 5, 6]


def test_a_follower_of_an_empty_log_ends_when_told(store):
    seen, _, end = following(store)
    end()
    assert seen == []


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_notification_wakes_a_follower_long_before_its_next_poll(store, database):
    append(store, STREAM, event())
    seen, wait_for, end = following(store, poll=6.0)
    try:
        assert wait_for(1)
        time.sleep(0.3)
        began = time.monotonic()
        append(store, STREAM, event())
        assert wait_for(2)
        assert time.monotonic() - began < 4
    finally:
        end()
    assert seen == [1, 2]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_without_notifications_polling_finds_everything(store, database):
    """Somebody silences the trigger: a hint is all that is lost."""
    import psycopg

    append(store, STREAM, event())
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("ALTER TABLE events DISABLE TRIGGER events_in_order")
    seen, wait_for, end = following(store, poll=0.1)
    try:
        assert wait_for(1)
        append(store, STREAM, event())
        assert wait_for(2)
    finally:
        end()
    assert seen == [1, 2]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_follower_survives_the_loss_of_its_connections(store, database, postgres):
    append(store, STREAM, event())
    seen, wait_for, end = following(store, poll=0.5)
    try:
        assert wait_for(1)
        time.sleep(0.3)
        name = database.rsplit("/", 1)[1].split("?")[0]
        # Only idle ones: in the middle of a transaction a loss is an error, and said to be one.
        postgres.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND state = 'idle'"
        )
        writer = Store(database, now=lambda: "2026-01-02T00:00:00.000000Z")
        append(writer, STREAM, event())
        writer.close()
        assert wait_for(2)
    finally:
        end()
    assert seen == [1, 2]
