"""The three clocks as options: alone or together, the same for every question."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.domain.asof import AsOf

KnownAt = Annotated[
    str | None,
    typer.Option(metavar="TIME|POSITION", help="As this tracker knew it then. [default: all that is recorded]"),
]
PublishedBy = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="By what had been published then. [default: up to today]"),
]
ValidAt = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Which state held in the world on that day. [default: today]"),
]


def as_of(app: "App", known_at: str | None, published_by: str | None, valid_at: str | None) -> "AsOf":
    """Return the point that the options name. Raises ConfigError for what is no date, time or position."""
    return app.query.moment(known_at=known_at, published_by=published_by, valid_at=valid_at)
