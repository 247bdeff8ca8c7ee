"""`tracker audit`: verify, sign, prove, export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.cli.text import one_line

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.services.verify import Verdict


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(
        no_args_is_help=True, help="Verify the log, sign it, prove what is in it.", rich_markup_mode=None
    )
    family.command("verify", epilog="Examples: tracker audit verify · tracker audit verify bundle.zip --key 'NAME+…'")(
        verify
    )
    family.command("keygen", epilog="Example: tracker audit keygen --origin example.org/tracker")(keygen)
    family.command("checkpoint", epilog="Example: tracker audit checkpoint > checkpoint.txt")(checkpoint)
    family.command("prove", epilog="Example: tracker audit prove 41 > event-41.tlog-proof")(prove)
    family.command("export", epilog="Example: tracker audit export bundle.zip")(export)
    app.add_typer(family, name="audit")


def verify(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A bundle; else the log itself.")] = None,
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The operator's public key, known beforehand.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Hash everything again and compare: the log, or a bundle without database or network."""
    app: App = context.obj
    with output.progress("events") as show:
        if file is None:
            verdict = app.verify.log(on_progress=show)
        else:
            from tracker.projections import PROJECTIONS  # noqa: PLC0415  (only for bundles)
            from tracker.services import outside  # noqa: PLC0415

            verdict = outside.verify(file, PROJECTIONS, key=key, on_progress=show)
    if json:
        output.value(verdict)
    else:
        _tell(verdict)
        if file is not None and key is None:
            typer.echo("checked with the bundle's own key; compare it with the operator's, or give --key", err=True)
    if not verdict.ok:
        raise typer.Exit(1)


def _tell(verdict: "Verdict") -> None:
    for problem in verdict.problems:
        typer.echo(f"position {problem.position}: {one_line(problem.problem)}")
    state = "intact" if verdict.ok else f"{len(verdict.problems)} problems"
    typer.echo(f"{verdict.size} events, {state}, root {verdict.root}")


def keygen(
    context: typer.Context,
    origin: Annotated[str, typer.Option(metavar="NAME", help="The log's name: a URL without scheme, by custom.")],
) -> None:
    """Make the key that signs checkpoints, and print its public half to give to everybody."""
    app: App = context.obj
    typer.echo(app.key.make(origin).encode())
    typer.echo(f"the private half is in {app.key.path}; keep a copy elsewhere", err=True)


def checkpoint(context: typer.Context, json: AsJson = False) -> None:
    """Sign the log as it is, and print the checkpoint to hand out."""
    app: App = context.obj
    with output.progress("events") as show:
        sealed = app.seal.checkpoint(on_progress=show)
    if json:
        output.value(sealed)
    else:
        sys.stdout.write(sealed.note)


def prove(
    context: typer.Context,
    position: Annotated[int, typer.Argument(metavar="POSITION", min=1, max=2**63 - 1, help="Of the event.")],
) -> None:
    """Print the proof that an event is in the log that was signed; it needs the public key and the entry, nothing else."""
    app: App = context.obj
    sys.stdout.buffer.write(app.seal.prove(position))


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the bundle (zip).")],
    json: AsJson = False,
) -> None:
    """Write everything that an outsider needs to check the log."""
    app: App = context.obj
    with output.progress("events") as show:
        made = app.export.write(file, app.key.signer().verifier, on_progress=show)
    if json:
        output.value(made)
    else:
        typer.echo(f"{made.size} events, {made.texts} texts, root {made.root}")
        typer.echo(f"public key: {made.key}")
        typer.echo(f"check it with: tracker audit verify {made.file} --key '{made.key}'", err=True)
