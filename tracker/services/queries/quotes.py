"""The very words behind a claim: texts fetched once each, sentences found around a quote."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from tracker.domain.document import Evidence
from tracker.domain.ids import DocumentId
from tracker.events import codec
from tracker.events.envelope import stream_name
from tracker.events.types import DocumentCaptured
from tracker.language.text import sentences

if TYPE_CHECKING:
    # Reading a document without storing it needs quotes and no database.
    from tracker.store.store import Transaction

Version = tuple[DocumentId, int]


class Quote(msgspec.Struct, frozen=True):
    """A quote with its place: code points in the captured text, end exclusive. None when the text is no longer held."""

    quote: str | None
    start: int
    end: int


class Sentence(msgspec.Struct, frozen=True):
    """The sentence around a quote, cut where the quote begins and ends, so that it can be marked."""

    before: str
    quote: str
    after: str


class Quotes:
    """The texts that one answer needs."""

    def __init__(self, transaction: "Transaction", versions: Iterable[Version]) -> None:
        wanted = set(versions)
        digests: dict[Version, str] = {}
        for id_ in {document for document, _ in wanted}:
            for recorded in transaction.log.read(stream=stream_name("document", id_)):
                event = codec.decode(recorded) if recorded.type != "claims.extracted" else None
                if isinstance(event, DocumentCaptured):
                    digests[id_, event.version] = event.text_digest
        texts = transaction.texts.get_many(digests[version] for version in wanted if version in digests)
        self._texts = {version: texts[digest] for version, digest in digests.items() if digest in texts}

    def text(self, version: Version) -> str | None:
        """Return a whole text."""
        return self._texts.get(version)

    def quote(self, version: Version, evidence: Evidence) -> Quote:
        """Return the quote of a piece of evidence."""
        text = self._texts.get(version)
        return Quote(evidence.quote(text) if text is not None else None, evidence.start, evidence.end)

    def sentence(self, version: Version, evidence: Evidence) -> Sentence | None:
        """Return the sentence (or sentences) that a quote stands in."""
        text = self._texts.get(version)
        if text is None:
            return None
        around = [s for s in sentences(text) if s.start < evidence.end and evidence.start < s.end]
        start = min([evidence.start, *(s.start for s in around)])
        end = max([evidence.end, *(s.end for s in around)])
        parts = (text[start : evidence.start], evidence.quote(text), text[evidence.end : end])
        return Sentence(*(part.replace("\n", " ") for part in parts))
