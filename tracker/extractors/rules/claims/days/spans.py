"""Spans of meetings: the days before the last one, and the days to come of a year that nobody told."""

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.scene.scene import Item, Line
from tracker.extractors.rules.claims.telling.attach import Read

_JUST_PAST = 120  # days: in August "hosts the forum in July" is still news of this July

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven")
_ENDED = re.compile(r"\b(?:ended|concluded|closed|finished|wrapped up)\b")
_DAYS_LONG = re.compile(rf"\b(?P<n>[2-7]|{'|'.join(_NUMBERS[2:])})(?:-day\b| days\b)")


def with_days_before(line: Line, read: Read, date: Item) -> Item:
    """Return the whole time of a meeting that ended some day after a number of days: "ended on Friday after four days of talks"."""
    told = date.date
    if read.cue.kind != "meeting" or told is None or told.span.days != 1:
        return date
    said = " ".join(line.words)
    long = _DAYS_LONG.search(said) if _ENDED.search(said) else None
    if long is None:
        return date
    days = int(long["n"]) if long["n"].isdigit() else _NUMBERS.index(long["n"])
    first = told.span.first - dt.timedelta(days=days - 1)
    span = DateSpan.parse(f"{first.isoformat()}/{told.span.edtf}")
    return msgspec.structs.replace(date, date=msgspec.structs.replace(told, span=span))


def is_open_year(date: Item, published: DateSpan) -> bool:
    """Tell whether days were taken for those of a year before, so long ago that the present tense cannot mean them."""
    told = date.date
    guessed = told is not None and told.relative and not told.certain
    return guessed and told is not None and (published.first - told.span.last).days > _JUST_PAST


def a_year_on(date: Item) -> Item:
    """Return the same days a year on; as they are where that year has them not."""
    if date.date is None:
        return date
    later = re.sub(r"\b\d{4}(?=-)", lambda m: f"{int(m[0]) + 1:04d}", date.date.span.edtf)
    try:
        span = DateSpan.parse(later)
    except ValueError:  # the 29th of February
        return date
    return msgspec.structs.replace(date, date=msgspec.structs.replace(date.date, span=span))


def held_by(reads: Sequence[Read], best: int) -> int:
    """Return the verb in the present that tells of the meeting whose place only caught a date: "hosts the forum in Oslo from 18 to 21 May"."""
    if reads[best].cue.id != "met-at":
        return best
    same = (n for n, r in enumerate(reads) if r.cue.kind == "meeting" and r.match.forms == {"s"} and r.cue.date)
    return next((n for n in same if reads[n].subjects == reads[best].subjects), best)
