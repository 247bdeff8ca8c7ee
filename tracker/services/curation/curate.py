"""Deciding about claims and values: retract, restore, correct, pin, unpin, acknowledge, reopen. Each has its inverse."""

import datetime as dt
from typing import get_args

from tracker.domain.claim import Modality
from tracker.domain.dates import DateSpan
from tracker.domain.said import Said
from tracker.domain.slots import Slot, slot_of
from tracker.domain.vocabulary import AGREEMENT_TYPES, Attribute, Vocabulary
from tracker.errors import ConfigError, NotFoundError, RefusedError
from tracker.events.curation import (
    ClaimCorrected,
    ClaimRestored,
    ClaimRetracted,
    ConflictAcknowledged,
    ConflictReopened,
    Fault,
    ValuePinned,
    ValueUnpinned,
)
from tracker.events.envelope import stream_name
from tracker.projections import subjects
from tracker.projections.decisions import decisions
from tracker.services.curation.desk import Decision, Desk, Did, Signed, basis_of, subjects_builds, unchanged, words
from tracker.services.queries.look import Heard, Look
from tracker.services.queries.query import check_attribute

FAULTS: tuple[Fault, ...] = get_args(Fault)


class Curate:
    """Records what curators decide about claims and values.

    Raises NotFoundError for an unknown claim or subject, RefusedError for what cannot be done as things stand, and
    WrongBasisError when the slot has changed since the position that was looked at.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def retract(self, claim: str, signed: Signed, *, note: str | None = None) -> Did:
        """Let a claim count no more. The reason is one of FAULTS; that something is no longer true is none of them."""
        fault = next((each for each in FAULTS if each == signed.reason), None)
        if fault is None:
            raise ConfigError("--reason", f"{signed.reason!r} is none of {', '.join(FAULTS)}")

        def decide(look: Look) -> Decision:
            heard, said = find_claim(look, claim)
            at = _seen(look, heard, slot_of(said.claim), signed)
            if said.act is not None and said.act.kind == "retracted":
                raise RefusedError(said.claim.id, f"was retracted by {said.act.actor} already")
            return stream_name("claim", said.claim.id), ClaimRetracted(
                claim_id=said.claim.id,
                subject=said.claim.entity_id,
                attribute=said.claim.attribute,
                reason=fault,
                note=words("--note", note) if note else None,
                actor=signed.actor,
                basis_position=at,
            )

        return self._desk.act(decide)

    def correct(
        self,
        claim: str,
        value: str,
        signed: Signed,
        *,
        modality: Modality | None = None,
    ) -> Did:
        """Let a claim count with the value that its document really gives."""

        def decide(look: Look) -> Decision:
            heard, said = find_claim(look, claim)
            at = _seen(look, heard, slot_of(said.claim), signed)
            attribute = heard.vocabulary.attributes[said.claim.attribute]
            if said.act is not None and said.act.kind == "retracted":
                raise RefusedError(said.claim.id, "is retracted; restore it first")
            if (said.claim.value, said.claim.modality) == (value, modality or said.claim.modality):
                raise RefusedError(said.claim.id, f"says {value} already")
            return stream_name("claim", said.claim.id), ClaimCorrected(
                claim_id=said.claim.id,
                subject=said.claim.entity_id,
                attribute=said.claim.attribute,
                value=checked(heard.vocabulary, attribute, value),
                modality=modality,
                reason=signed.reason,
                actor=signed.actor,
                basis_position=at,
            )

        return self._desk.act(decide)

    def restore(self, claim: str, signed: Signed) -> Did:
        """Take back the last retraction or correction of a claim."""

        def decide(look: Look) -> Decision:
            heard, said = find_claim(look, claim)
            at = _seen(look, heard, slot_of(said.claim), signed)
            if said.act is None:
                raise RefusedError(said.claim.id, "stands as it was read; there is nothing to restore")
            return stream_name("claim", said.claim.id), ClaimRestored(
                claim_id=said.claim.id,
                subject=said.claim.entity_id,
                attribute=said.claim.attribute,
                reason=signed.reason,
                actor=signed.actor,
                basis_position=at,
            )

        return self._desk.act(decide)

    def pin(
        self,
        subject: str,
        attribute: str,
        value: str,
        signed: Signed,
        *,
        until: dt.date | None = None,
        modality: Modality | None = None,
        by: str | None = None,
    ) -> Did:
        """Let a value hold whatever documents say, to the end of `until` if given. `value` may be the id of a claim.

        `by` is the party whose approval it is. A claim that says the same is shown as its ground, if there is one.
        """

        def decide(look: Look) -> Decision:
            heard = look.heard(look.identify(subject))
            check_attribute(heard.vocabulary, attribute)
            witness = _witness(look, heard, attribute, value, by)
            said = witness.claim.value if witness else value
            value_id = witness.claim.value_id if witness else None
            party = witness.claim.by if witness else by
            slot = Slot.of(attribute, said, value_id=value_id, by=party)
            at = _seen(look, heard, slot, signed)
            if slot in decisions(heard.parts).pins:
                raise RefusedError(f"{heard.id} {attribute}", "is pinned already; unpin it first")
            if until is not None and until < self._desk.today:
                raise ConfigError("--until", f"{until} is past: the pin would never hold")
            return stream_name("subject", heard.id), ValuePinned(
                subject=heard.id,
                attribute=attribute,
                qualifier=slot.qualifier,
                value=checked(heard.vocabulary, heard.vocabulary.attributes[attribute], said),
                modality=modality or _modality(heard, slot, witness),
                claim_id=witness.claim.id if witness else None,
                by=party,
                value_id=value_id,
                expires_on=until.isoformat() if until else None,
                reason=signed.reason,
                actor=signed.actor,
                basis_position=at,
            )

        return self._desk.act(decide)

    def unpin(
        self,
        subject: str,
        attribute: str,
        signed: Signed,
        *,
        value: str | None = None,
    ) -> Did:
        """Let documents decide again. `value` tells pins apart where an attribute has several."""

        def decide(look: Look) -> Decision:
            heard = look.heard(look.identify(subject))
            check_attribute(heard.vocabulary, attribute)
            pins = {s: event for s, (_, event) in decisions(heard.parts).pins.items() if s.attribute == attribute}
            fitting = [(s, event) for s, event in pins.items() if value in (None, event.value)]
            if len(fitting) != 1:
                known = ", ".join(event.value for event in pins.values())
                raise RefusedError(f"{heard.id} {attribute}", f"name one of: {known}" if pins else "nothing is pinned")
            ((slot, event),) = fitting
            return stream_name("subject", heard.id), ValueUnpinned(
                subject=event.subject,
                attribute=attribute,
                qualifier=slot.qualifier,
                reason=signed.reason,
                actor=signed.actor,
                basis_position=_seen(look, heard, slot, signed),
            )

        return self._desk.act(decide)

    def acknowledge(self, subject: str, attribute: str, signed: Signed) -> Did:
        """Let an open conflict be. Another claim opens it again."""

        def decide(look: Look) -> Decision:
            heard = look.heard(look.identify(subject))
            check_attribute(heard.vocabulary, attribute)
            view = look.view(heard.id)
            conflict = next((c for c in view.conflicts if c.attribute == attribute), None) if view else None
            if conflict is None:
                raise RefusedError(f"{heard.id} {attribute}", "has no conflict")
            if conflict.acknowledged is not None:
                raise RefusedError(f"{heard.id} {attribute}", f"{conflict.acknowledged.actor} has acknowledged it")
            return stream_name("subject", heard.id), ConflictAcknowledged(
                subject=heard.id,
                attribute=attribute,
                claim_ids=conflict.claim_ids,
                reason=signed.reason,
                actor=signed.actor,
                basis_position=_seen(look, heard, Slot(attribute), signed),
            )

        return self._desk.act(decide)

    def reopen(self, subject: str, attribute: str, signed: Signed) -> Did:
        """Take back that a conflict was acknowledged."""

        def decide(look: Look) -> Decision:
            heard = look.heard(look.identify(subject))
            check_attribute(heard.vocabulary, attribute)
            seen = decisions(heard.parts).acknowledged.get(attribute)
            if seen is None:
                raise RefusedError(f"{heard.id} {attribute}", "nobody has acknowledged a conflict")
            return stream_name("subject", heard.id), ConflictReopened(
                subject=seen[1].subject,
                attribute=attribute,
                reason=signed.reason,
                actor=signed.actor,
                basis_position=_seen(look, heard, Slot(attribute), signed),
            )

        return self._desk.act(decide)


def find_claim(look: Look, id_: str) -> tuple[Heard, Said]:
    """Return a claim of a newest reading by its id, or the unmistakable beginning of it, and all that is said beside it.

    Raises NotFoundError for any other.
    """
    if not id_.startswith("clm_"):
        raise NotFoundError("claim", id_, "claims are named clm_…; see `tracker claims list`")
    found = {}
    for _, build in subjects_builds(look.reading):
        for key in look.reading.views.holding(build, f'"id":"{id_}'):
            heard = look.heard(look.identify(key))
            for said in subjects.heard(heard.parts):
                if said.claim.id.startswith(id_) and not said.pinned:
                    found[said.claim.id] = (heard, said)
    if len(found) != 1:
        hint = f"it may be {', '.join(sorted(found)[:5])}" if found else "no newest reading makes it"
        raise NotFoundError("claim", id_, hint)
    return next(iter(found.values()))


def checked(vocabulary: Vocabulary, attribute: Attribute, value: str) -> str:
    """Return a value that may be said of an attribute. Raises ConfigError for any other."""
    try:
        if attribute.type == "date":
            DateSpan.parse(value)
    except ValueError as error:
        raise ConfigError("VALUE", str(error)) from None
    known = tuple(vocabulary.statuses) if attribute.type == "status" else AGREEMENT_TYPES
    if attribute.type in ("status", "code") and value not in known:
        raise ConfigError("VALUE", f"{value!r} is none of {', '.join(known)}")
    if attribute.type == "party" and vocabulary.kind == "mission" and ": " not in value:
        raise ConfigError("VALUE", f"{value!r} names no role; write it as 'ISRO: lander'")
    return words("VALUE", value)


def _seen(look: Look, heard: Heard, slot: Slot, signed: Signed) -> int:
    at = basis_of(look, signed.basis)
    unchanged(look, heard, slot, at)
    return at


def _witness(look: Look, heard: Heard, attribute: str, value: str, by: str | None) -> Said | None:
    """The claim that is named, else the newest that says this value."""
    if value.startswith("clm_"):
        other, said = find_claim(look, value)
        if other.id != heard.id or said.claim.attribute != attribute:
            raise RefusedError(said.claim.id, f"says nothing of {heard.id} {attribute}")
        return said
    same = [
        s
        for s in subjects.heard(heard.parts)
        if (s.claim.attribute, s.claim.value) == (attribute, value) and not s.pinned and s.act is None
        if by in (None, s.claim.by) and s.claim.modality != "denied"
    ]
    return max(same, key=lambda s: s.order, default=None)


def _modality(heard: Heard, slot: Slot, witness: Said | None) -> Modality:
    """How it is meant: as the claim means it, else as what is shown now."""
    if witness is not None:
        return witness.claim.modality
    claims = subjects.by_slot(heard.said).get(slot, [])
    held = subjects.final(heard.vocabulary, slot, claims, heard.policy, on=heard.on)
    return held.winner.claim.modality if held and held.winner.claim.modality != "denied" else "actual"
