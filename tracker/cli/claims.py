"""`tracker claims`: what documents say, and what curators decide about it."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.act import Actor, Basis, Reason, signed, told
from tracker.cli.output import AsJson
from tracker.domain.dates import DateSpan
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.domain.claim import Modality


class Status(StrEnum):
    """What became of a claim."""

    standing = "standing"
    retracted = "retracted"
    held = "held"
    below_floor = "below-floor"
    superseded = "superseded"


class Fault(StrEnum):
    """Why a claim is retracted."""

    extraction_error = "extraction_error"
    source_was_wrong = "source_was_wrong"
    source_withdrew = "source_withdrew"
    wrong_entity = "wrong_entity"
    duplicate = "duplicate"
    legal = "legal"


class Meant(StrEnum):
    """How a value is meant."""

    actual = "actual"
    planned = "planned"
    possible = "possible"
    denied = "denied"


ClaimId = Annotated[str, typer.Argument(metavar="ID", help="The id of `claims list`, or its beginning: clm_….")]
SubjectName = Annotated[str, typer.Argument(metavar="SUBJECT", help="An id, name or alias.")]
AttributeName = Annotated[str, typer.Argument(metavar="ATTRIBUTE", help="launch_date, status, party, …")]
AsMeant = Annotated[Meant | None, typer.Option(help="How it is meant. [default: as before]")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(no_args_is_help=True, help="Claims, and what curators decide.", rich_markup_mode=None)
    family.command(
        "list",
        epilog="Examples: tracker claims list --subject LUPEX --attribute launch_date · claims list --status held",
    )(list_claims)
    family.command("retract", epilog="Example: tracker claims retract clm_2f… --reason wrong_entity --actor ann")(
        retract
    )
    family.command("correct", epilog="Example: tracker claims correct clm_2f… 2028 --reason 'it says 2028'")(correct)
    family.command("restore", epilog="Example: tracker claims restore clm_2f… --reason 'it was right'")(restore)
    family.command(
        "pin", epilog="Example: tracker claims pin LUPEX launch_date 2028 --until 2027-06-30 --reason 'both agencies'"
    )(pin)
    family.command("unpin", epilog="Example: tracker claims unpin LUPEX launch_date --reason 'reports agree now'")(
        unpin
    )
    family.command(
        "acknowledge", epilog="Example: tracker claims acknowledge LUPEX launch_date --reason 'the agencies differ'"
    )(acknowledge)
    family.command("reopen", epilog="Example: tracker claims reopen LUPEX launch_date --reason 'ask again'")(reopen)
    app.add_typer(family, name="claims")


def list_claims(
    context: typer.Context,
    subject: Annotated[str | None, typer.Option("--subject", metavar="SUBJECT", help="Only of this subject.")] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Only of this document.")] = None,
    attribute: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this attribute.")] = None,
    status: Annotated[Status | None, typer.Option(help="Only those of which this became.")] = None,
    below_floor: Annotated[bool, typer.Option("--below-floor", help="The same as --status below-floor.")] = False,
    json: AsJson = False,
) -> None:
    """List claims and what became of each: it stands, was retracted, is held for review, is too uncertain, or called old."""
    app: App = context.obj
    chosen = Status.below_floor if below_floor else status
    lines = app.curation.claims.claims(
        subject=subject, document=document, attribute=attribute, status=chosen.value if chosen else None
    )
    if json:
        output.value(lines)
        return
    from tracker.cli.render.curation import ledger_table  # noqa: PLC0415  (rich is for people only)

    output.show(ledger_table(lines))


def retract(
    context: typer.Context,
    claim: ClaimId,
    reason: Annotated[Fault, typer.Option(help="Why. What is no longer true needs a newer claim, and no retraction.")],
    actor: Actor = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="What else is to be said.")] = None,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Let a claim count no more. `restore` takes it back."""
    app: App = context.obj
    told(app.curation.values.retract(claim, signed(reason.value, actor, basis), note=note), json=json)


def correct(
    context: typer.Context,
    claim: ClaimId,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What the document really says.")],
    reason: Reason,
    actor: Actor = None,
    modality: AsMeant = None,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Let a claim count with the value that its document really gives. `restore` takes it back."""
    app: App = context.obj
    did = app.curation.values.correct(claim, value, signed(reason, actor, basis), modality=_meant(modality))
    told(did, json=json)


def restore(
    context: typer.Context,
    claim: ClaimId,
    reason: Reason,
    actor: Actor = None,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Take back the last retraction or correction of a claim."""
    app: App = context.obj
    told(app.curation.values.restore(claim, signed(reason, actor, basis)), json=json)


def pin(  # noqa: PLR0913, PLR0917  (each is an argument or option of the command)
    context: typer.Context,
    subject: SubjectName,
    attribute: AttributeName,
    value: Annotated[
        str, typer.Argument(metavar="VALUE|CLAIM", help="The value that holds, or the claim that says it.")
    ],
    reason: Reason,
    actor: Actor = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="The last day on which it holds.")] = None,
    by: Annotated[str | None, typer.Option(metavar="PARTY", help="Whose act it is: approved by India.")] = None,
    modality: AsMeant = None,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Let a value hold whatever documents say. What is newer than the pin is shown beside it. `unpin` takes it back."""
    app: App = context.obj
    day = _day(until)
    did = app.curation.values.pin(
        subject, attribute, value, signed(reason, actor, basis), until=day, modality=_meant(modality), by=by
    )
    told(did, json=json)


def unpin(
    context: typer.Context,
    subject: SubjectName,
    attribute: AttributeName,
    reason: Reason,
    actor: Actor = None,
    value: Annotated[
        str | None, typer.Option("--value", metavar="VALUE", help="Which, where several are pinned.")
    ] = None,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Let documents decide again."""
    app: App = context.obj
    told(app.curation.values.unpin(subject, attribute, signed(reason, actor, basis), value=value), json=json)


def acknowledge(
    context: typer.Context,
    subject: SubjectName,
    attribute: AttributeName,
    reason: Reason,
    actor: Actor = None,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Let an open conflict be. Another claim opens it again, and so does `reopen`."""
    app: App = context.obj
    told(app.curation.values.acknowledge(subject, attribute, signed(reason, actor, basis)), json=json)


def reopen(
    context: typer.Context,
    subject: SubjectName,
    attribute: AttributeName,
    reason: Reason,
    actor: Actor = None,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Open an acknowledged conflict again."""
    app: App = context.obj
    told(app.curation.values.reopen(subject, attribute, signed(reason, actor, basis)), json=json)


def _meant(modality: Meant | None) -> "Modality | None":
    return modality.value if modality else None


def _day(until: str | None) -> dt.date | None:
    try:
        return DateSpan.parse(until).last if until else None
    except ValueError as error:
        raise ConfigError("--until", str(error)) from None
