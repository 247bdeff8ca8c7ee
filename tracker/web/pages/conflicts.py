"""What cannot hold together: every open conflict with the words of both sides, and those that somebody lets be."""

from starlette.responses import Response

from tracker.services.conflicts import conflicts
from tracker.web.pages.visit import Visit


def page(visit: Visit) -> Response:
    """Return the board of conflicts."""
    found = visit.keep(("conflicts", visit.as_of), lambda: conflicts(visit.app.query, as_of=visit.as_of))
    return visit.page(
        "conflicts.html",
        open=[line for line in found if line.acknowledged is None],
        acknowledged=[line for line in found if line.acknowledged is not None],
    )
