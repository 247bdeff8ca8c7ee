"""When a text was published, by its own words: a dateline, a labelled date, or the days that it reports and plans.

A page is captured long after it was written, and its furniture may carry the clock of the capture. So a stamp with a time
of day counts only while the body agrees with it; otherwise it is one more upper bound. The body speaks through three
kinds of dates: what it reports as past (published then or later), what it plans (published by then), and days named without
a year or by weekday, which news does only while they are near.
"""

import datetime as dt
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from tracker.domain.dates import DateSpan
from tracker.domain.document import Basis
from tracker.language.dates import DateMention, find_dates
from tracker.language.dates.tense import tense_at
from tracker.language.dates.words import NUMBER, WEEKDAYS, number_of

_NEAR: Final = 330
"""Days within which news leaves out the year."""
_FRESH, _RECENT = 10, 45
"""Days between a yearless day and the publication: where the text counts days ("a day after"), and where it does not."""
_PROMPT, _CLEARLY = 3, 3
"""A report that counts days ("a day after") comes within so many more, and beats another year by so many."""
_HEAD_LINES, _FOOT_LINES, _LINE = 8, 5, 300

_CLOCK = re.compile(
    r"(?:(?<=\d)T)?\b\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,6})?\s?(?i:[ap]\.?m\b\.?)?\s?(?:Z\b|\(?(?:GMT|UTC|[A-Z]{1,3}[SD]?T)\)?)?"
    r"(?:\s?[+-]\d\d:?\d\d)?|(?<=\d)T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?"
)
_MARKUP = re.compile(r"<[^<>]{1,80}>|&nbsp;")
_CAPTURE_LABEL = re.compile(
    r"(?i:\b(?:retrieved|accessed|printed|downloaded|captured|archived|generated|cached|saved|visited|today is|crawled)\b[^.]{0,24}$)"
)
_LABEL = re.compile(
    r"(?i:\b(?P<label>dated?|published|posted|issued|released|release date|publication date|updated|modified|created)\b\W{0,4}"
    r"(?:(?:on|at|date|by [\w ]{2,30},)\W{0,3})?$)"
)
# Words are taken whole (possessive): `A/B/C` can be cut into words in many ways, and trying them all takes for ever.
_PLACE = re.compile(r"\W{0,4}(?:[A-Z][\w.’'/-]*+(?:,?\s(?:of\s|de\s|[-–|]\s)?|(?<=/)|$)){1,6}[\s,(|–—-]{0,4}$")
_AFTER_DATELINE = re.compile(r"\)?\s{0,8}(?:\([\w /]{1,30}\)\s?)?(?::|-{1,2}|–|—|\|)(?:\s|$)")
_DAYS_AFTER = re.compile(rf"(?i:\b(?:just\s|only\s)?(?P<number>{NUMBER})\sdays?\s(?:after|later)\b)")
_PLANNED_AFTER = re.compile(r"\s(?:will|would|is to|are to)\b")
_LAPSED_AFTER = re.compile(r",?\s(?:was|were|had|slipped|passed)\b")

_Kind = Literal["labelled", "dateline", "stamp", "capture"]


class Dated(msgspec.Struct, frozen=True):
    """When a text was published (EDTF), how that is known, and one sentence for people saying why."""

    published: str
    basis: Basis
    reason: str


class _Stated(msgspec.Struct, frozen=True):
    """A date that the page gives for itself."""

    kind: _Kind
    start: int
    end: int
    span: DateSpan
    yearless: bool
    words: str


class _Body(msgspec.Struct, frozen=True):
    """What the dates of the running text say about the day it was written."""

    past: tuple[DateSpan, ...]
    planned: tuple[DateSpan, ...]
    near: tuple[tuple[int, int], ...]
    """Month and day of what is reported as past without its year."""
    month: int
    """The latest month of "this year" that is reported as past."""
    weekdays: tuple[int, ...]
    days_after: int


