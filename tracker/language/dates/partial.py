"""A date as far as its own words give it: the year may be missing, and comes from the neighbours or from nearness."""

import calendar
import datetime as dt

import msgspec

from tracker.language.dates.mention import Bound

Range = tuple[int, int]


class Partial(msgspec.Struct, frozen=True):
    """What was read at `start` to `end`.

    Either `fixed` (EDTF, nothing is missing) or any of years, months of the year and days of the month, each first and
    last; a last month above 12 lies in the following year. `year_offset` counts from the publication year ("next year" is
    1); `that_year` asks for the year of the expression before. `steps` are so many units from the expression before, which
    must stand beside it when `touching`; `week` says whether a weekday is of the last, this or the next week (-1, 0, 1).
    """

    start: int
    end: int
    years: Range | None = None
    months: Range | None = None
    days: Range | None = None
    weekday: int | None = None
    fixed: str | None = None
    relative: bool = False
    certain: bool = True
    year_offset: int | None = None
    that_year: bool = False
    steps: tuple[str, int] | None = None
    touching: bool = False
    week: int | None = None
    bound: Bound = "on"

    @property
    def grain(self) -> str:
        """How finely it was said; only dates of one grain make a range."""
        if self.fixed is not None or self.steps is not None:
            return "fixed"
        return "day" if self.days else "month" if self.months else "year"

    @property
    def decade(self) -> bool:
        """Whether it is ten years that start with a zero."""
        years = self.years
        return not self.months and years is not None and years[0] % 10 == 0 and years[1] == years[0] + 9

    @property
    def first(self) -> str:
        """The EDTF of its earliest part. The year must be known."""
        if self.fixed is not None:
            return self.fixed.partition("/")[0]
        year = self.years[0] if self.years else 0
        return _spell(year, self.months[0] if self.months else None, self.days[0] if self.days else None)

    @property
    def last(self) -> str:
        """The EDTF of its latest part. The year must be known."""
        if self.fixed is not None:
            return self.fixed.rpartition("/")[2]
        year = self.years[1] if self.years else 0
        return _spell(year, self.months[1] if self.months else None, self.days[1] if self.days else None)

    @property
    def edtf(self) -> str:
        """The whole, in the spelling of the annotation guide: `2026`, `2026-01/2026-04`, `../2023`, `2028/..`."""
        # A part that reaches the edge of its year bounds by the year: "by the end of 2023" is ../2023.
        part = self.months if self.years and not self.days and self.months and self.months[0] < self.months[1] else None
        if self.bound == "by":
            return f"../{_spell(self.years[1], None, None) if self.years and part and part[1] == 12 else self.last}"
        if self.bound == "after":
            return f"{_spell(self.years[0], None, None) if self.years and part and part[0] == 1 else self.first}/.."
        return self.first if self.first == self.last else f"{self.first}/{self.last}"

    def at(self, start: int, end: int | None = None) -> "Partial":
        """Return the same date over a wider stretch of text."""
        return msgspec.structs.replace(self, start=start, end=self.end if end is None else end)


def with_that(found: Partial, that: str | None) -> Partial:
    """Return `found` with the "this", "next", "last" or "that" of its "… year" noted."""
    match (that or "").split()[-1:]:
        case ["this" | "the"]:
            return msgspec.structs.replace(found, year_offset=0, relative=True)
        case ["next" | "coming"]:
            return msgspec.structs.replace(found, year_offset=1, relative=True)
        case ["last"]:
            return msgspec.structs.replace(found, year_offset=-1, relative=True)
        case ["that" | "same"]:
            return msgspec.structs.replace(found, that_year=True)
        case _:
            return found


def of_day(start: int, end: int, day: dt.date, *, relative: bool = False) -> Partial:
    """Return one day as a partial that misses nothing."""
    return Partial(
        start,
        end,
        years=(day.year, day.year),
        months=(day.month, day.month),
        days=(day.day, day.day),
        relative=relative,
    )


def exists(month: int, day: int, year: int = 2024) -> bool:
    """Whether the calendar has such a day; without a year, whether a leap year has it."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def months_later(day: dt.date, months: int) -> tuple[int, int]:
    """Return the year and month that lie so many months from `day`."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def _spell(year: int, month: int | None, day: int | None) -> str:
    if month is None:
        return f"{year:04}"
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"
