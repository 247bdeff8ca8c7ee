"""The family of extractors: from a document to claims. One folder or module a member, listed here."""

from collections.abc import Mapping

from tracker.extractors.extractor import Extractor
from tracker.extractors.rules.read import RULES

EXTRACTORS: Mapping[str, Extractor] = {extractor.name: extractor for extractor in (RULES,)}
