"""The slip chart: what was planned, by when it was said. A plan that keeps its word is a level ribbon; one that slips climbs."""

import datetime as dt
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from tracker.domain.dates import DateSpan
from tracker.web.charts import svg
from tracker.web.charts.scale import Scale

WIDTH, HEIGHT = 720, 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 14, 26, 40
_THIN = 5.0
_OPEN = dt.timedelta(days=365)
"""How much of a window without an end is drawn."""


class Plan(msgspec.Struct, frozen=True):
    """One step: from `published` on, this was the date that held. `words` is the date for people."""

    published: dt.date
    value: str
    words: str
    modality: str
    source: str


class Voice(msgspec.Struct, frozen=True):
    """One claim that did not make a step: it agreed, or was not believed."""

    published: dt.date
    value: str
    words: str
    source: str


def slip_chart(
    key: str, name: str, what: str, plans: Sequence[Plan], voices: Sequence[Voice] = (), *, until: dt.date
) -> Markup | None:
    """Return the chart: x is when it was published, y the planned window. None when there is nothing to draw.

    `until` is the day on which one looks: the last plan holds up to it. Other claims stand as small rings.
    """
    drawn = [(plan, window) for plan in plans if (window := _window(plan.value))]
    if not drawn:
        return None
    heard = [(voice, window) for voice in voices if (window := _window(voice.value))]
    said = [*(plan.published for plan, _ in drawn), *(voice.published for voice, _ in heard)]
    x = Scale.around([*said, max(until, *said)], _LEFT, WIDTH - _RIGHT)
    edges = [day for _, (first, last) in [*drawn, *heard] for day in (first, last)]
    y = Scale.around(edges, HEIGHT - _BOTTOM, _TOP, least=900)
    ends = [*(plan.published for plan, _ in drawn[1:]), max(until, drawn[-1][0].published)]
    marks: list[Markup] = []
    before: tuple[dt.date, dt.date] | None = None
    for (plan, window), end in zip(drawn, ends, strict=True):
        marks += _step(x, y, plan, window, end, before)
        before = window
    rings = [
        svg.dot(x(voice.published), y(_middle(window)), 4, "ring", svg.note(f"{voice.words}: {voice.source}"))
        for voice, window in heard
    ]
    told = "; ".join(f"{plan.published.isoformat()}: {plan.words}" for plan, _ in drawn)
    return svg.drawing(
        key,
        WIDTH,
        HEIGHT,
        f"How the {what} of {name} moved",
        f"Read from left to right, by publication. {told}.",
        *_frame(x, y),
        *_diagonal(x, y),
        *_until(x, until),
        *rings,
        *marks,
    )


def _step(
    x: Scale,
    y: Scale,
    plan: Plan,
    window: tuple[dt.date, dt.date],
    end: dt.date,
    before: tuple[dt.date, dt.date] | None,
) -> list[Markup]:
    left, right = x(plan.published), max(x(end), x(plan.published) + 8)
    top, bottom = y(window[1]), y(window[0])
    if bottom - top < _THIN:
        top, bottom = (top + bottom - _THIN) / 2, (top + bottom + _THIN) / 2
    made = []
    if before is not None:
        made.append(svg.line(left, y(_middle(before)), left, (top + bottom) / 2, "riser"))
    hint = svg.note(f"{plan.words}: {plan.source}, {plan.published.isoformat()}")
    known = DateSpan.parse(plan.value)
    if known.earliest and known.latest:
        made.append(svg.box(left, top, right - left, bottom - top, f"window {plan.modality}", hint))
    else:
        # Where an end is open, only the other one is a line.
        made.append(svg.box(left, top, right - left, bottom - top, "window open", hint))
        made.append(svg.line(left, top if known.latest else bottom, right, top if known.latest else bottom, "edge"))
    made.append(svg.dot(left, (top + bottom) / 2, 4.5, "said", hint))
    # Words stand over the window, or in it where there is no room above; left of what is too near the right end.
    if left > WIDTH - 160:
        made.append(svg.text(left - 9, (top + bottom) / 2 + 4, plan.words, "value", "end"))
    else:
        made.append(svg.text(left + 2, top - 7 if top > _TOP + 12 else top + 16, plan.words, "value"))
    return made


def _frame(x: Scale, y: Scale) -> list[Markup]:
    made = [svg.line(_LEFT, HEIGHT - _BOTTOM, WIDTH - _RIGHT, HEIGHT - _BOTTOM, "axis")]
    for day, label in y.ticks(7):
        made.append(svg.line(_LEFT, y(day), WIDTH - _RIGHT, y(day), "grid"))
        made.append(svg.text(_LEFT - 9, y(day) + 4, label, "tick", "end"))
    for day, label in x.ticks(8):
        made.append(svg.line(x(day), HEIGHT - _BOTTOM, x(day), HEIGHT - _BOTTOM + 5, "axis"))
        made.append(svg.text(x(day), HEIGHT - _BOTTOM + 19, label, "tick", "middle"))
    made.append(svg.text(WIDTH - _RIGHT, HEIGHT - 5, "published →", "name", "end"))
    made.append(svg.text(4, 13, "planned ↑", "name"))
    return made


def _diagonal(x: Scale, y: Scale) -> list[Markup]:
    """Where the planned day is the day of publication: a plan below it is overdue."""
    first, last = max(x.first, y.first), min(x.last, y.last)
    if first >= last:
        return []
    return [svg.line(x(first), y(first), x(last), y(last), "diagonal")]


def _until(x: Scale, until: dt.date) -> list[Markup]:
    if not x.holds(until):
        return []
    return [svg.line(x(until), _TOP - 8, x(until), HEIGHT - _BOTTOM, "until")]


def _window(value: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of a date; an open end is drawn a year long."""
    try:
        span = DateSpan.parse(value)
    except ValueError:
        return None
    first, last = span.earliest, span.latest
    if first is None and last is not None:
        first = last - _OPEN if last.toordinal() > _OPEN.days else dt.date.min
    if last is None and first is not None:
        last = first + _OPEN if (dt.date.max - first) > _OPEN else dt.date.max
    return (first, last) if first and last else None


def _middle(window: tuple[dt.date, dt.date]) -> dt.date:
    return window[0] + (window[1] - window[0]) / 2
