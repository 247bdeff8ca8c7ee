"""What curators have decided about one subject, as far as it stands: each act is undone by its inverse, and by nothing else."""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from tracker.domain.act import Act
from tracker.domain.ids import ClaimId, SubjectId
from tracker.domain.policy import Policy
from tracker.domain.slots import Slot
from tracker.events.curation import (
    ClaimCorrected,
    ClaimRestored,
    ClaimRetracted,
    ConflictAcknowledged,
    ConflictReopened,
    Curation,
    PolicyAdopted,
    SameAsJudged,
    SameAsWithdrawn,
    SourceGraded,
    SubjectRenamed,
    ValuePinned,
    ValueUnpinned,
)
from tracker.projections.entries import Acted, Part
from tracker.projections.families import pair

_Decision = tuple[Acted, Curation]


class Decisions(msgspec.Struct, frozen=True):
    """The acts that stand. The last of several on one claim counts; restoring it brings back the one before."""

    claims: Mapping[ClaimId, tuple[_Decision, ...]]
    pins: Mapping[Slot, tuple[Acted, ValuePinned]]
    acknowledged: Mapping[str, tuple[Acted, ConflictAcknowledged]]
    names: Mapping[SubjectId, tuple[Acted, SubjectRenamed]]
    position: int
    """The newest act that stands, 0 for none."""

    def of_claim(self, id_: ClaimId) -> _Decision | None:
        """Return the act on a claim that counts."""
        every = self.claims.get(id_)
        return every[-1] if every else None


def decisions(parts: Iterable[Part]) -> Decisions:
    """Return what stands of all acts on a subject, in whatever order they are given."""
    acted = {part.position: part for part in parts if isinstance(part, Acted)}
    claims: dict[ClaimId, tuple[_Decision, ...]] = {}
    pins: dict[Slot, tuple[Acted, ValuePinned]] = {}
    acknowledged: dict[str, tuple[Acted, ConflictAcknowledged]] = {}
    names: dict[SubjectId, tuple[Acted, SubjectRenamed]] = {}
    same: dict[tuple[SubjectId, SubjectId], int] = {}
    for position in sorted(acted):
        part = acted[position]
        match part.act:
            case ClaimRetracted() | ClaimCorrected() as act:
                claims[act.claim_id] = (*claims.get(act.claim_id, ()), (part, act))
            case ClaimRestored() as act:
                claims[act.claim_id] = claims.get(act.claim_id, ())[:-1]
            case ValuePinned() as act:
                pins[Slot(act.attribute, act.qualifier)] = (part, act)
            case ValueUnpinned() as act:
                pins.pop(Slot(act.attribute, act.qualifier), None)
            case ConflictAcknowledged() as act:
                acknowledged[act.attribute] = (part, act)
            case ConflictReopened() as act:
                acknowledged.pop(act.attribute, None)
            case SubjectRenamed() as act:
                names.pop(act.subject, None)
                if act.name is not None:
                    names[act.subject] = (part, act)
            case SameAsJudged() as act:
                same[pair(act.left, act.right)] = position
            case SameAsWithdrawn() as act:
                same.pop(pair(act.left, act.right), None)
            case _:
                pass
    stand = [part.position for every in claims.values() for part, _ in every]
    stand += [part.position for held in (pins, acknowledged, names) for part, _ in held.values()]
    return Decisions(claims, pins, acknowledged, names, max([0, *stand, *same.values()]))


def signed(part: Acted, event: Curation) -> Act:
    """Return who did it, when and why, as it is shown beside a value."""
    place = (part.position, part.recorded_at)
    match event:
        case ClaimRetracted():
            return Act("retracted", event.actor, f"{event.reason}{': ' + event.note if event.note else ''}", *place)
        case ClaimCorrected():
            return Act("corrected", event.actor, event.reason, *place)
        case ValuePinned():
            return Act("pinned", event.actor, event.reason, *place, expires_on=event.expires_on)
        case _:
            return Act("acknowledged", event.actor, event.reason, *place)


def ruled(policy: Policy, rules: Iterable[tuple[Acted, Curation]]) -> Policy:
    """Return the policy in force: the table that was adopted last, else the given one, with all grades that were given."""
    grades: dict[str, str | None] = {}
    for _, event in rules:
        match event:
            case PolicyAdopted():
                policy = msgspec.convert({**event.table, "version": event.version}, Policy)
            case SourceGraded():
                grades[event.publisher.casefold()] = event.grade
            case _:
                pass
    return policy.graded(grades)


def day_of(recorded_at: str) -> dt.date:
    """Return the day of an instant of the log."""
    return dt.date.fromisoformat(recorded_at[:10])
