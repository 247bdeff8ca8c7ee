"""Dates that begin with a figure: "7 October 2024", "2024-10-07", "14–17 November", "2028-29", "the 2030s", "2025"."""

import re
from typing import Final

from tracker.language.dates.partial import Partial, exists, with_that
from tracker.language.dates.words import DAY, MONTH, OF_YEAR, TO, UNIT, YEAR, day_of, in_a_row, month_of, year_in

_ISO = re.compile(
    r"(\d{4})([-/.])(\d\d)\2(\d\d)(?!\d|[-/.]\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\w)"
)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\w/-]|[.,]\d)")
_DAY_MONTH = re.compile(
    rf"(?P<first>{DAY})(?P<list>(?:,\s{{1,2}}{DAY}){{1,5}}(?=,?\s(?:and|&)\s{DAY}))?(?:,?(?P<join>{TO}|\s(?:and|&)\s)(?P<last>{DAY}))?(?:\s{{1,2}}of)?[\s-]{{1,2}}(?P<month>{MONTH})"
    rf"(?:{OF_YEAR})?(?!\w|-\d(?!\d?\s{{1,2}}{MONTH}))"
)
_DECADE = re.compile(r"((?:1[89]|20)\d0)['’]?s(?!\w)")
_YEARS = re.compile(rf"({YEAR})(?:\s?[-–—/]\s?(\d{{4}})|[-–—/](\d\d))(?![\w%]|[-–—/.,]\d)")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\w%]|[-/.,]\d)")
_YEAR = re.compile(YEAR)
_FISCAL_FOLLOWS = re.compile(r"(?:[-–/]\d\d(?:\d\d)?)?\s(?i:fiscal|financial)(?:\s(?i:year))?(?!\w|-)")
_PART_FOLLOWS = re.compile(r"['’]s\s(?:first|second|third|fourth|last|final|latter)\s(?:quarter|half)(?!\w)")
_QUARTER = re.compile(r"(?P<nth>[1-4])(?P<kind>[QH])\s?[’']?(?P<year>20\d\d)(?!\w)")
_YEAR_QUARTER = re.compile(r"(?P<year>20\d\d)[\s-]?(?P<kind>[QH])(?P<nth>[1-4])(?!\w)")
_NEXT_WORD = re.compile(r"\s{1,2}([A-Za-z][\w’'-]{0,30})")
_LAST_WORD = re.compile(r"([A-Za-z][\w.&’'-]{0,20})[\s(\[“\"‘'-]{1,3}$")

_AT: Final = frozenset(
    [
        "in",
        "by",
        "since",
        "until",
        "till",
        "during",
        "early",
        "mid",
        "late",
        "before",
        "after",
        "through",
        "throughout",
        "circa",
        "between",
        "year",
        "toward",
        "towards",
        "into",
        "within",
        "beyond",
        "calendar",
        "fiscal",
    ]
)
"""Words that make the figure after them a year, whatever follows."""
_NAMES_A_THING: Final = frozenset(
    [
        "flight",
        "number",
        "no",
        "no.",
        "nos.",
        "room",
        "page",
        "pages",
        "model",
        "building",
        "cosmos",
        "kosmos",
        "highway",
        "route",
        "resolution",
        "windows",
        "order",
        "serial",
        "lot",
        "ngc",
        "version",
        "at",
        "over",
        "under",
        "nearly",
        "almost",
        "some",
        "exactly",
        "only",
        "roughly",
        "than",
        "approximately",
        "least",
        "most",
        "total",
        "all",
        "asteroid",
        "comet",
        "rs",
        "rs.",
        "inr",
        "usd",
        "eur",
        "sn",
        "unit",
        "article",
        "para",
        "paragraph",
        "section",
        "line",
        "channel",
        "pin",
        "code",
        "psalm",
        "vision",
        "agenda",
        "horizon",
        "expo",
        "toll",
    ]
)
"""Words that make the figure after them a name, a count or a price."""
_ENDS_IN_S: Final = frozenset(
    [
        "was",
        "is",
        "has",
        "as",
        "this",
        "its",
        "his",
        "plus",
        "thus",
        "does",
        "vs",
        "versus",
        "us",
        "onwards",
        "afterwards",
        "perhaps",
        "sees",
        "marks",
        "brings",
        "gives",
    ]
)
_BEFORE_HYPHEN = re.compile(rf"(?:(?i:\b(?:mid|early|late|end|pre|post))|{MONTH})$")
_SOONER = re.compile(r"(?i:\b(?:earlier|later|sooner)\sthan|(?:until|till)\sat\sleast)\s(?:the\s)?$")
_NAMED_YEAR = re.compile(r"\s(?:(?:Summer|Winter)\s)?(?:Olympics?|Paralympics|Games|World\sCup|Agenda|Census)\b")
"""What a year before it names and does not date: the 2020 Olympics were held in 2021."""
_TELEPHONE = re.compile(r"[\d)][\s-]\d{3}[\s-]$|^\d{3}\s\d{3}\s$|\s\d{3}\s$")
_COMPOUND = re.compile(r"-(?!era\b|to-|on\b|end\b|and\b|vintage\b)[a-z]")
_DESIGNATION = re.compile(r"\s[A-Z]{1,2}\d{1,3}\b")


