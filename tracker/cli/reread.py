"""`tracker reread`."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.cli.text import one_line
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.services.queries.reread import Outcome


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Example: tracker reread --dry-run, look at what would change, then: tracker reread")(reread)


def reread(
    context: typer.Context,
    extractor: Annotated[str, typer.Option(metavar="NAME", help="Which reader: rules, or model.")] = "rules",
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only documents taken in since that day.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Read captured documents again with the present rules, catalog and lexicon, and say what that changes."""
    from tracker import logs  # noqa: PLC0415  (only what writes logs)

    app: App = context.obj
    logs.configure(format_=app.settings.log_format, level=app.settings.log_level if not json else "error")
    with output.progress("documents") as show:
        outcome = app.again.run(extractor=extractor, since=_day(since), dry=dry_run, on_progress=show)
    if json:
        output.value(outcome)
    else:
        _show(outcome)
    if any(one.problem for one in outcome.changed):
        raise typer.Exit(1)


def _show(outcome: "Outcome") -> None:
    from tracker.cli.render.history import history_table  # noqa: PLC0415  (rich is for people only)
    from tracker.cli.render.papers import claims_table  # noqa: PLC0415

    for one in outcome.changed:
        if one.problem:
            typer.echo(f"{one_line(one.document_id)}: cannot be read: {one_line(one.problem)}", err=True)
            continue
        for said, lines in (("says now", one.added), ("no longer says", one.removed)):
            if lines:
                output.show(f"{one_line(one.document_id)} {said}", claims_table(lines), "")
    differ = sum(one.changed for one in outcome.changed)
    typer.echo(f"{outcome.documents} documents read, {differ} of them otherwise than before.")
    if outcome.views:
        typer.echo("The views change:" if outcome.written else "The views would change:")
        output.show(history_table(outcome.views, axis="published"))
    elif differ:
        typer.echo("No view changes." if outcome.written else "No view would change.")
    if differ and not outcome.written:
        typer.echo("Nothing is written. To write it: tracker reread")


def _day(since: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(since) if since else None
    except ValueError:
        raise ConfigError("--since", f"{since!r} is no day such as 2026-01-31") from None
