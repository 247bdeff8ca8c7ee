"""`find_dates`: every temporal expression of a text, in order, each resolved against the publication date.

Words are looked up one by one; only those that can be the core of a date ("October", "2026", "years", "Friday") start a
rule, and every rule looks at a bounded stretch around its word. So the work is linear in the text.
"""

import calendar
import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import Final

import msgspec

from tracker.domain.dates import DateSpan
from tracker.language.dates.around import bounded, narrow
from tracker.language.dates.beside import merged, read_step, stepped
from tracker.language.dates.mention import DateMention
from tracker.language.dates.names import read_feast, read_month, read_season, read_weekday
from tracker.language.dates.numbers import read_number
from tracker.language.dates.partial import Partial, of_day
from tracker.language.dates.parts import read_fiscal, read_part
from tracker.language.dates.ranges import joined
from tracker.language.dates.relative import read_day_word, read_unit
from tracker.language.dates.tense import Tense, sentence_before, tense_at
from tracker.language.dates.words import MONTHS, SEASONS, WEEKDAYS
from tracker.language.pieces import Cutter

_WORDS: Final = Cutter(r"[^\W_]+")
_FAR: Final = 330
"""Days: news names the year of what is this far away, so a nearer day on the other side is meant."""
_FAR_MAYBE: Final = 270
_AWAITED: Final = re.compile(r"(?i:no earlier|no sooner|not before|not earlier|net |until at least)")
"""What always looks ahead, whatever the tense: "was rescheduled for no earlier than Wednesday"."""


def _triggers() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for names, kind in ((MONTHS, "month"), (WEEKDAYS, "weekday")):
        kinds.update({form: kind for name in names for form in (name.capitalize(), name.upper())})
    kinds.update({form: "season" for name in SEASONS for form in (name, name.capitalize())})
    words = ("today", "tonight", "tomorrow", "yesterday", "morning", "afternoon", "evening", "night")
    kinds.update({form: "day" for name in words for form in (name, name.capitalize())})
    units = ("year", "month", "week", "decade", "weekend", "day", "fortnight", "century")
    kinds.update({form: "unit" for name in units for form in (name, f"{name}s")} | {"Years": "unit", "quarters": ""})
    kinds.update(dict.fromkeys(("quarter", "half", *(f"{kind}{nth}" for kind in "QH" for nth in range(1, 5))), "part"))
    kinds |= {"Christmas": "feast", "New": "feast"}
    kinds.update(dict.fromkeys(("fiscal", "Fiscal", "financial", "Financial", "FY", "JFY"), "fiscal"))
    return {word: kind for word, kind in kinds.items() if kind}


_TRIGGERS: Final = _triggers()


def find_dates(text: str, published: DateSpan | None) -> tuple[DateMention, ...]:
    """Return the dates of the text in order, none overlapping; ages, durations, measures and model numbers are none.

    `published` anchors what is told relative to the day of publication, on its earliest day when it is an interval;
    without it only what needs no anchor is returned. Pure; takes time linear in the text.
    """
    day = (published.earliest or published.latest) if published else None
    partials = joined(text, [narrow(text, found) for found in _partials(text, day)])
    mentions: list[DateMention] = []
    year: int | None = None
    free = 0
    was_weekday = False
    for partial in partials:
        before = mentions[-1] if mentions else None
        whole = partial if partial.steps else bounded(text, partial)
        mention = stepped(text, whole, before) if whole.steps else _mention(text, whole, day, year, before)
        if mention is None:
            continue
        is_weekday = partial.weekday is not None and not partial.days
        both = merged(text, before, mention, (was_weekday, is_weekday)) if before else None
        was_weekday = is_weekday and not both
        if both:
            mentions[-1] = both
            free = both.end
            continue
        start = max(mention.start, free)
        if mention.span.precision != "decade" and not mention.span.edtf.startswith(".."):
            year = mention.span.first.year
        mentions.append(mention if start == mention.start else msgspec.structs.replace(mention, start=start))
        free = mention.end
    return tuple(mentions)


def _partials(text: str, day: dt.date | None) -> Iterator[Partial]:
    free = 0
    for core, start in _WORDS.walk(text):
        kind = _kind_of(core)
        if kind is None or start < free:
            continue
        try:
            found = _read(text, start, core, kind, day)
        except (ValueError, OverflowError):  # a day that no calendar has, such as two days before the year 1
            continue
        if found and found.start >= free:
            yield found
            free = found.end


@functools.lru_cache(maxsize=1 << 14)  # news is written with few different words
def _kind_of(core: str) -> str | None:
    """What a word can be the core of; None for most."""
    figure = core[0].isdecimal() or core.startswith(("FY", "JFY"))
    return _TRIGGERS.get(core) or ("figure" if figure else None)


def _read(
    text: str, start: int, core: str, kind: str, day: dt.date | None
) -> Partial | None:  # one return for each kind of word
    match kind:
        case "month":
            return read_month(text, start)
        case "weekday":
            return read_weekday(text, start)
        case "feast":
            return read_feast(text, start)
        case "season":
            return read_season(text, start)
        case "part":
            return read_part(text, start)
        case "fiscal":
            return read_fiscal(text, start, day)
        case "day":
            return read_day_word(text, start, core, day) if day else None
        case "unit":
            return (read_unit(text, start, core, day) if day else None) or read_step(text, start, core)
        case _:
            return read_number(text, start) if core[0] in "0123456789" else read_fiscal(text, start)


def _mention(
    text: str, found: Partial, day: dt.date | None, year: int | None, before: DateMention | None
) -> DateMention | None:
    known = _with_year(text, _after_plan(text, found, day, before), day, year)
    if known is None:
        return None
    try:
        span = DateSpan.parse(known.edtf)
    except ValueError:  # 29 February of a common year
        return None
    return DateMention(known.start, known.end, span, known.relative, known.certain, known.bound)


