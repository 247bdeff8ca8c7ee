"""A subject at two moments, side by side, and what made the difference."""

import datetime as dt
from collections.abc import Mapping
from typing import cast

import msgspec
from starlette.responses import Response

from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import NotFoundError
from tracker.services.queries.answers import Subject, Value
from tracker.services.queries.diff import between, diff
from tracker.services.queries.query import Axis
from tracker.web.pages.history import AXES
from tracker.web.pages.subject import asked_for
from tracker.web.pages.visit import Visit


class Row(msgspec.Struct, frozen=True):
    """One attribute at both moments; `same` when nothing differs."""

    attribute: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]
    same: bool


def page(visit: Visit) -> Response:
    """Return the comparison; without dates, of five years ago with today."""
    query = visit.app.query
    subject = query.subject(asked_for(visit))
    axis = cast("Axis", visit.choice("axis", AXES) or "published")
    today = visit.app.today()
    before = visit.text("from") or str(max(today.year - 5, dt.date.min.year))
    after = visit.text("to") or today.isoformat()
    points = between(query, before, after, axis=axis)
    views: list[Subject | None] = []
    for as_of in (points.before, points.after):
        try:
            views.append(query.subject(subject.id, as_of=as_of))
        except NotFoundError:
            views.append(None)
    return visit.page(
        "compare.html",
        subject=subject,
        views=views,
        rows=_rows(subject.kind, *views),
        lines=diff(query, points, subject.id),
        axis=axis,
        axes=AXES,
        before=before,
        after=after,
        clock="published_by" if axis == "published" else "known_at",
    )


def _rows(kind: str, before: Subject | None, after: Subject | None) -> list[Row]:
    attributes: Mapping[str, object] = VOCABULARIES[kind].attributes
    made = []
    for name in attributes:
        old = before.attributes.get(name, ()) if before else ()
        new = after.attributes.get(name, ()) if after else ()
        if old or new:
            said = [{(value.value, value.modality, value.by) for value in values} for values in (old, new)]
            made.append(Row(name, tuple(old), tuple(new), said[0] == said[1]))
    return made
