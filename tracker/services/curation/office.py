"""All that curators can list and decide, put together."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property

from tracker.domain.ids import SubjectId
from tracker.domain.policy import Policy
from tracker.extractors.catalog import Catalog
from tracker.services.consumers.project import Project
from tracker.services.curation.curate import Curate
from tracker.services.curation.desk import Desk
from tracker.services.curation.ledger import Ledger
from tracker.services.curation.sources import Sources
from tracker.services.curation.subjects import Subjects
from tracker.services.curation.tokens import Tokens
from tracker.services.queries.query import Query
from tracker.store.store import Store


class Curation:
    """What is decided of claims and values, of who is who, and of sources. The catalog is loaded when it is asked."""

    def __init__(
        self,
        store: Store,
        project: Project,
        policy: Policy,
        query: Query,
        *,
        catalog: Callable[[], Catalog],
        today: Callable[[], dt.date],
    ) -> None:
        desk = Desk(store, project, policy, today=today)
        self._catalog_of = catalog
        self.values = Curate(desk)
        self.subjects = Subjects(query, desk, known=self._known)
        self.claims = Ledger(query)
        self.sources = Sources(query, desk, policy)
        self.tokens = Tokens(store, today=today)

    @cached_property
    def _catalog(self) -> Catalog:
        return self._catalog_of()

    def _known(self, id_: SubjectId) -> bool:
        """Whether the catalog has the subject, or the series that a meeting belongs to."""
        kind, _, tail = id_.partition("/")
        if kind == "meeting":
            return any(tail.startswith(series.partition("/")[2] + "-") for series in self._catalog.series)
        return self._catalog.get(id_) is not None
