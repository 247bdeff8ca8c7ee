"""Tables and sheets for people, one file per question asked. Fetched words are cleaned before they are shown."""

from tracker.cli.render.board import boards
from tracker.cli.render.explanation import explanation_sheet
from tracker.cli.render.history import history_table
from tracker.cli.render.log import events_table, health_sheet
from tracker.cli.render.papers import claims_table, document_sheet, documents_table
from tracker.cli.render.subject import subject_sheet

__all__ = [
    "boards",
    "claims_table",
    "document_sheet",
    "documents_table",
    "events_table",
    "explanation_sheet",
    "health_sheet",
    "history_table",
    "subject_sheet",
]
