"""Which documents a story knows, and what one more of them adds: news, or a copy that repeats what was printed before."""

from collections.abc import Mapping

import msgspec

from tracker.domain.document import DocumentRef
from tracker.domain.ids import DocumentId
from tracker.domain.origins import texts
from tracker.domain.said import Said
from tracker.projections.entries import Reading
from tracker.projections.hearing import Told, statement

_Place = tuple[str, bool, str]


class _Text:
    """One text and all that print it: who printed it first, whose it is therefore, and what was said in which of them first."""

    def __init__(self) -> None:
        self.origin: str | None = None
        self.printed: _Place = ("", False, "")
        self.first: dict[tuple[object, ...], tuple[_Place, str]] = {}

    def add(self, place: _Place, document: DocumentRef, said: list[Said]) -> None:
        """Take in a document that comes after the first."""
        if self.origin is None:
            self.origin, self.printed = _publisher(document), place
        for one in said:
            self.first.setdefault(statement(one), (place, document.public_id))

    def is_before(self, place: _Place, marks: set[tuple[object, ...]]) -> bool:
        """Whether a document that says these things comes before what so far was the first to say one of them."""
        if self.origin is not None and place < self.printed:
            return True
        return any(mark in self.first and place < self.first[mark][0] for mark in marks)


class Reprints:
    """The documents of a story, and of those that print one text what each said first."""

    def __init__(self, everything: Told) -> None:
        self._copies = set(everything.copies)
        self._known: set[DocumentId] = {*everything.documents, *everything.judged}
        self._known |= {*everything.copies, *everything.copies.values()}
        self._refs: dict[DocumentId, DocumentRef] = dict(everything.documents)
        self._said: dict[DocumentId, list[Said]] = {}
        for said in everything.said:
            if not said.pinned:
                self._said.setdefault(said.document.id, []).append(said)
        self._texts: dict[DocumentId, _Text] = {}
        self._printed_by = _printed_by(everything.copies)

    def news(self, reading: Reading) -> list[Said] | None:
        """Return the claims of a document that nobody has heard of; None, and nothing is taken in, if it is another.

        Another is also a copy that comes before the documents that it repeats: those repeat it then.
        """
        document = reading.document
        if document.id in self._known:
            return None
        origin = _publisher(document)
        said = [Said(claim, document, origin, reading.position, reading.recorded_at) for claim in reading.claims]
        if reading.copy_of is not None:
            text, place = self._text(reading.copy_of), self._place(document, copy=True)
            if text.is_before(place, {statement(one) for one in said}):
                return None
            said = [_repeated(one, text) for one in said]
        self._known.add(document.id)
        self._refs[document.id], self._said[document.id] = document, said
        if reading.copy_of is not None:
            self._known.add(reading.copy_of)
            self._copies.add(document.id)
            self._texts[document.id] = text
            text.add(place, document, said)
        return said

    def _text(self, id_: DocumentId) -> _Text:
        """The text that a document prints."""
        text = self._texts.get(id_)
        if text is None:
            text = _Text()
            printed = [each for each in self._printed_by.get(id_, (id_,)) if each in self._refs]
            in_order = sorted((self._place(self._refs[each], copy=each in self._copies), each) for each in printed)
            for place, each in in_order:
                text.add(place, self._refs[each], self._said.get(each, []))
            for each in (id_, *printed, *self._printed_by.get(id_, ())):
                self._texts[each] = text
        return text

    def _place(self, document: DocumentRef, *, copy: bool) -> _Place:
        return document.published_on.isoformat(), copy, document.id


def _repeated(said: Said, text: _Text) -> Said:
    """A claim as a copy makes it: it counts for whoever printed the text first, and adds nothing if that was in it."""
    before = text.first.get(statement(said))
    copy_of = before[1] if before else None
    return msgspec.structs.replace(said, origin=text.origin or said.origin, copy_of=copy_of)


def _publisher(document: DocumentRef) -> str:
    return (document.publisher or document.id).casefold()


def _printed_by(copies: Mapping[DocumentId, DocumentId]) -> dict[DocumentId, tuple[DocumentId, ...]]:
    """Of each document that is a copy or an original: all that print the same text."""
    root = texts(copies)
    together: dict[DocumentId, list[DocumentId]] = {}
    for id_ in sorted({*copies, *copies.values()}):
        together.setdefault(root(id_), []).append(id_)
    return {id_: tuple(ids) for ids in together.values() for id_ in ids}
