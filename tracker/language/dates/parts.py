"""Parts of years and decades ("Q3 2025", "first half of 2026", "fiscal 2026"), to whole months."""

import datetime as dt
import re
from typing import Final

import msgspec

from tracker.language.dates.partial import Partial, with_that
from tracker.language.dates.words import ORDINALS, YEAR

_SHORT = re.compile(
    r"(?P<kind>[QH])(?P<nth>[1-4])(?:\s?[-–/]\s?(?P=kind)(?P<last>[1-4]))?"
    r"(?:\s{1,2}of)?(?:[\s-]{1,2}|/)(?:CY\s?)?['’]?(?P<year>20\d\d)(?!\w|[.,]\d)"
)
_NTH = re.compile(r"(?i:\b(first|second|third|fourth|1st|2nd|3rd|4th|last|final|latter)[\s-](?:calendar\s)?)$")
_WHOSE = re.compile(r"(?i:\b(?P<that>this|next|last)\syear['’]s\s)$|\b(?P<year>(?:19|20)\d\d)['’]s\s$")
"""Before the ordinal: "this year's first quarter", "2026's second half"."""
_OF_FISCAL = re.compile(
    r"\s{1,2}of\s{1,2}(?:the\s)?(?P<fiscal>(?i:fiscal|financial)(?:\s(?i:year))?\s(?:20)?\d\d(?:[-–/]\d\d)?|J?FY\s?(?:20)?\d\d(?:[-–/]\d\d)?)(?!\w)"
)
_OF_YEAR = re.compile(
    rf"\s{{1,2}}(?:(?:of|in)\s{{1,2}})?(?:the\s{{1,2}})?(?:(?:calendar\s)?(?:year\s{{1,2}})?(?P<year>{YEAR})"
    r"|(?P<that>this|next|last|that|the same|the(?=\syear(?!['’]|\s\d)))\s{1,2}year(?!\w))"
)
_OF_DECADE = re.compile(r"\s{1,2}of\s{1,2}the\s{1,2}(?P<decade>(?:19|20)\d0)['’]?s(?!\w)")
_ALONE = re.compile(r"\b(?:in|by|during|until|before|for|from)\sthe\s(?:first|second|third|fourth)\s$", re.IGNORECASE)
_NOT_ALONE = re.compile(r"[\s-]{1,2}(?:of|[a-z]{0,8}final|time|century|hour|mile|note)")

