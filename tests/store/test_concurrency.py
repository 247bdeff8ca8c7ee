"""Writers in processes of their own, one of them stuck in an open transaction, and a reader that must not miss anything."""

import multiprocessing
import threading
import time
from contextlib import suppress

import pytest

from tests.store.events import STREAM, append, event, read
from tracker.errors import StoreUnavailableError, WrongExpectedVersionError
from tracker.events.envelope import ANY, NO_STREAM, NewEvent, leaf_hash, stream_name
from tracker.store.event_log import Append
from tracker.store.store import Store
from tracker.store.tail import tail

NOW = "2026-01-02T00:00:00.000000Z"
WRITERS = {"sqlite": 4, "postgresql": 8}


def write(url, number, go, until, counts):
    """Append until told to stop: singles, batches, several streams, a conflict now and then, and a rollback."""
    store = Store(url, now=lambda: NOW)
    own, shared = stream_name("writer", str(number)), stream_name("shared")
    appended = turn = 0
    go.wait(30)
    while not until.is_set():
        turn += 1
        new = [NewEvent(f"{number}-{turn}-{n}", "test.happened", 1, b"%d" % n, ("all",)) for n in range(1 + turn % 7)]
        with store.transaction() as transaction:
            transaction.log.append_all([Append(own, new[:-1], ANY), Append(shared, new[-1:], ANY)])
        appended += len(new)
        if turn % 5 == 0:
            late = NewEvent(f"late-{number}-{turn}", "test.happened", 1, b"")
            with pytest.raises(WrongExpectedVersionError), store.transaction() as transaction:
                transaction.log.append(shared, [late], expected_version=NO_STREAM)
        if turn % 11 == 0:
            lost = NewEvent(f"lost-{number}-{turn}", "test.happened", 1, b"")
            with pytest.raises(ZeroDivisionError), store.transaction() as transaction:
                assert 1 / (len(transaction.log.append(own, [lost], expected_version=ANY)) - 1)
    store.close()
    counts.put(appended)


def hold_one_open(url, seconds, until):
    """Append without committing for a while, again and again; every second time, take it back."""
    store = Store(url, now=lambda: NOW)
    slow = stream_name("slow")
    appended = 0
    turn = 0
    while not until.wait(seconds):
        turn += 1
        late = NewEvent(f"slow-{turn}" if turn % 2 else f"lost-{turn}", "test.happened", 1, b"")
        with suppress(ZeroDivisionError), store.transaction() as transaction:
            transaction.log.append(slow, [late], expected_version=ANY)
            time.sleep(seconds)
            appended += 1 // (turn % 2)
    store.close()
    return appended


def storm(url, seconds, held):
    """Let the storm rage; return what a tailing reader saw, what was committed, and how much that was to be."""
    context = multiprocessing.get_context("spawn")
    count = WRITERS[url.partition(":")[0]]
    go, until, counts = context.Barrier(count + 1), context.Event(), context.Queue()
    store = Store(url, now=lambda: NOW)
    append(store, STREAM, event())
    writers = [context.Process(target=write, args=(url, n, go, until, counts), daemon=True) for n in range(count)]
    seen, slow = [], []
    done = threading.Event()

    def follow():
        for page in tail(store, after=0, stop=done, poll=0.02, limit=50):
            seen.extend(page)

    follower = threading.Thread(target=follow, daemon=True)
    holder = threading.Thread(target=lambda: slow.append(hold_one_open(url, held, until)), daemon=True)
    try:
        for thing in (*writers, follower, holder):
            thing.start()
        go.wait(30)
        time.sleep(seconds)
        until.set()
        for writer in writers:
            writer.join(30)
            assert writer.exitcode == 0
        holder.join(30)
        committed = 1 + slow[0] + sum(counts.get(timeout=5) for _ in writers)
        patience = time.monotonic() + 10
        while len(seen) < committed and time.monotonic() < patience:
            time.sleep(0.02)
    finally:
        until.set()
        done.set()
        follower.join(10)
    found = read(store)
    store.close()
    return seen, found, committed


def check(seen, found, committed):
    assert [e.position for e in seen] == list(range(1, committed + 1))
    assert seen == found
    assert not any(e.id.startswith("lost") for e in found)
    versions = {}
    for e in found:
        assert e.version == versions.get(e.stream, 0) + 1
        assert leaf_hash(e) == e.leaf_hash
        versions[e.stream] = e.version
    # Both the patient and the impatient took part.
    assert {"document/a", "shared", "slow"} < set(versions)


def test_four_processes_and_a_transaction_held_open_lose_nothing(database):
    check(*storm(database, seconds=1.5, held=0.15))


@pytest.mark.soak
def test_they_lose_nothing_in_half_a_minute_either(database):
    check(*storm(database, seconds=30, held=0.5))


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_writer_that_waits_too_long_is_told(store, database):
    """Somebody sits on the lock: the others get an error they can act on, and readers notice nothing."""
    import psycopg
    from sqlalchemy import event as hooks

    from tracker.store.dialects.postgres import LOCK

    hooks.listen(store._engine, "connect", lambda driver, *_: driver.execute("SET lock_timeout = '100ms'"))
    append(store, STREAM, event())
    with psycopg.connect(database) as hung:
        hung.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        with pytest.raises(StoreUnavailableError, match="write lock"):
            append(store, STREAM, event())
        assert [e.position for e in read(store)] == [1]
    append(store, STREAM, event())


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_writer_that_sleeps_in_its_transaction_loses_it(store, database):
    from sqlalchemy import event as hooks

    timeout = "SET idle_in_transaction_session_timeout = '100ms'"
    hooks.listen(store._engine, "connect", lambda driver, *_: driver.execute(timeout))
    append(store, STREAM, event())

    def sleep():
        with store.transaction() as transaction:
            transaction.log.append(STREAM, [event()], expected_version=ANY)
            time.sleep(0.5)

    with pytest.raises(StoreUnavailableError, match=r"for a minute|connection"):
        sleep()
    assert [e.position for e in read(store)] == [1]
    append(store, STREAM, event())
    assert [e.position for e in read(store)] == [1, 2]


def test_a_reader_sees_one_moment_however_long_it_reads(store, database):
    append(store, STREAM, event(), event())
    writer = Store(database, now=lambda: NOW)
    with store.reading() as reading:
        pages = reading.log.read()
        assert next(pages).position == 1
        append(writer, STREAM, event())
        assert [e.position for e in pages] == [2]
        assert reading.log.last_position() == 2
    writer.close()
    assert len(read(store)) == 3
