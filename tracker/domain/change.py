"""What differs between two views: set, advance, slip and their kin."""

import datetime as dt
from typing import Literal

import msgspec

from tracker.domain.dates import DateSpan
from tracker.domain.document import Evidence, published_on
from tracker.domain.ids import ClaimId, DocumentId, SubjectId
from tracker.domain.values import words_within
from tracker.domain.view import Held
from tracker.domain.vocabulary import Attribute, Vocabulary

ChangeKind = Literal[
    "set", "advance", "slip", "pulled_in", "narrowed", "widened", "regressed", "recovered", "revived",
    "added", "removed", "corrected", "retracted", "contested",
]  # fmt: skip


class Change(msgspec.Struct, frozen=True):
    """One value gave way to another, and the claim that made it so.

    `days` is how far a date moved, by its latest day, or by its earliest where the end is open; None for anything else.
    """

    subject: SubjectId
    attribute: str
    old: str | None
    new: str | None
    change: ChangeKind
    days: int | None
    published: str
    recorded_at: str
    position: int
    document: DocumentId
    document_version: int
    document_id: str
    claim_id: ClaimId
    evidence: Evidence
    modality: str
    by: str | None

    @property
    def published_on(self) -> dt.date:
        """The day by which the change is put in order on the published axis."""
        return published_on(self.published)


def compare(
    vocabulary: Vocabulary,
    subject: SubjectId,
    attribute: Attribute,
    old: Held | None,
    new: Held | None,
    *,
    act: Literal["corrected", "retracted"] | None = None,
) -> Change | None:
    """Return the change from one held value to the next, None when nothing that matters differs.

    `act` names what a curator did to bring it about; without it, a value that its own document has taken back counts as
    corrected too. Any other change of such a value is named for what differs.
    """
    found = _classify(vocabulary, attribute, old, new)
    cause = new or old
    if found is None or cause is None:
        return None
    kind, days = found
    if old is not None and old.value != (new.value if new else None):
        kind = _by_act(old, new, act) or kind
    return Change(
        subject=subject,
        attribute=attribute.name,
        old=old.value if old else None,
        new=new.value if new else None,
        change=kind,
        days=days,
        published=cause.published,
        recorded_at=cause.recorded_at,
        position=cause.position,
        document=cause.document,
        document_version=cause.document_version,
        document_id=cause.document_id,
        claim_id=cause.claim_id,
        evidence=cause.evidence,
        modality=cause.modality,
        by=cause.by,
    )


def _by_act(
    old: Held, new: Held | None, act: Literal["corrected", "retracted"] | None
) -> Literal["corrected", "retracted"] | None:
    if act is not None or new is None:
        return act
    newly = new.act if new.act != old.act else None
    if newly is not None and newly.kind == "corrected":
        return "corrected"
    # The same edition of a text with other words: its publisher has mended it. A page that is dated anew tells news.
    same = (old.document, old.published) == (new.document, new.published)
    return "corrected" if same and old.document_version < new.document_version else None


def _classify(
    vocabulary: Vocabulary, attribute: Attribute, old: Held | None, new: Held | None
) -> tuple[ChangeKind, int | None] | None:
    if old is None or new is None:
        if old is new:
            return None
        if new is None:
            return ("removed" if attribute.many else "retracted"), None
        return ("added" if attribute.many else "set"), None
    if new.contested and not old.contested:
        return "contested", None
    match attribute.type:
        case "date":
            return _date_change(old, new)
        case "status":
            return _status_change(vocabulary, old, new)
        case _ if old.value == new.value or attribute.many:
            return None
        case _ if words_within(new.value, old.value):
            return "narrowed", None
        case _:
            return "set", None


def _date_change(old: Held, new: Held) -> tuple[ChangeKind, int | None] | None:
    before, after = DateSpan.parse(old.value), DateSpan.parse(new.value)
    days = days_moved(before, after)
    match after.relation(before):
        case "equal":
            # What may be has become a plan, or a plan has come true as planned: worth a line, though the days are the same.
            match (old.modality, new.modality):
                case ("possible" | "planned", "actual"):
                    return "set", 0
                case ("possible", "planned"):
                    return "advance", 0
                case ("planned", "possible"):
                    return "regressed", 0
            return None
        case "within":
            return "narrowed", days
        case "contains":
            return "widened", days
        case _:
            later = (after.last, after.first) > (before.last, before.first)
            return ("slip" if later else "pulled_in"), days


def days_moved(before: DateSpan, after: DateSpan) -> int | None:
    """Return by how many days a date moved: its latest day, or its earliest where an end is open."""
    if before.latest and after.latest:
        return (after.latest - before.latest).days
    if before.earliest and after.earliest:
        return (after.earliest - before.earliest).days
    return None


def days_range(before: DateSpan, after: DateSpan) -> tuple[int, int] | None:
    """Return by how many days at least and at most a date moved, when it is known by months or years only.

    From the last day of the one to the first of the other, and from the first to the last; None where an end is open.
    """
    if not (before.earliest and before.latest and after.earliest and after.latest):
        return None
    return (after.earliest - before.latest).days, (after.latest - before.earliest).days


def _status_change(vocabulary: Vocabulary, old: Held, new: Held) -> tuple[ChangeKind, None] | None:
    if old.value == new.value:
        return ("advance", None) if old.by != new.by and new.by else None
    before, after = vocabulary.statuses[old.value], vocabulary.statuses[new.value]
    if after.code == "approved" and new.by not in (None, old.by) and not new.flags:
        return "advance", None  # of another party, whatever the first has come to
    if before.code == "cancelled":
        return "revived", None
    if before.code in ("failed", "completed") and after.code == "operating":
        return "recovered" if before.code == "failed" else "revived", None
    if before.code == "on_hold" or after.rank > before.rank or after.code in before.leads_to:
        return "advance", None
    return ("advance" if after.rank == before.rank and before.rank >= vocabulary.settled else "regressed"), None
