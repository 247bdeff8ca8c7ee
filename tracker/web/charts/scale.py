"""Days on a line: where each stands, and which of them get a label."""

import datetime as dt
from collections.abc import Iterator

import msgspec

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 12_000, 60_000)
"""Months between labels."""


class Scale(msgspec.Struct, frozen=True):
    """Places the days from `first` to `last` between two points of a picture; days beyond stand at its ends."""

    first: dt.date
    last: dt.date
    low: float
    high: float

    @classmethod
    def around(cls, days: list[dt.date], low: float, high: float, *, least: int = 90) -> "Scale":
        """Return a scale that holds all these days and a little more, `least` days at the least. There must be a day."""
        first, last = min(days), max(days)
        more = max((last - first).days // 24, (least - (last - first).days) // 2, 10)
        return cls(_moved(first, -more), _moved(last, more), low, high)

    def __call__(self, day: dt.date) -> float:
        """Return where a day stands."""
        part = ((min(max(day, self.first), self.last)) - self.first).days / max(1, (self.last - self.first).days)
        return self.low + part * (self.high - self.low)

    def holds(self, day: dt.date) -> bool:
        """Tell whether the day lies between the ends."""
        return self.first <= day <= self.last

    def ticks(self, most: int) -> Iterator[tuple[dt.date, str]]:
        """Yield at most so many firsts of months or years at even distances, with their labels."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((step for step in _STEPS if months // step < most), _STEPS[-1])
        number = -(-(self.first.year * 12 + self.first.month - (self.first.day == 1)) // step) * step
        while number // 12 <= dt.date.max.year:
            year, month = divmod(number, 12)
            number += step
            if year < 1:
                continue
            day = dt.date(year, month + 1, 1)
            if day > self.last:
                return
            yield day, f"{year}" if step % 12 == 0 else f"{_SHORT[month]} {year}"


def _moved(day: dt.date, days: int) -> dt.date:
    number = min(max(day.toordinal() + days, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(number)
