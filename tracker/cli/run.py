"""`tracker run`: left alone, it polls what is due until somebody stops it."""

import os
import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tracker.app import App

Once = Annotated[bool, typer.Option("--once", help="Do what is due now, and end: for cron and the like.")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: TRACKER_FETCH_CONTACT=https://example.org/bot tracker run")(run)


def run(context: typer.Context, once: Once = False) -> None:
    """Poll feeds when they are due, read what they bring, and keep the views up to date, until stopped (Ctrl-C, SIGTERM).

    Several may run on one PostgreSQL: one of them does the work, and another takes over when it dies.
    """
    from tracker import logs  # noqa: PLC0415  (only what writes logs)
    from tracker.services.run import Run  # noqa: PLC0415  (the clock is for this command only)

    app: App = context.obj
    # Who runs it in a terminal or under a service manager wants to see what it does.
    level = "info" if app.settings.log_level == "warning" else app.settings.log_level
    logs.configure(format_=app.settings.log_format, level=level)
    schedule = app.schedule
    if once:
        schedule.tick()
        schedule.resign()
        return
    stop = threading.Event()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_, lambda _number, _frame: stop.set())
    if not Run(schedule).until(stop):
        # A thread hangs, in a name server or a disk. Every lease ends by itself, and the database rolls back what is open.
        app.close()
        os._exit(1)
