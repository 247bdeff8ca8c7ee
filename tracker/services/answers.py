"""The answers as programs get them: the shapes of JSON that scripts rely on, frozen and typed."""

from collections.abc import Mapping
from typing import Any

import msgspec

from tracker.domain.change import Change, ChangeKind
from tracker.domain.document import Basis
from tracker.domain.ids import ClaimId, SubjectId
from tracker.domain.view import Conflict, Held, SubjectView
from tracker.domain.vocabulary import VOCABULARIES
from tracker.services.quotes import Quote, Quotes, Sentence


class Value(msgspec.Struct, frozen=True):
    """One value that holds, with the words that say so."""

    value: str
    modality: str
    since: str | None
    published: str
    published_basis: Basis
    document_id: str
    claim_id: ClaimId
    evidence: Quote
    origins: int
    contested: bool
    by: str | None


class Subject(msgspec.Struct, frozen=True):
    """The view of a subject."""

    id: SubjectId
    kind: str
    name: str
    aliases: tuple[str, ...]
    attributes: Mapping[str, tuple[Value, ...]]
    conflicts: tuple[Conflict, ...]
    slips: int
    updated_position: int


class HistoryLine(msgspec.Struct, frozen=True):
    """One change of a view; `days` tells how far a date moved."""

    subject: SubjectId
    attribute: str
    old: str | None
    new: str | None
    change: ChangeKind
    days: int | None
    published: str
    recorded_at: str
    position: int
    document_id: str
    claim_id: ClaimId
    evidence: Quote
    modality: str
    by: str | None


class Witness(msgspec.Struct, frozen=True):
    """A claim in an explanation: what it says, where, and how it counted."""

    claim_id: ClaimId
    document_id: str
    publisher: str | None
    url: str | None
    published: str
    published_basis: Basis
    value: str
    modality: str
    by: str | None
    evidence: Quote
    sentence: Sentence | None
    effective_on: str
    penalties: tuple[Mapping[str, Any], ...]
    code: str | None = None
    reason: str | None = None


class Rule(msgspec.Struct, frozen=True):
    """A rule that was applied, by its code and in words."""

    code: str
    meaning: str


class Explained(msgspec.Struct, frozen=True):
    """Why one value holds."""

    value: str
    by: str | None
    contested: bool
    origins: int
    winner: Witness
    rules: tuple[Rule, ...]
    supporting: tuple[Witness, ...]
    losing: tuple[Witness, ...]


class Explanation(msgspec.Struct, frozen=True):
    """Why an attribute has the values it has."""

    subject: SubjectId
    name: str
    attribute: str
    values: tuple[Explained, ...]
    policy: str
    updated_position: int


def subject(view: SubjectView, quotes: Quotes) -> Subject:
    """Return a view with its quotes."""
    attributes = {
        name: tuple(_value(held, quotes) for held in view.attributes[name])
        for name in VOCABULARIES[view.kind].attributes
        if name in view.attributes
    }
    place = (view.conflicts, view.slips, view.updated_position)
    return Subject(view.id, view.kind, view.name, view.aliases, attributes, *place)


def _value(held: Held, quotes: Quotes) -> Value:
    return Value(
        value=held.value,
        modality=held.modality,
        since=held.since,
        published=held.published,
        published_basis=held.published_basis,
        document_id=held.document_id,
        claim_id=held.claim_id,
        evidence=quotes.quote((held.document, held.document_version), held.evidence),
        origins=held.origins,
        contested=held.contested,
        by=held.by,
    )


def history_line(change: Change, quotes: Quotes) -> HistoryLine:
    """Return a change with its quote."""
    return HistoryLine(
        subject=change.subject,
        attribute=change.attribute,
        old=change.old,
        new=change.new,
        change=change.change,
        days=change.days,
        published=change.published,
        recorded_at=change.recorded_at,
        position=change.position,
        document_id=change.document_id,
        claim_id=change.claim_id,
        evidence=quotes.quote((change.document, change.document_version), change.evidence),
        modality=change.modality,
        by=change.by,
    )
