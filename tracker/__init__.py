"""An event-sourced tracker of news about space missions, agreements and meetings.

A document walks through the house in this order, and never backwards:

    capture/      files, folders, archives            -> document.captured
    extractors/   a document's text                   -> claims.extracted
    projections/  the events of a subject             -> its view, and what changed in it
    services/     one file per verb, in rooms: consumers, queries, ingestion, audit, curation
    cli/          the doors: parse, call one service, render

`events/` and `store/` hold the log; `domain/` and `language/` hold the nouns and the English that the stages share.

    with tracker.connect("sqlite:///var/tracker.db") as t:
        t.ingest("seeds")
        t.status("mission/lupex").attributes["launch_date"]
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.connection import connect

__all__ = ["__version__", "connect"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401  (the module's own attribute, whatever it is)
    # The database's libraries wait until someone connects: the command line imports this package for its help too.
    if name == "connect":
        from tracker.connection import connect  # noqa: PLC0415

        return connect
    raise AttributeError(f"module 'tracker' has no attribute {name!r}")
