"""Open conflicts: values that cannot hold together, with the words of both sides."""

from collections.abc import Iterator

import msgspec

from tracker.domain.act import Act
from tracker.domain.asof import AsOf
from tracker.domain.ids import ClaimId, SubjectId
from tracker.domain.said import Said
from tracker.domain.view import Conflict, SubjectView
from tracker.services.queries.look import Look
from tracker.services.queries.query import Query
from tracker.services.queries.quotes import Quote, Quotes


class Side(msgspec.Struct, frozen=True):
    """One claim of a conflict; the first one is what is shown as holding."""

    value: str
    modality: str
    claim_id: ClaimId
    document_id: str
    publisher: str | None
    published: str
    url: str | None
    evidence: Quote


class ConflictLine(msgspec.Struct, frozen=True):
    """A conflict with its sides; `acknowledged` says who lets it be, and why."""

    subject: SubjectId
    name: str
    attribute: str
    values: tuple[str, ...]
    sides: tuple[Side, ...]
    acknowledged: Act | None


def conflicts(query: Query, name: str | None = None, *, as_of: AsOf | None = None) -> list[ConflictLine]:
    """Return the conflicts of one subject or of all: open ones first, then those that a curator has acknowledged.

    Raises NotFoundError for an unknown subject.
    """
    with query.looking(as_of) as look:
        views = look.views() if name is None else filter(None, [look.view(look.identify(name))])
        found = [line for view in views if view.conflicts for line in _of(look, view)]
    return sorted(found, key=lambda line: line.acknowledged is not None)


def _of(look: Look, view: SubjectView) -> Iterator[ConflictLine]:
    by_id = {said.claim.id: said for said in look.heard(view.id).said}
    wanted = [by_id[id_] for conflict in view.conflicts for id_ in conflict.claim_ids if id_ in by_id]
    quotes = Quotes(look.reading, ((said.document.id, said.document.version) for said in wanted))
    for conflict in view.conflicts:
        yield _line(view, conflict, [by_id[id_] for id_ in conflict.claim_ids if id_ in by_id], quotes)


def _line(view: SubjectView, conflict: Conflict, said: list[Said], quotes: Quotes) -> ConflictLine:
    sides = tuple(
        Side(
            value=each.claim.value,
            modality=each.claim.modality,
            claim_id=each.claim.id,
            document_id=each.document.public_id,
            publisher=each.document.publisher,
            published=each.document.published,
            url=each.document.url,
            evidence=quotes.quote((each.document.id, each.document.version), each.claim.evidence),
        )
        for each in said
    )
    return ConflictLine(view.id, view.name, conflict.attribute, conflict.values, sides, conflict.acknowledged)
