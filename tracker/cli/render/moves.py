"""What slipped, and what is disputed."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from tracker.cli.render.history import history_table
from tracker.cli.render.parts import GONE, table, valued
from tracker.cli.text import one_line
from tracker.services.queries.conflicts import ConflictLine, Side
from tracker.services.queries.slips import Slips


def slips_sheet(found: Sequence[Slips], *, each: bool) -> Iterator[RenderableType]:
    """Yield the table of what moved; with `each`, every move too."""
    if not found:
        yield "No plan has moved."
        return
    made = table(
        "Subject",
        "What",
        "Slips",
        "Pulled in",
        "First plan",
        "Said",
        "Now",
        "Days",
        right=("Slips", "Pulled in", "Days"),
    )
    for one in found:
        days = "" if one.days is None else f"{one.days:+}"
        if one.days and one.days_range and len(set(one.days_range)) > 1:
            days += f"\n{one.days_range[0]:+} … {one.days_range[1]:+}"
        made.add_row(
            one_line(one.name, 40),
            one.attribute,
            str(one.slips),
            str(one.pulled_in or ""),
            one.first,
            one.first_published,
            valued(one.now, one.modality),
            days,
        )
    yield made
    for one in found if each else ():
        yield ""
        yield Text(f"{one.attribute}, move by move", style="bold")
        yield history_table(one.moves, axis="published")


def conflicts_sheet(found: Sequence[ConflictLine]) -> Iterator[RenderableType]:
    """Yield every conflict with both sides; those that a curator lets be come after the open ones."""
    if not found:
        yield "No conflict is open."
    for line in found:
        head = Text(one_line(line.name), style="bold")
        head.append(f"  {line.subject} {line.attribute}: {' or '.join(map(one_line, line.values))}", style="red")
        yield head
        for side in line.sides:
            yield Padding(_side(side), (0, 0, 0, 2))
        if line.acknowledged:
            act = line.acknowledged
            told = f"acknowledged by {act.actor} on {act.recorded_at[:10]}: {act.reason}"
            yield Padding(Text(one_line(told, 400), style="dim"), (0, 0, 0, 2))
        yield ""


def _side(side: Side) -> Text:
    text = valued(side.value, side.modality)
    quote = f"“{one_line(side.evidence.quote)}”" if side.evidence.quote is not None else GONE
    text.append(f" {quote}", style="italic")
    source = ", ".join(one_line(part) for part in (side.publisher, side.published, side.document_id) if part)
    return text.append(f"\n  — {source}", style="dim not italic")
