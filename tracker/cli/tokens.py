"""`tracker tokens`: who may decide over the network."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Whose token it is; it stands under what is decided with it.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(no_args_is_help=True, help="Who may decide over the network.", rich_markup_mode=None)
    family.command("add", epilog="Example: tracker tokens add 'Ann Example' --scope claims --expires 2027-06-30")(add)
    family.command("list", epilog="Example: tracker tokens list --json")(list_tokens)
    family.command("revoke", epilog="Example: tracker tokens revoke 'Ann Example'")(revoke)
    app.add_typer(family, name="tokens")


def add(
    context: typer.Context,
    name: Name,
    scope: Annotated[
        list[str],
        typer.Option("--scope", metavar="SCOPE", help="What for: claims, subjects, sources; may be given again."),
    ],
    expires: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day on which it is good for anything. [default: none]")
    ] = None,
    json: AsJson = False,
) -> None:
    """Make a token, and show it this once: only its digest is kept."""
    app: App = context.obj
    made = app.curation.tokens.add(name, scope, expires_on=_day(expires))
    if json:
        output.value(made)
        return
    typer.echo(made.secret)
    typer.echo("Keep it now, it is not shown again. Send it as: Authorization: Bearer TOKEN", err=True)


def list_tokens(context: typer.Context, json: AsJson = False) -> None:
    """List all tokens, without what is secret about them."""
    app: App = context.obj
    found = app.curation.tokens.every()
    if json:
        output.value(found)
        return
    from tracker.cli.render.curation import tokens_table  # noqa: PLC0415  (rich is for people only)

    output.show(tokens_table(found))


def revoke(context: typer.Context, name: Name) -> None:
    """Let a token be worth nothing from now on, for good."""
    app: App = context.obj
    app.curation.tokens.revoke(name)
    typer.echo(f"the token of {name} is worth nothing any more")


def _day(date: str | None) -> dt.date | None:
    try:
        return None if date is None else dt.date.fromisoformat(date)
    except ValueError:
        raise ConfigError("--expires", f"{date!r} is no day; write it as 2027-06-30") from None
