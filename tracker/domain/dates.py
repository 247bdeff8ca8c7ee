"""A date as news gives it: an interval of days with the precision that was said (EDTF, ISO 8601-2:2019).

The subset: `2025`, `2025-04`, `2025-04-01`, seasons and quarters (`2026-21` … `2026-41`), `202X`, `20XX`, approximate and
uncertain marks (`2025~`, `2025?`), intervals `a/b`, and open ends `../b`, `a/..`. Two spellings of the same days are equal
as spans; the spelling is kept, because "in 2026" is not "1 January 2026".
"""

import calendar
import datetime as dt
import functools
import re
from typing import Literal

import msgspec

Relation = Literal["equal", "within", "contains", "overlap", "disjoint"]
Precision = Literal["day", "month", "season", "year", "decade", "century", "range", "open_start", "open_end"]

_POINT = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?")
# First and last month of the seasons, quarters, four-month parts and halves of EDTF level 2.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_SEASONS |= {37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12)}


class DateSpan(msgspec.Struct, frozen=True):
    """The days from `earliest` to `latest`, both included; None where that side is open."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> "DateSpan":
        """Read EDTF. Raises ValueError for what is not of the subset, and for an interval that ends before it starts."""
        return _parse(text.strip())

    @classmethod
    def between(cls, earliest: dt.date | None, latest: dt.date | None) -> "DateSpan":
        """Return the span of these days in its shortest spelling. Raises ValueError when both are None."""
        return cls.parse(_spell(earliest, latest))

    @classmethod
    def day(cls, day: dt.date) -> "DateSpan":
        """Return the span of one day."""
        return cls(day.isoformat(), day, day, "day")

    @property
    def first(self) -> dt.date:
        """The earliest day, or the beginning of time."""
        return self.earliest or dt.date.min

    @property
    def last(self) -> dt.date:
        """The latest day, or the end of time."""
        return self.latest or dt.date.max

    @property
    def days(self) -> int:
        """How many days the span holds; millions when an end is open."""
        return (self.last - self.first).days + 1

    def same_days(self, other: "DateSpan") -> bool:
        """Whether both denote the same days, however spelt."""
        return (self.earliest, self.latest) == (other.earliest, other.latest)

    def relation(self, other: "DateSpan") -> Relation:
        """How this span lies to the other; only `disjoint` spans contradict each other."""
        if self.same_days(other):
            return "equal"
        if self.last < other.first or other.last < self.first:
            return "disjoint"
        if other.first <= self.first and self.last <= other.last:
            return "within"
        if self.first <= other.first and other.last <= self.last:
            return "contains"
        return "overlap"


@functools.lru_cache(maxsize=8192)
def _parse(text: str) -> DateSpan:
    left, slash, right = text.partition("/")
    if not slash:
        first, last, precision = _point(left, text)
        return DateSpan(text, first, last, precision)
    earliest = None if left in ("", "..") else _point(left, text)[0]
    latest = None if right in ("", "..") else _point(right, text)[1]
    if earliest is None and latest is None:
        raise ValueError(f"{text!r} is open at both ends")
    if earliest and latest and latest < earliest:
        raise ValueError(f"{text!r} ends before it starts")
    kind: Precision = "open_start" if earliest is None else "open_end" if latest is None else "range"
    return DateSpan(text, earliest, latest, kind)


def _point(text: str, whole: str) -> tuple[dt.date, dt.date, Precision]:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"{whole!r} is not an EDTF date, such as 2025, 2025-04, 2025-04-01, 2020/2023 or ../2023")
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low < 1 or ("X" in year and month):
        raise ValueError(f"{whole!r} has no such year")
    if "00" in (match[2], match[3]):
        raise ValueError(f"{whole!r} counts from 00; leave out a month or day that is not known")
    if not month:
        span: Precision = "century" if year.endswith("XX") else "decade" if year.endswith("X") else "year"
        return dt.date(max(low, 1), 1, 1), dt.date(high, 12, 31), span
    if month in _SEASONS and not day:
        first, last = _SEASONS[month]
        return dt.date(low, first, 1), _month_end(low, last), "season"
    try:
        if day:
            return dt.date(low, month, day), dt.date(low, month, day), "day"
        return dt.date(low, month, 1), _month_end(low, month), "month"
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"{whole!r} names a day that does not exist") from None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _spell(earliest: dt.date | None, latest: dt.date | None) -> str:
    if earliest is None and latest is None:
        raise ValueError("a span needs at least one end")
    if earliest is None or latest is None:
        return f"{_spell_first(earliest) if earliest else '..'}/{_spell_last(latest) if latest else '..'}"
    if earliest == latest:
        return earliest.isoformat()
    if (earliest.day, latest) == (1, _month_end(earliest.year, earliest.month)):
        return f"{earliest:%Y-%m}"
    if (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        return f"{earliest:%Y}" if earliest.year == latest.year else f"{earliest:%Y}/{latest:%Y}"
    if earliest.day == 1 and latest == _month_end(latest.year, latest.month):
        return f"{earliest:%Y-%m}/{latest:%Y-%m}"
    return f"{earliest.isoformat()}/{latest.isoformat()}"


def _spell_first(day: dt.date) -> str:
    return f"{day:%Y}" if (day.month, day.day) == (1, 1) else f"{day:%Y-%m}" if day.day == 1 else day.isoformat()


def _spell_last(day: dt.date) -> str:
    if (day.month, day.day) == (12, 31):
        return f"{day:%Y}"
    return f"{day:%Y-%m}" if day == _month_end(day.year, day.month) else day.isoformat()
