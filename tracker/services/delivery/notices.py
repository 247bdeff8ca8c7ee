"""Changes as they are told: with the subject's name, the very words of the source, and who says so."""

from collections.abc import Callable, Mapping, Sequence

from tracker.domain.ids import DocumentId, SubjectId
from tracker.errors import NotFoundError
from tracker.projections import documents
from tracker.services.delivery.content import Item
from tracker.services.queries.answers import HistoryLine, history_line, taken
from tracker.services.queries.look import Look
from tracker.services.queries.query import Query
from tracker.services.queries.quotes import Quotes


class Notice(HistoryLine, frozen=True):
    """A change of a view, as in a history; `id` is the same in every message that tells it to a subscription."""

    id: str
    name: str
    publisher: str | None
    title: str | None
    url: str | None
    why: str | None
    """The page that tells why the value holds, where pages are served."""


Why = Callable[[SubjectId, str], str | None]
"""Gives the address of the page on an attribute of a subject; None where nothing is served."""


def notices(query: Query, items: Sequence[Item], why: Why) -> list[Notice]:
    """Return what is told of changes, as names, texts and sources are now: a text that was taken down is not quoted."""
    with query.looking() as look:
        changes = [each.change for each in items]
        quotes = Quotes(look.reading, ((change.document, change.document_version) for change in changes))
        sources = _sources(look, {change.document for change in changes})
        names = {subject: _name(look, subject) for subject in {change.subject for change in changes}}
        return [
            taken(
                Notice,
                history_line(each.change, quotes),
                id=each.id,
                name=names[each.change.subject],
                why=why(each.change.subject, each.change.attribute),
                **_version(sources.get(each.change.document), each.change.document_version),
            )
            for each in items
        ]


def _sources(look: Look, wanted: set[DocumentId]) -> Mapping[DocumentId, documents.DocumentView]:
    live = look.reading.views.live(documents.PROJECTION.name)
    bodies = {id_: look.reading.views.get(live[0], id_) for id_ in wanted} if live else {}
    return {id_: documents.view_of(body) for id_, body in bodies.items() if body is not None}


def _version(view: documents.DocumentView | None, version: int) -> dict[str, str | None]:
    if view is None:
        return {"publisher": None, "title": None, "url": None}
    captured = next((one.document for one in view.versions if one.document.version == version), view.newest)
    return {"publisher": captured.publisher, "title": captured.title, "url": captured.url}


def _name(look: Look, subject: str) -> str:
    try:
        view = look.view(look.identify(subject))
    except NotFoundError:
        return subject
    return view.name if view is not None else subject
