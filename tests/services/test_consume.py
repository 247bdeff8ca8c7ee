"""One process at a time runs a consumer, the next takes over, and nothing is done twice."""

import os
import threading
import time

import pytest

from tests.services.test_tree import append
from tracker.services.consumers.consume import as_they_are, consume, whole
from tracker.store.leases import SECONDS
from tracker.store.store import Store


@pytest.fixture
def other(database, clock, store):
    from tracker.app import rfc3339

    made = Store(database, now=lambda: rfc3339(clock()))
    made.holder = "elsewhere:1"
    yield made
    made.close()


def take(store, done, **how):
    def handle(_transaction, events, _prepared):
        done.extend(e.position for e in events)

    return list(consume(store, "reader", handle, read=whole, prepare=as_they_are, batch=3, **how))


def test_it_comes_to_the_end_in_batches_and_does_nothing_twice(store):
    append(store, 0, 8)
    done = []
    assert [(p.taken, p.position, p.lag) for p in take(store, done)] == [(3, 3, 5), (3, 6, 2), (2, 8, 0)]
    assert take(store, done) == []
    assert done == list(range(1, 9))
    with store.reading() as reading:
        assert reading.leases.all() == {}


def test_what_fails_leaves_checkpoint_and_lease_as_they_were(store):
    append(store, 0, 4)

    def broken(_transaction, _events, _prepared):
        raise RuntimeError("a fold with a bug")

    with pytest.raises(RuntimeError):
        list(consume(store, "reader", broken, read=whole, prepare=as_they_are))
    with store.reading() as reading:
        assert (reading.checkpoints.get("reader"), reading.leases.all()) == (0, {})


def test_while_another_holds_the_lease_this_one_waits_for_its_work(store, other):
    append(store, 0, 4)
    with other.transaction() as transaction:
        assert transaction.leases.take("reader", other.holder)
    mine, theirs = [], []
    waiting = threading.Thread(target=take, args=(store, mine))
    waiting.start()
    time.sleep(0.2)
    assert waiting.is_alive()
    take(other, theirs)
    waiting.join(timeout=10)
    assert (mine, theirs) == ([], [1, 2, 3, 4])


def test_a_lease_that_ran_out_is_taken_over(store, other, clock):
    append(store, 0, 4)
    with other.transaction() as transaction:
        transaction.leases.take("reader", other.holder)
    clock.tick(seconds=SECONDS + 1)
    done = []
    take(store, done)
    assert done == [1, 2, 3, 4]


def test_nobody_waits_for_a_process_of_this_machine_that_is_gone(store):
    append(store, 0, 4)
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    host = store.holder.rpartition(":")[0]
    with store.transaction() as transaction:
        transaction.leases.take("reader", f"{host}:{child}")
    done = []
    take(store, done)
    assert done == [1, 2, 3, 4]


def test_a_consumer_that_nobody_wants_any_more_ends(store):
    append(store, 0, 4)
    done = []
    assert take(store, done, wanted=lambda _transaction: False) == []
    assert done == []
