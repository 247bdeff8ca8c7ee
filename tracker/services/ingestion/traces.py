"""Where a document lies in the raw bytes that were fetched: on its own page, and in the feeds that carried it.

An entry stands in a feed for weeks, next to others, and each response in which it stands was kept. Which of them those are is
told by the bytes themselves.
"""

import html
import re
from collections.abc import Iterable, Iterator

import msgspec

from tracker.capture.pinned import decode
from tracker.domain.ids import DocumentId
from tracker.events import codec
from tracker.events.envelope import stream_name
from tracker.events.types import ContentRedacted, DocumentCaptured
from tracker.store.blobs import Response, blob_digest, page_series
from tracker.store.store import Transaction

_DECLARED = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_NOT_A_WORD = re.compile(r"[\W_]+")
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_PROBE, _SHORTEST = 60, 12
"""Letters and digits of a piece of text, and of the shortest piece that no other document has by chance."""
_MANY = 100


class Trace(msgspec.Struct, frozen=True):
    """What gives a document away: the addresses of its pages, and pieces of it without spaces, signs and capitals."""

    document: DocumentId
    pages: frozenset[str]
    pieces: frozenset[str]


def trace_of(document: DocumentId, versions: Iterable[DocumentCaptured], texts: Iterable[str]) -> Trace:
    """Return what to look for, from all versions of a document and those of their texts that are held. Pure."""
    known = list(versions)
    urls = {version.url for version in known if version.url}
    names = {
        _SCHEME.sub("", url.partition("?")[0] if "/" in url[10:].partition("?")[0].rstrip("/") else url) for url in urls
    }
    names |= {version.external_id for version in known if version.external_id}
    pieces = {_folded(name) for name in names}
    for text in texts:
        whole = _folded(text)
        middle = len(whole) // 2
        pieces |= {whole[:_PROBE], whole[middle : middle + _PROBE], whole[-_PROBE:]}
    telling = frozenset(piece for piece in pieces if len(piece) >= _SHORTEST)
    return Trace(document, frozenset(urls), telling or frozenset(pieces - {""}))


def raw_of(reading: Transaction, trace: Trace, *, after: int = 0) -> frozenset[str]:
    """Return the digests of the held bytes in which a document lies, of the responses behind a number.

    Its pages are taken whole, whenever they were fetched; of its feeds, the responses in which it can be found.
    """
    series = set(reading.blobs.series_of(trace.document)) | {page_series(url) for url in trace.pages}
    found: set[str] = set()
    for one in sorted(series):
        for digest in _digests(reading, one, after):
            body = reading.blobs.get(digest) if digest not in found else None
            if body is not None and (one.startswith("page/") or speaks_of(body, trace)):
                found.add(digest)
    return frozenset(found)


def keep(
    transaction: Transaction,
    body: bytes,
    *,
    url: str,
    at: str,
    status: int = 200,
    headers: Iterable[tuple[str, str]] = (),
    feed: str | None = None,
) -> Response:
    """Keep a response as `Blobs.keep` does, but not its bytes when a document that was taken down stands in them.

    A feed goes on carrying an entry after it was taken down here. It is known by its address and its id, which the log holds.
    """
    series = feed or page_series(url)
    for position in transaction.blobs.redacted_by():
        for recorded in transaction.log.read(after=position - 1, limit=1):
            event = codec.decode(recorded)
            if isinstance(event, ContentRedacted) and _stands_in(transaction, event.document_id, body, url, series):
                transaction.blobs.refuse(blob_digest(body), position=position)
    return transaction.blobs.keep(body, url=url, at=at, status=status, headers=headers, feed=feed)


def _stands_in(transaction: Transaction, document: DocumentId, body: bytes, url: str, series: str) -> bool:
    versions = versions_of(transaction, document)
    found = series in transaction.blobs.series_of(document)
    if (found and series.startswith("page/")) or url in {version.url for version in versions}:
        return True
    if not found:
        return False
    known = trace_of(document, versions, ())
    # A short id such as "1" stands in every response.
    long = frozenset(piece for piece in known.pieces if len(piece) >= _SHORTEST)
    return speaks_of(body, msgspec.structs.replace(known, pieces=long))


def versions_of(reading: Transaction, document: DocumentId) -> list[DocumentCaptured]:
    """Return every version of a document, the oldest first."""
    decoded = map(codec.decode, reading.log.read(stream=stream_name("document", document)))
    return [event for event in decoded if isinstance(event, DocumentCaptured)]


def speaks_of(body: bytes, trace: Trace) -> bool:
    """Whether a document stands in these bytes, however they are encoded, escaped and marked up. Pure."""
    declared = _DECLARED.search(body[:2048])
    try:
        text = decode(body, charset=declared[1].decode("ascii") if declared else None)
    except ValueError:
        text = body.decode("latin-1")
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # Feeds hold markup that was escaped once or twice. Words are looked for without the tags, addresses within them.
    forms = [text, html.unescape(text), html.unescape(html.unescape(text))]
    folded = [_folded(form) for text in forms for form in (text, _TAG.sub("", text))]
    return any(piece in form for form in folded for piece in trace.pieces)


def _digests(reading: Transaction, series: str, after: int) -> Iterator[str]:
    while page := reading.blobs.responses(after=after, series=series, limit=_MANY):
        yield from (response.digest for response in page)
        after = page[-1].number


def _folded(text: str) -> str:
    return _NOT_A_WORD.sub("", text).casefold()
