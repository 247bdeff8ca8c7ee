"""Dates told from the date before them ("two days later", "the same year"), and two neighbours that are one date.

Nothing here looks further back than the line it stands on: what "the next day" follows must be close by.
"""

import datetime as dt
import re
from typing import Final

import msgspec

from tracker.domain.dates import DateSpan
from tracker.language.dates.mention import DateMention
from tracker.language.dates.partial import Partial, months_later
from tracker.language.dates.words import MONTH, NUMBER, WEEKDAY, number_of

_REACH: Final = 250
_ABOUT: Final = r"(?:about|around|some|nearly|almost|roughly|over|more than|less than|just over|just under|at least)"
_THE = re.compile(
    r"(?i:\b(?:the\s(?:very\s)?(?P<which>next|following|same|previous)|(?P<that>that)(?:\s(?:same|very))?)\s)$"
)
_NTH_OF = re.compile(r"(?i:\b(?:the\s)?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)\sof\s)$")
_THE_DAY = re.compile(r"(?i:\bthe\s)$")
_COUNT = re.compile(rf"(?i:\b(?P<about>{_ABOUT}\s)?(?:only\s|just\s|barely\s)?(?P<number>{NUMBER})\s)$")
_SIDE = re.compile(r"(?i:\s(?P<side>later|afterwards?|earlier|before|after)(?!\w|-|\sthan\b))")
_TOUCHING = re.compile(r"\s?[,;–—(-]\s?(?:(?:only|just|barely)\s)?|\s")
_CLAUSE = re.compile(r"\s(?!that\b|this\b|than\b)[A-Za-z’']")
_SAID_AFTER = re.compile(rf"\s?[,(–—]\s?(?:on\s|in\s)?(?:the\s)?(?:{WEEKDAY}|{MONTH}|\d)")
_STEPS: Final = {"next": 1, "following": 1, "same": 0, "previous": -1}
_AGO_ON = re.compile(r",?\s(?:(?:on|in|this)\s)?")
_TO = re.compile(r"\s(?:to|through|until|till)\s|\s?[-–—]\s?")
_THE_ONE: Final = ("the day before", "the day after", "the next day", "the following day")
_OPENED = re.compile(r"(?:\s(?:morning|afternoon|evening|night))?\s\(")
"""What stands between a weekday and its date in parentheses: "on Friday evening (May 6)"."""
_WIDEST: Final = 12
_BRACKET = re.compile(r"\s\(|,\s")


def read_step(text: str, start: int, word: str) -> Partial | None:
    """Return "two days later", "the following year", "the same day", "a day before the vote": steps from the date before.

    "On Monday, two days after the strike" tells the day of the strike: the words turn the direction around.
    """
    name, end = word.lower().rstrip("s"), start + len(word)
    if name not in ("day", "week", "month", "year", "decade"):
        return None
    before = text[max(0, start - 40) : start]
    side = _SIDE.match(text, end)
    plural = word.endswith("s")
    the = None if plural else _THE.search(before)
    if the and text[end : end + 1] != "-" and (name == "day" or the["which"] != "next"):
        begin, steps = start - len(the[0]), (name, 0 if the["that"] else _STEPS[the["which"].lower()])
        nth = _NTH_OF.search(text[max(0, begin - 14) : begin]) if name == "month" else None
        if nth:
            return Partial(begin - len(nth[0]), end, days=(int(nth["day"]), int(nth["day"])), steps=steps)
        return Partial(begin, end, steps=steps)
    if not side:
        return None
    if name == "day" and not plural and _THE_DAY.search(before) and not text[side.end() : side.end() + 1].isspace():
        which = side["side"].lower()
        return Partial(start - 4, side.end(), steps=(name, -1)) if which == "before" else (
            Partial(start - 4, side.end(), steps=(name, 1)) if which == "after" else None
        )  # fmt: skip
    count = _COUNT.search(before)
    if not count or _SAID_AFTER.match(text, side.end()):
        return None
    number, about = number_of(count["number"]), bool(count["about"])
    which = side["side"].lower()
    clause = which in ("before", "after") and _CLAUSE.match(text, side.end())
    backwards = (which in ("earlier", "before")) != bool(clause)
    return Partial(
        start - len(count[0]),
        side.end(),
        steps=(name, -number if backwards else number),
        touching=bool(clause),
        certain=not about,
    )


