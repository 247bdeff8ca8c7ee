"""`tracker export`: what is here, in forms that other programs read."""

import datetime as dt
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.clocks import KnownAt, PublishedBy, ValidAt, as_of
from tracker.cli.output import AsJson
from tracker.cli.status import Axis, Kind
from tracker.domain.dates import DateSpan
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.domain.asof import AsOf
    from tracker.outputs.format import View
    from tracker.services.ingestion.warc import Archived
    from tracker.store.blobs import Span

Since = Annotated[str | None, typer.Option(metavar="DATE", help="Only what was fetched on this day (EDTF) or later.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only what was fetched on this day (EDTF) or earlier.")]
Subject = Annotated[str | None, typer.Argument(metavar="[SUBJECT]", help="Only this one: an id, name or alias.")]
OfKind = Annotated[Kind | None, typer.Option("--kind", help="Only subjects of this kind.")]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="csv, jsonl, jsonld, ics, atom or parquet. [default: by the file's ending]",
    ),
]
OutputFile = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write. [default: standard output]")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(no_args_is_help=True, help="What is here, for other programs.", rich_markup_mode=None)
    for command, example in (
        (status, "tracker export status --format csv --output status.csv · tracker export status --format ics"),
        (
            history,
            "tracker export history LUPEX --format jsonl · tracker export history --format atom --output all.atom",
        ),
        (claims, "tracker export claims --kind mission --format parquet --output claims.parquet"),
    ):
        family.command(epilog=f"Examples: {example}")(command)
    family.command(epilog="Example: TRACKER_PUBLIC_URL=https://tracker.example.org tracker export site public")(site)
    family.command("warc", epilog="Example: tracker export warc fetched.warc.gz --since 2026-01 --until 2026-03")(warc)
    app.add_typer(family, name="export")


def status(
    context: typer.Context,
    subject: Subject = None,
    format_: FormatName = None,
    file: OutputFile = None,
    kind: OfKind = None,
    known_at: KnownAt = None,
    published_by: PublishedBy = None,
    valid_at: ValidAt = None,
) -> None:
    """Write what holds: csv, jsonl, jsonld or parquet; as ics the launches, landings and meetings whose day is known."""
    app: App = context.obj
    then = as_of(app, known_at, published_by, valid_at)
    _export(app, "status", (format_, file), subject, kind, then)


def history(  # noqa: PLR0913, PLR0917  (Typer declares options as parameters)
    context: typer.Context,
    subject: Subject = None,
    format_: FormatName = None,
    file: OutputFile = None,
    kind: OfKind = None,
    axis: Annotated[
        Axis, typer.Option(help="As sources published it, or as this tracker recorded it.")
    ] = Axis.published,
    known_at: KnownAt = None,
    published_by: PublishedBy = None,
    valid_at: ValidAt = None,
) -> None:
    """Write every change: csv, jsonl, jsonld or parquet; as atom the hundred that were recorded last."""
    app: App = context.obj
    then = as_of(app, known_at, published_by, valid_at)
    _export(app, "history", (format_, file), subject, kind, then, axis=axis)


def claims(
    context: typer.Context,
    subject: Subject = None,
    format_: FormatName = None,
    file: OutputFile = None,
    kind: OfKind = None,
    known_at: KnownAt = None,
    published_by: PublishedBy = None,
) -> None:
    """Write every claim with what became of it: csv, jsonl, jsonld or parquet."""
    app: App = context.obj
    then = as_of(app, known_at, published_by, None)
    _export(app, "claims", (format_, file), subject, kind, then)


def _export(
    app: "App",
    view: "View",
    where: tuple[str | None, str | None],
    subject: str | None,
    kind: Kind | None,
    then: "AsOf",
    *,
    axis: Axis = Axis.published,
) -> None:
    from tracker import outputs  # noqa: PLC0415  (as above)
    from tracker.cli.takeaway import Wanted, answers  # noqa: PLC0415  (services and formats wait until someone asks for them)

    file = None if where[1] == "-" else where[1]
    name = where[0] or _by_ending(file, {made.suffix: made.name for made in outputs.FORMATS.values()})
    how = outputs.output(name, view)
    if file is None and not outputs.FORMATS[name].text and sys.stdout.isatty():
        raise ConfigError("--output", f"{name} is nothing that a terminal can show; name a file")
    parts = how.write(*answers(app, how.asks, Wanted(subject, kind.value if kind else None, then, axis.value)))
    if file is not None:
        typer.echo(f"{_saved(Path(file), parts):,} bytes of {name} written to {file}", err=True)
        return
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.flush()


def _by_ending(file: str | None, endings: Mapping[str, str]) -> str:
    ending = Path(file).suffix if file else ""
    if ending not in endings:
        raise ConfigError("--format", f"say which: {', '.join(endings.values())}")
    return endings[ending]


def _saved(file: Path, parts: Iterable[bytes]) -> int:
    """Write a file that is there when it is whole, and never before; return its length."""
    growing = file.with_name(file.name + ".part")
    try:
        with growing.open("wb") as out:
            written = sum(out.write(part) for part in parts)
        growing.replace(file)
    except (OSError, ValueError) as error:
        raise ConfigError(str(file), f"cannot be written: {getattr(error, 'strerror', None) or error}") from None
    finally:
        growing.unlink(missing_ok=True)
    return written


def site(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is new, empty, or was written by this command.")
    ],
    bundle: Annotated[
        bool, typer.Option("--bundle/--no-bundle", help="With all that an auditor needs, if there is a key to sign it.")
    ] = True,
    json: AsJson = False,
) -> None:
    """Write every page, feed and calendar as files that any web server can serve, and a browser can open from the disk."""
    from tracker import logs  # noqa: PLC0415  (only what writes logs)
    from tracker.web.still.site import write  # noqa: PLC0415  (half a second that no other command pays)

    app: App = context.obj
    logs.configure(format_=app.settings.log_format, level=app.settings.log_level)
    with output.progress("pages") as show:
        made = write(app, folder, on_progress=show, bundle=bundle)
    if made.moved:
        typer.echo("the log grew meanwhile: some pages show more than others; run it again for one moment", err=True)
    if json:
        output.value(made)
        return
    typer.echo(
        f"{made.files:,} files ({made.bytes:,} bytes) at log position {made.position:,}, written to {made.folder}"
    )
    if bundle and not made.bundle:
        typer.echo("without a bundle for auditors: there is no key; make one with `tracker audit keygen`", err=True)


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
