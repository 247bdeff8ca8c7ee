"""`tracker deliveries`: messages that wait, and those that were given up."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID…]", help="Ids of dead messages.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(
        no_args_is_help=True, help="Messages that wait, and those that were given up.", rich_markup_mode=None
    )
    family.command("list", epilog="Example: tracker deliveries list --dead")(list_deliveries)
    family.command("retry", epilog="Examples: tracker deliveries retry msg_1a2b… · tracker deliveries retry --all")(
        retry
    )
    family.command("drop", epilog="Example: tracker deliveries drop msg_1a2b…")(drop)
    app.add_typer(family, name="deliveries")


def list_deliveries(
    context: typer.Context,
    dead: Annotated[bool, typer.Option("--dead", help="Only those that were given up.")] = False,
    json: AsJson = False,
) -> None:
    """List messages that have not arrived: how often each was tried, why in vain, and when it is tried again."""
    app: App = context.obj
    found = app.delivery.outgoing.all(dead=dead)
    if json:
        output.value(found)
        return
    from tracker.cli.render.deliveries import deliveries_table  # noqa: PLC0415  (rich is for people only)

    output.show(deliveries_table(found))


def retry(
    context: typer.Context,
    ids: Ids = None,
    every: Annotated[bool, typer.Option("--all", help="All that were given up.")] = False,
) -> None:
    """Have messages sent once more that were given up; `tracker run` sends them."""
    app: App = context.obj
    if bool(ids) == every:
        raise ConfigError("ID", "name the messages to send again, or say --all")
    count = app.delivery.outgoing.retry(ids or None)
    typer.echo(f"{count} {'waits' if count == 1 else 'wait'} again; `tracker run` sends what waits")


def drop(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a message that waits or was given up.")],
) -> None:
    """Forget a message: it is never sent."""
    app: App = context.obj
    app.delivery.outgoing.drop(id_)
    typer.echo(f"{id_} dropped")
