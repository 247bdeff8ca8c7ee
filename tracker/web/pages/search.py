"""Searching: subjects by their names, documents by their words."""

from markupsafe import Markup, escape
from starlette.responses import Response

from tracker.domain.ids import slug
from tracker.errors import ConfigError
from tracker.language.spoken import clean
from tracker.services.consumers.search import Found
from tracker.web.pages.visit import Visit

_MOST = 30


def page(visit: Visit) -> Response:
    """Return what is found for some words; without words, the form."""
    words = visit.text("q", longest=300)
    wrong, found = "", list[Found]()
    if words:
        try:
            found = visit.app.search.documents(words, limit=_MOST)
        except ConfigError as error:
            wrong = error.reason
    wanted = slug(words) if any(sign.isalnum() for sign in words) else ""
    subjects = [
        one for one in visit.board() if wanted and any(wanted in slug(name) for name in (one.name, *one.aliases))
    ]
    return visit.page(
        "search.html", words=words, wrong=wrong, found=found, subjects=subjects[:_MOST], most=_MOST, marked=marked
    )


def marked(found: Found) -> Markup:
    """Return the snippet of a document with the words in it marked."""
    made, at = Markup(), 0
    for start, end in sorted(found.hits):
        made += escape(clean(found.snippet[at:start])) + Markup("<mark>")
        made += escape(clean(found.snippet[start:end])) + Markup("</mark>")
        at = max(at, end)
    return made + escape(clean(found.snippet[at:]))