def _after_plan(text: str, found: Partial, day: dt.date | None, before: DateMention | None) -> Partial:
    """Return a month without a year with that of the plan in front of it: "launch in June 2026, landing in August"."""
    if (
        found.months is None
        or found.years
        or found.year_offset is not None
        or found.that_year
        or found.weekday is not None
    ):
        return found
    if day is None or before is None or found.start - before.end > _NEAR or before.span.first.year <= day.year:
        return found
    if (
        before.span.precision not in ("day", "month")
        or sentence_before(text, found.start).find(text[before.start : before.end]) < 0
    ):
        return found
    if tense_at(text, found.start, found.end) == "past":
        return found  # "due in June 2026, passed its tests in March"
    first = before.span.first
    return _in(found, first.year + (found.months[0] < first.month), certain=False)


_NEAR: Final = 120


def _with_year(text: str, found: Partial, day: dt.date | None, year: int | None) -> Partial | None:
    """Return the date with its year, from "that year", "next year", the weekday or nearness; None when nothing tells."""
    if found.fixed is not None or found.years is not None:
        return found
    if found.that_year and year is not None:
        return msgspec.structs.replace(found, years=(year, year), certain=False)
    if day is None:
        return None
    if found.year_offset is not None:
        other = day.year + found.year_offset
        return msgspec.structs.replace(found, years=(other, other), relative=True)
    if found.months is None:
        return _on_weekday(text, found, day)
    return _nearest(text, found, day)


def _on_weekday(text: str, found: Partial, day: dt.date) -> Partial | None:
    if found.weekday is None:
        return None
    back = (day.weekday() - found.weekday) % 7
    if found.week is not None:
        told = day + dt.timedelta(found.week * 7 - day.weekday() + found.weekday)
        return of_day(found.start, found.end, told, relative=True)
    lead = re.search(r"(?i:\b(last|next|coming|this(?:\scoming)?)\s)$", text[max(0, found.start - 13) : found.start])
    which = lead[1].lower() if lead else ""
    start = found.start - (len(lead[0]) if lead else 0)
    tense = tense_at(text, start, found.end)
    if which == "last":
        shift = -(back or 7)
    elif which:
        shift = 7 - back if which != "this" or tense == "future" else -back
    elif tense in ("future", "conditional") or _AWAITED.match(text, start):
        shift = (7 - back) % 7
    elif tense == "plan":
        shift = -back if back <= 3 else 7 - back
    else:
        shift = -back
    there = of_day(start, found.end, day + dt.timedelta(shift), relative=True)
    return msgspec.structs.replace(there, bound=found.bound, certain=found.certain)


def _nearest(text: str, found: Partial, day: dt.date) -> Partial:
    """Guess the year of a day or month without one: last or next by the tense of the sentence, within eleven months."""
    lead = re.search(r"(?i:\b(last|next|this|coming|past)\s)$", text[max(0, found.start - 7) : found.start])
    which = lead[1].lower() if lead and not found.days else ""
    reach = 1 if found.weekday is None else 8  # a weekday comes back to its date within that many years, leap or not
    spans = {year: _days_of(found, year) for year in range(max(2, day.year) - reach, min(9990, day.year) + reach + 1)}
    if found.weekday is not None:
        fitting = [year for year, (first, _) in spans.items() if first.weekday() == found.weekday]
        if fitting:
            best = min(fitting, key=lambda year: abs((spans[year][0] - day).days))
            return _in(found, best, certain=True)
    if which == "this":
        return _in(found.at(found.start - len(lead[0]) if lead else found.start), day.year, certain=True)
    past = max(year for year, (first, _) in spans.items() if first <= day)
    future = min(year for year, (_, last) in spans.items() if last >= day)
    if which:
        start = found.start - (len(lead[0]) if lead else 0)
        if which in ("last", "past"):
            ended = max(year for year, (_, last) in spans.items() if last < day)
            return _in(found.at(start), ended, certain=True)
        begun = min(year for year, (first, _) in spans.items() if first > day)
        return _in(found.at(start), begun, certain=True)
    behind, ahead = (day - spans[past][0]).days, (spans[future][0] - day).days
    # "No later than Dec. 31" without a verb looks ahead.
    tense = tense_at(text, found.start, found.end) or (None if found.bound == "on" else "future")
    return _in(found, _choose(tense, past, future, behind, ahead), certain=False)


def _choose(tense: Tense | None, past: int, future: int, behind: int, ahead: int) -> int:
    match tense:
        case "future":
            return future if ahead <= _FAR else past
        case "conditional":
            return future if ahead <= _FAR_MAYBE else past
        case "plan":
            return past if behind <= ahead else future
        case _:
            return past if behind <= _FAR else future


def _days_of(found: Partial, year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a yearless date in that year; 29 February falls back to the 28th for the comparison only."""
    low, high = found.months or (1, 12)
    high_year, high_month = year + (high - 1) // 12, (high - 1) % 12 + 1
    last_day = calendar.monthrange(high_year, high_month)[1]
    first, last = found.days or (1, last_day)
    return dt.date(year, low, min(first, calendar.monthrange(year, low)[1])), dt.date(
        high_year, high_month, min(last, last_day)
    )


def _in(found: Partial, year: int, *, certain: bool) -> Partial:
    years = (year, year)
    if found.months and found.days and found.months[0] > found.months[1]:
        years = (year, year + 1)
    return msgspec.structs.replace(found, years=years, relative=True, certain=certain and found.certain)
