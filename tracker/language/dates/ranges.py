"""Two dates that make one: "from March 29 to April 2", "between 2024 and 2026", "2027 or 2028", "November-December"."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from tracker.language.dates.partial import Partial
from tracker.language.dates.tense import sentence_before

_LINK: Final = re.compile(
    r"\s{0,2}(?:(?P<to>to|through|until|till|up to|[-–—])|(?P<and>and|&)|(?P<or>or)|,)\s{1,2}(?:the\s)?|(?P<dash>[-–—/])"
)
_LEAD: Final = re.compile(r"(?i:\b(?P<word>from|between|either|in)\s(?:the\s)?)$")
_SHIFT: Final = re.compile(
    r"(?i:\b(?:mov(?:e[sd]?|ing)|slip(?:s|ped|ping)?|postpon\w{1,3}|delay\w{0,3}|push\w{0,3}|shift\w{0,3}|chang\w{1,3}|defer\w{0,4}"
    r"|brought|advanc\w{1,3}|put\s(?:off|back)|reschedul\w{1,3}|revis\w{1,3}|slid\w{0,3}|set\sback)\b[^.;]{0,60}$)"
)


def joined(text: str, found: Sequence[Partial]) -> list[Partial]:
    """Return the dates with ranges made one, and a year said once given to all that share it ("March and June 2019").

    "Moved from 2023 to 2025" stays two dates: the old and the new one.
    """
    out: list[Partial] = []
    for right in reversed(found):
        if not out:
            out.append(right)
            continue
        left, after = right, out[-1]
        link = _LINK.fullmatch(text, left.end, after.start) if after.start - left.end <= 12 else None
        whole = _whole(text, left, after, link) if link else None
        if whole:
            out[-1] = whole
        else:
            out.append(_sharing(left, after) if link else left)
    out.reverse()
    return out


def _whole(text: str, left: Partial, right: Partial, link: re.Match[str]) -> Partial | None:
    """Return the range of both, or None when they are two dates."""
    if left.grain != right.grain or left.grain == "fixed" or (left.weekday is not None and not left.days):
        return None
    if right.that_year or left.decade or (left.months is None) != (right.months is None):
        return None
    lead = _LEAD.search(text[max(0, left.start - 16) : left.start])
    word = lead["word"].lower() if lead else ""
    if link["and"] and word != "between":
        return None
    if "," in link[0]:
        return None
    if link["to"] and word != "between" and _SHIFT.search(sentence_before(text, left.start)):
        return None
    start = left.start - (len(lead[0]) if lead and word in ("from", "between", "either") else 0)
    return _merge(left, right, start)


def _merge(left: Partial, right: Partial, start: int) -> Partial | None:
    left = _sharing(left, right)
    low, high = left.months or (0, 0), right.months or (0, 0)
    if right.year_offset is not None and left.years is None and left.year_offset is None:
        return None  # "from November to March next year" needs the two to be in different years; each stands alone
    years = None
    later = (low[0], left.days[0] if left.days else 0) > (high[1], right.days[1] if right.days else 32)
    if right.years and left.years:
        years = (left.years[0], right.years[1])
    elif left.years:
        years = (left.years[0], left.years[1] + (1 if later else 0))
    elif right.years:
        years = (right.years[0] - 1, right.years[1])
    if years and (years[0], low[0]) > (years[1], high[1]):
        return None
    months = (low[0], high[1] + (12 if later and not years else 0)) if left.months else None
    days = (left.days[0], right.days[1]) if left.days and right.days else None
    return msgspec.structs.replace(
        left, start=start, end=right.end, years=years, months=months, days=days, weekday=None,
        year_offset=right.year_offset if left.year_offset is None else left.year_offset,
        relative=left.relative or right.relative, certain=left.certain and right.certain,
    )  # fmt: skip


def _sharing(left: Partial, right: Partial) -> Partial:
    """Return `left` with the year of `right` when it has none of its own and comes before it in the year."""
    if left.years or left.fixed or left.months is None or right.months is None:
        return left
    if left.year_offset is not None or left.that_year or left.weekday is not None:
        return left
    if left.months[0] > right.months[1]:
        return left
    if right.years:
        return msgspec.structs.replace(left, years=(right.years[0], right.years[0]))
    if right.year_offset is not None:
        return msgspec.structs.replace(left, year_offset=right.year_offset)
    return left
