"""A pipeline with an extractor simple enough to foresee: it reads "NAME launches in YEAR" and nothing else."""

import datetime as dt
import re

import pytest

from tracker.domain.claim import make_claim
from tracker.domain.document import Evidence
from tracker.domain.ids import SubjectId, slug
from tracker.domain.policy import Policy
from tracker.extractors.catalog import Catalog
from tracker.extractors.extractor import Extractor
from tracker.extractors.knowledge import Knowledge
from tracker.projections import PROJECTIONS
from tracker.services.audit.verify import Verify
from tracker.services.consumers.project import Project
from tracker.services.consumers.read import Read
from tracker.services.ingestion.capture import Capture
from tracker.services.ingestion.ingest import Ingest
from tracker.services.queries.explain import Explain
from tracker.services.queries.library import Library
from tracker.services.queries.query import Query

TODAY = dt.date(2026, 1, 1)


def find(document, _knowledge):
    if "BREAK" in document.text:
        raise RuntimeError("the extractor met a word it cannot bear")
    return tuple(
        make_claim(
            document,
            kind="mission",
            entity=match[1],
            entity_id=SubjectId(f"mission/{slug(match[1])}"),
            attribute="launch_date",
            value=match[2],
            modality="planned",
            evidence=Evidence(*match.span()),
        )
        for match in re.finditer(r"(\w+) launches in (\S+\d)", document.text)
    )


class Pipeline:
    """All services on one store, wired by hand."""

    def __init__(self, store, extractor=None):
        self.store = store
        extractors = {"rules": extractor or Extractor("rules", "1", find)}
        knowledge = Knowledge(catalog=Catalog.from_tables({}), lexicon=None)
        policy = Policy()
        self.capture = Capture(store)
        self.read = Read(store, knowledge, extractors, ruleset="test")
        self.project = Project(store, PROJECTIONS, policy)
        self.ingest = Ingest(store, self.capture, self.read, self.project, max_bytes=10_000)
        self.query = Query(store, policy, today=lambda: TODAY)
        self.explain = Explain(self.query)
        self.library = Library(store)
        self.verify = Verify(store)


@pytest.fixture
def pipeline(store):
    return Pipeline(store)


@pytest.fixture
def press(store):
    """Papers on one store."""
    from tests.services.press import Press

    return Press(store)
