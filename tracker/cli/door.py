"""The door: global options, and errors turned into one clear line and an exit code."""

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from tracker import __version__
from tracker.app import build
from tracker.cli import (
    audit,
    claims,
    deliveries,
    diff,
    documents,
    export,
    feeds,
    ingest,
    log,
    reread,
    search,
    status,
    subjects,
    subscriptions,
    tokens,
    watch,
)  # fmt: skip
from tracker.cli import run as unattended
from tracker.cli.text import clean
from tracker.errors import (
    ConfigError,
    EventIdReusedError,
    NotFoundError,
    RefusedError,
    TrackerError,
    WrongExpectedVersionError,
)

EXIT_CODES: Mapping[type[TrackerError], int] = {
    ConfigError: 2,
    NotFoundError: 3,
    RefusedError: 4,
    WrongExpectedVersionError: 4,
    EventIdReusedError: 4,
}
"""Every other error ends with 1."""

app = typer.Typer(
    name="tracker",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: tracker ingest seeds && tracker status",
)
for family in (
    ingest,
    reread,
    feeds,
    unattended,
    status,
    diff,
    watch,
    subscriptions,
    deliveries,
    search,
    documents,
    claims,
    subjects,
    tokens,
    log,
    audit,
    export,
):
    family.add_to(app)


@app.callback()
def _options(
    context: typer.Context,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the log is. [default: sqlite:///var/tracker.db]")
    ] = None,
    config: Annotated[
        str | None, typer.Option(metavar="DIR", help="A folder with a tracker.toml, catalog or lexicon of your own.")
    ] = None,
    log_format: Annotated[str | None, typer.Option(metavar="console|json", help="How logs look on stderr.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Track space missions, agreements and meetings through the news: what holds, since when, and who says so.

    Options also come from TRACKER_DATABASE, TRACKER_CONFIG and TRACKER_LOG_FORMAT.
    """
    if version:
        typer.echo(__version__)
        raise typer.Exit
    made = build({"database": database, "config": config, "log_format": log_format})
    context.obj = made
    context.call_on_close(made.close)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code. Never prints a traceback for what a user can mend."""
    command = typer.main.get_command(app)
    try:
        command.main(args=list(arguments), prog_name="tracker")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except TrackerError as error:
        _say(str(error))
        return next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), 1)
    return 0


def _say(message: str) -> None:
    print(f"tracker: {clean(message)}", file=sys.stderr)  # noqa: T201  (the one place where an error is told)