class _Bounds(msgspec.Struct, frozen=True):
    """The days between which it was published, and the words for each end."""

    low: dt.date | None
    high: dt.date
    low_text: str
    high_text: str

    def hold(self, day: dt.date) -> bool:
        return (self.low is None or self.low <= day) and day <= self.high


def date_of(text: str, *, captured_on: dt.date) -> Dated:
    """Return when the text was published, as far as its words tell; the day of capture when they tell nothing.

    Basis `text`: a date that the page states and its body does not contradict. `inferred`: bounded by reasoning, an
    interval where several days fit. `captured`: nothing but the day of capture. Pure, and never later than `captured_on`.
    """
    clean = _MARKUP.sub(lambda match: " " * len(match[0]), text)
    stated = _stated(clean, captured_on)
    body = _body(clean, captured_on, stated)
    captures = [one.span.last for one in stated if one.kind == "capture" and not one.yearless]
    bounds = _bounds(body, min([captured_on, *captures]))
    for one in sorted(stated, key=lambda one: ("labelled", "dateline", "stamp", "capture").index(one.kind)):
        if one.yearless or one.kind == "capture" or one.span.earliest is None:
            continue
        if _agrees(one, body, bounds, captured_on):
            return Dated(one.span.edtf, "text", f"The page gives its own date: {one.words!r}.")
        if one.kind == "stamp" and one.span.last < bounds.high:
            # A clock that the body contradicts is that of the capture, so the text is no younger.
            bounds = _bounds(body, one.span.last)
    dateline = next((one for one in stated if one.yearless and one.kind in ("labelled", "dateline")), None)
    found = _by_dateline(dateline, body, bounds) if dateline else _by_near_days(body, bounds)
    return found or _by_bounds(bounds, captured_on)


def _stated(text: str, captured_on: dt.date) -> list[_Stated]:
    """The dates in the first and last lines that speak of the page itself."""
    ends = itertools.accumulate(len(line) + 1 for line in text.split("\n"))
    lines = [(end - len(line) - 1, line) for end, line in zip(ends, text.split("\n"), strict=True) if line.strip()]
    feet = lines[max(_HEAD_LINES, len(lines) - _FOOT_LINES) :]
    found: list[_Stated] = []
    for head, (offset, whole) in [*((True, line) for line in lines[:_HEAD_LINES]), *((False, line) for line in feet)]:
        line = whole[:_LINE]
        plain = _CLOCK.sub(lambda match: " " * len(match[0]), line)
        for mention in find_dates(plain, DateSpan.day(captured_on)):
            yearless = (
                mention.relative and mention.span.precision == "day" and any(map(str.isdigit, _quote(plain, mention)))
            )
            if mention.bound != "on" or mention.span.precision != "day" or (mention.relative and not yearless):
                continue
            kind = _kind(plain, mention, head=head, clock=plain != line)
            if kind:
                start, end = offset + mention.start, offset + mention.end
                found.append(
                    _Stated(kind, start, end, mention.span, yearless, " ".join(_quote(plain, mention).split()))
                )
    return found


def _kind(line: str, mention: DateMention, *, head: bool, clock: bool) -> _Kind | None:
    before, after = line[: mention.start], line[mention.end :]
    if _CAPTURE_LABEL.search(before):
        return "capture"
    label = _LABEL.search(before)
    if label:
        return "stamp" if label["label"].lower() in ("updated", "modified") else "labelled"
    if not head:
        return "stamp" if clock and len(line.split()) <= 12 else None
    if clock and len(line.split()) <= 16:
        return "stamp"
    alone = not after.strip(" .)|*-–—")
    placed = not before.strip(" |*(-–—") or _PLACE.fullmatch(before)
    return "dateline" if placed and (alone or _AFTER_DATELINE.match(after)) else None


