"""Dates told from the day of publication: "yesterday", "last week", "two years ago", "within five years", "this decade"."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from tracker.language.dates.partial import Partial, exists, months_later, of_day
from tracker.language.dates.tense import sentence_before, tense_at
from tracker.language.dates.words import NUMBER, number_of

DAYS: Final[Mapping[str, int]] = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_DAY_AROUND = re.compile(r"(?i:\b(?:the\s)?day\s(before|after)\s)$")
_NOT_A_DAY = re.compile(r"['’]s\s(?:world|terms|standards|generation|youth|money|market)")
_PART_OF_DAY: Final = frozenset({"morning", "afternoon", "evening", "night"})

_WHICH = re.compile(
    r"(?i:\b(?:the\s)?(this|last|next|previous|coming|current|the|past)\s(?:(?:financial|calendar)\s)?)$"
)
_SEVERAL = re.compile(
    rf"(?i:\b(?P<lead>in|(?:in|over|within|during)\s(?:the\s)?(?:next|coming)|within)\s(?:about\s)?(?P<low>{NUMBER})(?:\sto\s|\sor\s|[-–])(?P<high>{NUMBER})\s)$"
)
"""Before the unit: "in two to three years", "over the next two or three years"."""
_DAYS_OF = re.compile(
    r"(?i:\b(?:from\s)?(?:the\s)?(?P<first>\d{1,2})(?:st|nd|rd|th)?(?:(?:\sto\s|\s?[-–]\s?|\sand\s)(?P<last>\d{1,2})(?:st|nd|rd|th)?)?\s(?:of\s)?)$"
)
"""Before "this month": "the 12th of", "28 to 30"."""
_BEYOND = re.compile(r"(?i:\s(?P<which>before\slast|after\snext)(?!\w))")
_HALF_OF = re.compile(r"(?i:\b(?:the\s)?(?P<which>first|second|latter)\shalf\sof\s(?:the\s)?)$")
_ITS_PART = re.compile(r"['’]s\s(?:first|second|third|fourth|last|final|latter)\s(?:quarter|half)(?!\w)")
_WITHIN_THE = re.compile(r"(?i:\bwithin\s)$")
_RUNS_OUT = re.compile(r"\s(?:is|was)\s(?:out|over|up)(?!\w)")
_IN_THE_LAST = re.compile(
    rf"(?i:\b(?:(?:with)?in|over|during|for|by)\s(?:the\s)?(?P<side>next|coming|last|past)\s(?P<number>{NUMBER})\s(?:or\sso\s)?)$"
)
_NEXT_N = re.compile(rf"(?i:\b(?:the\s)(?P<side>next|coming)\s(?P<number>{NUMBER})\s)$")
_WITHIN = re.compile(rf"(?i:\bwithin\s(?:about\s|around\s|roughly\s)?(?P<number>{NUMBER})\s)$")
_IN = re.compile(rf"(?i:\bin\s(?P<about>about\s|around\s|roughly\s|some\s)?(?P<number>{NUMBER})\s)$")
_NUMBER = re.compile(rf"(?i:\b(?P<about>about\s|around\s|roughly\s|some\s|nearly\s|almost\s)?(?P<number>{NUMBER})\s)$")
_HALF_A = re.compile(r"(?i:\bhalf\sa\s)$")
_AGO = re.compile(r"(?i:\sago(?!\w))")
_HENCE = re.compile(r"(?i:(?:['’]s?)?\stime(?!\w)|\sfrom\snow(?!\w)|\shence(?!\w))")
_AT_WEEKEND = re.compile(r"(?i:\b(?:at|over|during)\s)$")
_THE_BOUNDARY = re.compile(
    r"(?i:\b(?:start|beginning|middle|end|close|course|half|quarter|part|rest|remainder|later|earlier)\s(?:(?:of|in)\s)?(?:the\s)?)$"
)
_UNIT_END = re.compile(r"(?:[-–\s]|['’]s\s)end(?!\w)")
_SOME_YEAR = re.compile(r"(?i:\b(?:a|last|next|this|each|every|previous)\s)$")
_LEAD_IN = re.compile(r"(?i:\b(in|within)\s)$")
_OF_WHAT = re.compile(r"\s(?:of|that|when|in which|before|after)\b")
_STEPS: Final = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}
_END_YEAR = re.compile(r"(?i:\bend[-\s])$")


def read_day_word(text: str, start: int, word: str, day: dt.date) -> Partial | None:
    """Return "today", "tomorrow", "the day before yesterday", "this morning", "last night"."""
    end = start + len(word)
    low = word.lower()
    if low in _PART_OF_DAY:
        lead = re.search(r"(?i:\b(this|last)\s)$", text[max(0, start - 6) : start])
        if not lead or (lead[1].lower() == "last" and low != "night"):
            return None
        return of_day(start - len(lead[0]), end, _later(day, -1 if lead[1].lower() == "last" else 0), relative=True)
    if _NOT_A_DAY.match(text, end):
        return None
    shift = DAYS[low]
    around = _DAY_AROUND.search(text[max(0, start - 18) : start]) if shift else None
    if around and (around[1].lower() == "after") == (shift > 0):
        return of_day(start - len(around[0]), end, _later(day, shift * 2), relative=True)
    return of_day(start, end, _later(day, shift), relative=True)


class _Unit(msgspec.Struct, frozen=True):
    """A unit of time ("years", "week") in its text: where the expression begins and ends, and the day it is told from."""

    text: str
    begin: int
    end: int
    name: str
    day: dt.date

    def over(self, begin: int, end: int | None = None) -> "_Unit":
        return msgspec.structs.replace(self, begin=begin, end=self.end if end is None else end)


def read_unit(text: str, start: int, word: str, day: dt.date) -> Partial | None:
    """Return the date whose unit ("years", "week", "decade") stands at `start`; None for ages and durations."""
    name, plural = word.lower().rstrip("s"), word.endswith("s")
    if name == "centurie":
        return None
    unit = _Unit(text, start, start + len(word), name, day)
    before = text[max(0, start - 40) : start]
    which = _WHICH.search(before)
    if name != "weekend" and (plural or not which or _AGO.match(text, unit.end)):
        counted = _counted(unit, before)
        if counted:
            return counted
    if plural:
        return None
    ending = _ending(unit, before)
    if ending:
        return ending
    beyond = _BEYOND.match(text, unit.end)
    if beyond and which and which[1].lower() == "the" and name in ("year", "month"):
        return _away(unit.over(start - len(which[0]), beyond.end()), -2 if "last" in beyond[0] else 2, certain=True)
    if name == "year" and _ITS_PART.match(text, unit.end):
        return None  # "this year's first quarter" is read from its noun
    compound = text[unit.end : unit.end + 1] in ("-", "–") and text[unit.end + 1 : unit.end + 2].isalpha()
    return _which(unit.over(start - len(which[0])), which[1].lower()) if which and not compound else None


def _ending(unit: _Unit, before: str) -> Partial | None:
    """The last part of the unit that the day lies in: "year-end", "the decade's end", "within the year"."""
    closing = _UNIT_END.match(unit.text, unit.end)
    if unit.name == "year":
        ending = _END_YEAR.search(before)
        if closing and not _SOME_YEAR.search(before):
            return _months(unit.over(unit.begin, closing.end()), unit.day.year, (9, 12))
        if ending:
            return _months(unit.over(unit.begin - len(ending[0])), unit.day.year, (9, 12))
    low = unit.day.year // 10 * 10
    if unit.name == "decade" and closing and not _SOME_YEAR.search(before):
        return Partial(unit.begin, closing.end(), (low + 7, low + 9), relative=True)
    if unit.name == "month" and closing and "s" in closing[0] and not _SOME_YEAR.search(before):
        return _months(unit.over(unit.begin, closing.end()), unit.day.year, (unit.day.month, unit.day.month))
    the = before.lower().endswith(" the ")
    out = _RUNS_OUT.match(unit.text, unit.end)
    within = _WITHIN_THE.search(before[:-4]) if the else None
    if unit.name in ("year", "decade") and (within or (out and the)):
        begin, end = unit.begin - (4 + len(within[0]) if within else 4), out.end() if out and not within else unit.end
        years = (low, low + 9) if unit.name == "decade" else (unit.day.year, unit.day.year)
        return Partial(begin, end, years, relative=True, bound="by" if within else "on")
    return None


def _counted(unit: _Unit, before: str) -> Partial | None:
    """A number of units away from the day ("three weeks ago"), or the whole way there ("within five years")."""
    if _AGO.match(unit.text, unit.end) or _HENCE.match(unit.text, unit.end):
        return _told_from_now(unit, before)
    text, start = unit.text, unit.begin
    several = _SEVERAL.search(before)
    if several:
        return _between(unit.over(start - len(several[0])), several)
    within = _WITHIN.search(before)
    if within:
        took = tense_at(text, start - len(within[0]), unit.end) == "past"  # "repaired within two days" is a duration
        return None if took else _span(unit.over(start - len(within[0])), number_of(within["number"]))
    stretch = _IN_THE_LAST.search(before) or _NEXT_N.search(before)
    if stretch:
        sign = -1 if stretch["side"].lower() in ("last", "past") else 1
        return _span(unit.over(start - len(stretch[0])), sign * number_of(stretch["number"]))
    ahead = _IN.search(before)
    if (
        ahead
        and not text.startswith((" of", "-"), unit.end)
        and not _FIRST.search(sentence_before(text, start - len(ahead[0])))
        and tense_at(text, start - len(ahead[0]), unit.end) == "future"
    ):
        return _away(unit.over(start - len(ahead[0])), number_of(ahead["number"]), certain=not ahead["about"])
    return None


_FIRST = re.compile(
    r"(?i:\b(?:first|second|third|only|biggest|largest|longest|closest|nearest|brightest|strongest|worst|best|most|highest|lowest|busiest)\b[^,;:]{0,90}$)"
)
"""What makes a count of years the time gone by: "Russia's first Moon mission in 45 years"."""


def _between(unit: _Unit, several: re.Match[str]) -> Partial | None:
    """From the nearer to the farther of two counts of years or months; from the day itself when it is a stretch."""
    low, high = number_of(several["low"]), number_of(several["high"])
    if unit.name not in ("year", "month") or not low < high or unit.text.startswith((" of", "-"), unit.end):
        return None
    stretch = several["lead"].lower() != "in"
    if stretch:
        return _span(unit, high)
    if tense_at(unit.text, unit.begin, unit.end) not in ("future", "conditional"):
        return None  # "built in two to three years" tells how long it took
    if unit.name == "year":
        return Partial(unit.begin, unit.end, (unit.day.year + low, unit.day.year + high), relative=True)
    first, last = months_later(unit.day, low), months_later(unit.day, high)
    fixed = f"{first[0]:04}-{first[1]:02}/{last[0]:04}-{last[1]:02}"
    return Partial(unit.begin, unit.end, fixed=fixed, relative=True)


def _told_from_now(unit: _Unit, before: str) -> Partial | None:
    """Return "three weeks ago", "two years from now", "in five years' time"."""
    ago, number = _AGO.match(unit.text, unit.end), _NUMBER.search(before)
    far = ago or _HENCE.match(unit.text, unit.end)
    if not far or not number:
        return None
    half = unit.name == "century" and _HALF_A.search(before)
    if half and ago:
        return _years(unit.over(unit.begin - len(half[0]), far.end()), unit.day.year - 50, certain=False)
    begin, steps = unit.begin - len(number[0]), number_of(number["number"])
    lead = None if ago else _LEAD_IN.search(unit.text[max(0, begin - 8) : begin])
    there = unit.over(begin - (len(lead[0]) if lead else 0), far.end())
    if lead and lead[1].lower() == "within":
        return _span(there, steps)
    return _away(there, -steps if ago else steps, certain=not number["about"])


def _which(unit: _Unit, which: str) -> Partial | None:
    """The present, last or next unit; "the year" only in "the end of the year" and the like."""
    at_weekend = unit.name == "weekend" and _AT_WEEKEND.search(unit.text[max(0, unit.begin - 8) : unit.begin])
    if which == "the" and not at_weekend:
        bare = unit.name in ("year", "month", "decade", "week") and not _OF_WHAT.match(unit.text, unit.end)
        if not bare or not _THE_BOUNDARY.search(unit.text[max(0, unit.begin - 16) : unit.begin]):
            return None
    if which in ("previous", "past") and unit.name not in ("week", "month", "year"):
        return None
    step = _STEPS.get(which, 0)
    found: Partial | None = None
    match unit.name:
        case "year":
            found = _years(unit, unit.day.year + step)
        case "decade":
            low = unit.day.year // 10 * 10 + step * 10
            half = _HALF_OF.search(unit.text[max(0, unit.begin - 24) : unit.begin + (4 if which == "the" else 0)])
            begin = unit.begin - (len(half[0]) - (4 if which == "the" else 0)) if half else unit.begin
            late = 5 if half and half["which"].lower() != "first" else 0
            found = Partial(begin, unit.end, (low + late, low + (late + 4 if half else 9)), relative=True)
        case "month":
            year, month = months_later(unit.day, step)
            found = _months(unit, year, (month, month))
            days = _DAYS_OF.search(unit.text[max(0, unit.begin - 30) : unit.begin])
            if days and which != "the":
                found = _days_of_month(found, days) or found
        case "week":
            found = _week(unit, step)
        case "weekend":
            past = step == 0 and unit.day.weekday() < 5 and tense_at(unit.text, unit.begin, unit.end) == "past"
            saturday = _later(unit.day, 5 - unit.day.weekday() + (-7 if past else step * 7))
            found = _days(unit, saturday, _later(saturday, 1))
        case _:
            pass  # "this day" is no more than today's weather
    return found


def _days_of_month(month: Partial, match: re.Match[str]) -> Partial | None:
    year, number = (month.years or (0, 0))[0], (month.months or (0, 0))[0]
    first = int(match["first"])
    last = int(match["last"] or first)
    if not (first <= last and exists(number, first, year) and exists(number, last, year)):
        return None
    return msgspec.structs.replace(month.at(month.start - len(match[0])), days=(first, last))


def _week(unit: _Unit, step: int) -> Partial:
    """Monday to Sunday; but what is reported of this week has happened by the day itself."""
    monday = _later(unit.day, step * 7 - unit.day.weekday())
    reported = step == 0 and tense_at(unit.text, unit.begin, unit.end) == "past"
    return _days(unit, monday, unit.day if reported else _later(monday, 6))


def _away(unit: _Unit, steps: int, *, certain: bool) -> Partial:
    """So many units before or after the day, as finely as the unit: years ago is a year, weeks ago is a week."""
    match unit.name:
        case "year":
            return _years(unit, unit.day.year + steps, certain=certain)
        case "decade":
            return _years(unit, unit.day.year + steps * 10, certain=False)
        case "month":
            year, month = months_later(unit.day, steps)
            return msgspec.structs.replace(_months(unit, year, (month, month)), certain=certain)
        case "century":
            return _years(unit, unit.day.year + steps * 100, certain=False)
        case "week" | "fortnight":
            around = _later(unit.day, steps * (14 if unit.name == "fortnight" else 7))
            monday = _later(around, -around.weekday())
            return msgspec.structs.replace(_days(unit, monday, _later(monday, 6)), certain=False)
        case _:
            return of_day(unit.begin, unit.end, _later(unit.day, steps), relative=True)


def _span(unit: _Unit, steps: int) -> Partial:
    """From the day to so many units away, as finely as the unit: "within five years" of 2017 is 2017/2022."""
    day = unit.day
    if unit.name in ("year", "decade"):
        low, high = sorted((day.year, day.year + steps * (10 if unit.name == "decade" else 1)))
        return Partial(unit.begin, unit.end, (low, high), relative=True)
    if unit.name == "month":
        low_month, high_month = sorted([months_later(day, 0), months_later(day, steps)])
        fixed = f"{low_month[0]:04}-{low_month[1]:02}/{high_month[0]:04}-{high_month[1]:02}"
        return Partial(unit.begin, unit.end, fixed=fixed, relative=True)
    return _days(unit, *sorted([day, _later(day, steps * (7 if unit.name == "week" else 1))]))


def _years(unit: _Unit, year: int, *, certain: bool = True) -> Partial:
    return Partial(unit.begin, unit.end, (year, year), relative=True, certain=certain)


def _months(unit: _Unit, year: int, months: tuple[int, int]) -> Partial:
    return Partial(unit.begin, unit.end, (year, year), months, relative=True)


def _days(unit: _Unit, first: dt.date, last: dt.date) -> Partial:
    fixed = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return Partial(unit.begin, unit.end, fixed=fixed, relative=True)


def _later(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days)
