"""`tracker run`: APScheduler as the clock of a few ticks, until somebody says stop.

It keeps no jobs: its store is memory, its jobs are these ticks, and what is due lies in the tables (see `schedule`).
"""

import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from datetime import UTC, datetime

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from tracker.services.ingestion.schedule import EVERY, TASKS, Schedule, Task

log = structlog.get_logger(__name__)

STOP_S = 8.0
"""How long what is running may take to end after a stop."""


class Run:
    """Calls the ticks of a schedule, each in a thread of its own so that a long round of polling delays no other."""

    def __init__(self, schedule: Schedule, *, every: Mapping[Task, float] = EVERY) -> None:
        """Take the schedule, and how many seconds there are from one tick to the next."""
        self._schedule, self._every = schedule, every

    def until(self, stop: threading.Event) -> bool:
        """Run until the event is set. False when something that was running did not end in time, and was left behind."""
        # It logs through the standard library, which nobody listens to here; what matters comes to `_on_event`.
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
        clock = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(len(TASKS))},
            # Late is better than never, and one late tick does the work of all that were missed.
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        clock.add_listener(_on_event, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        self._schedule.lead()
        at_once = datetime.now(UTC)  # noqa: TID251  (APScheduler holds it against the wall clock, whatever ours says)
        for task in TASKS:
            trigger = IntervalTrigger(seconds=self._every[task], timezone=UTC)
            clock.add_job(getattr(self._schedule, task), trigger, id=task, replace_existing=True, next_run_time=at_once)
        clock.start()
        log.info("run.started", leads=self._schedule.leads)
        stop.wait()
        self._schedule.stop()
        ended = _shut_down(clock)
        self._schedule.resign()
        log.info("run.stopped", clean=ended)
        return ended


def _shut_down(clock: BackgroundScheduler) -> bool:
    done: Future[None] = Future()

    def shut_down() -> None:
        clock.shutdown(wait=True)
        done.set_result(None)

    threading.Thread(target=shut_down, name="shut-down", daemon=True).start()
    try:
        done.result(timeout=STOP_S)
    except TimeoutError:
        return False
    return True


def _on_event(event: JobExecutionEvent) -> None:
    if event.code == EVENT_JOB_ERROR:
        log.error("tick.failed", task=event.job_id, error=repr(event.exception), trace=event.traceback)
    elif event.code == EVENT_JOB_MISSED:
        log.warning("tick.missed", task=event.job_id, due_at=event.scheduled_run_time.isoformat())
    else:
        # The tick before is not done yet: it does the work of this one too.
        log.debug("tick.skipped", task=event.job_id)
