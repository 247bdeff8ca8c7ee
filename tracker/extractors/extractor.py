"""What an extractor is: a name, a version, and a pure function from a document to claims."""

from collections.abc import Callable

import msgspec

from tracker.domain.claim import Claim
from tracker.domain.document import Document
from tracker.extractors.knowledge import Knowledge


class Extractor(msgspec.Struct, frozen=True):
    """One way of reading. What it found is recorded, so nothing that is shown hangs on its giving the same again."""

    name: str
    version: str
    find: Callable[[Document, Knowledge], tuple[Claim, ...]]
    costly: bool = False
    """Whether a reading is dear, so that each is recorded as soon as it is made."""
