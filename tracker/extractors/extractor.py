"""What an extractor is: a name, a version, and a pure function from a document to claims."""

from collections.abc import Callable

import msgspec

from tracker.domain.claim import Claim
from tracker.domain.document import Document
from tracker.extractors.knowledge import Knowledge


class Extractor(msgspec.Struct, frozen=True):
    """One way of reading. For one `version` the same document and knowledge always give the same claims."""

    name: str
    version: str
    find: Callable[[Document, Knowledge], tuple[Claim, ...]]
