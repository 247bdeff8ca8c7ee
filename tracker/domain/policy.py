"""How much later a claim would have to be to outweigh another: penalties in days, and the grades of sources.

The effective date of a claim is its publication date less fixed penalties. One constant per claim keeps the order total, so
no three claims can beat each other in a circle, and it can be explained in a sentence. "B beats A when it is 30 days newer"
has neither property.
"""

import datetime as dt
from collections.abc import Mapping

import msgspec

from tracker.domain.dates import DateSpan
from tracker.domain.said import Said

_GRADES = {"operator": 0, "official": 30, "secondary": 60, "ungraded": 180}


class Penalty(msgspec.Struct, frozen=True, gc=False):
    """Days taken off (or, when negative, added) and why."""

    reason: str
    days: int


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of judging, as data. Days unless said otherwise. Raises ValueError for a grade that has no days."""

    version: str = "1"
    grades: Mapping[str, int] = msgspec.field(default_factory=lambda: dict(_GRADES))
    sources: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Grade by publisher, names folded to lower case."""
    possible: int = 90
    background: int = 45
    reported_change: int = -15
    unknown_date: int = 180
    conflict_window: int = 365
    independent_origins: int = 2
    """How many origins must agree before an impossible step of a status is believed."""
    floor: int = 400_000
    """Parts per million: a claim that its reader is less sure of moves no view, and waits for somebody to look at it."""

    def __post_init__(self) -> None:
        """Refuse a table that leaves a source without a weight."""
        missing = {"ungraded", *self.sources.values()} - self.grades.keys()
        if missing:
            raise ValueError(f"no days are given for the grade {min(missing)!r}")

    def grade_of(self, publisher: str | None) -> str:
        """Return the grade of a publisher."""
        return self.sources.get((publisher or "").casefold(), "ungraded")

    def graded(self, grades: Mapping[str, str | None]) -> "Policy":
        """Return the policy with these grades, by publisher, in place of its own; None leaves a publisher its own.

        Grades that the table has no days for, because another table came later, are passed over.
        """
        own = {name.casefold(): grade for name, grade in grades.items() if grade in self.grades}
        return msgspec.structs.replace(self, sources={**self.sources, **own}) if own else self


class Weighed(msgspec.Struct, frozen=True, gc=False):
    """A claim with the day it counts from, and the arithmetic that led there."""

    said: Said
    effective_on: dt.date
    reliability: int
    penalties: tuple[Penalty, ...]


def weigh(said: Said, policy: Policy, *, state_on: dt.date | None = None) -> Weighed:
    """Return the claim with its effective date, counted from its publication day.

    With `state_on` it counts from the day a state began. The source's grade then takes nothing off: two sources that date
    one state must not land on different days.
    """
    grade = policy.grade_of(said.document.publisher)
    reliability = policy.grades.get(grade, policy.grades["ungraded"])
    penalties = [] if state_on else [Penalty(f"source is {grade}", reliability)]
    if said.document.published_basis == "captured":
        penalties.append(Penalty("publication date unknown", policy.unknown_date))
    if said.claim.modality == "possible":
        penalties.append(Penalty("only possible", policy.possible))
    if said.claim.salience == "background":
        penalties.append(Penalty("background mention", policy.background))
    if said.claim.change_reported:
        penalties.append(Penalty("reported as a change", policy.reported_change))
    day = state_on or said.document.published_on
    # At the ends of the calendar a penalty would leave it.
    ordinal = min(max(1, day.toordinal() - sum(p.days for p in penalties)), dt.date.max.toordinal())
    return Weighed(said, dt.date.fromordinal(ordinal), reliability, tuple(p for p in penalties if p.days))


def set_aside(said: Said, policy: Policy) -> tuple[str, str] | None:
    """Return why a claim does not take part in judging, as a code and in words; None when it does."""
    if said.act is not None and said.act.kind == "retracted":
        return "R0_RETRACTED", f"retracted by {said.act.actor}: {said.act.reason}"
    if said.copy_of is not None:
        return "R0_COPY", f"a copy of {said.copy_of}, which says so already"
    if said.claim.confidence_ppm < policy.floor:
        sure, least = said.claim.confidence_ppm / 10_000, policy.floor / 10_000
        return "R0_BELOW_FLOOR", f"read with {sure:.0f} % confidence, and {least:.0f} % are asked for"
    if said.claim.superseded:
        return "R0_SUPERSEDED", "the document itself calls it the old value"
    return None


def state_day(said: Said) -> dt.date:
    """Return the day a state is taken to begin: the earliest of the text's own "since", unless after the publication.

    A state that began "by 2019" is known to have held at the end of 2019, and no earlier.
    """
    published = said.document.published_on
    since = DateSpan.parse(said.claim.since) if said.claim.since else None
    return min(since.earliest or since.last, published) if since else published
