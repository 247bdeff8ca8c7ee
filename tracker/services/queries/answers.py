"""The answers as programs get them: the shapes of JSON that scripts rely on, frozen and typed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from tracker.domain.act import Act
from tracker.domain.change import Change, ChangeKind, days_range
from tracker.domain.dates import DateSpan
from tracker.domain.document import Basis
from tracker.domain.ids import ClaimId, SubjectId
from tracker.domain.lateness import overdue, stale
from tracker.domain.view import Conflict, Held, SubjectView
from tracker.domain.vocabulary import VOCABULARIES
from tracker.services.queries.quotes import Quote, Quotes, Sentence

_Answer = TypeVar("_Answer", bound=msgspec.Struct)


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
    act: Act | None
    """A curator's word, where the value rests on it."""
    flags: tuple[str, ...]
    """Remarks on the step of a status that led here."""
    inferred: bool
    """Concluded from a date: launched, since a launch is reported; expired, since the term is over."""


class Subject(msgspec.Struct, frozen=True):
    """The view of a subject. `overdue` names attributes whose plan has run out; `stale`: nothing is said of it any more."""

    id: SubjectId
    kind: str
    name: str
    aliases: tuple[str, ...]
    attributes: Mapping[str, tuple[Value, ...]]
    conflicts: tuple[Conflict, ...]
    slips: int
    updated_position: int
    part_of: SubjectId | None
    parts: tuple[SubjectId, ...]
    overdue: tuple[str, ...]
    stale: bool


class HistoryLine(msgspec.Struct, frozen=True):
    """One change of a view; `days` tells how far a date moved, `days_range` how far at least and at most."""

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
    days_range: tuple[int, int] | None


class Witness(msgspec.Struct, frozen=True):
    """A claim in an explanation: what it says, where, and how it counted.

    `counted_from` less the days of the penalties is `effective_on`. `link` leads to the very words on the publisher's page.
    `act` tells which curator corrected, retracted or fixed it, when, and why.
    """

    claim_id: ClaimId
    document_id: str
    publisher: str | None
    origin: str
    url: str | None
    link: str | None
    published: str
    published_basis: Basis
    value: str
    modality: str
    by: str | None
    evidence: Quote
    sentence: Sentence | None
    superseded: bool
    counted_from: str
    effective_on: str
    penalties: tuple[Mapping[str, Any], ...]
    code: str | None = None
    reason: str | None = None
    act: Act | None = None


class Rule(msgspec.Struct, frozen=True):
    """A rule that was applied, by its code and in words."""

    code: str
    meaning: str


class Explained(msgspec.Struct, frozen=True):
    """Why one value holds; `act` is what a curator did about it."""

    value: str
    by: str | None
    since: str | None
    contested: bool
    inferred: bool
    act: Act | None
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


def subject(view: SubjectView, quotes: Quotes, *, on: dt.date, stale_after: int) -> Subject:
    """Return a view with its quotes, and what the day makes of it."""
    attributes = {
        name: tuple(_value(held, quotes) for held in view.attributes[name])
        for name in VOCABULARIES[view.kind].attributes
        if name in view.attributes
    }
    late = {"overdue": tuple(overdue(view, on)), "stale": stale(view, on, after=stale_after)}
    return taken(Subject, view, attributes=attributes, **late)


def _value(held: Held, quotes: Quotes) -> Value:
    return taken(Value, held, evidence=quotes.quote((held.document, held.document_version), held.evidence))


def history_line(change: Change, quotes: Quotes) -> HistoryLine:
    """Return a change with its quote."""
    quote = quotes.quote((change.document, change.document_version), change.evidence)
    return taken(HistoryLine, change, evidence=quote, days_range=_days_range(change))


def _days_range(change: Change) -> tuple[int, int] | None:
    if change.days is None or change.old is None or change.new is None:
        return None
    return days_range(DateSpan.parse(change.old), DateSpan.parse(change.new))


def taken(kind: type[_Answer], source: msgspec.Struct, **own: object) -> _Answer:
    """Return an answer with the fields of the same names taken from what it answers about, but for those given."""
    names = (name for name in kind.__struct_fields__ if name not in own)
    return kind(**{name: getattr(source, name) for name in names}, **own)
