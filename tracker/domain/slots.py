"""The slot of a claim: the only ground on which claims compete."""

from functools import lru_cache

import msgspec

from tracker.domain.claim import Claim
from tracker.domain.ids import slug


class Slot(msgspec.Struct, frozen=True):
    """An attribute with what tells its values apart: the party and its role, or who approved."""

    attribute: str
    qualifier: str = ""

    @property
    def order(self) -> tuple[str, str]:
        """Any order, always the same."""
        return (self.attribute, self.qualifier)

    @classmethod
    def of(cls, attribute: str, value: str, *, value_id: str | None, by: str | None) -> "Slot":
        """Return the slot of a value. Every party in every role is one of its own; so is every party's approval."""
        if attribute == "party":
            return _part(value, value_id)
        if attribute == "approval_date":
            return cls(attribute, slug(by) if by else "")
        return _alone(attribute)


@lru_cache(maxsize=4096)  # asked of every claim, for the same few
def _part(value: str, value_id: str | None) -> Slot:
    name, _, role = value.partition(": ")
    return Slot("party", f"{value_id or slug(name)} {role}".strip())


@lru_cache
def _alone(attribute: str) -> Slot:
    return Slot(attribute)


def slot_of(claim: Claim) -> Slot:
    """Return the slot that a claim belongs to."""
    return Slot.of(claim.attribute, claim.value, value_id=claim.value_id, by=claim.by)
