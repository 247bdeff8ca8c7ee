"""Old and new: which of two values of one attribute a document calls the former one.

"Moved from 5 to 12 October", "originally due in 2022", "replaces one of May": the preposition beside the date and a few words in
front of it tell. What they leave open is settled for the document as a whole: a plan whose time has passed is an old one.
"""

import enum
from collections.abc import Iterator, Sequence

import msgspec

from tracker.domain.dates import DateSpan
from tracker.extractors.lexicon import Lexicon
from tracker.extractors.rules.claims.scene.scene import Item, Line
from tracker.extractors.rules.claims.telling.attach import Read

_TO = frozenset(("to", "until", "till", "into", "for"))
_FROM = frozenset(("from", "of", "than"))
_REACH = 4


class Change(enum.Enum):
    """On which side of a change a date stands."""

    OLD = "old"
    NEW = "new"


def dates_of_change(line: Line, read: Read, dates: Sequence[Item]) -> list[tuple[Item, Change]]:
    """Return the dates of a verb of moving with the side of each; the day on which it was moved is none of them."""
    found: list[tuple[Item, Change]] = []
    away = {"replace", "replaced", "replaces"} & set(line.words[read.match.first : read.match.last])
    for item in dates:
        before = line.words[max(0, item.first - _REACH) : item.first]
        said = next((w for w in _linking(before) if w in _TO or w in _FROM), "")
        own = line.words[item.first] if item.first < len(line.words) else ""
        if item.first < read.match.first:
            continue
        if "window" in before and {"opens", "opening", "begins"} & set(before):
            found.append((item, Change.NEW))  # "rescheduled for a window that opens on 12 January"
        elif away or own == "from" or said in _FROM or "rather" in before or "instead" in before:
            found.append((item, Change.OLD))
        elif own in _TO or said in _TO or "now" in before[-2:] or own in ("no", "after", "by", "beyond"):
            found.append((item, Change.NEW))
    return found


_PARTS = frozenset(("week", "half", "quarter", "end", "middle", "beginning", "start", "part", "days", "month", "fall"))


def _linking(before: Sequence[str]) -> list[str]:
    """The words in front of a date, nearest first, without the "of" that only tells a part of it ("until the end of October")."""
    return [w for n, w in reversed(list(enumerate(before))) if not (w == "of" and n and before[n - 1] in _PARTS)]


def is_old(line: Line, read: Read, date: Item, lexicon: Lexicon) -> bool:
    """Whether words of the same clause call this value a former one."""
    if line.words[max(0, date.first - 2) : date.first] in (("instead", "of"), ("rather", "than")):
        return True
    old = lexicon.classes["old"] - {"before", "until", "had", "next"}
    low = max(0, min(read.reading.first, date.first) - 3)
    high = min(len(line.words), max(read.match.last, date.first))
    window = [w for n, w in enumerate(line.words[low:high], low) if line.words[n + 1 : n + 2] != ("than",)]
    window = [w for n, w in enumerate(window) if w != "first" or _was_first(window, n)]
    if any(w in ("now", "new", "next") for w in window):
        return False
    return any(w in old for w in window)


_PLANNED = frozenset(
    (
        "planned",
        "scheduled",
        "set",
        "due",
        "slated",
        "expected",
        "proposed",
        "intended",
        "to",
        "targeted",
        "for",
        "hoped",
    )
)


def _was_first(window: Sequence[str], at: int) -> bool:
    """Whether "first" tells of an earlier plan ("first planned for", "at first"), and counts nothing ("its first lunar probe")."""
    return window[at - 1 : at] == ["at"] or at + 1 >= len(window) or window[at + 1] in _PLANNED


def with_span(item: Item, span: DateSpan) -> Item:
    """The date with another span: one end of what it says."""
    return msgspec.structs.replace(item, date=msgspec.structs.replace(item.date, span=span)) if item.date else item


def moved_ranges(line: Line, dates: Sequence[tuple[Item, float]]) -> Iterator[tuple[Item, DateSpan, DateSpan]]:
    """The two days of "from 5 to 12 October" behind a verb of moving: no span of time but an old day and a new one."""
    for item, _ in dates:
        words = line.words[max(0, item.first - 1) : item.last]
        if item.date and item.date.span.earliest and item.date.span.latest and "from" in words and "to" in words:
            span = item.date.span
            if span.precision == "range" and span.earliest and span.latest:
                yield item, DateSpan.day(span.earliest), DateSpan.day(span.latest)
