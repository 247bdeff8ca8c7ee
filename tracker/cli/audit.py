"""`tracker audit`: verify, sign, have it stamped, prove, export."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from tracker.cli import output
from tracker.cli.output import AsJson
from tracker.cli.text import one_line
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from tracker.app import App
    from tracker.services.audit.seal import Sealed
    from tracker.services.audit.stamp import Stamped
    from tracker.services.audit.verdict import Verdict
    from tracker.transparency.checkpoint import Checkpoint

Roots = Annotated[
    Path | None,
    typer.Option("--tsa-roots", metavar="PEM", help="Certificates that time stamps must lead to; offline."),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(
        no_args_is_help=True, help="Verify the log, sign it, prove what is in it.", rich_markup_mode=None
    )
    family.command("verify", epilog="Examples: tracker audit verify · tracker audit verify bundle.zip --key 'NAME+…'")(
        verify
    )
    family.command("keygen", epilog="Example: tracker audit keygen --origin example.org/tracker")(keygen)
    family.command(
        "checkpoint",
        epilog="Examples: tracker audit checkpoint > checkpoint.txt · "
        "tracker audit checkpoint --timestamp https://tsa.example/tsr",
    )(checkpoint)
    family.command("prove", epilog="Example: tracker audit prove 41 > event-41.tlog-proof")(prove)
    family.command(
        "consistency",
        epilog="Examples: tracker audit consistency checkpoint.txt > growth.txt · tracker audit consistency 300 412",
    )(consistency)
    family.command("export", epilog="Example: tracker audit export bundle.zip")(export)
    app.add_typer(family, name="audit")


def verify(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A bundle or a consistency proof; else the log itself.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The operator's public key, known beforehand.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A checkpoint that you have kept: this must be its history.")
    ] = None,
    tsa_roots: Roots = None,
    json: AsJson = False,
) -> None:
    """Hash everything again and compare: the log, or a bundle or proof without database or network."""
    app: App = context.obj
    trusted = _trusted(tsa_roots)
    held = () if since is None else (_checkpoint(since),)
    if file is not None and _is_growth(file):
        verdict = _growth(file, key, held)
    else:
        with output.progress("events") as show:
            if file is None:
                verdict = app.verify.log(on_progress=show, trusted=trusted, held=held)
            else:
                from tracker.projections import PROJECTIONS  # noqa: PLC0415  (only for bundles)
                from tracker.services.audit import outside  # noqa: PLC0415

                verdict = outside.verify(file, PROJECTIONS, key=key, trusted=trusted, held=held, on_progress=show)
        if file is not None and key is None:
            typer.echo("checked with the bundle's own key; compare it with the operator's, or give --key", err=True)
    if json:
        output.value(verdict)
    else:
        _tell(verdict, asked=tsa_roots is not None)
    if not verdict.ok:
        raise typer.Exit(1)


def _growth(file: Path, key: str | None, held: "Sequence[Checkpoint]") -> "Verdict":
    from tracker.services.audit import growth  # noqa: PLC0415  (only for these proofs)

    verdict = growth.verify(_bytes(file), key=key, held=held)
    if key is None:
        typer.echo("no signature was checked; give the operator's --key", err=True)
    if not held:
        typer.echo("compare the old size and root with a checkpoint that you hold, or give it as --since", err=True)
    return verdict


def _tell(verdict: "Verdict", *, asked: bool) -> None:
    for problem in verdict.problems:
        typer.echo(f"position {problem.position}: {one_line(problem.problem)}")
    state = "intact" if verdict.ok else f"{len(verdict.problems)} problems"
    typer.echo(f"{verdict.size} events, {state}, root {verdict.root}")
    if verdict.timestamps:
        newest = verdict.timestamps[-1]
        how = "verified" if newest.verified else "not verified, give --tsa-roots"
        said = f"{newest.stamped_at} on {newest.size} events, by {one_line(newest.authority)}"
        typer.echo(f"{len(verdict.timestamps)} time stamps ({how}); the newest: {said}")
    elif asked:
        typer.echo("no time stamps", err=True)


def keygen(
    context: typer.Context,
    origin: Annotated[str, typer.Option(metavar="NAME", help="The log's name: a URL without scheme, by custom.")],
) -> None:
    """Make the key that signs checkpoints, and print its public half to give to everybody."""
    app: App = context.obj
    typer.echo(app.key.make(origin).encode())
    typer.echo(f"the private half is in {app.key.path}; keep a copy elsewhere", err=True)


def checkpoint(
    context: typer.Context,
    timestamp: Annotated[
        str | None, typer.Option(metavar="URL", help="Have it stamped by this time-stamp authority (RFC 3161).")
    ] = None,
    timestamp_query: Annotated[
        Path | None, typer.Option(metavar="TSQ", help="Write the question to an authority, to be carried there.")
    ] = None,
    timestamp_reply: Annotated[
        Path | None, typer.Option(metavar="TSR", help="Keep the answer that was carried back, for that question.")
    ] = None,
    tsa_roots: Roots = None,
    json: AsJson = False,
) -> None:
    """Sign the log as it is, and print the checkpoint to hand out."""
    app: App = context.obj
    trusted = _trusted(tsa_roots)
    if timestamp_reply is not None:
        asked = None if timestamp_query is None else _bytes(timestamp_query)
        kept = app.seal.stamps.by_hand(app.seal.notes(), _bytes(timestamp_reply), asked, trusted)
        _show_stamp(kept, json=json)
        return
    with output.progress("events") as show:
        sealed = app.seal.checkpoint(on_progress=show)
    if not json:
        sys.stdout.write(sealed.note)
        sys.stdout.flush()
    if timestamp_query is not None:
        _write_question(timestamp_query, sealed.note)
    stamped = None if timestamp is None else _ask(app, sealed, timestamp, trusted)
    if json:
        output.value(msgspec.to_builtins(sealed) | ({"timestamp": msgspec.to_builtins(stamped)} if stamped else {}))
    elif stamped:
        typer.echo(f"stamped {stamped.stamped_at} by {one_line(stamped.authority)}", err=True)


def _ask(app: "App", sealed: "Sealed", url: str, trusted: "tuple[Certificate, ...]") -> "Stamped":
    from tracker.fetch import timestamp as authority  # noqa: PLC0415  (only where one is asked)

    name = authority.shown(url)
    return app.seal.stamps.ask(
        sealed.note, sealed.position, name, lambda question: authority.ask(url, question), trusted
    )


def _write_question(path: Path, note: str) -> None:
    from tracker.services.audit import stamp  # noqa: PLC0415  (only where stamps are wanted)

    try:
        with path.open("xb") as file:
            file.write(stamp.question(note))
    except OSError as error:
        raise ConfigError("--timestamp-query", f"{path} cannot be written: {error.strerror}") from None
    typer.echo(
        f"post {path} to an authority as application/timestamp-query, then: tracker audit checkpoint"
        f" --timestamp-query {path} --timestamp-reply ANSWER",
        err=True,
    )


def _show_stamp(stamped: "Stamped", *, json: bool) -> None:
    if json:
        output.value(stamped)
    else:
        known = "" if stamped.new else ", as it was already"
        typer.echo(f"stamped {stamped.stamped_at}; recorded at position {stamped.position}{known}")


def prove(
    context: typer.Context,
    position: Annotated[int, typer.Argument(metavar="POSITION", min=1, max=2**63 - 1, help="Of the event.")],
) -> None:
    """Print the proof that an event is in the log that was signed; it needs the public key and the entry, nothing else."""
    app: App = context.obj
    sys.stdout.buffer.write(app.seal.prove(position))


def consistency(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A number of events, or a file with a checkpoint.")],
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="The same, later; else the newest checkpoint.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Print the proof that the log only grew: nothing before OLD was changed or taken out until NEW."""
    from tracker.services.audit import growth  # noqa: PLC0415  (only for these proofs)

    app: App = context.obj
    held = [_checkpoint(Path(name)) for name in (old, new) if name is not None and not _is_size(name)]
    sizes = {name: int(name) if _is_size(name) else _checkpoint(Path(name)).size for name in (old, new) if name}
    made = app.seal.grown(sizes[old], sizes[new] if new else None, held=held)
    if json:
        output.value(growth.shown(made))
    else:
        sys.stdout.buffer.write(made.encode())


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


def _trusted(path: Path | None) -> "tuple[Certificate, ...]":
    if path is None:
        return ()
    from tracker.transparency import timestamp  # noqa: PLC0415  (OpenSSL takes long to load)

    return timestamp.roots(_bytes(path))


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _is_growth(path: Path) -> bool:
    from tracker.services.audit import growth  # noqa: PLC0415  (only for files)

    try:
        with path.open("rb") as file:
            return growth.is_proof(file.read(100))
    except OSError:
        # The bundle's own reader says what is wrong with the file.
        return False


def _checkpoint(path: Path) -> "Checkpoint":
    from tracker.transparency import checkpoint as head  # noqa: PLC0415  (only where one was brought)

    return head.read(_bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from None
