"""`tracker watch`, and the options that say which changes are wanted."""

import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson

if TYPE_CHECKING:
    from tracker.app import App

Subject = Annotated[
    str | None, typer.Option("--subject", metavar="SUBJECT", help="Only of this subject: an id, name or alias.")
]
Attribute = Annotated[str | None, typer.Option(metavar="NAME", help="Only of this attribute: launch_date, status.")]
Change = Annotated[
    list[str] | None, typer.Option(metavar="KIND", help="Only of this kind: slip, advance; may be given again.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples: tracker watch --change slip · tracker watch --after 0 --subject LUPEX --json")(watch)


def watch(
    context: typer.Context,
    after: Annotated[
        int | None,
        typer.Option(metavar="POSITION", min=0, max=2**63 - 1, help="From this log position on. [default: now]"),
    ] = None,
    subject: Subject = None,
    attribute: Attribute = None,
    change: Change = None,
    subscription: Annotated[
        str | None, typer.Option(metavar="NAME", help="What this subscription wants, instead of the other options.")
    ] = None,
    count: Annotated[int | None, typer.Option(metavar="N", min=1, help="End after so many changes.")] = None,
    json: AsJson = False,
) -> None:
    """Follow changes as they come, one line each, until stopped (Ctrl-C, SIGTERM)."""
    from tracker.cli.render.lines import change_line  # noqa: PLC0415  (only for this command)
    from tracker.services.queries.watch import Filter  # noqa: PLC0415  (as above)

    app: App = context.obj
    if subscription is not None:
        kept = app.watch.subscription(subscription)
        wanted = Filter(kept.subject, kept.attribute, kept.changes)
    else:
        wanted = app.watch.wanted(subject=subject, attribute=attribute, changes=tuple(change or ()))
    stop = threading.Event()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_, lambda _number, _frame: stop.set())
    for told, line in enumerate(app.watch.follow(wanted, after=after, stop=stop), 1):
        if json:
            output.line(line)
        else:
            typer.echo(change_line(line))
        if told == count:
            return
