"""`tracker ingest` and `tracker read`."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.cli.text import one_line
from tracker.domain.dates import DateSpan
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.capture.item import Given
    from tracker.capture.readings import Reading
    from tracker.services.ingestion.ingest import Line
    from tracker.services.queries.claims import ClaimLine

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, or - for standard input.", show_default=False)
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication date (EDTF: 2025-04-01, 2025-04, 2025).")
]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")]
Url = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where it was published.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when an input was parked.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: tracker ingest news/ --publisher 'The Hindu' --published 2025-04-01")(ingest)
    app.command(epilog="Example: tracker read article.txt --json")(read)


def ingest(
    context: typer.Context,
    sources: Sources,
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    strict: Strict = False,
    json: AsJson = False,
) -> None:
    """Capture documents, read them, and bring the views up to date.

    Takes .txt .md .html .json .jsonl .xml .warc and .warc.gz. What is known already is not taken twice; what is no document
    is named with its reason, and the rest goes on.
    """
    from tracker import logs  # noqa: PLC0415  (only what writes logs)

    app: App = context.obj
    logs.configure(format_=app.settings.log_format, level=app.settings.log_level if not json else "error")
    given = _given(published, publisher, url)
    counts: Counter[str] = Counter()
    archives = _Archives()
    with output.progress("ingesting") as show:
        lines = app.ingest.sources(sources, given=given, today=app.today(), stdin=_stdin(), on_archive=archives.came_to)
        for done, made in enumerate(lines, 1):
            counts[made.outcome] += 1
            show(*(archives.bytes or (done, done)))
            if json:
                output.line(made)
            else:
                typer.echo(_outcome_line(made))
    if not json:
        typer.echo(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "nothing to ingest")
        for told in archives.told:
            typer.echo(one_line(told, 300), err=True)
    if strict and counts["parked"]:
        raise typer.Exit(1)


class _Archives:
    """How far the archives of a run have come, for people: the bytes of the one in hand, a line on each that was read."""

    def __init__(self) -> None:
        self.bytes: tuple[int, int] | None = None
        self.told: list[str] = []

    def came_to(self, reading: "Reading") -> None:
        self.bytes = None if reading.done else (reading.taken, reading.size)
        if reading.done:
            over = ", ".join(f"{count:,} {what}" for what, count in reading.passed_over.most_common())
            begun = f" after the {reading.began.records:,} of an earlier run" if reading.began.records else ""
            passed = f"; passed over: {over}" if over else ""
            found = f"{reading.records:,} records{begun}, {reading.documents:,} documents"
            self.told.append(f"{Path(reading.source).name}: {found}{passed}")


def _outcome_line(made: "Line") -> str:
    name = one_line(Path(made.source).name or made.source, 60)
    if made.outcome == "parked":
        return f"{made.outcome:10} {one_line(made.source)}: {one_line(made.reason or '')}"
    detail = f"{made.claims} claims" if made.claims is not None else ""
    reason = f" ({one_line(made.reason)})" if made.reason else ""
    return f"{made.outcome:10} {name}  {detail}{reason}"


def read(
    context: typer.Context,
    sources: Sources,
    published: Published = None,
    publisher: Publisher = None,
    url: Url = None,
    json: AsJson = False,
) -> None:
    """Print the claims of documents; nothing is stored."""
    app: App = context.obj
    given = _given(published, publisher, url)
    refused = 0
    found = app.preview.sources(sources, given=given, today=app.today(), stdin=_stdin())
    rows: list[ClaimLine] = []
    from tracker.capture.item import Refused  # noqa: PLC0415  (the capture room opens with the command)

    for made in found:
        if isinstance(made, Refused):
            refused += 1
            typer.echo(f"tracker: {one_line(made.source)}: {one_line(made.reason)}", err=True)
        elif json:
            output.line(made)
        else:
            rows.append(made)
    if not json:
        from tracker.cli.render.papers import claims_table  # noqa: PLC0415  (rich is for people only)

        output.show(claims_table(rows))
    if refused:
        raise typer.Exit(1)


def _given(published: str | None, publisher: str | None, url: str | None) -> "Given":
    from tracker.capture.item import Given  # noqa: PLC0415  (as above)
    from tracker.domain.identity import canonical_url  # noqa: PLC0415

    for option, value, check in (("--published", published, DateSpan.parse), ("--url", url, canonical_url)):
        try:
            if value is not None:
                check(value)
        except ValueError as error:
            raise ConfigError(option, str(error)) from None
    return Given(published=published, publisher=publisher, url=url)


def _stdin() -> BinaryIO | None:
    # Closed in some services and cron jobs.
    return sys.stdin.buffer if sys.stdin is not None else None
