"""A document: what was captured, as an extractor reads it."""

import datetime as dt
from functools import lru_cache
from typing import Literal

import msgspec

from tracker.domain.dates import DateSpan
from tracker.domain.ids import DocumentId

Basis = Literal["given", "text", "inferred", "captured"]
"""How the publication date is known: the operator or a feed gave it, the document's own words say it, reasoning over the
text bounds it, or nothing but the day of capture is known."""


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a document's text: Unicode code points, end exclusive."""

    start: int
    end: int

    def quote(self, text: str) -> str:
        """Return the very words."""
        return text[self.start : self.end]


@lru_cache(maxsize=8192)  # asked for many times of every claim
def published_on(published: str) -> dt.date:
    """Return the one day that stands for a publication date (EDTF) when documents are put in order.

    The earliest day it can have been: news is written soon after the latest thing that it reports.
    """
    span = DateSpan.parse(published)
    return span.earliest or span.last


class DocumentRef(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a claim must know of its document, so that judging never needs to look it up."""

    id: DocumentId
    version: int
    published: str
    published_basis: Basis
    external_id: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None

    @property
    def public_id(self) -> str:
        """The id that people know it by: their own where they gave one."""
        return self.external_id or self.id

    @property
    def published_on(self) -> dt.date:
        """The one day that stands for the publication date when documents are put in order."""
        return published_on(self.published)

    def is_before(self, other: "DocumentRef") -> bool:
        """Whether it was certainly published on an earlier day than another."""
        return DateSpan.parse(self.published).last < other.published_on


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """A captured document with its pinned text; offsets in claims count code points of `text`."""

    ref: DocumentRef
    text: str
    language: str = "en"

    @property
    def published(self) -> DateSpan:
        """When it was published."""
        return DateSpan.parse(self.ref.published)
