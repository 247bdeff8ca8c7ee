"""`tracker export`: what is here, in forms that other programs read."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.domain.dates import DateSpan
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.services.ingestion.warc import Archived
    from tracker.store.blobs import Span

Since = Annotated[str | None, typer.Option(metavar="DATE", help="Only what was fetched on this day (EDTF) or later.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only what was fetched on this day (EDTF) or earlier.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(no_args_is_help=True, help="What is here, for other programs.", rich_markup_mode=None)
    family.callback()(lambda: None)  # a family of one is a family
    family.command("warc", epilog="Example: tracker export warc fetched.warc.gz --since 2026-01 --until 2026-03")(warc)
    app.add_typer(family, name="export")


def warc(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Where to write, .warc.gz by custom; - for standard output.")
    ],
    since: Since = None,
    until: Until = None,
    json: AsJson = False,
) -> None:
    """Write the bytes that were fetched as a web archive (WARC 1.1), which `tracker ingest` and other tools read."""
    app: App = context.obj
    span = _span(since, until)
    with output.progress("responses") as show:
        if file == "-":
            made = app.warc.write(sys.stdout.buffer, name=file, span=span, on_progress=show)
        else:
            made = app.warc.save(Path(file), span=span, on_progress=show)
    if file == "-":
        sys.stdout.flush()
        typer.echo(_told(made), err=True)
    elif json:
        output.value(made)
    else:
        typer.echo(f"{_told(made)}, written to {made.file}")


def _span(since: str | None, until: str | None) -> "Span":
    from tracker.store.blobs import Span  # noqa: PLC0415  (the database's libraries wait until someone asks for it)

    first, last = _days("--since", since), _days("--until", until)
    # Instants are compared as text, and a day is less than every instant of it.
    begin = first.earliest.isoformat() if first and first.earliest else None
    end = (last.latest + dt.timedelta(1)).isoformat() if last and last.latest and last.latest < dt.date.max else None
    return Span(begin, end)


def _days(option: str, text: str | None) -> DateSpan | None:
    try:
        return DateSpan.parse(text) if text is not None else None
    except ValueError as error:
        raise ConfigError(option, str(error)) from None


def _told(made: "Archived") -> str:
    parts = [f"{made.responses} responses ({made.bytes:,} bytes)"]
    parts += [f"{made.revisits} that came again"] if made.revisits else []
    parts += [f"{made.redacted} taken down"] if made.redacted else []
    return ", ".join(parts)
