"""Slips over all: which plans moved how often and how far."""

from starlette.responses import Response

from tracker.language import spoken
from tracker.services.queries.slips import slips
from tracker.web.charts.moved import Moved, moved_chart
from tracker.web.pages.visit import Visit

ROWS = 100
_DRAWN = 20


def page(visit: Visit) -> Response:
    """Return the table of slips, with a picture of those that moved most."""
    app = visit.app
    found = visit.keep(("slips", visit.as_of), lambda: slips(app.query, as_of=visit.as_of))
    offset = visit.number("offset", 0)
    shown = found[offset : offset + ROWS]
    moved = [one for one in shown if one.days][:_DRAWN]
    names = [one.name for one in moved]
    rows = [
        Moved(
            one.name
            if names.count(one.name) == 1
            else f"{one.name}, {spoken.label(one.subject.partition('/')[0], one.attribute).lower()}",
            one.first,
            one.now,
            spoken.days(one.days),
        )
        for one in moved
    ]
    return visit.page(
        "slips.html", slips=shown, total=len(found), offset=offset, limit=ROWS, picture=moved_chart("moved", rows)
    )
