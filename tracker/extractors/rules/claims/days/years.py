"""Days told without their year or their week: what the tense of the verb, and the dates beside them, make of them."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from tracker.domain.claim import Modality
from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.days.oldnew import Change, with_span
from tracker.extractors.rules.claims.days.spans import a_year_on, is_open_year, with_days_before
from tracker.extractors.rules.claims.scene.scene import Item, Line
from tracker.extractors.rules.claims.telling.attach import Read
from tracker.extractors.rules.words import word_set
from tracker.language.dates import DateMention

_LONG_PAST = 45  # days
_JUST_PAST = 14  # days: "the launch planned for Friday, 29 January", told on the 30th, is that of this January


def by_tense(date: DateMention, modality: Modality, published: DateSpan) -> DateSpan:
    """Set right a year that was guessed: what "will fly in October" flies next October, what "fell silent in May" did so last May."""
    span = date.span
    if date.certain or not date.relative:
        return span
    behind = (published.first - span.last).days
    if modality == "planned" and span.latest is None and (published.first - span.first).days > _LONG_PAST:
        return _with_years(span, 1)  # "no earlier than late March", told in December
    if span.precision not in ("day", "month"):
        return span
    if modality == "planned" and behind > (_JUST_PAST if span.precision == "day" else 0):
        return _with_years(span, 1)
    return _with_years(span, -1) if modality == "actual" and span.first > published.last else span


def before_the_new(moves: Sequence[tuple[Item, Change]], published: DateSpan) -> list[tuple[Item, Change]]:
    """Return the dates of a change: the new one still to come, the old one near to it: "from August to October" of this year."""
    new = [
        by_tense(_next_week(i.date, published), "planned", published) for i, c in moves if c is Change.NEW and i.date
    ]
    if not new:
        return list(moves)
    later = iter(new)
    return [
        (with_span(item, next(later) if change is Change.NEW else _nearest(item.date, new[0])), change)
        for item, change in moves
        if item.date
    ]


def _next_week(date: DateMention, published: DateSpan) -> DateMention:
    """The coming weekday for one taken for that of the week gone by: "put off Thursday's launch to Saturday"."""
    span = date.span
    bare = date.relative and date.certain and span.precision == "day"
    if not bare or span.first >= published.first or (published.first - span.first).days > _DAYS_OF_WEEK:
        return date
    return msgspec.structs.replace(date, span=DateSpan.day(span.first + _WEEK))


_DAYS_OF_WEEK = 6


def _nearest(date: DateMention, new: DateSpan) -> DateSpan:
    """The day or month in the year in which it comes closest to another date."""
    span = date.span
    if date.certain or not date.relative or span.precision not in ("day", "month"):
        return span
    years = (_with_years(span, step) for step in (-1, 0, 1))
    return min(years, key=lambda told: abs((told.first - new.first).days))


def _with_years(span: DateSpan, years: int) -> DateSpan:
    """The same days some years on; as they are where that year has them not."""
    begun, slash, rest = span.edtf.partition("/")
    try:
        return DateSpan.parse(f"{int(begun[:4]) + years:04d}{begun[4:]}{slash}{rest}")
    except ValueError:  # the 29th of February
        return span


_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_PAST_DAY = word_set("last past previous this earlier")


_PRESENT = word_set("is are being be")


def told_day(line: Line, read: Read, date: Item, published: DateSpan) -> Item:
    """The date as the tense of its verb means it: what "was approved in September" was so last September, be it still August."""
    past = read.match.forms & {"past", "participle"} and read.reading.voice != "noun"
    group = line.words[read.reading.first : read.match.head]
    ahead = {"for", "by", "until"} & set(line.words[max(0, date.first - 1) : date.first + 1])
    if date.date is None or not past or ahead or _PRESENT & set(group):
        return coming_day(line, read, date, published)
    if date.date.span.first <= published.last:
        return with_days_before(line, read, date)
    return _moved(date, -1) if _is_guessed_month(date) else _last_weekday(line, date)


_WEEK = dt.timedelta(days=7)


def _last_weekday(line: Line, date: Item) -> Item:
    """The day a week earlier where a bare weekday was taken for the coming one: "will welcome X, after A signed on Friday"."""
    told = date.date
    words = line.words[max(0, date.first - 1) : date.last]
    plain = bool(_WEEKDAYS & set(words)) and not {"next", "coming", "this"} & set(words)
    if told is None or not plain or not told.relative or told.span.precision != "day" or told.span.days != 1:
        return date
    day = DateSpan.parse((told.span.first - _WEEK).isoformat())
    return msgspec.structs.replace(date, date=msgspec.structs.replace(told, span=day))


def _is_guessed_month(date: Item) -> bool:
    """Whether it is a month whose year the text leaves open."""
    told = date.date
    return (
        told is not None
        and told.relative
        and not told.certain
        and told.span.precision == "month"
        and "/" not in told.span.edtf
    )


_LATELY = 120  # days: in August "launches X in July" is still news of this July


def _moved(date: Item, years: int) -> Item:
    """The same month some years on."""
    if date.date is None:
        return date
    span = date.date.span
    month = DateSpan.parse(f"{span.first.year + years:04d}{span.edtf[4:]}")
    return msgspec.structs.replace(date, date=msgspec.structs.replace(date.date, span=month))


def coming_day(line: Line, read: Read, date: Item, published: DateSpan) -> Item:
    """The day after publication that the present tense means: "X launches Friday" is news of the next Friday, not of the last."""
    words = line.words[date.first : date.last]
    if _is_notice(line, read):
        return _upcoming(line, date, published)
    present = read.match.forms == {"s"} and _is_guessed_month(date)
    if present and date.date and (published.first - date.date.span.last).days > _LATELY:
        return _moved(date, 1)  # "launches in September", told in May
    if read.cue.kind == "meeting" and read.match.forms == {"s"} and date.date and is_open_year(date, published):
        return a_year_on(date)  # "hosts the forum from 18 to 21 November", told in March
    if date.date is None or read.match.forms != {"s"} or not _WEEKDAYS & set(words) or _PAST_DAY & set(words):
        return date
    span = date.date.span
    if span.precision != "day" or span.first >= published.first or not date.date.relative:
        return date
    day = DateSpan.day(span.first + dt.timedelta(days=7))
    return msgspec.structs.replace(date, date=msgspec.structs.replace(date.date, span=day))


_FINITE = word_set(
    "is are was were has have had did said says told went goes after since success successful fails failed"
)
_RECENT = 14  # days: "launch in January", told in early February, may be news of what was


def _is_notice(line: Line, read: Read) -> bool:
    """Whether a headline only names the event, with no verb: "X launch on Friday" announces one."""
    headline = line.heading or (line.number == 0 and line.words[-1] != ".")
    return headline and read.reading.voice == "noun" and read.cue.kind == "mission" and not _FINITE & set(line.words)


def _upcoming(line: Line, date: Item, published: DateSpan) -> Item:
    """The next day or month of that name, where the text leaves open which one it means."""
    told, words = date.date, set(line.words[date.first : date.last])
    if told is None or not told.relative or told.span.first >= published.first or words & _PAST_DAY:
        return date
    if told.span.precision == "day" and words & _WEEKDAYS:
        day = DateSpan.day(told.span.first + dt.timedelta(days=7))
        return msgspec.structs.replace(date, date=msgspec.structs.replace(told, span=day))
    guessed = not told.certain and told.span.precision in ("day", "month") and "/" not in told.span.edtf
    guessed = guessed and not told.span.edtf.endswith("02-29")
    return _moved(date, 1) if guessed and (published.first - told.span.last).days > _RECENT else date
