"""The second reader put together: the model that the operator names, and a log of what it said without ground."""

from collections import Counter
from collections.abc import Callable, Sequence

import structlog

from tracker.domain.document import Document
from tracker.extractors.extractor import Extractor
from tracker.extractors.model.reader import reader
from tracker.fetch.completion import Completion, Endpoint

log = structlog.get_logger(__name__)


def second_reader(endpoint: Endpoint, *, today: Callable[[], object]) -> Extractor:
    """Return the extractor that asks the model at an endpoint. Raises ConfigError for an address that is none."""
    return reader(endpoint.model, Completion(endpoint, today=today).ask, _refused)


def _refused(document: Document, reasons: Sequence[str]) -> None:
    log.warning("claims.refused", document=document.ref.public_id, reasons=dict(Counter(reasons)))
