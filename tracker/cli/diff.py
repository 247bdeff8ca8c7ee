"""`tracker diff`, `slips` and `conflicts`: what moved, by how much, and what is disputed."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.clocks import KnownAt, PublishedBy, ValidAt, as_of
from tracker.cli.output import AsJson
from tracker.cli.status import Axis

if TYPE_CHECKING:
    from tracker.app import App

MaybeSubject = Annotated[
    str | None, typer.Argument(metavar="[SUBJECT]", help="An id, name or alias; everything without it.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog="Examples: tracker diff LUPEX --from 2019 --to 2025-06 · tracker diff --axis recorded --from 40 --to 90"
    )(diff)
    app.command(epilog="Examples: tracker slips · tracker slips LUPEX --published-by 2024")(slips)
    app.command(epilog="Examples: tracker conflicts · tracker conflicts LUPEX --json")(conflicts)


def diff(
    context: typer.Context,
    subject: MaybeSubject = None,
    from_: Annotated[str, typer.Option("--from", metavar="DATE|POSITION", help="The earlier point.")] = ...,  # type: ignore[assignment]  # how Typer spells an option that must be given
    to: Annotated[str, typer.Option("--to", metavar="DATE|POSITION", help="The later point.")] = ...,  # type: ignore[assignment]  # as above
    axis: Annotated[
        Axis, typer.Option(help="Days of publication, or positions and times of this tracker's log.")
    ] = Axis.published,
    json: AsJson = False,
) -> None:
    """Show what differs between two points, slot by slot, with the words that made the difference."""
    from tracker.services.queries.diff import between  # noqa: PLC0415  (only who asks needs it)
    from tracker.services.queries.diff import diff as differing  # noqa: PLC0415  (as above)

    app: App = context.obj
    lines = differing(app.query, between(app.query, from_, to, axis=axis.value), subject)
    if json:
        output.value(lines)
        return
    from tracker.cli.render.history import history_table  # noqa: PLC0415  (rich is for people only)

    output.show(history_table(lines, axis=axis.value, nothing="Nothing differs."))


def slips(
    context: typer.Context,
    subject: MaybeSubject = None,
    known_at: KnownAt = None,
    published_by: PublishedBy = None,
    valid_at: ValidAt = None,
    json: AsJson = False,
) -> None:
    """Show how plans have moved: what slipped most often first, from which first date to which present one."""
    from tracker.services.queries.slips import slips as moved  # noqa: PLC0415  (only who asks needs it)

    app: App = context.obj
    found = moved(app.query, subject, as_of=as_of(app, known_at, published_by, valid_at))
    if json:
        output.value(found)
        return
    from tracker.cli.render.moves import slips_sheet  # noqa: PLC0415  (rich is for people only)

    output.show(*slips_sheet(found, each=subject is not None))


def conflicts(
    context: typer.Context,
    subject: MaybeSubject = None,
    known_at: KnownAt = None,
    published_by: PublishedBy = None,
    valid_at: ValidAt = None,
    json: AsJson = False,
) -> None:
    """Show values that cannot hold together, with the words of both sides."""
    from tracker.services.queries.conflicts import conflicts as disputed  # noqa: PLC0415  (only who asks needs it)

    app: App = context.obj
    found = disputed(app.query, subject, as_of=as_of(app, known_at, published_by, valid_at))
    if json:
        output.value(found)
        return
    from tracker.cli.render.moves import conflicts_sheet  # noqa: PLC0415  (rich is for people only)

    output.show(*conflicts_sheet(found))
