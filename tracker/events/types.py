"""Everything that can be recorded, in the past tense. The stored names are in EVENT_TYPES and never change."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from tracker.domain.claim import Claim
from tracker.domain.document import Basis, DocumentRef
from tracker.domain.ids import DocumentId, FeedId, SubjectId
from tracker.events.curation import CURATION_TYPES, Curation

Rung = Literal["url", "declared", "file", "content"]
"""By what a document was recognised as itself: its link, the id it declares, the file it lies in, or its text alone."""


FeedFormat = Literal["rss", "atom", "rdf", "json", "sitemap", "listing"]
"""In which form a place that is polled says what it has published."""


class DocumentCaptured(msgspec.Struct, frozen=True, omit_defaults=True):
    """A text was taken in. The text itself lies beside the log under `text_digest`, which is salted."""

    document_id: DocumentId
    version: int
    rung: Rung
    source: str
    media_type: str
    language: str
    published: str
    published_basis: Basis
    text_digest: str
    text_length: int
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None

    @property
    def ref(self) -> DocumentRef:
        """What claims need to know of the document."""
        return DocumentRef(
            id=self.document_id,
            version=self.version,
            published=self.published,
            published_basis=self.published_basis,
            external_id=self.external_id,
            publisher=self.publisher,
            url=self.url,
            title=self.title,
        )


class DocumentRevised(DocumentCaptured, frozen=True, omit_defaults=True):
    """The same document came with another text; earlier versions stay."""


class DocumentDuplicateJudged(msgspec.Struct, frozen=True, omit_defaults=True):
    """A version of a document was judged to be a copy: it stays, and counts as the same origin. The last judgement holds.

    Shares are in parts per million of all runs of three words: `resemblance_ppm` of those that both texts have, of all that
    either has; `contained_ppm` of those of the copy that its origin has. `subjects` are those touched by readings that
    could not know of the judgement yet.
    """

    document_id: DocumentId
    version: int
    method: Literal["same_text", "near_text", "same_wire"]
    resemblance_ppm: int
    contained_ppm: int
    copy_of: DocumentId | None = None
    """None: it is no copy, or none any more."""
    credit: str | None = None
    """The news agency that both texts name as their source."""
    subjects: tuple[SubjectId, ...] = ()


class ClaimsExtracted(msgspec.Struct, frozen=True, omit_defaults=True):
    """One extractor read one version of a document.

    `subjects` names every subject touched, also those that an earlier reading found and this one no longer does; an empty
    reading therefore takes back what it supersedes.
    """

    document: DocumentRef
    extractor: str
    extractor_version: str
    ruleset: str
    claims: tuple[Claim, ...]
    subjects: tuple[SubjectId, ...]
    copy_of: DocumentId | None = None
    wholes: Mapping[SubjectId, SubjectId] = {}
    """Of subjects that are parts, what they are parts of, by the catalog that this was read with: Vikram, Chandrayaan-2."""


class ContentRedacted(msgspec.Struct, frozen=True):
    """The texts of a document were taken down; what was read from them stays, without its words."""

    document_id: DocumentId
    text_digests: tuple[str, ...]
    reason: str
    legal_basis: str
    actor: str


class CheckpointPublished(msgspec.Struct, frozen=True):
    """The log as it was at a size was signed; `note` is the C2SP checkpoint as it was handed out."""

    origin: str
    size: int
    root: str
    note: str


class CheckpointTimestamped(msgspec.Struct, frozen=True, omit_defaults=True):
    """A time-stamp authority put its time under a signed checkpoint (RFC 3161).

    An event of its own, and no newer shape of the checkpoint's: the authority is asked after the checkpoint is recorded, so
    that nobody waits for it while the log is locked; several may be asked, and an answer may come by hand days later.

    `checkpoint` is the position of the event whose note was stamped, `reply` the whole answer (TimeStampResp, DER, base64),
    `stamped_at` the time in it, `authority` who was asked, and `nonce` the number that went with the question, if it is known.
    """

    checkpoint: int
    note_sha256: str
    stamped_at: str
    authority: str
    reply: str
    nonce: str | None = None


class FeedRegistered(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place is polled from now on; told again, what is said here takes the place of what was said before.

    `format` is None until somebody knows. `full_text` asks for the pages of entries that are teasers.
    """

    feed_id: FeedId
    url: str
    title: str | None = None
    publisher: str | None = None
    grade: str | None = None
    reason: str | None = None
    """Why it has this grade."""
    full_text: bool = False
    format: FeedFormat | None = None


class FeedMoved(msgspec.Struct, frozen=True):
    """The server said that the feed is at another address for good (HTTP 301, 308), and a feed was there."""

    feed_id: FeedId
    from_url: str
    to_url: str


class FeedRetired(msgspec.Struct, frozen=True):
    """A feed is polled no more: its server said that it is gone (HTTP 410), or an operator removed it."""

    feed_id: FeedId
    why: Literal["gone", "removed"]
    reason: str


Event = (
    DocumentCaptured
    | DocumentRevised
    | DocumentDuplicateJudged
    | ClaimsExtracted
    | ContentRedacted
    | CheckpointPublished
    | CheckpointTimestamped
    | FeedRegistered
    | FeedMoved
    | FeedRetired
    | Curation
)

EVENT_TYPES: Mapping[tuple[str, int], type[Event]] = {
    ("document.captured", 1): DocumentCaptured,
    ("document.revised", 1): DocumentRevised,
    ("document.duplicate_judged", 2): DocumentDuplicateJudged,
    ("claims.extracted", 1): ClaimsExtracted,
    ("content.redacted", 1): ContentRedacted,
    ("checkpoint.published", 1): CheckpointPublished,
    ("checkpoint.timestamped", 1): CheckpointTimestamped,
    ("feed.registered", 1): FeedRegistered,
    ("feed.moved", 1): FeedMoved,
    ("feed.retired", 1): FeedRetired,
    **CURATION_TYPES,
}