def stepped(text: str, found: Partial, before: DateMention | None) -> DateMention | None:
    """Return the date that `found.steps` lead to from the date before; None when that one is far, open or too coarse."""
    if found.steps is None or before is None or before.bound != "on" or found.start - before.end > _REACH:
        return None
    between = text[before.end : found.start]
    if "\n" in between or found.start < before.end or (found.touching and not _TOUCHING.fullmatch(between)):
        return None
    unit, count = found.steps
    low, high = before.span.earliest, before.span.latest
    if low is None or high is None:
        return None
    base = low if count < 0 else high
    span = _moved(base, unit, count, exact=before.span.precision == "day", days=before.span.days)
    if span and found.days:
        span = _day_of(span, found.days[0])  # "on the 16th of that month"
    return DateMention(found.start, found.end, span, before.relative, found.certain, "on") if span else None


def _day_of(month: DateSpan, day: int) -> DateSpan | None:
    try:
        return DateSpan.day(month.first.replace(day=day))
    except ValueError:  # the 31st of June
        return None


def _moved(base: dt.date, unit: str, count: int, *, exact: bool, days: int) -> DateSpan | None:
    try:
        if unit in ("year", "decade"):
            return DateSpan.parse(f"{base.year + count * (10 if unit == 'decade' else 1):04}") if days <= 366 else None
        if unit == "month":
            year, month = months_later(base, count)
            return DateSpan.parse(f"{year:04}-{month:02}") if days <= 31 else None
        if unit == "day":
            return DateSpan.day(base + dt.timedelta(count)) if exact or days <= 7 else None
        there = base + dt.timedelta(count * 7)
        monday = there - dt.timedelta(there.weekday())
        return DateSpan.between(monday, monday + dt.timedelta(6)) if days <= 7 else None
    except (ValueError, OverflowError):
        return None


def merged(text: str, left: DateMention, right: DateMention, weekdays: tuple[bool, bool]) -> DateMention | None:
    """Return the one date that two neighbours make, or None.

    "A year ago on Tuesday" is a day of last year, "Monday to Wednesday" a stretch, and in "14 July (Friday)" the weekday
    says nothing new; "that day and the next day" are two in a row. `weekdays` tells which of the two is no more than a weekday.
    """
    between = text[left.end : right.start]
    if len(between) > _WIDEST or left.bound != "on":
        return None
    if weekdays == (True, False) and right.span.precision == "day" and _OPENED.fullmatch(between):
        return msgspec.structs.replace(right, start=left.start) if text.startswith(")", right.end) else None
    if weekdays == (True, True) and _TO.fullmatch(between):
        gap = (right.span.first - left.span.first).days % 7
        last = left.span.first + dt.timedelta(gap)
        return (
            msgspec.structs.replace(left, end=right.end, span=DateSpan.between(left.span.first, last)) if gap else None
        )
    if weekdays == (False, True) and left.span.precision == "day" and _BRACKET.fullmatch(between):
        same = left.span.first.weekday() == right.span.first.weekday()
        closed = text.startswith(")", right.end) and "(" in between
        return msgspec.structs.replace(left, end=right.end + closed) if same else None
    if (
        between == " and "
        and left.span.precision == right.span.precision == "day"
        and text.startswith(_THE_ONE, right.start)
    ):
        low, high = sorted((left.span.first, right.span.first))
        return msgspec.structs.replace(left, end=right.end, span=DateSpan.between(low, high))
    ago = left.relative and left.span.precision == "year" and text[left.start : left.end].lower().endswith(" ago")
    if ago and right.relative and right.bound == "on" and _AGO_ON.fullmatch(between) and right.span.days <= 31:
        return _years_before(left, right)
    return None


def _years_before(left: DateMention, right: DateMention) -> DateMention | None:
    low, high, year = right.span.first, right.span.last, left.span.first.year
    if right.span.precision == "month":
        return msgspec.structs.replace(right, start=left.start, span=DateSpan.parse(f"{year:04}-{low.month:02}"))
    years = low.year - year
    if years < 1:
        return None
    if right.span.days > 1:  # the same week, so many times 52 weeks before
        back = dt.timedelta(364 * years)
        return msgspec.structs.replace(right, start=left.start, span=DateSpan.between(low - back, high - back))
    try:
        there = low.replace(year=year)
    except ValueError:  # 29 February
        there = low.replace(year=year, day=28)
    return msgspec.structs.replace(right, start=left.start, span=DateSpan.day(there))
