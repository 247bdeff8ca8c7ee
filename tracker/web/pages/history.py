"""Every change of a subject, as sources told it or as this tracker learned it."""

from collections.abc import Mapping
from typing import cast

from starlette.responses import Response

from tracker.domain.vocabulary import VOCABULARIES
from tracker.services.queries.query import Axis
from tracker.web.pages.subject import asked_for
from tracker.web.pages.visit import Visit

ROWS = 200
AXES: Mapping[str, str] = {"published": "as sources published it", "recorded": "as it was recorded here"}


def page(visit: Visit) -> Response:
    """Return the history of a subject."""
    query, asked = visit.app.query, asked_for(visit)
    subject = query.subject(asked, as_of=visit.as_of)
    known = tuple(VOCABULARIES[subject.kind].attributes)
    attribute = visit.choice("attribute", known)
    axis = cast("Axis", visit.choice("axis", AXES) or "published")
    since, until = visit.day("since"), visit.day("until", last=True)
    asked_again = ("history", subject.id, attribute, since, until, axis, visit.as_of)
    lines = visit.keep(
        asked_again,
        lambda: query.history(
            subject.id, attribute=attribute or None, since=since, until=until, axis=axis, as_of=visit.as_of
        ),
    )
    offset = visit.number("offset", 0)
    return visit.page(
        "history.html",
        subject=subject,
        lines=lines[offset : offset + ROWS],
        total=len(lines),
        offset=offset,
        limit=ROWS,
        axis=axis,
        axes=AXES,
        attribute=attribute,
        attributes=known,
    )
