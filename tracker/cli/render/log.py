"""Events, and the state of health."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from tracker.cli.render.parts import table
from tracker.cli.text import one_line
from tracker.events.envelope import RecordedEvent
from tracker.services.ingestion.health import TROUBLE, FeedHealth, Health
from tracker.store.parking import Parked

_MOST_FEEDS = 20


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
    if health.feeds:
        yield _feeds_table(health.feeds)
    for advice in health.advice:
        yield Text(f"→ {one_line(advice)}")


def _feeds_table(feeds: Sequence[FeedHealth]) -> RenderableType:
    made = table("Feed", "Is", "Last well", "Because")
    # Those in trouble first; a list that was just imported is long, and new.
    for feed in sorted(feeds, key=lambda one: one.state not in TROUBLE)[:_MOST_FEEDS]:
        made.add_row(one_line(feed.feed, 50), feed.state, (feed.since or "never")[:10], one_line(feed.reason))
    if len(feeds) > _MOST_FEEDS:
        made.add_row(f"and {len(feeds) - _MOST_FEEDS} more", "", "", "`tracker doctor --json` names all")
    return made


def parked_table(waiting: Sequence[Parked]) -> RenderableType:
    """Return the table of what waits."""
    if not waiting:
        return "Nothing waits."
    made = table("Waits", "For", "Reason")
    for parked in waiting:
        made.add_row(one_line(parked.item, 60), parked.consumer, one_line(parked.reason))
    return made
