"""Changes, one a line."""

from tracker.cli.render.parts import MODALITIES, words
from tracker.cli.text import one_line
from tracker.services.queries.answers import HistoryLine


def change_line(line: HistoryLine) -> str:
    """Return a change as one line of text."""
    values = " → ".join(one_line(value, 80) for value in (line.old, line.new) if value is not None)
    modality = MODALITIES[line.modality]
    days = f" ({line.days:+} days)" if line.days else ""
    quote = words(line.evidence.quote, line.claim_id, 100)
    said = " ".join(part for part in (values, modality, f"by {one_line(line.by)}" if line.by else "") if part)
    return f"{line.position} {line.published} {line.subject} {line.attribute} {line.change}: {said}{days} {quote}"
