"""`tracker status`, `history` and `explain`."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.clocks import KnownAt, PublishedBy, ValidAt, as_of
from tracker.cli.output import AsJson
from tracker.domain.dates import DateSpan
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App


class Kind(StrEnum):
    """The kinds of subjects."""

    mission = "mission"
    agreement = "agreement"
    meeting = "meeting"


class Axis(StrEnum):
    """The two time axes of history."""

    published = "published"
    recorded = "recorded"


SubjectName = Annotated[str, typer.Argument(metavar="SUBJECT", help="An id, name or alias: mission/lupex, LUPEX.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog="Examples: tracker status · tracker status LUPEX --published-by 2020-01-15 · tracker status --kind meeting --json"
    )(status)
    app.command(epilog="Example: tracker history mission/lupex --attribute launch_date")(history)
    app.command(epilog="Example: tracker explain mission/lupex launch_date")(explain)


def status(
    context: typer.Context,
    subject: Annotated[str | None, typer.Argument(metavar="[SUBJECT]", help="An id, name or alias.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only subjects of this kind.")] = None,
    known_at: KnownAt = None,
    published_by: PublishedBy = None,
    valid_at: ValidAt = None,
    json: AsJson = False,
) -> None:
    """Show what holds now: of everything, or of one subject with the words that say so."""
    app: App = context.obj
    then = as_of(app, known_at, published_by, valid_at)
    if subject is not None:
        one = app.query.subject(subject, as_of=then)
        if json:
            output.value(one)
            return
        from tracker.cli.render.subject import subject_sheet  # noqa: PLC0415  (rich is for people only)

        output.show(*subject_sheet(one))
        return
    board = app.query.board(kind=kind.value if kind else None, as_of=then)
    if json:
        output.value(board)
        return
    from tracker.cli.render.board import boards  # noqa: PLC0415  (as above)

    output.show(*boards(board))


def history(  # noqa: PLR0913, PLR0917  (Typer declares options as parameters)
    context: typer.Context,
    subject: SubjectName,
    attribute: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this attribute: launch_date, status.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only from this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only up to this day.")] = None,
    axis: Annotated[
        Axis, typer.Option(help="As sources published it, or as this tracker recorded it.")
    ] = Axis.published,
    known_at: KnownAt = None,
    published_by: PublishedBy = None,
    valid_at: ValidAt = None,
    json: AsJson = False,
) -> None:
    """List every change of a subject in order."""
    app: App = context.obj
    window = (_day("--since", since, last=False), _day("--until", until, last=True))
    then = as_of(app, known_at, published_by, valid_at)
    lines = app.query.history(
        subject, attribute=attribute, since=window[0], until=window[1], axis=axis.value, as_of=then
    )
    if json:
        output.value(lines)
        return
    from tracker.cli.render.history import history_table  # noqa: PLC0415  (as above)

    output.show(history_table(lines, axis=axis.value))


def explain(
    context: typer.Context,
    subject: SubjectName,
    attribute: Annotated[str, typer.Argument(metavar="ATTRIBUTE", help="launch_date, status, party, …")],
    known_at: KnownAt = None,
    published_by: PublishedBy = None,
    valid_at: ValidAt = None,
    json: AsJson = False,
) -> None:
    """Tell why a value holds: the sentence that says so, the rules, and what else was said."""
    app: App = context.obj
    explanation = app.explain.attribute(subject, attribute, as_of=as_of(app, known_at, published_by, valid_at))
    if json:
        output.value(explanation)
        return
    from tracker.cli.render.explanation import explanation_sheet  # noqa: PLC0415  (as above)

    output.show(*explanation_sheet(explanation))


def _day(option: str, text: str | None, *, last: bool) -> dt.date | None:
    if text is None:
        return None
    try:
        span = DateSpan.parse(text)
    except ValueError as error:
        raise ConfigError(option, str(error)) from None
    return span.last if last else span.first
