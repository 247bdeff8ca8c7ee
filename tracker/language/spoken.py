"""Dates, values and changes in words for people. Pure; what cannot be said otherwise is shown as it stands."""

import re
from collections.abc import Mapping

from tracker.domain.dates import DateSpan
from tracker.domain.vocabulary import VOCABULARIES

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS: Mapping[str, str] = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter",
    "33": "first quarter of", "34": "second quarter of", "35": "third quarter of", "36": "fourth quarter of",
    "37": "first third of", "38": "second third of", "39": "last third of",
    "40": "first half of", "41": "second half of",
}  # fmt: skip
CHANGES: Mapping[str, str] = {
    "set": "first said",
    "advance": "moved on",
    "slip": "slipped",
    "pulled_in": "pulled in",
    "narrowed": "made exact",
    "widened": "made vaguer",
    "regressed": "fell back",
    "recovered": "recovered",
    "revived": "revived",
    "added": "joined",
    "removed": "left",
    "corrected": "corrected",
    "retracted": "taken back",
    "contested": "contested",
}
"""What a change is called; a change that has no word yet goes by its code."""
MODALITIES: Mapping[str, str] = {"actual": "", "planned": "planned", "possible": "possible", "denied": "denied"}
BASES: Mapping[str, str] = {
    "given": "",
    "text": "",
    "inferred": "inferred from the text",
    "captured": "day of capture",
}
_LONG_MONTH = re.compile("|".join(MONTHS))
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
# C0 and C1 controls but for newline, characters without width, marks that turn the direction of what follows, and halves of
# characters.
_CONTROLS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Return text that a page can hold: tabs as spaces, and a sign in place of what cannot be seen."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " ").replace("\r\n", "\n"))


def date(edtf: str | None) -> str:
    """Return a date as people say it, with the precision that it has: `2025-01` is January 2025, `../2023` by 2023."""
    if not edtf:
        return ""
    left, slash, right = edtf.partition("/")
    if not slash:
        return _point(edtf)
    if left in ("", ".."):
        return f"by {_point(right)}"
    if right in ("", ".."):
        return f"from {_point(left)}"
    return f"{_point(left)} – {_point(right)}"


def short(edtf: str | None) -> str:
    """Return a date as `date` does, with the first three letters of its months."""
    return _LONG_MONTH.sub(lambda month: month[0][:3], date(edtf))


def _point(text: str) -> str:
    about = "about " if text[-1:] in "~%" else ""
    perhaps = "?" if text[-1:] in "?%" else ""
    parts = text.rstrip("~?%").split("-")
    year = parts[0]
    if year.endswith("XX"):
        return f"{about}{year[:2]}00s{perhaps}"
    if year.endswith("X"):
        return f"{about}{year[:3]}0s{perhaps}"
    if len(parts) == 1:
        return f"{about}{year}{perhaps}"
    if parts[1] in _SEASONS:
        return f"{about}{_SEASONS[parts[1]]} {year}{perhaps}"
    try:
        month = MONTHS[int(parts[1]) - 1]
    except (ValueError, IndexError):
        return text
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{about}{day}{month} {year}{perhaps}"


def words(value: str) -> str:
    """Return a code in plain words: `in_development` is in development. Anything else stays as it is."""
    return value.replace("_", " ") if _CODE.fullmatch(value) else value


def value(kind: str, attribute: str, text: str | None) -> str:
    """Return a value of an attribute in words."""
    if text is None:
        return ""
    known = VOCABULARIES[kind].attributes.get(attribute) if kind in VOCABULARIES else None
    match known.type if known else "text":
        case "date":
            try:
                DateSpan.parse(text)
            except ValueError:
                return text
            return date(text)
        case "party":
            who, _, role = text.partition(": ")
            return f"{who}, {words(role)}" if role else who
        case "status" | "code":
            return words(text)
        case _:
            return text


def label(kind: str, attribute: str) -> str:
    """Return what an attribute is called on a page."""
    known = VOCABULARIES[kind].attributes.get(attribute) if kind in VOCABULARIES else None
    return known.label if known else words(attribute)


def change(code: str) -> str:
    """Return a kind of change in words."""
    return CHANGES.get(code, words(code))


def days(number: int | None) -> str:
    """Return how far a date moved, with the sign that tells the direction: `+731 days`."""
    if number is None:
        return ""
    sign = "−" if number < 0 else "+" if number > 0 else ""
    return f"{sign}{abs(number):,} day{'' if abs(number) == 1 else 's'}"


def instant(recorded_at: str) -> str:
    """Return an instant of the log to the minute, in UTC."""
    return f"{date(recorded_at[:10])}, {recorded_at[11:16]} UTC"


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Return a number with its noun: 1 slip, 2 slips."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
