"""Papers that print, reprint and rewrite one story."""

import datetime as dt
import re
from pathlib import Path

from tests.services.conftest import Pipeline
from tracker.capture.item import Item
from tracker.domain.claim import make_claim
from tracker.domain.document import Evidence
from tracker.domain.ids import SubjectId
from tracker.domain.policy import Policy
from tracker.events import codec
from tracker.events.types import DocumentDuplicateJudged
from tracker.extractors.extractor import Extractor
from tracker.services.consumers.copies import Copies
from tracker.services.queries.query import Query

TEXTS = {path.stem: path.read_text() for path in (Path(__file__).parent.parent / "data" / "copies").glob("*.txt")}
NOW = "2026-03-10T00:00:00.000000Z"


def year_of(document, _knowledge):
    """LUPEX launches in the first year from 2028 on that an article names, and does nothing else."""
    match = re.search(r"\b20(?:2[89]|3\d)\b", document.text)
    details = {"kind": "mission", "entity": "LUPEX", "entity_id": SubjectId("mission/lupex"), "modality": "planned"}
    return (
        (make_claim(document, **details, attribute="launch_date", value=match[0], evidence=Evidence(*match.span())),)
        if match
        else ()
    )


class Press(Pipeline):
    """A pipeline into which papers are put by name, day and publisher."""

    def __init__(self, store):
        super().__init__(store, Extractor("rules", "1", year_of))
        self.copies = Copies(store)
        # The papers are of March 2026; what is dated later than the day one looks from does not count yet.
        self.query = Query(store, Policy(), today=lambda: dt.date(2026, 6, 1))

    def capture_only(self, name, day, text=None, *, link=None):
        link = link or f"https://{name}.example/story"
        item = Item(
            source=link, text=text or TEXTS[name], media_type="text/html", published=day, published_basis="given",
            url=link, publisher=name, declared=("publisher",),
        )  # fmt: skip
        return next(outcome for chunk in self.capture.take([item]) for outcome in chunk).document

    def print(self, name, day="2026-03-04", text=None, *, link=None):
        document = self.capture_only(name, day, text, link=link)
        self.ingest.catch_up()
        return document

    def judge(self):
        return list(self.copies.catch_up())

    @property
    def copy_of(self):
        """Publisher by publisher, whose copy its story is."""
        lines = {line.id: line for line in self.library.list()}
        return {line.publisher: lines[line.copy_of].publisher if line.copy_of else None for line in lines.values()}

    @property
    def origins(self):
        return self.query.subject("LUPEX").attributes["launch_date"][0].origins

    def judgements(self):
        with self.store.reading() as reading:
            events = [codec.decode(recorded) for recorded in reading.log.read()]
        return [event for event in events if isinstance(event, DocumentDuplicateJudged)]
