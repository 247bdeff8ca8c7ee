"""`tracker watch` and `tracker subscriptions`."""

import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson

if TYPE_CHECKING:
    from tracker.app import App

Subject = Annotated[str | None, typer.Option(metavar="SUBJECT", help="Only of this subject: an id, name or alias.")]
Attribute = Annotated[str | None, typer.Option(metavar="NAME", help="Only of this attribute: launch_date, status.")]
Change = Annotated[
    list[str] | None, typer.Option(metavar="KIND", help="Only of this kind: slip, advance; may be given again.")
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the subscription.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Examples: tracker watch --change slip · tracker watch --after 0 --subject LUPEX --json")(watch)
    family = typer.Typer(no_args_is_help=True, help="What outputs want to be told of.", rich_markup_mode=None)
    family.command("add", epilog="Example: tracker subscriptions add moon-dates --attribute launch_date --change slip")(
        add
    )
    family.command("list", epilog="Example: tracker subscriptions list --json")(list_subscriptions)
    family.command("remove", epilog="Example: tracker subscriptions remove moon-dates")(remove)
    app.add_typer(family, name="subscriptions")


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


def add(
    context: typer.Context,
    name: Name,
    subject: Subject = None,
    attribute: Attribute = None,
    change: Change = None,
    json: AsJson = False,
) -> None:
    """Keep under a name which changes are wanted. Without options, all are."""
    app: App = context.obj
    wanted = app.watch.wanted(subject=subject, attribute=attribute, changes=tuple(change or ()))
    made = app.watch.subscribe(name, wanted)
    if json:
        output.value(made)
    else:
        typer.echo(f"{made.name} added; follow it with: tracker watch --subscription {made.name}")


def list_subscriptions(context: typer.Context, json: AsJson = False) -> None:
    """List what is kept."""
    app: App = context.obj
    found = app.watch.subscriptions()
    if json:
        output.value(found)
        return
    from tracker.cli.render.lines import subscriptions_table  # noqa: PLC0415  (rich is for people only)

    output.show(subscriptions_table(found))


def remove(context: typer.Context, name: Name) -> None:
    """Forget a subscription."""
    app: App = context.obj
    app.watch.unsubscribe(name)
    typer.echo(f"{name} removed")
