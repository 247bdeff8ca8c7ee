"""Full-text search: documents by their words, the best first, each with the place where the words stand."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tracker.domain.ids import DocumentId
from tracker.errors import ConfigError
from tracker.events import codec
from tracker.events.envelope import Occurrence
from tracker.events.types import DocumentCaptured, DocumentRevised
from tracker.language.words import MOST_WORDS, Term, Word, hits, terms, words
from tracker.projections import documents
from tracker.services.consumers.consume import Progress, consume, what_happened
from tracker.store.store import Store, Transaction

CONSUMER = "search"
_AROUND = 24
"""How many words of a text are shown around what was found."""


class Found(msgspec.Struct, frozen=True):
    """One document that has the words; `hits` are where they stand in the snippet: code points, end exclusive.

    `start` is where the snippet begins in the captured text. Without hits, the words stand in the title only.
    """

    document_id: str
    id: DocumentId
    version: int
    title: str | None
    publisher: str | None
    published: str
    published_basis: str
    url: str | None
    snippet: str
    hits: tuple[tuple[int, int], ...]
    start: int


class Index:
    """The consumer that makes captured texts searchable."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def catch_up(self) -> Iterator[Progress]:
        """Bring the index to the end of the log, and yield after each batch."""
        yield from consume(self._store, CONSUMER, _put, read=what_happened, prepare=self._folded)

    def _folded(self, events: Sequence[Occurrence]) -> "Mapping[int, _Words]":
        """The words of each version that was captured, folded while nobody waits for the write lock."""
        captured = {recorded.position: event for recorded in events if (event := _captured(recorded))}
        with self._store.reading() as reading:
            texts = reading.texts.get_many(event.text_digest for event in captured.values())
        return {
            position: _Words(
                event.document_id, event.text_digest, _spelt(event.title), _spelt(texts[event.text_digest])
            )
            for position, event in captured.items()
            if event.text_digest in texts
        }


class _Words(msgspec.Struct, frozen=True):
    document_id: DocumentId
    text_digest: str
    title: Sequence[str]
    body: Sequence[str]


def _captured(recorded: Occurrence) -> DocumentCaptured | DocumentRevised | None:
    if recorded.type not in ("document.captured", "document.revised"):
        return None
    event = codec.decode_known(recorded)
    return event if isinstance(event, (DocumentCaptured, DocumentRevised)) else None


def _spelt(text: str | None) -> list[str]:
    return [word.folded for word, _ in zip(words(text or ""), range(MOST_WORDS), strict=False)]


def _put(transaction: Transaction, _events: Sequence[Occurrence], prepared: Mapping[int, _Words]) -> None:
    # What has been taken down since it was read must not come in any more.
    held = transaction.texts.get_many(each.text_digest for each in prepared.values())
    for position, each in prepared.items():
        if each.text_digest in held:
            transaction.search.put(position, each.document_id, each.text_digest, title=each.title, body=each.body)


class Search:
    """Finds documents by their words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def documents(self, query: str, *, limit: int = 20) -> list[Found]:
        """Return the documents whose newest text or title has all of these words, the best first.

        Case and accents do not matter. "Words in quotes" must follow each other, and begin* finds what begins so. Of a long
        text the first 16,000 words are searched. Raises ConfigError for a query without a word.
        """
        wanted = terms(query)
        if not wanted:
            raise ConfigError("WORDS", f"{query!r} has no word to look for")
        with self._store.reading() as reading:
            found = reading.search.find(wanted, limit=limit)
            texts = reading.texts.get_many(digest for _, digest in found)
            live = reading.views.live(documents.PROJECTION.name)
            bodies = [reading.views.get(live[0], id_) if live else None for id_, _ in found]
        return [
            _found(documents.view_of(body), texts[digest], wanted)
            for (_, digest), body in zip(found, bodies, strict=True)
            if body is not None and digest in texts
        ]


def _found(view: documents.DocumentView, text: str, wanted: Sequence[Term]) -> Found:
    newest = view.newest
    start, end, marked = _snippet(text, wanted)
    return Found(
        document_id=newest.ref.public_id,
        id=view.id,
        version=newest.version,
        title=newest.title,
        publisher=newest.publisher,
        published=newest.published,
        published_basis=newest.published_basis,
        url=newest.url,
        snippet=text[start:end],
        hits=tuple((first - start, last - start) for first, last in marked),
        start=start,
    )


def _snippet(text: str, wanted: Sequence[Term]) -> tuple[int, int, list[tuple[int, int]]]:
    """The stretch in which most of the terms stand, the first of such, and where they stand."""
    spelt: list[Word] = list(words(text))
    if not spelt:
        return 0, 0, []
    places = list(hits(wanted, spelt))
    best = 0
    if places:
        # As many terms as can be had from here to the end of the stretch.
        def within(first: int) -> int:
            return len({term for number, last, term in places if first <= number and last < first + _AROUND})

        best = max((number for number, _, _ in places[:200]), key=within)
    first = max(0, best - _AROUND // 4)
    last = min(len(spelt), first + _AROUND) - 1
    inside = [(number, end) for number, end, _ in places if first <= number and end <= last]
    return spelt[first].start, spelt[last].end, [(spelt[number].start, spelt[end].end) for number, end in inside]
