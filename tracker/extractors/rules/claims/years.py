"""Years that nobody told: what the tense of the sentence, and the dates beside it, make of a month or a day without one."""

from collections.abc import Sequence

from tracker.domain.claim import Modality
from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.oldnew import Change, with_span
from tracker.extractors.rules.claims.scene import Item
from tracker.language.dates import DateMention

_LONG_PAST = 45  # days
_JUST_PAST = 14  # days: "the launch planned for Friday, 29 January", told on the 30th, is that of this January


def by_tense(date: DateMention, modality: Modality, published: DateSpan) -> DateSpan:
    """Set right a year that was guessed: what "will fly in October" flies next October, what "fell silent in May" did so last May."""
    span = date.span
    if date.certain or not date.relative:
        return span
    behind = (published.first - span.last).days
    if modality == "planned" and span.latest is None and span.earliest and behind > _LONG_PAST:
        return _with_years(span, 1)  # "no earlier than late March", told in December
    if span.precision not in ("day", "month"):
        return span
    if modality == "planned" and behind > (_JUST_PAST if span.precision == "day" else 0):
        return _with_years(span, 1)
    return _with_years(span, -1) if modality == "actual" and span.first > published.last else span


def before_the_new(moves: Sequence[tuple[Item, Change]], published: DateSpan) -> list[tuple[Item, Change]]:
    """Return the dates of a change with the old one in the year that the new one lies in: "from August to October" of this year."""
    new = [by_tense(i.date, "planned", published) for i, change in moves if change is Change.NEW and i.date]
    if not new:
        return list(moves)
    return [
        (with_span(item, _nearest(item.date, new[0])), change) if change is Change.OLD and item.date else (item, change)
        for item, change in moves
    ]


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
