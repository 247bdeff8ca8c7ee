"""The changes of a subject, as a table."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from tracker.cli.render.parts import table, words
from tracker.cli.text import one_line
from tracker.services.queries.answers import HistoryLine

_STYLES = {"slip": "red", "regressed": "red", "contested": "red", "removed": "red", "retracted": "red"}


def history_table(
    lines: Sequence[HistoryLine], *, axis: str, nothing: str = "No change in that window."
) -> RenderableType:
    """Return the table of a history; `nothing` is what an empty one says."""
    if not lines:
        return nothing
    when = "Published" if axis == "published" else "Recorded"
    several = len({line.subject for line in lines}) > 1
    made = table(
        when, *(["Subject"] if several else []), "What", "Change", "From", "To", "Days", "Words", right=("Days",)
    )
    for line in lines:
        day = line.published if axis == "published" else line.recorded_at[:19].replace("T", " ")
        new = Text(one_line(line.new or "", 80))
        if line.modality in ("planned", "possible", "denied"):
            new.append(f" {line.modality}", style="dim")
        if line.by:
            new.append(f" by {one_line(line.by)}", style="dim")
        days = "" if line.days is None else f"{line.days:+}"
        if line.days and line.days_range and len(set(line.days_range)) > 1:
            days += f"\n{line.days_range[0]:+} … {line.days_range[1]:+}"
        quote = words(line.evidence.quote, line.claim_id, 100)
        change = Text(line.change, style=_STYLES.get(line.change, ""))
        whose = [line.subject] if several else []
        made.add_row(
            day, *whose, line.attribute, change, one_line(line.old or "", 60), new, days, Text(quote, style="italic")
        )
    return made