def read_number(text: str, start: int) -> Partial | None:
    """Return the date whose first figure stands at `start`, or None for a number that is none."""
    if _glued(text, start):
        return None
    for rule in (_iso, _numeric, _day_month, _quarter, _decade, _years, _year_month, _year):
        found = rule(text, start)
        if found:
            return found
    return None


def _glued(text: str, start: int) -> bool:
    """Whether the figure belongs to what stands before it: Chandrayaan-2, $2025, 2,025, v1.2."""
    if not start:
        return False
    before = text[start - 1]
    if before in "$€£₹¥#№@_&=":
        return True
    if before in ".,:+" and start > 1:
        return text[start - 2].isdigit()
    if before in "-–—/":
        return (
            start > 1 and text[start - 2].isalnum() and not _BEFORE_HYPHEN.search(text[max(0, start - 12) : start - 1])
        )
    return before.isspace() and text[max(0, start - 2)] in "$€£₹¥"


def _iso(text: str, start: int) -> Partial | None:
    match = _ISO.match(text, start)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    if not 1800 <= year <= 2199 or not exists(month, day, year):
        return None
    return Partial(start, match.end(), (year, year), (month, month), (day, day))


def _numeric(text: str, start: int) -> Partial | None:
    """13/10/2024 either way round when only one reading is a date; with dots the day always stands first."""
    match = _NUMERIC.match(text, start)
    if not match:
        return None
    first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if len(match[4]) == 2:
        if not first == second == year:  # 12-12-12 reads the same in every order; others do not
            return None
        year += 2000
    if not 1800 <= year <= 2199:
        return None
    day_first, month_first = exists(second, first, year), exists(first, second, year)
    if mark == "." or first == second:
        month_first = False
    if day_first == month_first:
        return None
    day, month = (first, second) if day_first else (second, first)
    return Partial(start, match.end(), (year, year), (month, month), (day, day))


def _day_month(text: str, start: int) -> Partial | None:
    match = _DAY_MONTH.match(text, start)
    if not match:
        return None
    month, first = month_of(match["month"]), day_of(match["first"])
    last = day_of(match["last"]) if match["last"] else first
    year = year_in(match)
    if not exists(month, max(first, last), year or 2024) or last < first:
        return None
    end = match.end()
    if match["join"] and "and" in match["join"] and not in_a_row(match) and not _between(text, start):
        end, last = match.end("first"), first  # "3 and 17 May" are two days; the second is read by itself
    years = (year, year) if year else None
    return with_that(Partial(start, end, years, (month, month), (first, last)), match["that"])


def _between(text: str, start: int) -> bool:
    return text[max(0, start - 12) : start].rstrip().lower().endswith(("between", "between the"))


def _quarter(text: str, start: int) -> Partial | None:
    match = _QUARTER.match(text, start) or _YEAR_QUARTER.match(text, start)
    if not match:
        return None
    size = 3 if match["kind"] == "Q" else 6
    year, last = int(match["year"]), int(match["nth"]) * size
    return Partial(start, match.end(), (year, year), (last - size + 1, last)) if last <= 12 else None


def _decade(text: str, start: int) -> Partial | None:
    match = _DECADE.match(text, start)
    return Partial(start, match.end(), (int(match[1]), int(match[1]) + 9)) if match else None


def _years(text: str, start: int) -> Partial | None:
    match = _YEARS.match(text, start)
    if not match or _FISCAL_FOLLOWS.match(text, match.end()):
        return None
    first = int(match[1])
    last = int(match[2] or first // 100 * 100 + int(match[3]))
    last += 100 if match[3] == "00" else 0
    consecutive_month = match[3] and 1 <= int(match[3]) <= 12 and last != first + 1
    if not first < last <= first + 60 or consecutive_month or UNIT.match(text, match.end()):
        return None
    return Partial(start, match.end(), (first, last))


def _year_month(text: str, start: int) -> Partial | None:
    match = _YEAR_MONTH.match(text, start)
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    return Partial(start, match.end(), (year, year), (month, month))


def _year(text: str, start: int) -> Partial | None:
    match = _YEAR.match(text, start)
    if not match or _FISCAL_FOLLOWS.match(text, match.end()) or not _is_year(text, start, match.end()):
        return None
    if _PART_FOLLOWS.match(text, match.end()):
        return None  # "2026's second half" is read from its noun
    return Partial(start, match.end(), (int(match[0]), int(match[0])))


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether four figures are a year: by the word before, unless what follows is counted or measured."""
    if (
        UNIT.match(text, end)
        or _NAMED_YEAR.match(text, end)
        or _TELEPHONE.search(text[max(0, start - 5) : start])
        or _DESIGNATION.match(text, end)
        or (text.startswith((":", "-"), end) and text[end + 1 : end + 2].isdigit())
        or _COMPOUND.match(text, end)
    ):
        return False
    left = _LAST_WORD.search(text[max(0, start - 26) : start])
    word = left[1].lower() if left else ""
    if word in _AT:
        return True
    if word in _NAMES_A_THING:
        return word in ("than", "least") and bool(_SOONER.search(text[max(0, start - 26) : start]))
    following = _NEXT_WORD.match(text, end)
    if not following:
        return True
    noun = following[1]
    counts = noun.islower() and noun.endswith("s") and not noun.endswith("ss") and noun not in _ENDS_IN_S
    return not counts and noun not in ("men", "women", "children", "other", "more", "new")
