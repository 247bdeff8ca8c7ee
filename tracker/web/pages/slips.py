"""Slips over all: which plans moved how often and how far."""

from starlette.responses import Response

from tracker.services.slips import slips
from tracker.web.charts.moved import Moved, moved_chart
from tracker.web.pages import spoken
from tracker.web.pages.visit import Visit

_DRAWN = 20


def page(visit: Visit) -> Response:
    """Return the table of slips, with a picture of those that moved most."""
    app = visit.app
    found = visit.keep(("slips", visit.as_of), lambda: slips(app.query, as_of=visit.as_of))
    names = [one.name for one in found]
    rows = [
        Moved(
            one.name if names.count(one.name) == 1 else f"{one.name}, {spoken.words(one.attribute)}",
            one.first,
            one.now,
            spoken.days(one.days),
        )
        for one in found
        if one.days
    ]
    furthest = sorted(rows, key=lambda row: row.days == "")[:_DRAWN]
    return visit.page("slips.html", slips=found, picture=moved_chart("moved", furthest))
