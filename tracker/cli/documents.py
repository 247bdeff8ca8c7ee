"""`tracker documents`."""

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson

if TYPE_CHECKING:
    from tracker.app import App


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(no_args_is_help=True, help="Captured documents.", rich_markup_mode=None)
    family.command("list", epilog="Examples: tracker documents list --json · tracker documents list --about LUPEX")(
        list_documents
    )
    family.command("show", epilog="Example: tracker documents show 2019-09-09-embassy-confirms-lunar-polar-probe")(show)
    family.command(
        "redact", epilog="Example: tracker documents redact a1 --reason 'asked by the author' --legal-basis 'GDPR 17'"
    )(redact)
    app.add_typer(family, name="documents")


def list_documents(
    context: typer.Context,
    about: Annotated[
        str | None, typer.Option(metavar="SUBJECT", help="Only those that speak of it: an id, name or alias.")
    ] = None,
    json: AsJson = False,
) -> None:
    """List every document, the oldest publication first."""
    app: App = context.obj
    lines = app.library.list(about=app.query.members(about) if about is not None else None)
    if json:
        output.value(lines)
        return
    from tracker.cli.render.papers import documents_table  # noqa: PLC0415  (rich is for people only)

    output.show(documents_table(lines))


def show(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="ID", help="The id of `documents list`, ours or its own.")],
    json: AsJson = False,
) -> None:
    """Show one document: its versions, its text, and the claims found in it."""
    app: App = context.obj
    detail = app.library.show(document)
    if json:
        output.value(detail)
        return
    from tracker.cli.render.papers import document_sheet  # noqa: PLC0415  (as above)

    output.show(*document_sheet(detail))


def redact(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="ID", help="The id of `documents list`, ours or its own.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it must go.")],
    legal_basis: Annotated[str, typer.Option(metavar="TEXT", help="By what law or order.")],
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Who does it. [default: the user's name]")] = None,
    json: AsJson = False,
) -> None:
    """Take a document's text down. The log keeps that it was there, who removed it and why; every proof still holds."""
    app: App = context.obj
    made = app.redact.document(document, reason=reason, legal_basis=legal_basis, actor=actor or getpass.getuser())
    if json:
        output.value(made)
    else:
        typer.echo(f"{made.texts} texts of {made.document_id} taken down, recorded at position {made.position}")
