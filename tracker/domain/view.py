"""What is shown of a subject: for each attribute the values that hold, each with the claim it rests on."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from tracker.domain.act import Act
from tracker.domain.claim import Kind, Modality
from tracker.domain.document import Basis, Evidence, published_on
from tracker.domain.ids import ClaimId, DocumentId, SubjectId
from tracker.domain.said import Resolved


class Held(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that holds, since when, and on whose word."""

    value: str
    modality: Modality
    published: str
    published_basis: Basis
    document: DocumentId
    document_version: int
    document_id: str
    """The id that people know the document by."""
    claim_id: ClaimId
    evidence: Evidence
    position: int
    recorded_at: str
    origins: int
    contested: bool = False
    since: str | None = None
    by: str | None = None
    value_id: str | None = None
    act: Act | None = None
    """A curator's word, where the value rests on it."""
    inferred: bool = False
    """Concluded from a date, and said by nobody."""
    flags: tuple[str, ...] = ()
    """Remarks on the step of a status that led here: SKIP, REGRESS, RECOVERY, REVIVAL, REOPENED, IMPOSSIBLE."""

    @property
    def published_on(self) -> dt.date:
        """The day by which the document is put in order."""
        return published_on(self.published)


class Conflict(msgspec.Struct, frozen=True, omit_defaults=True):
    """Values of one attribute that cannot hold together and are about as new as each other."""

    attribute: str
    values: tuple[str, ...]
    claim_ids: tuple[ClaimId, ...]
    acknowledged: Act | None = None
    """A curator has seen it and lets it be."""


class SubjectView(msgspec.Struct, frozen=True):
    """The current view of a mission, an agreement or a meeting."""

    id: SubjectId
    kind: Kind
    name: str
    aliases: tuple[str, ...]
    attributes: Mapping[str, tuple[Held, ...]]
    conflicts: tuple[Conflict, ...]
    slips: int
    updated_position: int
    part_of: SubjectId | None = None
    """What it is a part of: a lander of a mission. What is said of a part is never rolled up."""
    parts: tuple[SubjectId, ...] = ()
    """Its parts of which documents speak."""
    right_until: str | None = None
    """ISO date: the last day on which this view is right, for then a pin ends, or a document that is dated in the future
    counts; None when no such day is known."""


def hold(resolved: Resolved) -> Held:
    """Return what is shown of a resolved slot."""
    claim, document = resolved.winner.claim, resolved.winner.document
    return Held(
        value=claim.value,
        modality=claim.modality,
        published=document.published,
        published_basis=document.published_basis,
        document=document.id,
        document_version=document.version,
        document_id=document.public_id,
        claim_id=claim.id,
        evidence=claim.evidence,
        position=resolved.winner.position,
        recorded_at=resolved.winner.recorded_at,
        origins=resolved.origins,
        contested=resolved.contested,
        since=resolved.since,
        by=claim.by,
        value_id=claim.value_id,
        act=resolved.winner.act,
        flags=resolved.flags,
    )
