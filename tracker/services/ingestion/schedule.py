"""What a tracker that is left alone does, and how often: poll what is due, read and project, tell, look after itself.

Nothing is remembered from one tick to the next but who leads; what is due lies in tables. So a tick may be late, missed, or come
twice, in this process or another, and nothing is lost or done double.
"""

import datetime as dt
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, Protocol, get_args

import structlog

from tracker.capture.page import forget_pages
from tracker.services.consumers.consume import Progress
from tracker.services.ingestion.health import Report
from tracker.services.ingestion.poll import Line, Poll
from tracker.store.store import Store

log = structlog.get_logger(__name__)

Task = Literal["lead", "poll", "catch_up", "deliver", "look", "prune"]
TASKS: tuple[Task, ...] = get_args(Task)
EVERY: Mapping[Task, float] = {"lead": 5, "poll": 5, "catch_up": 30, "deliver": 5, "look": 300, "prune": 3600}
"""Seconds from one tick to the next."""

LEASE_S = 20.0
"""How long a leader leads without a sign of life: a standby takes over at most one tick later."""
LEADER = "run"
"""The lease that the leader holds."""
_KEPT = dt.timedelta(days=90)
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Deliver(Protocol):
    """Tells people of what has changed."""

    def due(self) -> object:
        """Send what is due."""

    def stop(self) -> None:
        """Give up what is under way, for good."""


class Schedule:
    """The ticks, to be called by a clock, real or not. Only the leader does anything but try to lead."""

    def __init__(
        self,
        store: Store,
        poll: Poll,
        catch_up: Callable[[], Iterable[Progress]],
        report: Report,
        *,
        clock: Callable[[], dt.datetime],
        deliver: Deliver | None = None,
        lease_s: float = LEASE_S,
    ) -> None:
        self._store, self._poll, self._catch_up, self._report = store, poll, catch_up, report
        self._clock, self._deliver, self._lease_s = clock, deliver, lease_s
        self._leads = False
        self._stopped = threading.Event()
        # Reading and projecting would wait for itself in two threads.
        self._reading = threading.Lock()
        self._next: dict[Task, dt.datetime] = {}

    @property
    def leads(self) -> bool:
        """Whether this process was the leader when it looked last."""
        return self._leads

    def tick(self) -> list[Line]:
        """Do all that is due by the clock, in order, and return what became of the feeds."""
        now, lines = self._clock(), list[Line]()
        for task in TASKS:
            if now >= self._next.get(task, now):
                self._next[task] = now + dt.timedelta(seconds=EVERY[task])
                done = getattr(self, task)()
                lines += done if task == "poll" else []
        return lines

    def lead(self) -> bool:
        """Become the leader or remain it, unless another one lives."""
        with self._store.transaction() as transaction:
            leads = transaction.leases.take(LEADER, self._store.holder, seconds=self._lease_s)
            others = transaction.leases.all().get(LEADER)
        if leads != self._leads:
            log.info("schedule.leads" if leads else "schedule.stands_by", leader=others)
        self._leads = leads
        return leads

    def poll(self) -> list[Line]:
        """Poll what is due, then bring readings and views up to date."""
        if not self._active:
            return []
        lines = list(self._poll.due())
        if any(line.new or line.revised for line in lines):
            self.catch_up()
        return lines

    def catch_up(self) -> None:
        """Read and project what is in the log: what polls brought, and what other processes appended."""
        if not self._active or not self._reading.acquire(blocking=False):
            return
        try:
            for _ in self._catch_up():
                if self._stopped.is_set():
                    return
        finally:
            self._reading.release()

    def deliver(self) -> None:
        """Tell people of what has changed, also what could not be told before."""
        if self._active and self._deliver is not None:
            self._deliver.due()

    def look(self) -> None:
        """Report, once each, feeds that are in trouble and feeds that have come out of it."""
        if self._active:
            self._report.changes(self._clock())

    def prune(self) -> None:
        """Forget polls and messages of long ago, and what reading pages has left in memory."""
        if self._active:
            before = (self._clock() - _KEPT).strftime(_FORMAT)
            with self._store.transaction() as transaction:
                polls, messages = transaction.feeds.prune(before=before), transaction.outbox.prune(before=before)
            log.debug("polls.pruned", count=polls, messages=messages)
            if "trafilatura.meta" in sys.modules:
                forget_pages()

    @property
    def _active(self) -> bool:
        return self._leads and not self._stopped.is_set()

    def stop(self) -> None:
        """End what is running as soon as it can be left, for good."""
        self._stopped.set()
        self._poll.stop()
        if self._deliver is not None:
            self._deliver.stop()

    def resign(self) -> None:
        """Let another lead at once."""
        if self._leads:
            with self._store.transaction() as transaction:
                transaction.leases.give_up(LEADER, self._store.holder)
            self._leads = False
