"""What cannot hold together: every open conflict with the words of both sides, and those that somebody lets be."""

from starlette.responses import Response

from tracker.services.queries.conflicts import conflicts
from tracker.web.pages.visit import Visit

ROWS = 50


def page(visit: Visit) -> Response:
    """Return the board of conflicts."""
    found = visit.keep(("conflicts", visit.as_of), lambda: conflicts(visit.app.query, as_of=visit.as_of))
    open_ = [line for line in found if line.acknowledged is None]
    offset = visit.number("offset", 0)
    return visit.page(
        "conflicts.html",
        open=open_[offset : offset + ROWS],
        total=len(open_),
        offset=offset,
        limit=ROWS,
        acknowledged=[line for line in found if line.acknowledged is not None][:ROWS],
    )
