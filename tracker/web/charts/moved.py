"""Slips side by side: for each date, a line from what was first planned to what is planned now."""

import datetime as dt
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from tracker.domain.dates import DateSpan
from tracker.web.charts import svg
from tracker.web.charts.scale import Scale

WIDTH = 720
_LEFT, _RIGHT, _TOP, _ROW, _BOTTOM = 210, 100, 8, 28, 34
_LONGEST_NAME = 30


class Moved(msgspec.Struct, frozen=True):
    """How a date moved: `days` is written beside it."""

    name: str
    first: str
    now: str
    days: str


def moved_chart(key: str, rows: Sequence[Moved]) -> Markup | None:
    """Return the chart, a row for each date, placed by its last day; None when there is nothing to draw."""
    drawn = [
        (row, first, now) for row in rows if (first := _place(row.first)) and (now := _place(row.now)) and first != now
    ]
    if not drawn:
        return None
    height = _TOP + len(drawn) * _ROW + _BOTTOM
    x = Scale.around([day for _, first, now in drawn for day in (first, now)], _LEFT + 8, WIDTH - _RIGHT)
    marks = [svg.line(_LEFT, height - _BOTTOM, WIDTH - _RIGHT, height - _BOTTOM, "axis")]
    for day, label in x.ticks(7):
        marks.append(svg.line(x(day), _TOP, x(day), height - _BOTTOM, "grid"))
        marks.append(svg.text(x(day), height - _BOTTOM + 19, label, "tick", "middle"))
    for number, (row, first, now) in enumerate(drawn):
        level = _TOP + number * _ROW + _ROW / 2
        short = row.name if len(row.name) <= _LONGEST_NAME else row.name[: _LONGEST_NAME - 1] + "…"
        marks.append(svg.text(_LEFT - 10, level + 4, short, "row", "end"))
        marks.append(svg.line(x(first), level, x(now), level, "moved"))
        marks.append(svg.dot(x(first), level, 4, "ring", svg.note(f"{row.name}, first: {row.first}")))
        marks.append(svg.dot(x(now), level, 5, "said", svg.note(f"{row.name}, now: {row.now}")))
        marks.append(svg.text(max(x(first), x(now)) + 10, level + 4, row.days, "value"))
    told = "; ".join(f"{row.name}: {row.first} to {row.now}, {row.days}" for row, _, _ in drawn)
    return svg.drawing(key, WIDTH, height, "First plans and present ones", f"{told}.", *marks)


def _place(value: str) -> dt.date | None:
    try:
        span = DateSpan.parse(value)
    except ValueError:
        return None
    return span.latest or span.earliest
