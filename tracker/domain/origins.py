"""Whom a document counts for when support is counted: its publisher, and all copies of one text together."""

from collections.abc import Callable, Iterable, Mapping

from tracker.domain.document import DocumentRef
from tracker.domain.ids import DocumentId


def texts(copies: Mapping[DocumentId, DocumentId]) -> Callable[[DocumentId], DocumentId]:
    """Return what tells of a document which text it prints: one id for a text and all its copies. Blind to every order."""
    leads_to: dict[DocumentId, DocumentId] = {}

    def root(id_: DocumentId) -> DocumentId:
        while (next_ := leads_to.get(id_, id_)) != id_:
            id_ = next_
        return id_

    for copy, original in copies.items():
        first, second = sorted((root(copy), root(original)))
        leads_to[second] = first
    return root


def origins(documents: Iterable[DocumentRef], copies: Mapping[DocumentId, DocumentId]) -> dict[DocumentId, str]:
    """Return the origin of each document; `copies` says of which other document one is a copy.

    Pure, and blind to every order. What copies one text counts for whoever published it first, also when the text that
    all were made from is not among the documents.
    """
    root = texts(copies)
    named: dict[DocumentId, str] = {}
    found: dict[DocumentId, str] = {}
    # Of one day, the text that the others were made from came first.
    for document in sorted(documents, key=lambda each: (each.published_on, each.id in copies, each.id)):
        publisher = (document.publisher or document.id).casefold()
        found[document.id] = named.setdefault(root(document.id), publisher)
    return found
