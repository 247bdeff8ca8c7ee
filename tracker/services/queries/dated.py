"""What is planned for an exact day, or was: launches, landings and meetings, as calendars want them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from tracker.domain.asof import AsOf
from tracker.domain.dates import DateSpan
from tracker.domain.ids import SubjectId
from tracker.services.queries.answers import HistoryLine, Subject, Value
from tracker.services.queries.query import Query

DATES: Mapping[str, str] = {"launch_date": "Launch of ", "landing_date": "Landing of ", "held_date": ""}
"""The dates on which something happens that people go to or look at, and what its name begins with."""
LONGEST = 31
"""Days of the longest meeting. What is longer is the window of a plan."""
_DAY = len("2026-01-01")
_STIRRING = frozenset({"cancelled", "postponed"})


class Dated(msgspec.Struct, frozen=True):
    """One happening, from its first to its last day; `state` is that of the subject.

    `moves` counts how often the date has changed since it was first known, or the happening was called off or on again: it only
    grows, as long as the log does. `changed_at` is when this was recorded last.
    """

    subject: SubjectId
    attribute: str
    title: str
    first: dt.date
    last: dt.date
    value: Value
    state: str | None
    place: str | None
    moves: int
    changed_at: str


def dated(
    query: Query, *, kind: str | None = None, subject: str | None = None, as_of: AsOf | None = None
) -> Iterator[Dated]:
    """Yield what happens on days that are known exactly, of one subject, of a kind, or of all, in the order of their ids.

    A month, a quarter or a year is no day, and yields nothing. Raises NotFoundError for a subject that is not, or was not, known.
    """
    ids = [subject] if subject is not None else _with_days(query, kind, as_of)
    return _dated(query, (query.subject(id_, as_of=as_of) for id_ in ids), as_of)


def _with_days(query: Query, kind: str | None, as_of: AsOf | None) -> list[SubjectId]:
    """The few of many: most dates in the news are no days, and their subjects need no words looked up."""
    with query.looking(as_of) as look:
        return [
            view.id
            for view in look.views(kind)
            if any(days_of(held.value) for name in DATES for held in view.attributes.get(name, ())[:1])
        ]


def _dated(query: Query, subjects: Iterable[Subject], as_of: AsOf | None) -> Iterator[Dated]:
    for subject in subjects:
        for attribute, what in DATES.items():
            for value in subject.attributes.get(attribute, ())[:1]:
                if (days := days_of(value.value)) is None:
                    continue
                lines = query.history(subject.id, axis="recorded", as_of=as_of)
                told = [line for line in lines if line.attribute == attribute]
                stirred = [line for line in lines if line.attribute == "status" and _stirs(line)]
                yield Dated(
                    subject=subject.id,
                    attribute=attribute,
                    title=f"{what}{subject.name}",
                    first=days[0],
                    last=days[1],
                    value=value,
                    state=_only(subject, "status"),
                    place=_only(subject, "place"),
                    moves=sum(line.old is not None for line in told) + len(stirred),
                    changed_at=max(line.recorded_at for line in told + stirred) if told + stirred else _EPOCH,
                )


_EPOCH = "1970-01-01T00:00:00.000000Z"


def days_of(value: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of a date (EDTF) that is known to the day; None for what is less exact."""
    span = DateSpan.parse(value)
    if span.earliest is None or span.latest is None or span.days > LONGEST:
        return None
    if any(len(end.rstrip("~?%")) != _DAY for end in value.split("/")):
        return None
    return span.earliest, span.latest


def _stirs(line: HistoryLine) -> bool:
    return not _STIRRING.isdisjoint({line.old, line.new})


def _only(subject: Subject, attribute: str) -> str | None:
    return next((value.value for value in subject.attributes.get(attribute, ())), None)
