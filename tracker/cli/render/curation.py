"""What curators go through: claims and what became of them, subjects, proposals, sources, rules."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.text import Text

from tracker.cli.render.parts import GONE, table, valued
from tracker.cli.text import one_line
from tracker.services.curation.ledger import LedgerLine
from tracker.services.curation.sources import Rules, SourceLine
from tracker.services.curation.subjects import Proposal, SubjectLine
from tracker.services.curation.tokens import Token

_STYLES = {"retracted": "red", "held": "yellow", "below-floor": "yellow", "superseded": "dim"}


def ledger_table(lines: Sequence[LedgerLine]) -> RenderableType:
    """Return the table of claims with what became of each."""
    if not lines:
        return "No such claim."
    made = table("Claim", "Subject", "What", "Value", "Published", "Status", "Words")
    for line in lines:
        value = valued(line.value, line.modality)
        if line.read_as:
            value.append(f" read as {one_line(line.read_as)}", style="dim")
        status = Text(line.status, style=_STYLES.get(line.status, ""))
        if line.reason:
            status.append(f"\n{one_line(line.reason)}", style="dim")
        elif line.act:
            status.append(f"\n{line.act.kind} by {one_line(line.act.actor)}", style="dim")
        quote = f"“{one_line(line.evidence.quote, 60)}”" if line.evidence.quote is not None else GONE
        made.add_row(
            line.claim_id, line.subject, line.attribute, value, line.published, status, Text(quote, style="italic")
        )
    return made


def subjects_table(lines: Sequence[SubjectLine]) -> RenderableType:
    """Return the table of subjects."""
    if not lines:
        return "No such subject."
    made = table("Id", "Name", "Also called", "Other ids", "")
    for line in lines:
        name = Text(one_line(line.name, 60))
        if line.renamed_by:
            name.append(f" (named by {one_line(line.renamed_by)})", style="dim")
        others = ", ".join(line.other_ids)
        found = "discovered" if line.discovered else ""
        made.add_row(line.id, name, one_line(", ".join(line.aliases), 80), others, Text(found, style="dim"))
    return made


def proposals_table(lines: Sequence[Proposal]) -> RenderableType:
    """Return the table of pairs that may be one."""
    if not lines:
        return "No pair of subjects is joined by a name."
    made = table("One", "Other", "Reason", "Documents")
    for line in lines:
        documents = ", ".join(one_line(name, 50) for name in line.documents[:3])
        made.add_row(line.left, line.right, one_line(line.reason), documents)
    return made


def sources_table(lines: Sequence[SourceLine]) -> RenderableType:
    """Return the table of publishers."""
    made = table("Publisher", "Documents", "Grade", "Days off", "Graded by", right=("Documents", "Days off"))
    for line in lines:
        who = f"{one_line(line.graded_by)}: {one_line(line.reason or '', 80)}" if line.graded_by else ""
        made.add_row(one_line(line.publisher, 60), str(line.documents), line.grade, str(line.days), who)
    return made


def rules_sheet(rules: Rules) -> Iterator[RenderableType]:
    """Yield the table by which claims are weighed."""
    adopted = f"adopted by {one_line(rules.adopted_by)}" if rules.adopted_by else "of the settings; none was adopted"
    yield Text(f"version {one_line(rules.version)}, {adopted}", style="bold")
    if not rules.as_in_settings:
        yield Text("The settings differ; `tracker sources adopt` adopts them.", style="yellow")
    made = table("Rule", "Value")
    for name, value in rules.table.items():
        if not isinstance(value, Mapping):
            made.add_row(one_line(name), one_line(str(value)))
    for grade, days in rules.table.get("grades", {}).items():
        made.add_row(f"grade {one_line(grade)}", f"{days} days off")
    yield made


def tokens_table(lines: Sequence[Token]) -> RenderableType:
    """Return the table of tokens; those that are good for nothing any more are faint."""
    if not lines:
        return "No token has been made; `tracker tokens add` makes one."
    made = table("Name", "May decide about", "Made", "Good until", "")
    for line in lines:
        state = "" if line.state == "valid" else line.state
        until = line.expires_on or "it is revoked"
        style = "dim" if state else ""
        made.add_row(one_line(line.name, 60), ", ".join(line.scopes), line.created_at[:10], until, state, style=style)
    return made
