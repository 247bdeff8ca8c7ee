"""Parts of years and decades ("Q3 2025", "first half of 2026", "fiscal 2026"), to whole months."""

import re
from typing import Final

from tracker.language.dates.partial import Partial, with_that
from tracker.language.dates.words import ORDINALS, YEAR

_SHORT = re.compile(r"(?P<kind>[QH])(?P<nth>[1-4])(?:\s{1,2}of)?[\s-]{1,2}(?:CY\s?)?['’]?(?P<year>20\d\d)(?!\w|[.,]\d)")
_NTH = re.compile(r"(?i:\b(first|second|third|fourth|1st|2nd|3rd|4th|last|final)[\s-](?:calendar\s)?)$")
_OF_YEAR = re.compile(
    rf"\s{{1,2}}(?:(?:of|in)\s{{1,2}})?(?:the\s{{1,2}})?(?:(?:calendar\s)?(?:year\s{{1,2}})?(?P<year>{YEAR})"
    r"|(?P<that>this|next|last|that|the same)\s{1,2}year(?!\w))"
)
_OF_DECADE = re.compile(r"\s{1,2}of\s{1,2}the\s{1,2}(?P<decade>(?:19|20)\d0)['’]?s(?!\w)")
_ALONE = re.compile(r"\b(?:in|by|during|until|before|for|from)\sthe\s(?:first|second|third|fourth)\s$", re.IGNORECASE)
_NOT_ALONE = re.compile(r"[\s-]{1,2}(?:of|[a-z]{0,8}final|time|century|hour|mile|note)")

_FISCAL = re.compile(
    r"(?:(?P<japan>J)?FY\s?[’']?|(?i:fiscal|financial)(?:\s{1,2}(?i:year))?(?:\s\(FY\))?\s{1,2})"
    r"(?P<first>(?:19|20)\d\d|\d\d(?!\d))(?:[-–/](?P<last>(?:19|20)\d\d|\d\d))?(?!\w|[.,]\d|%)"
)
_OF_COUNTRY = re.compile(r"\b(?:Japan(?:ese)?|Indian?|US|U\.S\.|American|federal)(?:['’]s)?\s$")
_COUNTRY_CUES: Final = (
    (
        "US",
        re.compile(r"\b(?:NASA|U\.?S\.?|USA|American|Congress|White House|Senate|Pentagon|House|Washington)(?!\w)|\$"),
    ),
    ("JP", re.compile(r"\b(?:Japan|Japanese|JAXA|Tokyo|MEXT|yen)\b|¥")),
    ("IN", re.compile(r"\b(?:India|Indian|ISRO|Isro|crores?|lakhs?|rupees?|Rs|New Delhi|Union)\b|₹")),
)
_FISCAL_MONTHS: Final = {"US": (-2, 9), "JP": (4, 15), "IN": (4, 15)}
"""First and last month, counted from January of the named year: fiscal 2026 begins in October 2025 in Washington and on
1 April 2026 in Tokyo. The Indian year is named here by the calendar year in which it begins."""


def read_part(text: str, start: int) -> Partial | None:
    """Return "Q3 2025", "second quarter of this year", "first half of the 2030s" read from its noun or letter."""
    short = _SHORT.match(text, start)
    if short:
        size, year, nth = (3 if short["kind"] == "Q" else 6), int(short["year"]), int(short["nth"])
        months = (nth * size - size + 1, nth * size)
        return Partial(start, short.end(), (year, year), months) if nth * size <= 12 else None
    size = 3 if text.startswith("quarter", start) else 6
    end = start + (7 if size == 3 else 4)
    before = _NTH.search(text[max(0, start - 20) : start])
    if not before:
        return None
    begin = start - len(before[0])
    nth = ORDINALS.get(before[1].lower(), 12 // size)
    if nth * size > 12:
        return None
    decade = _OF_DECADE.match(text, end)
    if decade:
        low = int(decade["decade"]) + nth * 5 - 5
        return Partial(begin, decade.end(), (low, low + 4)) if size == 6 else None
    months = (nth * size - size + 1, nth * size)
    of = _OF_YEAR.match(text, end)
    if of:
        year = int(of["year"] or 0)
        return with_that(Partial(begin, of.end(), (year, year) if year else None, months), of["that"])
    # "The second half" alone is football more often than it is a date.
    alone = size == 3 and _ALONE.search(text[max(0, start - 24) : start]) and not _NOT_ALONE.match(text, end)
    return Partial(begin, end, None, months) if alone else None


def read_fiscal(text: str, start: int) -> Partial | None:
    """Return "FY2025", "JFY 2018", "fiscal year 2025-26" to the months of the country that the words around name.

    Without such a country the calendar years stand, not certain.
    """
    match = _FISCAL.match(text, start)
    if not match:
        return None
    lead = _OF_COUNTRY.search(text[max(0, start - 16) : start])
    start -= len(lead[0]) if lead else 0
    first = int(match["first"]) + (2000 if len(match["first"]) == 2 else 0)
    last = match["last"]
    if last and int(last) % 100 != (first + 1) % 100:
        return None
    country = "JP" if match["japan"] else _country(text, match.start(), match.end())
    if not country:
        return Partial(start, match.end(), (first, first + 1 if last else first), certain=False)
    if country == "US" and last:
        first += 1
    low, high = _FISCAL_MONTHS[country]
    if low < 1:
        return Partial(start, match.end(), (first - 1, first), (low + 12, high))
    return Partial(start, match.end(), (first, first), (low, high))


def _country(text: str, start: int, end: int) -> str | None:
    """The country whose cue stands nearest before, else nearest after."""
    before, after = text[max(0, start - 240) : start], text[end : end + 120]
    behind = [(match.end(), country) for country, cue in _COUNTRY_CUES for match in cue.finditer(before)]
    if behind:
        return max(behind)[1]
    ahead = [(match.start(), country) for country, cue in _COUNTRY_CUES for match in cue.finditer(after)]
    return min(ahead)[1] if ahead else None
