"""`tracker search`."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson

if TYPE_CHECKING:
    from tracker.app import App


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog="Examples: tracker search lunar pole · tracker search '\"south pole\" rov*' --limit 5 --json")(
        search
    )


def search(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help='All must be there; "words in a row"; begin* for beginnings.')
    ],
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="At most so many documents.")] = 20,
    json: AsJson = False,
) -> None:
    """Find documents by their words, the best first. Case and accents do not matter."""
    app: App = context.obj
    found = app.search.documents(" ".join(words), limit=limit)
    if json:
        output.value(found)
        return
    from tracker.cli.render.papers import found_sheet  # noqa: PLC0415  (rich is for people only)

    output.show(*found_sheet(found))
