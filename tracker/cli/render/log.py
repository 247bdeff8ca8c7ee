"""Events, and the state of health."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from tracker.cli.render.parts import table
from tracker.cli.text import one_line
from tracker.events.envelope import RecordedEvent
from tracker.services.health import Health
from tracker.store.parking import Parked


def events_table(events: Sequence[RecordedEvent]) -> RenderableType:
    """Return the table of events."""
    if not events:
        return "No events there."
    made = table("Position", "Recorded", "Type", "Stream", "Version", "Bytes", right=("Position", "Version", "Bytes"))
    for event in events:
        when = event.recorded_at[:19].replace("T", " ")
        name = f"{event.type} {event.schema_version}"
        made.add_row(str(event.position), when, name, event.stream, str(event.version), str(len(event.payload)))
    return made


def health_sheet(health: Health) -> Iterator[RenderableType]:
    """Yield the state of health."""
    yield Text("all right" if health.ok else "something needs a look", style="green" if health.ok else "red")
    yield f"{health.database}, revision {health.revision}, {health.size} events, clock {health.clock[:19]}"
    if health.consumers:
        made = table("Consumer", "At", "Behind", right=("At", "Behind"))
        for lag in health.consumers:
            made.add_row(lag.consumer, str(lag.position), str(lag.behind))
        yield made
    if health.parked:
        yield parked_table(health.parked)
    for advice in health.advice:
        yield Text(f"→ {one_line(advice)}")


def parked_table(waiting: Sequence[Parked]) -> RenderableType:
    """Return the table of what waits."""
    if not waiting:
        return "Nothing waits."
    made = table("Waits", "For", "Reason")
    for parked in waiting:
        made.add_row(one_line(parked.item, 60), parked.consumer, one_line(parked.reason))
    return made
