"""One subject with everything that holds of it, and the words that say so."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from tracker.cli.render.parts import dated, table, valued, words
from tracker.cli.text import one_line
from tracker.domain.vocabulary import VOCABULARIES
from tracker.services.queries.answers import Subject


def subject_sheet(subject: Subject) -> Iterator[RenderableType]:
    """Yield the sheet of a subject."""
    head = Text(one_line(subject.name), style="bold")
    head.append(f"  {subject.id}", style="dim")
    yield head
    if subject.aliases:
        yield Text("also: " + one_line("; ".join(subject.aliases), 400), style="dim")
    if subject.part_of:
        yield Text(f"part of {subject.part_of}", style="dim")
    if subject.parts:
        yield Text(f"its parts, on their own: {', '.join(subject.parts)}", style="dim")
    yield ""
    made = table("", "Value", "Said by", "Published", "Words")
    labels = VOCABULARIES[subject.kind].attributes
    for name, values in subject.attributes.items():
        for number, value in enumerate(values):
            shown = valued(value.value, value.modality, contested=value.contested)
            extra = [
                f"by {one_line(value.by)}" if value.by else "",
                f"since {value.since}" if value.since else "",
                "(inferred)" if value.inferred else "",
                " ".join(value.flags),
                one_line(f"({value.act.kind} by {value.act.actor})") if value.act else "",
            ]
            if any(extra):
                shown.append(" " + " ".join(e for e in extra if e), style="dim")
            quote = words(value.evidence.quote, value.claim_id, 120)
            label = labels[name].label if number == 0 else ""
            origins = f" +{value.origins - 1}" if value.origins > 1 else ""
            when = dated(value.published, value.published_basis)
            made.add_row(label, shown, one_line(value.document_id, 44) + origins, when, Text(quote, style="italic"))
    yield made
    if subject.overdue or subject.stale:
        yield ""
    for name in subject.overdue:
        yield Text(
            f"Overdue: {labels[name].label}; its last day has passed, and no report says that it happened", style="red"
        )
    if subject.stale:
        yield Text("Stale: nothing has been said of it for long", style="red")
    for conflict in subject.conflicts:
        yield ""
        yield Text(f"In conflict: {labels[conflict.attribute].label} {' or '.join(conflict.values)}", style="red")
    yield ""
    yield Text(f"Why: tracker explain {subject.id} {next(iter(subject.attributes))}", style="dim")
    yield Text(f"Since when: tracker history {subject.id}", style="dim")
