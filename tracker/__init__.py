"""An event-sourced tracker of news about space missions, agreements and meetings.

A document walks through the house in this order, and never backwards:

    capture/      files, folders, archives            -> document.captured
    extractors/   a document's text                   -> claims.extracted
    projections/  the events of a subject             -> its view, and what changed in it
    services/     one file per verb: ingest, read, project, query, verify
    cli/          the doors: parse, call one service, render

`events/` and `store/` hold the log; `domain/` and `language/` hold the nouns and the English that the stages share.
"""

__version__ = "0.1.0"
