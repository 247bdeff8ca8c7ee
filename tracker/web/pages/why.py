"""Why a value holds: the sentence, the arithmetic, the rules in words, and everything that lost."""

from starlette.responses import Response

from tracker.web.pages.subject import asked_for
from tracker.web.pages.visit import Visit


def page(visit: Visit) -> Response:
    """Return the reasons for the values of one attribute."""
    attribute = visit.request.path_params["attribute"]
    why = visit.app.explain.attribute(asked_for(visit), attribute, as_of=visit.as_of)
    subject = visit.app.query.subject(why.subject, as_of=visit.as_of)
    return visit.page("why.html", why=why, subject=subject, kind=subject.kind, attribute=attribute)
