"""`tracker run`: left alone, it polls what is due until somebody stops it."""

import os
import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.web.serve import Serve

Once = Annotated[bool, typer.Option("--once", help="Do what is due now, and end: for cron and the like.")]

Web = Annotated[bool, typer.Option("--web", help="Serve the API and the pages too.")]
Host = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Where to serve. [default: 127.0.0.1]")]
Port = Annotated[
    int | None, typer.Option(metavar="N", min=0, max=65535, help="On which port; 0 takes a free one. [default: 8000]")
]
NoSchedule = Annotated[bool, typer.Option("--no-schedule", help="Serve only; poll and read nothing.")]

_PATIENCE_S = 10
"""How long the server may take to end after the schedule has."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Examples: TRACKER_FETCH_CONTACT=https://example.org/bot tracker run · tracker run --web --port 8000"
    )(run)


def run(
    context: typer.Context,
    once: Once = False,
    web: Web = False,
    host: Host = None,
    port: Port = None,
    no_schedule: NoSchedule = False,
) -> None:
    """Poll feeds when they are due, read what they bring, and keep the views up to date, until stopped (Ctrl-C, SIGTERM).

    Several may run on one PostgreSQL: one of them does the work, and another takes over when it dies.
    """
    from tracker import logs  # noqa: PLC0415  (only what writes logs)
    from tracker.services.ingestion.run import Run  # noqa: PLC0415  (the clock is for this command only)

    app: App = context.obj
    if not web and (no_schedule or host is not None or port is not None):
        raise ConfigError("--no-schedule, --host and --port", "say how to serve; give --web beside them")
    if web and once:
        raise ConfigError("--once", "ends at once, and --web serves until stopped; give one of them")
    # Who runs it in a terminal or under a service manager wants to see what it does.
    level = "info" if app.settings.log_level == "warning" else app.settings.log_level
    logs.configure(format_=app.settings.log_format, level=level)
    schedule = app.schedule
    if once:
        schedule.tick()
        schedule.resign()
        return
    server = _server(app, host or "127.0.0.1", 8000 if port is None else port) if web else None
    stop = threading.Event()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_, lambda _number, _frame: stop.set())
    if server is not None and no_schedule:
        server.until(stop)
        return
    beside = server.beside(stop) if server else None
    ended = Run(schedule).until(stop)
    if beside is not None:
        beside.join(timeout=_PATIENCE_S)
        ended = ended and not beside.is_alive()
    if not ended:
        # A thread hangs, in a name server or a disk. Every lease ends by itself, and the database rolls back what is open.
        app.close()
        os._exit(1)
    if server is not None and server.failed:
        raise typer.Exit(1)


def _server(app: "App", host: str, port: int) -> "Serve":
    from tracker.web.serve import Serve  # noqa: PLC0415  (half a second that no other command pays)

    server = Serve(app, host=host, port=port)
    shown = f"[{server.host}]" if ":" in server.host else server.host
    typer.echo(f"serving http://{shown}:{server.port}/", err=True)
    return server
