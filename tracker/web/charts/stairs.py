"""The timeline of states: a row for each state, in the order of their rungs, and a bar for as long as each held."""

import datetime as dt
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from tracker.web.charts import svg
from tracker.web.charts.scale import Scale

WIDTH = 720
_LEFT, _RIGHT, _TOP, _ROW, _BOTTOM = 132, 14, 12, 34, 34


class State(msgspec.Struct, frozen=True):
    """A state that held from a day on: `rung` puts the rows in order, `by` is who alone holds it so."""

    begun: dt.date
    words: str
    rung: int
    source: str
    by: str | None = None


def stairs(key: str, name: str, states: Sequence[State], *, until: dt.date) -> Markup | None:
    """Return the timeline up to a day; None when no state is known."""
    if not states:
        return None
    in_order = sorted(states, key=lambda state: state.begun)
    until = max(until, in_order[-1].begun)
    rungs = sorted({(state.rung, state.words) for state in states}, reverse=True)
    rows = {words: _TOP + number * _ROW + _ROW / 2 for number, (_, words) in enumerate(rungs)}
    height = _TOP + len(rows) * _ROW + _BOTTOM
    x = Scale.around([*(state.begun for state in in_order), until], _LEFT + 12, WIDTH - _RIGHT)
    marks: list[Markup] = []
    ends = [*(state.begun for state in in_order[1:]), until]
    for number, (state, end) in enumerate(zip(in_order, ends, strict=True)):
        left, right, level = x(state.begun), max(x(end), x(state.begun) + 3), rows[state.words]
        if number:
            marks.append(svg.line(left, rows[in_order[number - 1].words], left, level, "riser"))
        whose = f" by {state.by}" if state.by else ""
        hint = svg.note(f"{state.words}{whose}, {state.begun.isoformat()}: {state.source}")
        last = " now" if number == len(in_order) - 1 else ""
        marks.append(svg.box(left, level - 6, right - left, 12, f"state{last}", hint))
        marks.append(svg.dot(left, level, 4.5, "said", hint))
    told = "; ".join(f"{state.begun.isoformat()}: {state.words}" for state in in_order)
    return svg.drawing(
        key,
        WIDTH,
        height,
        f"The states of {name}",
        f"{told}.",
        *_frame(x, rows, height),
        *marks,
    )


def _frame(x: Scale, rows: dict[str, float], height: int) -> list[Markup]:
    made = []
    for words, level in rows.items():
        made.append(svg.line(_LEFT, level, WIDTH - _RIGHT, level, "grid"))
        made.append(svg.text(_LEFT - 10, level + 4, words, "row", "end"))
    for day, label in x.ticks(8):
        made.append(svg.line(x(day), height - _BOTTOM, x(day), height - _BOTTOM + 5, "axis"))
        made.append(svg.text(x(day), height - _BOTTOM + 19, label, "tick", "middle"))
    made.append(svg.line(_LEFT, height - _BOTTOM, WIDTH - _RIGHT, height - _BOTTOM, "axis"))
    return made
