"""Dates that begin with a name: "October 7, 2024", "March next year", "on Friday", "spring 2026"."""

import re
from typing import Final

import msgspec

from tracker.language.dates.numbers import read_number
from tracker.language.dates.partial import Partial, exists, with_that
from tracker.language.dates.words import (
    DAY,
    MONTH,
    OF_YEAR,
    SEASONS,
    TO,
    UNIT,
    WEEKDAY,
    YEAR,
    ZONE,
    day_of,
    in_a_row,
    month_of,
    weekday_of,
    year_in,
)

_MONTH_DAY = re.compile(
    rf"(?P<month>{MONTH})(?:\s{{1,2}}|(?<=\.))(?:the\s)?(?P<first>{DAY})(?P<list>(?:,\s{{1,2}}{DAY}){{1,5}}(?=,?\s(?:and|&)\s{DAY}))?"
    rf"(?:,?(?P<join>{TO}|\s(?:and|&)\s)(?P<last>{DAY})(?!\s{{1,2}}(?:of\s)?{MONTH}|:\d))?(?:{OF_YEAR})?(?!\d|[:.]\d|-[a-z\d])"
)
_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH})(?:\s(?:quarter|window|period))?(?:{OF_YEAR})(?!\w)")
_MONTH = re.compile(MONTH)
_WEEKDAY = re.compile(rf"(?P<weekday>{WEEKDAY})(?:,|\s\(|,?\sthe|\s)?\s{{0,2}}(?=[A-Z\d])")
_FULL_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?!\w)")
_OF_WEEK = re.compile(r"(?i:,?\s(?:of\s)?(last|this|next)\sweek(?!\w|-))")
_WEEKS: Final = {"last": -1, "this": 0, "next": 1}
_SEASON = re.compile(r"(?i:(?P<season>spring|summer|autumn|fall|winter))(?:-|\s)?")
_BEFORE_SEASON = re.compile(
    r"(?i:\b(?:(?P<that>last|next|this|coming)|(?:in|by|during|until|before|since)(?:\sthe)?(?:\searly|\slate)?)\s)$"
)
_FEAST = re.compile(
    r"(?P<name>Christmas|New\sYear['’]s)\s(?P<which>Day|Eve)(?:(?:,\s|\s)(?:in\s|of\s)?(?P<year>(?:19|20)\d\d)(?!\w))?"
)
_FEASTS: Final = {
    ("Christmas", "Day"): (12, 25),
    ("Christmas", "Eve"): (12, 24),
    ("New", "Day"): (1, 1),
    ("New", "Eve"): (12, 31),
}
_SEASON_YEAR = re.compile(rf"(?:{OF_YEAR})(?:[-–/](?P<second>\d\d|\d{{4}}))?(?!\w)")
_BEFORE_MONTH = re.compile(
    r"(?i:\b(?P<word>in|by|since|until|till|from|to|for|before|after|during|last|next|this|coming|of|early|mid|late|around|about"
    r"|through|between|and|or|than|as|past|a|an|the|its|their|every|each)(?:\s{1,2}|-))$"
)
_CHOSEN = re.compile(
    r"(?i:\b(?:targets?|targeting|targeted|sets?|eyes|eyeing|eyed|picks|chooses|chose|now|expects|schedules)\s)$"
)
_CHOSEN_FOR = re.compile(r"\s(?:for|launch|lift-?off|landing|touchdown|flight|debut|as|date|at)\b|[,.;]|\s*$")
"""A month that is set for something: "sets November for launch", "eyes May launch", "launch now June"; not "now May wants"."""
_MONTH_FOLLOWS = re.compile(rf"{TO}(?:early\s|mid-?|late\s)?{MONTH}")
_MONTH_LEADS = re.compile(rf"\b{MONTH}(?:\s{YEAR})?{TO}(?:early\s|mid-?|late\s)?$")
_ARTICLES: Final = frozenset({"a", "an", "the", "its", "their"})
_LOWER_WORD = re.compile(r"(?:\s|-)(?!on\b|of\b)[a-z]{3}")
_HOLIDAY = re.compile(r"(?:Black|Good|Easter|Cyber|Ash|Super|Boxing|Palm|Bloody|Freaky|Holy|Girl|Man)\s$")


def read_month(text: str, start: int) -> Partial | None:
    """Return the date that begins with the name of a month at `start`; None for May the minister and March the rally."""
    return _month_day(text, start) or _month_year(text, start) or _bare_month(text, start)