def _body(text: str, captured_on: dt.date, stated: Sequence[_Stated]) -> _Body:
    past: list[DateSpan] = []
    planned: list[DateSpan] = []
    near: list[tuple[int, int]] = []
    this_year: list[int] = []
    weekdays: list[int] = []
    taken = [(one.start, one.end) for one in stated]
    for mention in find_dates(text, DateSpan.day(captured_on)):
        if any(start < mention.end and mention.start < end for start, end in taken):
            continue
        tense = tense_at(text, mention.start, mention.end)
        if _PLANNED_AFTER.match(text, mention.end):
            tense = "future"
        elif tense == "future" and _LAPSED_AFTER.match(text, mention.end):
            tense = "plan"  # "its launch, set for May, was called off": nothing to come
        quote = _quote(text, mention)
        if not mention.relative:
            if tense == "past" and mention.bound == "on" and mention.certain:
                past.append(mention.span)
            elif tense == "future" and mention.span.latest and mention.bound != "after":
                planned.append(mention.span)
        elif tense == "past" and mention.bound == "on":
            weekday = WEEKDAYS.get(quote.split()[-1].lower()) if quote.isalpha() or quote.startswith("last ") else None
            if weekday is not None:
                weekdays.append(weekday)
            elif mention.span.precision == "month" and quote.endswith("this year"):
                this_year.append(mention.span.first.month)
            elif not mention.certain and mention.span.precision in ("day", "range"):
                near.append((mention.span.last.month, mention.span.last.day))
    counts = [number_of(match["number"]) for match in _DAYS_AFTER.finditer(text)]
    return _Body(
        tuple(past),
        tuple(planned),
        tuple(near),
        max(this_year, default=1),
        tuple(weekdays),
        min((n for n in counts if n <= 7), default=0),
    )


def _bounds(body: _Body, high: dt.date) -> _Bounds:
    """The stretch that contradicts the fewest dates: not before what is past, not after what is planned.

    One verb misread must not decide, so the ends are chosen by counting; among equals the later stretch stands, since a
    plan told again from years ago is commoner than a report of what has not happened.
    """
    past = [span for span in body.past if span.first <= high]
    planned = [span for span in body.planned if span.last < high]
    starts, ends = sorted(span.first for span in past), sorted(span.last for span in planned)
    best: int | None = None
    choice: dt.date | None = None
    for low in dict.fromkeys(starts):
        wrong = len(starts) - bisect_right(starts, low) + bisect_left(ends, low)
        if best is None or wrong <= best:
            best, choice = wrong, low
    low_text = next((span.edtf.partition("/")[0] for span in past if span.first == choice), "")
    open_ends = [span for span in planned if choice is None or span.last >= choice]
    first_end = min(open_ends, key=lambda span: span.last, default=None)
    if first_end is None:
        return _Bounds(choice, high, low_text, high.isoformat())
    return _Bounds(choice, first_end.last, low_text, first_end.edtf.rpartition("/")[2])


def _agrees(one: _Stated, body: _Body, bounds: _Bounds, captured_on: dt.date) -> bool:
    """Whether the body could have been written on the stated day."""
    day = one.span.first
    if day > captured_on or (bounds.low and day < bounds.low):
        return False
    if one.kind != "stamp":
        return True
    latest = [_latest_before(near, day) for near in body.near]
    if latest:
        reach = _FRESH if body.days_after else _RECENT if body.weekdays else _NEAR // 4
        return (day - max(latest)).days <= reach
    return day <= bounds.high and not (body.weekdays and day == captured_on)


def _latest_before(near: tuple[int, int], day: dt.date) -> dt.date:
    month, number = near
    for year in (day.year, day.year - 1):
        there = _on(year, month, number)
        if there <= day:
            return there
    return dt.date(day.year - 1, month, 1)


