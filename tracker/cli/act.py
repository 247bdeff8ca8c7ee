"""What all acts of curators share on the command line: who, why, on what basis, and what came of it."""

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.text import one_line

if TYPE_CHECKING:
    from tracker.services.curation.desk import Did, Signed

Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; it stands in the log.")]
Actor = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides. [default: the user's name]")]
Basis = Annotated[
    int | None,
    typer.Option(
        metavar="POSITION", help="Refuse if anything of this has changed since that position. [default: the present]"
    ),
]


def signed(reason: str, actor: str | None, basis: int | None = None) -> "Signed":
    """Return the signature under an act."""
    from tracker.services.curation.desk import Signed  # noqa: PLC0415  (only who acts needs it)

    return Signed(actor or getpass.getuser(), reason, basis)


def told(did: "Did", *, json: bool) -> None:
    """Say where the log has the act, and what it changed."""
    if json:
        output.value(did)
        return
    typer.echo(f"{did.type} by {one_line(did.actor)} recorded at position {did.position}")
    if did.changes:
        from tracker.cli.render.history import history_table  # noqa: PLC0415  (rich is for people only)

        output.show(history_table(did.changes, axis="published"))
    elif did.subjects:
        typer.echo("No value changes.")
