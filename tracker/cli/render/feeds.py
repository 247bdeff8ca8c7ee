"""Feeds: the list, and what a trial has shown."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from tracker.cli.render.parts import table
from tracker.cli.text import one_line
from tracker.services.ingestion.feeds import Listed
from tracker.services.ingestion.trial import Trial

_TROUBLE = {"failing": "red", "blocked": "red", "silent": "yellow", "moved": "yellow"}
_SHOWN = 15


def feeds_table(feeds: Sequence[Listed]) -> RenderableType:
    """Return the table of feeds."""
    if not feeds:
        return "No feeds yet. `tracker feeds add URL` adds one, `tracker feeds import config/feeds.opml` the list that comes along."
    made = table("Feed", "Address", "Grade", "State", "Last poll", "Next poll")
    for feed in feeds:
        last = f"{_minute(feed.checked_at)} {feed.outcome}" if feed.checked_at and feed.outcome else "never"
        state = Text(feed.state, style=_TROUBLE.get(feed.state, ""))
        name = one_line(feed.title or feed.publisher or "", 30)
        made.add_row(name, one_line(feed.feed, 60), feed.grade or "", state, last, _minute(feed.next_check_at))
    return made


def trial_sheet(trial: Trial) -> Iterator[RenderableType]:
    """Yield what a feed would bring."""
    if not trial.ok:
        yield Text(f"{trial.outcome}: {one_line(trial.reason or '')}", style="red")
    else:
        yield f"{one_line(trial.title or 'without a title')}: {trial.format}, {trial.entries} entries at {one_line(trial.url)}"
        made = table("Published", "Title", "Words", right=("Words",))
        for entry in trial.shown[:_SHOWN]:
            made.add_row(entry.published or "not said", one_line(entry.title or entry.url or "", 90), str(entry.words))
        yield made
    for feed in trial.offers:
        yield f"It offers: tracker feeds add {one_line(feed)}"


def _minute(at: str | None) -> str:
    return at[:16].replace("T", " ") if at else ""
