"""When two values say the same: words, dates, parties. Pure; the annotation guide is its source.

Lengths are compared in an even calendar, in which every month has 31 days: the first half of a year is then a half of it to the
day, and whether two spans share more than half does not hang on February.
"""

import re
from calendar import monthrange
from collections.abc import Mapping

_TEN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINALS = {"inaugural": "1"} | {word: str(number) for number, word in enumerate(_TEN, start=1)}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset((
    "a", "an", "and", "between", "for", "in", "its", "joint", "mission", "of", "on", "probe", "space", "spacecraft", "the",
    "to", "with",
))  # fmt: skip
"""Words that tell no name from another."""

_ONE_PARTY: tuple[frozenset[str], ...] = (
    frozenset((
        "india", "government of india", "new delhi", "department of space", "indian space agency", "isro",
        "indian space research organisation",
    )),
    frozenset(("japan", "government of japan", "tokyo", "japanese space agency", "jaxa", "japan aerospace exploration agency")),
    frozenset(("united states", "united states of america", "america", "us", "usa", "washington", "nasa")),
    frozenset(("europe", "european space agency", "esa")),
    frozenset(("china", "beijing", "cnsa", "china national space administration")),
    frozenset(("russia", "russian federation", "moscow", "russian space agency", "roscosmos")),
    frozenset(("france", "cnes")),
    frozenset(("italy", "asi", "italian space agency")),
    frozenset(("germany", "dlr", "german aerospace center")),
    frozenset(("britain", "united kingdom", "uk", "uksa", "uk space agency")),
    frozenset(("korea", "south korea", "republic of korea", "kari", "kasa")),
    frozenset((
        "united arab emirates", "uae", "uaesa", "uae space agency", "mohammed bin rashid space centre", "mbrsc",
    )),
    frozenset(("canada", "csa", "canadian space agency")),
    frozenset(("australia", "asa", "australian space agency")),
    frozenset(("israel", "isa", "israel space agency")),
    frozenset(("mitsubishi heavy industries", "mhi")),
)  # fmt: skip
"""An agency, its country, and the city that stands for the government: who enters one of them means the same party."""

_LAST_DAY = tuple(monthrange(2024, month)[1] for month in range(1, 13))  # of a leap year, so that no day is left out
_MONTH = 31
_YEAR = 12 * _MONTH
_OPEN = 40 * _YEAR  # how far an open end reaches
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
"""Codes of seasons and quarters (ISO 8601-2, 4.8) with their months; a winter counts as the December that begins it."""
_DATE = re.compile(r"(\d{3}[\dX]|\d\dXX)(?:-(\d\d))?(?:-(\d\d))?[~?%]*")


def words(text: str) -> list[str]:
    """The words of a name in small letters, ordinals as numbers: "Second Dialogue" and "2nd Dialogue" are alike."""
    found = _WORD.findall(text.lower().replace("organization", "organisation"))
    return [_ORDINALS.get(word) or _ORDINAL.sub(r"\1", word) for word in found]


def key(text: str) -> str:
    """What is left of a name without words that tell nothing; the whole name where nothing would be left."""
    every = words(text)
    return " ".join([word for word in every if word not in _EMPTY] or every)


def values_agree(attribute: str, gold: object, claimed: object) -> bool:
    """Whether two values of an attribute count as the same."""
    if attribute.endswith("_date"):
        return _dates_agree(str(gold), str(claimed))
    if attribute == "party":
        (ours, role), (theirs, other) = as_party(gold), as_party(claimed)
        return role == other and (ours == theirs or _one_holds_the_other(ours.split(), theirs.split()))
    if attribute in ("destination", "place", "launch_vehicle"):
        mine, yours = words(str(gold)), words(str(claimed))
        return bool(mine and yours) and _one_holds_the_other(mine, yours)
    if attribute == "subject":
        said, told = set(key(str(gold)).split()), set(key(str(claimed)).split())
        return bool(said and told) and 2 * len(said & told) >= min(len(said), len(told))
    return str(gold).strip().lower() == str(claimed).strip().lower()


def as_party(value: object) -> tuple[str, str]:
    """Split "ORG: role" (or an object with `org` and `role`) into who and what; a partner counts as one who leads."""
    if isinstance(value, Mapping):
        name, role = str(value.get("org", "")), str(value.get("role") or "")
    else:
        name, _, role = str(value).partition(":")
    role = role.strip().lower().replace(" ", "_")
    return _party(name), "lead" if role == "partner" else role


def _party(name: str) -> str:
    plain = " ".join(words(re.sub(r"\(.*?\)", "", name))).removeprefix("the ")
    return next((min(group) for group in _ONE_PARTY if plain in group), plain)


def _one_holds_the_other(ours: list[str], theirs: list[str]) -> bool:
    return set(ours) <= set(theirs) or set(theirs) <= set(ours)


def _dates_agree(gold: str, claimed: str) -> bool:
    """The same days; or, where one of them is a range, more than half of what both cover together is shared."""
    try:
        (first, last), (begin, end) = _days(gold), _days(claimed)
    except ValueError:
        return gold == claimed
    if (first, last) == (begin, end):
        return True
    if "/" not in gold and "/" not in claimed:
        return False
    shared = min(last, end) - max(first, begin) + 1
    return 2 * shared > max(last, end) - min(first, begin) + 1


def _days(edtf: str) -> tuple[int, int]:
    start, _, stop = edtf.partition("/")
    first, last = _day(start, at_end=False), _day(stop or start, at_end=True)
    if first is not None:
        return first, first + _OPEN if last is None else last
    if last is not None:
        return last - _OPEN, last
    raise ValueError(edtf)


def _day(text: str, *, at_end: bool) -> int | None:
    """The number of the first or the last day that a date covers; None where an interval is open."""
    if text in ("", ".."):
        return None
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year = int(match[1].replace("X", "9" if at_end else "0"))
    month = int(match[2]) if match[2] else (12 if at_end else 1)
    if month in _SEASONS:
        month = _SEASONS[month][at_end]
    if not 1 <= month <= len(_LAST_DAY):
        raise ValueError(text)
    day = int(match[3]) if match[3] else (_LAST_DAY[month - 1] if at_end else 1)
    return year * _YEAR + (month - 1) * _MONTH + day - 1