def _by_dateline(one: _Stated, body: _Body, bounds: _Bounds) -> Dated | None:
    """A dateline without its year: the years in which it fits the body."""
    month, number = one.span.first.month, one.span.first.day
    years = range(bounds.low.year if bounds.low else bounds.high.year - 3, bounds.high.year + 1)
    weekday = next((WEEKDAYS[word] for word in re.findall(r"[a-z]+", one.words.lower()) if word in WEEKDAYS), None)
    days = [_on(year, month, number) for year in years]
    days = [
        day
        for day in days
        if bounds.hold(day) and day.month >= body.month and (weekday is None or day.weekday() == weekday)
    ]
    days = _without_named_years(days, body)
    if len(days) == 1:
        return Dated(
            days[0].isoformat(), "text", f"The dateline says {one.words!r}, and the body leaves one year for it."
        )
    if not days:
        return None
    span = DateSpan.between(days[0], days[-1]).edtf
    return Dated(
        span,
        "inferred",
        f"The dateline says {one.words!r} without a year, and the body leaves {len(days)} years for it.",
    )


def _by_near_days(body: _Body, bounds: _Bounds) -> Dated | None:
    """Days named without a year lie just before publication; the weekday that is named with them tells which year."""
    if not body.near or bounds.low is None:
        return None
    month, number = _last_on_the_circle(body.near)
    fits: list[tuple[dt.date, dt.date]] = []
    for year in range(bounds.low.year, bounds.high.year + 1):
        event = _on(year, month, number)
        day = event + dt.timedelta(body.days_after)
        if body.weekdays:
            day += dt.timedelta((body.weekdays[0] - day.weekday()) % 7)
        if bounds.hold(day) and event >= bounds.low and day.month >= body.month:
            fits.append((event, day))
    kept = _without_named_years([day for _, day in fits], body)
    fits = sorted((pair for pair in fits if pair[1] in kept), key=lambda pair: (pair[1] - pair[0], pair[1]))
    if not fits:
        return None
    event, day = fits[0]
    gap = (day - event).days
    others = min(((other - start).days for start, other in fits[1:]), default=gap + _CLEARLY)
    if body.days_after and body.weekdays and gap <= body.days_after + _PROMPT and others >= gap + _CLEARLY:
        reason = f"It tells {event:%d %B} as fresh news, and {day:%d %B %Y} is the first {day:%A} that fits; other years fit worse."
        return Dated(day.isoformat(), "inferred", reason)
    low = min(event for event, _ in fits)
    high = min(bounds.high, max(event for event, _ in fits) + dt.timedelta(_NEAR))
    reason = (
        f"It tells {event:%d %B} without a year, so it was written within a year of it; {len(fits)} years fit the rest."
    )
    return Dated(DateSpan.between(low, high).edtf, "inferred", reason)


def _without_named_years(days: Sequence[dt.date], body: _Body) -> list[dt.date]:
    """News names the year of a day or month only when it is another year than its own."""
    named = {span.first.year for span in body.past if span.precision in ("day", "month")} if body.near else set()
    return [day for day in days if day.year not in named] or list(days)


def _last_on_the_circle(near: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The latest of some days of the year: the one before the longest stretch without any."""
    places = sorted(set(near))
    days = [_on(2024, month, number).timetuple().tm_yday for month, number in places]
    gaps = [(days[(place + 1) % len(days)] - day) % 366 or 366 for place, day in enumerate(days)]
    return places[gaps.index(max(gaps))]


def _by_bounds(bounds: _Bounds, captured_on: dt.date) -> Dated:
    if bounds.low is None and bounds.high == captured_on:
        return Dated(
            captured_on.isoformat(), "captured", "The text says nothing of its date; this is the day of capture."
        )
    if bounds.low is None:
        return Dated(
            f"../{bounds.high_text}",
            "inferred",
            f"The earliest thing that it plans or was stamped with ends {bounds.high_text}.",
        )
    reason = f"The latest thing that it reports as past is of {bounds.low_text}; the earliest end of what it plans, or the capture, is {bounds.high_text}."
    return Dated(DateSpan.parse(f"{bounds.low_text}/{bounds.high_text}").edtf, "inferred", reason)


def _on(year: int, month: int, number: int) -> dt.date:
    """The day of that year; 29 February becomes the 28th in a common one."""
    return dt.date(
        year, month, 28 if (month, number) == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400)) else number
    )


def _quote(text: str, mention: DateMention) -> str:
    return text[mention.start : mention.end]
