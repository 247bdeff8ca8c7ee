"""What operators ask of the log: `events`, `parked`, `rebuild`, `doctor`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.errors import InputError

if TYPE_CHECKING:
    from tracker.app import App


class Format(StrEnum):
    """How events are written."""

    jsonl = "jsonl"
    cloudevents = "cloudevents"


After = Annotated[int, typer.Option(metavar="POSITION", min=0, max=2**63 - 1, help="Only events after this position.")]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, max=2**31, help="At most so many.")]
Stream = Annotated[str | None, typer.Option("--stream", metavar="STREAM", help="Only this stream: document/doc_….")]
Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Only this type: claims.extracted.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    events = typer.Typer(no_args_is_help=True, help="The log.", rich_markup_mode=None)
    events.command("list", epilog="Example: tracker events list --after 40 --type claims.extracted")(list_events)
    events.command("export", epilog="Example: tracker events export > log.jsonl")(export)
    events.command("import", epilog="Example: tracker events import log.jsonl")(import_events)
    app.add_typer(events, name="events")
    parked = typer.Typer(no_args_is_help=True, help="What could not be taken in or read.", rich_markup_mode=None)
    parked.command("list", epilog="Example: tracker parked list --json")(list_parked)
    parked.command("retry", epilog="Example: tracker parked retry")(retry)
    parked.command("skip", epilog="Example: tracker parked skip news/broken.txt")(skip)
    app.add_typer(parked, name="parked")
    app.command(epilog="Example: tracker rebuild missions")(rebuild)
    app.command(epilog="Example: tracker backup /backups/tracker-2026-01-01.db")(backup)
    app.command(epilog="Example: tracker doctor --json")(doctor)


def list_events(
    context: typer.Context,
    after: After = 0,
    limit: Limit = None,
    stream: Stream = None,
    type_: Type = None,
    json: AsJson = False,
) -> None:
    """List events in the order of their positions."""
    if json:
        export(context, after=after, limit=limit, stream=stream, type_=type_)
        return
    from tracker.cli.render.log import events_table  # noqa: PLC0415  (rich is for people only)

    app: App = context.obj
    found = list(app.records.events(after=after, limit=limit or 50, stream=stream, type_=type_))
    output.show(events_table(found))
    if limit is None and found and found[-1].position < app.records.last_position():
        typer.echo(f"more: --after {found[-1].position}, or --limit N", err=True)


def export(
    context: typer.Context,
    after: After = 0,
    limit: Limit = None,
    stream: Stream = None,
    type_: Type = None,
    format_: Annotated[Format, typer.Option("--format", help="As they stand, or as CloudEvents 1.0.")] = Format.jsonl,
) -> None:
    """Write events as JSON lines, as they stand in the log or as CloudEvents."""
    from tracker.services.audit.transfer import cloud_event  # noqa: PLC0415  (only for exports)

    app: App = context.obj
    for recorded in app.records.events(after=after, limit=limit, stream=stream, type_=type_):
        output.line(recorded.as_json() if format_ is Format.jsonl else cloud_event(recorded))


def import_events(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `events export` wrote, or - for standard input.")],
) -> None:
    """Fill an empty log with the events of another: same positions, same bytes, same root.

    Texts are not in the log, so quotes are missing until the documents are ingested again.
    """
    app: App = context.obj
    done = None
    with output.progress("events") as show, _opened(file) as lines:
        for done in app.importer.lines(lines, source=file):
            show(done.position, done.position)
    for _ in app.project.catch_up():
        pass
    typer.echo(f"{done.read if done else 0} events read, the log ends at position {done.position if done else 0}")


def _opened(file: str) -> BinaryIO:
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise InputError(file, f"cannot be read: {error.strerror}") from None


def rebuild(
    context: typer.Context,
    projection: Annotated[str | None, typer.Argument(metavar="[PROJECTION]", help="missions, agreements, …")] = None,
    json: AsJson = False,
) -> None:
    """Build views anew beside the live ones, and swap. Same events, same bytes."""
    app: App = context.obj
    with output.progress("events") as show:
        for made in app.project.rebuild(projection, on_progress=lambda p: show(p.position, p.last)):
            if json:
                output.line(made)
            else:
                word = "changed" if made.changed else "unchanged"
                typer.echo(
                    f"{made.projection:11} {made.events:>7} events {made.seconds:8.3f} s  {word}  {made.digest[:16]}"
                )


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the copy; it must not exist.")],
) -> None:
    """Copy the embedded database, of one moment, while others go on writing. To restore, name the copy with --database."""
    app: App = context.obj
    app.store.backup(file)
    typer.echo(f"written to {file}; check it with: tracker --database sqlite:///{file} audit verify")


def list_parked(context: typer.Context, json: AsJson = False) -> None:
    """List inputs and documents that wait, each with its reason."""
    app: App = context.obj
    waiting = app.waiting.list()
    if json:
        output.value(waiting)
        return
    from tracker.cli.render.log import parked_table  # noqa: PLC0415  (as above)

    output.show(parked_table(waiting))


def retry(context: typer.Context) -> None:
    """Read every parked document again."""
    app: App = context.obj
    done = app.waiting.retry()
    typer.echo(f"{done} read, {len(app.waiting.list())} still waiting")


def skip(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="A name or position of `parked list`.")],
) -> None:
    """Take an item out of the list; the log is not touched."""
    app: App = context.obj
    typer.echo(f"{app.waiting.skip(item)} skipped")


def doctor(context: typer.Context, json: AsJson = False) -> None:
    """Look for what is wrong: the database, the clock, inputs that wait, consumers that lag."""
    app: App = context.obj
    health = app.doctor.look(now=app.now())
    if json:
        output.value(health)
    else:
        from tracker.cli.render.log import health_sheet  # noqa: PLC0415  (rich is for people only)

        output.show(*health_sheet(health))
    if not health.ok:
        raise typer.Exit(1)