_FISCAL = re.compile(
    r"(?:(?P<japan>J)?FY\s?[’']?|(?i:fiscal|financial)(?:\s{1,2}(?i:year))?(?:\s\(FY\))?\s{1,2})"
    r"(?P<first>(?:19|20)\d\d|\d\d(?!\d))(?:[-–/](?P<last>(?:19|20)\d\d|\d\d))?(?!\w|[.,]\d|%)"
)
_FISCAL_WORD = re.compile(r"(?i:(?:fiscal|financial)(?P<year>\syear)?(?!\w|-|['’]))")
_FISCAL_WHICH = re.compile(
    r"(?i:\b(?P<which>this|current|ongoing|next|coming|last|previous)\s)$|\b(?P<first>20\d\d)(?:[-–/](?P<last>(?:20)?\d\d))?\s$"
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
        last = int(short["last"] or nth)
        months = (nth * size - size + 1, last * size)
        return Partial(start, short.end(), (year, year), months) if nth <= last and last * size <= 12 else None
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
    fiscal = _OF_FISCAL.match(text, end)
    if fiscal:
        whole = read_fiscal(text, fiscal.start("fiscal"))
        return _of_fiscal(whole, months, begin) if whole and whole.end == fiscal.end() else None
    whose = _WHOSE.search(text[max(0, begin - 13) : begin])
    if whose:
        year = int(whose["year"] or 0)
        return with_that(Partial(begin - len(whose[0]), end, (year, year) if year else None, months), whose["that"])
    of = _OF_YEAR.match(text, end)
    if of:
        year = int(of["year"] or 0)
        return with_that(Partial(begin, of.end(), (year, year) if year else None, months), of["that"])
    # "The second half" alone is football more often than it is a date.
    alone = size == 3 and _ALONE.search(text[max(0, start - 24) : start]) and not _NOT_ALONE.match(text, end)
    return Partial(begin, end, None, months) if alone else None


def _of_fiscal(whole: Partial, months: tuple[int, int], begin: int) -> Partial:
    """Return those months of a fiscal year, counted from its own first month; of a calendar year when no country tells."""
    first = whole.months[0] if whole.months else 1
    low, high = first + months[0] - 1, first + months[1] - 1
    year = (whole.years or (0, 0))[0] + (low - 1) // 12
    shift = (low - 1) // 12 * 12
    found = Partial(begin, whole.end, (year, year), (low - shift, high - shift))
    return msgspec.structs.replace(found, certain=whole.certain)


def read_fiscal(text: str, start: int, day: dt.date | None = None) -> Partial | None:
    """Return "FY2025", "JFY 2018", "this fiscal", "the 2025-26 financial year" in months of the country named around.

    Without such a country the calendar years stand, not certain.
    """
    match = _FISCAL.match(text, start)
    if not match:
        return _fiscal_now(text, start, day)
    lead = _OF_COUNTRY.search(text[max(0, start - 16) : start])
    start -= len(lead[0]) if lead else 0
    first = int(match["first"]) + (2000 if len(match["first"]) == 2 else 0)
    last = match["last"]
    if last and int(last) % 100 != (first + 1) % 100:
        return None
    country = "JP" if match["japan"] else _country(text, match.start(), match.end())
    if not country:
        return Partial(start, match.end(), (first, first + 1 if last else first), certain=False)
    return _fiscal_year(start, match.end(), country, first + 1 if country == "US" and last else first)


def _fiscal_year(start: int, end: int, country: str, year: int) -> Partial:
    low, high = _FISCAL_MONTHS[country]
    if low < 1:
        return Partial(start, end, (year - 1, year), (low + 12, high))
    return Partial(start, end, (year, year), (low, high))


def _fiscal_now(text: str, start: int, day: dt.date | None) -> Partial | None:
    """Return "this fiscal", "the next financial year", counted from the one that the day lies in, and "2025-26 fiscal"."""
    match = _FISCAL_WORD.match(text, start)
    which = _FISCAL_WHICH.search(text[max(0, start - 22) : start])
    if not match or not which:
        return None
    country = _country(text, match.start(), match.end())
    begin, word = start - len(which[0]), (which["which"] or "").lower()
    if which["first"]:
        first, last = int(which["first"]), which["last"]
        if last and int(last) % 100 != (first + 1) % 100:
            return None
        if not country:
            return Partial(begin, match.end(), (first, first + 1 if last else first), certain=False)
        return _fiscal_year(begin, match.end(), country, first + 1 if country == "US" and last else first)
    if day is None or (not match["year"] and word not in ("this", "next", "last", "current")):
        return None
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(word, 0)
    if not country:
        year = day.year + step
        return Partial(begin, match.end(), (year, year), relative=True, certain=False)
    began = day.year + (1 if day.month >= 10 else 0) if country == "US" else day.year - (1 if day.month < 4 else 0)
    return msgspec.structs.replace(_fiscal_year(begin, match.end(), country, began + step), relative=True)


def _country(text: str, start: int, end: int) -> str | None:
    """The country whose cue stands nearest before, else nearest after."""
    before, after = text[max(0, start - 240) : start], text[end : end + 120]
    behind = [(match.end(), country) for country, cue in _COUNTRY_CUES for match in cue.finditer(before)]
    if behind:
        return max(behind)[1]
    ahead = [(match.start(), country) for country, cue in _COUNTRY_CUES for match in cue.finditer(after)]
    return min(ahead)[1] if ahead else None
