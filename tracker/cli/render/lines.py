"""Changes one a line, and the subscriptions to them."""

from collections.abc import Sequence

from rich.console import RenderableType

from tracker.cli.render.parts import MODALITIES, table, words
from tracker.cli.text import one_line
from tracker.services.queries.answers import HistoryLine
from tracker.services.queries.watch import Subscription


def change_line(line: HistoryLine) -> str:
    """Return a change as one line of text."""
    values = " → ".join(one_line(value, 80) for value in (line.old, line.new) if value is not None)
    modality = MODALITIES[line.modality]
    days = f" ({line.days:+} days)" if line.days else ""
    quote = words(line.evidence.quote, line.claim_id, 100)
    said = " ".join(part for part in (values, modality, f"by {one_line(line.by)}" if line.by else "") if part)
    return f"{line.position} {line.published} {line.subject} {line.attribute} {line.change}: {said}{days} {quote}"


def subscriptions_table(found: Sequence[Subscription]) -> RenderableType:
    """Return the table of subscriptions."""
    if not found:
        return "No subscriptions. Add one: tracker subscriptions add NAME --change slip"
    made = table("Name", "Subject", "What", "Changes", "Since")
    for one in found:
        made.add_row(
            one_line(one.name),
            one.subject or "any",
            one.attribute or "any",
            ", ".join(one.changes) or "any",
            one.created_at[:10],
        )
    return made
