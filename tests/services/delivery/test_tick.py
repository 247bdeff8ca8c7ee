"""Left alone: only who leads tells, and a receiver that hangs holds up no stop."""

import datetime as dt
import threading
import time

from tests.services.delivery.conftest import Desk
from tests.services.newsroom import Newsroom
from tracker.fetch.rules import Rules
from tracker.services.ingestion.run import Run
from tracker.services.ingestion.schedule import EVERY, Schedule


class Counting:
    """Counts what it is asked to do."""

    def __init__(self):
        self.told, self.stopped = 0, False

    def due(self):
        self.told += 1

    def stop(self):
        self.stopped = True


def schedule_of(room, deliver, *, clock):
    return Schedule(room.store, room.polling, tuple, room.report, clock=clock, deliver=deliver)


def test_only_who_leads_tells_and_nobody_after_a_stop(database, clock):
    rooms = [Newsroom(database, clock, holder=f"machine-{n}:1") for n in range(2)]
    counts = [Counting() for _ in rooms]
    first, second = (schedule_of(room, count, clock=clock) for room, count in zip(rooms, counts, strict=True))
    for _ in range(3):
        first.tick()
        second.tick()
        clock.tick(seconds=5)
    assert [count.told for count in counts] == [3, 0]
    first.stop()
    first.deliver()
    assert (counts[0].told, counts[0].stopped) == (3, True)
    for room in rooms:
        room.close()


def test_it_stops_within_seconds_while_a_receiver_hangs(database, reader):
    def now():
        return dt.datetime.now(dt.UTC)

    hold = threading.Event()
    desk = Desk(database, now, rules=Rules(allow_private=True, deadline_s=30, connect_s=1))
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    reader.answers = [lambda: hold.wait(20) and 200]
    room = Newsroom(database, now, holder=desk.store.holder)
    run, stop, ended = Run(schedule_of(room, desk.delivery, clock=now), every=EVERY), threading.Event(), []
    thread = threading.Thread(target=lambda: ended.append(run.until(stop)))
    thread.start()
    began = time.monotonic()
    while not reader.got and time.monotonic() - began < 10:
        time.sleep(0.02)
    began = time.monotonic()
    stop.set()
    thread.join(15)
    hold.set()
    assert ended == [True]
    assert time.monotonic() - began < 5
    # What was under way is as due as before, in nobody's hands.
    with desk.store.reading() as reading:
        assert reading.outbox.is_due()
    assert [one.attempts for one in desk.waiting()] == [0]
    desk.close()
    room.close()
