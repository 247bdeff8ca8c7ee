"""The words English dates are made of, as regular expression fragments and look-up tables.

Every fragment has bounded repetition only, so that matching one at a place costs a constant.
"""

import itertools
import re
from typing import Final

MONTH_NAMES: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAY_NAMES: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBER_NAMES: Final = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]

MONTHS: Final = {name: place for place, name in enumerate(MONTH_NAMES, 1)}
MONTHS.update({name[:3]: place for name, place in tuple(MONTHS.items())})
MONTHS["sept"] = 9
WEEKDAYS: Final = {name: place for place, name in enumerate(_WEEKDAY_NAMES)}
WEEKDAYS.update({name[:3]: place for name, place in tuple(WEEKDAYS.items())} | {"tues": 1, "wednes": 2, "thurs": 3})
NUMBERS: Final = {name: value for value, name in enumerate(_NUMBER_NAMES, 1)} | {"a": 1, "an": 1, "couple of": 2}
SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
"""First and last month of the northern seasons; a month above 12 belongs to the following year."""
ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _cased(names: list[str]) -> str:
    """Title and upper case: "march" and "may" in lower case are verbs."""
    return "|".join(form for name in sorted(names, key=len, reverse=True) for form in (name.capitalize(), name.upper()))


_SHORT_MONTHS: Final = [name for name in MONTHS if name not in MONTH_NAMES]
MONTH: Final = rf"(?:(?:{_cased(MONTH_NAMES)})(?![a-zA-Z])|(?:{_cased(_SHORT_MONTHS)})(?![a-zA-Z])\.?)"
"""Only an abbreviation owns its full stop; "in May." ends a sentence."""
WEEKDAY: Final = rf"(?:{_cased(list(WEEKDAYS))})(?![a-zA-Z])\.?"
DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?(?![\w%])"
YEAR: Final = r"(?:1[89]|20)\d\d(?![\w%]|[.,]\d)"
NUMBER: Final = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
TO: Final = r"(?:\s{0,2}[-–—/]\s{0,2}|\s{1,2}(?:to|through|until|till)\s{1,2})"
"""What stands between the ends of a range."""
OF_YEAR: Final = (
    rf"(?:(?:,\s{{0,2}}|\s{{1,2}})(?:of\s{{1,2}})?(?:the\s{{1,2}}year\s{{1,2}})?(?P<year>{YEAR})|-(?P<hyphen_year>{YEAR})"
    r"|(?<=\.)(?P<close_year>(?:19|20)\d\d)(?![\w%]|[.,]\d)|\s['’](?P<short_year>\d\d)(?![\w%])"
    r"|,?\s{1,2}(?:of\s{1,2})?(?P<that>this|next|last|that|the\s(?:same|coming))\s{1,2}year(?![\w-]))"
)
"""The year of a month or day: "2025", "of 2025", "next year", "of that year"."""

UNIT: Final = re.compile(
    r"[\s-]{0,2}(?:k[gmWN]|kgs|kms|[cm]m|m|g|kilo\w+|met(?:re|er)s?|miles?|feet|foot|ft|tons?|tonnes?|lbs?|pounds?|people"
    r"|persons?|hours?|hrs?|hPa|days?|weeks?|months?|years?|crores?|lakhs?|thousand|million|billion|trillion|rupees?|dollars?"
    r"|euros?|yen|yuan|degrees?|kelvins?|K|C|F|watts?|W|MW|[kMG]?Hz|per|percent|pc|times|GMT|UTC|IST|JST|EST|EDT|PST|CET|MSK"
    r"|local|pixels?|pages?|orbits?|seconds?|minutes?|mAh|square|cubic|kph|mph|AM|PM|am|pm)(?![\w])"
    r"|\s?[%°$€£₹+]|['’]{1,2}(?=\W)|\s?[x×]\s?\d"
)
"""What follows a number that counts or measures."""


_LISTED = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")

ZONE: Final = re.compile(r"\s(?:local|GMT|UTC|IST|JST|KST|EST|EDT|CST|CDT|PST|PDT|CET|CEST|BST|MSK)(?![\w])")
"""The clock that a day is told by: "on March 19 UTC"."""


def year_in(match: re.Match[str]) -> int:
    """Return the year that a match of `OF_YEAR` holds, 0 without one; '23 is 2023 and '97 is 1997."""
    if match["short_year"]:
        short = int(match["short_year"])
        return short + (2000 if short < 60 else 1900)
    return int(match["year"] or match["hyphen_year"] or match["close_year"] or 0)


def in_a_row(match: re.Match[str]) -> bool:
    """Whether the days `first`, those of `list`, and `last` follow each other: "12, 13 and 14"."""
    days = [day_of(day) for day in (match["first"], *_LISTED.findall(match["list"] or ""), match["last"])]
    return all(after == day + 1 for day, after in itertools.pairwise(days))


def month_of(name: str) -> int:
    """Return the number of a month by its name or abbreviation. Raises KeyError for another word."""
    return MONTHS[name.rstrip(".").lower()]


def weekday_of(name: str) -> int:
    """Return 0 for Monday to 6 for Sunday. Raises KeyError for another word."""
    return WEEKDAYS[name.rstrip(".").lower()]


def number_of(word: str) -> int:
    """Return the value of a small number in digits or letters. Raises KeyError for another word."""
    return int(word) if word.isdecimal() else NUMBERS[word.lower()]


def day_of(word: str) -> int:
    """Return the day of the month in "7", "07" and "7th"."""
    return int(word.rstrip("stndrh"))