def _month_day(text: str, start: int) -> Partial | None:
    match = _MONTH_DAY.match(text, start)
    if not match:
        return None
    month, first = month_of(match["month"]), day_of(match["first"])
    last = day_of(match["last"]) if match["last"] else first
    year = year_in(match)
    if not (year or match["that"]) and UNIT.match(text, match.end()) and not ZONE.match(text, match.end()):
        return None
    end = match.end()
    split = match["join"] and "and" in match["join"] and not in_a_row(match)
    if split and not text[max(0, start - 12) : start].rstrip().lower().endswith("between"):
        end, last = match.end("first"), first  # "May 3 and 17": the second day has no month of its own
    if not exists(month, max(first, last), year or 2024) or last < first:
        return None
    return with_that(Partial(start, end, (year, year) if year else None, (month, month), (first, last)), match["that"])


def _month_year(text: str, start: int) -> Partial | None:
    match = _MONTH_YEAR.match(text, start)
    if not match:
        return None
    month, year = month_of(match["month"]), year_in(match)
    if year and UNIT.match(text, match.end()):
        return None
    return with_that(Partial(start, match.end(), (year, year) if year else None, (month, month)), match["that"])


def _bare_month(text: str, start: int) -> Partial | None:
    """A month alone needs a word before it that dates take; May, March and August are names and verbs as well."""
    match = _MONTH.match(text, start)
    if not match:
        return None
    end = match.end()
    found = Partial(start, end, None, (month_of(match[0]), month_of(match[0])))
    lead = _BEFORE_MONTH.search(text[max(0, start - 12) : start])
    after = text[end : end + 2]
    if after[:1].isalpha() or (after[:1] == "-" and after[1:].isdigit()):
        return None
    if not lead:
        # "January-February", "March to June 2019": the neighbour tells whether it is one.
        beside = _MONTH_FOLLOWS.match(text, end) or _MONTH_LEADS.search(text[max(0, start - 24) : start])
        chosen = _CHOSEN.search(text[max(0, start - 12) : start]) and _CHOSEN_FOR.match(text, end)
        return found if beside or chosen else None
    word = lead["word"].lower()
    if word in _ARTICLES:
        return found if _LOWER_WORD.match(text, end) or _MONTH_FOLLOWS.match(text, end) else None
    if word in ("every", "each") or (
        re.match(r"\s[A-Z][a-z]", text[end : end + 3]) and month_of(match[0]) in (4, 5, 6, 8)
    ):
        return None  # "for April Jones", "with May Chen"
    return found


def read_weekday(text: str, start: int) -> Partial | None:
    """Return the weekday at `start`, with the date that follows it when one does ("Friday, 14 November")."""
    match = _WEEKDAY.match(text, start)
    if match:
        at = match.end()
        follows = read_number(text, at) if text[at].isdigit() else read_month(text, at)
        if follows and follows.days:
            end = follows.end + (1 if "(" in match[0] and text.startswith(")", follows.end) else 0)
            return msgspec.structs.replace(follows, start=start, end=end, weekday=weekday_of(match["weekday"]))
    full = _FULL_WEEKDAY.match(text, start)
    if not full or _HOLIDAY.search(text[max(0, start - 8) : start]):
        return None
    named, end = weekday_of(full[0]), full.end()
    of_week = _OF_WEEK.match(text, end)
    if of_week:
        return Partial(start, of_week.end(), weekday=named, week=_WEEKS[of_week[1].lower()], relative=True)
    return Partial(start, end, weekday=named, relative=True)


def read_season(text: str, start: int) -> Partial | None:
    """Return "spring 2026", "winter 2026-27", "this summer"; a season without a year or such a word is weather."""
    match = _SEASON.match(text, start)
    if not match:
        return None
    first, last = SEASONS[match["season"].lower()]
    end = match.end("season")
    of = _SEASON_YEAR.match(text, end)
    if not of:
        lead = _BEFORE_SEASON.search(text[max(0, start - 18) : start])
        named = not text[end : end + 1].isalnum() and not text.startswith((" Olympic", " of "), end)
        alone = lead and (lead["that"] or not _LOWER_WORD.match(text, end))
        return Partial(start, end, None, (first, last)) if alone and named else None
    year = year_in(of)
    if not year:
        return with_that(Partial(start, of.end(), None, (first, last)), of["that"])
    if first == 12 and not of["second"]:
        # "Winter 2026" may begin or end that year, and news does not say which.
        return Partial(start, of.end(), (year, year), certain=False)
    return Partial(start, of.end(), (year, year), (first, last))


def read_feast(text: str, start: int) -> Partial | None:
    """Return "Christmas Day 2021", "New Year's Eve": the feasts that are always on one day of the year."""
    match = _FEAST.match(text, start)
    if not match:
        return None
    month, day = _FEASTS[match["name"].split()[0], match["which"]]
    year = int(match["year"] or 0)
    return Partial(start, match.end(), (year, year) if year else None, (month, month), (day, day))
