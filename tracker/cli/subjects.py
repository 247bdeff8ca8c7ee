"""`tracker subjects` and `sources`: who is who, how much a source weighs, and by which rules."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.act import Actor, Basis, Reason, signed, told
from tracker.cli.output import AsJson
from tracker.cli.status import Kind
from tracker.errors import ConfigError

if TYPE_CHECKING:
    from tracker.app import App

Left = Annotated[str, typer.Argument(metavar="A", help="An id, name or alias.")]
Right = Annotated[str, typer.Argument(metavar="B", help="Another.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    family = typer.Typer(no_args_is_help=True, help="Who is who.", rich_markup_mode=None)
    family.command("list", epilog="Examples: tracker subjects list --discovered · tracker subjects list --proposed")(
        list_subjects
    )
    family.command(
        "merge", epilog="Example: tracker subjects merge LUPEX Chandrayaan-5 --reason 'both agencies say so'"
    )(merge)
    family.command(
        "split", epilog="Example: tracker subjects split mission/lupex mission/chandrayaan-5 --reason 'two'"
    )(split)
    family.command(
        "rename", epilog="Example: tracker subjects rename mission/lupex 'Lunar Polar Exploration' --reason …"
    )(rename)
    app.add_typer(family, name="subjects")
    sources = typer.Typer(no_args_is_help=True, help="Who publishes, and what weight it has.", rich_markup_mode=None)
    sources.command("list", epilog="Example: tracker sources list --json")(list_sources)
    sources.command("grade", epilog="Example: tracker sources grade 'The Paper' secondary --reason 'quotes officials'")(
        grade
    )
    sources.command("rules", epilog="Example: tracker sources rules --json")(rules)
    sources.command("adopt", epilog="Example: tracker sources adopt --reason 'rumours weigh less'")(adopt)
    app.add_typer(sources, name="sources")


def list_subjects(
    context: typer.Context,
    kind: Annotated[Kind | None, typer.Option(help="Only subjects of this kind.")] = None,
    discovered: Annotated[bool, typer.Option("--discovered", help="Only those that no catalog knows.")] = False,
    proposed: Annotated[bool, typer.Option("--proposed", help="Pairs that may be one, and why.")] = False,
    json: AsJson = False,
) -> None:
    """List subjects with all ids and names they go by, or the pairs of them that documents join by a name."""
    app: App = context.obj
    chosen = kind.value if kind else None
    if proposed:
        proposals = app.curation.subjects.proposed(kind=chosen)
        if json:
            output.value(proposals)
            return
        from tracker.cli.render.curation import proposals_table  # noqa: PLC0415  (rich is for people only)

        output.show(proposals_table(proposals))
        return
    lines = app.curation.subjects.every(kind=chosen, discovered=discovered)
    if json:
        output.value(lines)
        return
    from tracker.cli.render.curation import subjects_table  # noqa: PLC0415  (as above)

    output.show(subjects_table(lines))


def merge(
    context: typer.Context,
    left: Left,
    right: Right,
    reason: Reason,
    actor: Actor = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Though the two were judged to be different.")] = False,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Judge that two subjects are one; the one id leads to the other. `split` takes it back."""
    app: App = context.obj
    told(app.curation.subjects.merge(left, right, signed(reason, actor, basis), anyway=anyway), json=json)


def split(
    context: typer.Context,
    left: Left,
    right: Right,
    reason: Reason,
    actor: Actor = None,
    different: Annotated[bool, typer.Option("--different", help="And never let others join the two.")] = False,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Take back that two subjects are one: both are what they were."""
    app: App = context.obj
    told(app.curation.subjects.split(left, right, signed(reason, actor, basis), different=different), json=json)


def rename(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="An id, name or alias.")],
    reason: Reason,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="None: as its documents call it.")] = None,
    actor: Actor = None,
    basis: Basis = None,
    json: AsJson = False,
) -> None:
    """Show a subject under a name; its id stays."""
    app: App = context.obj
    told(app.curation.subjects.rename(subject, name, signed(reason, actor, basis)), json=json)


def list_sources(context: typer.Context, json: AsJson = False) -> None:
    """List publishers with their grades, and who gave them."""
    app: App = context.obj
    lines = app.curation.sources.every()
    if json:
        output.value(lines)
        return
    from tracker.cli.render.curation import sources_table  # noqa: PLC0415  (as above)

    output.show(sources_table(lines))


def grade(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A publisher, as in `sources list`.")],
    reason: Reason,
    grade: Annotated[str | None, typer.Argument(metavar="[GRADE]", help="operator, official, secondary, …")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take its grade back; the table's holds.")] = False,
    actor: Actor = None,
    json: AsJson = False,
) -> None:
    """Grade a source. Every view is judged anew."""
    if (grade is None) != withdraw:
        raise ConfigError("GRADE", "give a grade, or --withdraw to take one back")
    app: App = context.obj
    told(app.curation.sources.grade(name, grade, signed(reason, actor)), json=json)


def rules(context: typer.Context, json: AsJson = False) -> None:
    """Show the table by which claims are weighed, and who adopted it."""
    app: App = context.obj
    found = app.curation.sources.rules()
    if json:
        output.value(found)
        return
    from tracker.cli.render.curation import rules_sheet  # noqa: PLC0415  (as above)

    output.show(*rules_sheet(found))


def adopt(context: typer.Context, reason: Reason, actor: Actor = None, json: AsJson = False) -> None:
    """Adopt the table of policy.toml: it is recorded, and holds until another is adopted. Every view is judged anew."""
    app: App = context.obj
    told(app.curation.sources.adopt(signed(reason, actor)), json=json)
