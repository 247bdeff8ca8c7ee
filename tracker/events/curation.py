"""What people decide: of claims, values, subjects, sources and the rules of judging. Nothing here rewrites anything.

Each act names who did it and why. An act on a value also names the position of the log that its actor had seen
(`basis_position`), and each has its inverse: retract and restore, correct and restore, pin and unpin, acknowledge and reopen,
judge and withdraw; a name, a grade or a table is replaced by the next one.
"""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tracker.domain.claim import Modality
from tracker.domain.ids import ClaimId, SubjectId

Fault = Literal["extraction_error", "source_was_wrong", "source_withdrew", "wrong_entity", "duplicate", "legal"]
"""Why a claim is retracted. That something is no longer true is no reason: a newer claim says so."""
Sameness = Literal["same", "different"]


class Decided(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What all acts have in common."""

    actor: str
    reason: str


class OfSubject(Decided, frozen=True, kw_only=True):
    """An act on what is shown of one subject."""

    subject: SubjectId
    basis_position: int


class ClaimRetracted(OfSubject, frozen=True, kw_only=True):
    """A claim counts no more; `reason` is one of `Fault`. The same claim found again by another reading stays retracted."""

    claim_id: ClaimId
    attribute: str
    reason: Fault
    note: str | None = None


class ClaimCorrected(OfSubject, frozen=True, kw_only=True):
    """A claim counts with another value: its document says this, and was read wrongly."""

    claim_id: ClaimId
    attribute: str
    value: str
    modality: Modality | None = None


class ClaimRestored(OfSubject, frozen=True, kw_only=True):
    """A claim counts again as its document says: what was retracted or corrected before is taken back."""

    claim_id: ClaimId
    attribute: str


class ValuePinned(OfSubject, frozen=True, kw_only=True):
    """A value holds in one slot whatever documents say, to the end of `expires_on` where that is given.

    `claim_id` is the claim whose words it rests on; without one it is the curator's own.
    """

    attribute: str
    value: str
    modality: Modality
    qualifier: str = ""
    claim_id: ClaimId | None = None
    by: str | None = None
    value_id: str | None = None
    expires_on: str | None = None


class ValueUnpinned(OfSubject, frozen=True, kw_only=True):
    """Documents decide again."""

    attribute: str
    qualifier: str = ""


class ConflictAcknowledged(OfSubject, frozen=True, kw_only=True):
    """Somebody has seen that these claims cannot hold together, and lets it be. Another claim opens the conflict again."""

    attribute: str
    claim_ids: tuple[ClaimId, ...]


class ConflictReopened(OfSubject, frozen=True, kw_only=True):
    """A conflict is open again."""

    attribute: str


class SubjectRenamed(OfSubject, frozen=True, kw_only=True):
    """A subject is shown under this name; None: under the name that documents give it."""

    name: str | None = None


class SameAsJudged(Decided, frozen=True, kw_only=True):
    """Two ids mean the same subject, or do not. The last judgement of a pair holds.

    `catalogued` are those of the two that the catalog knew: such an id comes before one that was found in the news.
    """

    left: SubjectId
    right: SubjectId
    verdict: Sameness
    basis_position: int
    catalogued: tuple[SubjectId, ...] = ()


class SameAsWithdrawn(Decided, frozen=True, kw_only=True):
    """Nothing is judged of the two ids any more."""

    left: SubjectId
    right: SubjectId
    basis_position: int


class SourceGraded(Decided, frozen=True, kw_only=True):
    """All that a publisher says counts with this grade; None: with the grade that the table gives it."""

    publisher: str
    grade: str | None = None


class PolicyAdopted(Decided, frozen=True, kw_only=True):
    """The rules of judging are those of this table from here on."""

    version: str
    table: Mapping[str, Any]


Curation = (
    ClaimRetracted
    | ClaimCorrected
    | ClaimRestored
    | ValuePinned
    | ValueUnpinned
    | ConflictAcknowledged
    | ConflictReopened
    | SubjectRenamed
    | SameAsJudged
    | SameAsWithdrawn
    | SourceGraded
    | PolicyAdopted
)

CURATION_TYPES: Mapping[tuple[str, int], type[Curation]] = {
    ("claim.retracted", 1): ClaimRetracted,
    ("claim.corrected", 1): ClaimCorrected,
    ("claim.restored", 1): ClaimRestored,
    ("claim.pinned", 1): ValuePinned,
    ("claim.unpinned", 1): ValueUnpinned,
    ("conflict.acknowledged", 1): ConflictAcknowledged,
    ("conflict.reopened", 1): ConflictReopened,
    ("subject.renamed", 1): SubjectRenamed,
    ("subject.same_as_judged", 1): SameAsJudged,
    ("subject.same_as_withdrawn", 1): SameAsWithdrawn,
    ("source.graded", 1): SourceGraded,
    ("policy.adopted", 1): PolicyAdopted,
}


def touched(event: Curation) -> tuple[SubjectId, ...]:
    """Return the subjects that an act concerns directly; none for one that concerns all."""
    match event:
        case SameAsJudged() | SameAsWithdrawn():
            return (event.left, event.right)
        case SourceGraded() | PolicyAdopted():
            return ()
        case _:
            return (event.subject,)
