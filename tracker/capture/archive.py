"""Web archives (WARC, ISO 28500): each page that a server answered with 200 is a document, dated by the day of its capture.

Read as a stream: one record is in memory, cut off at the limit, whatever the size of the archive.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tracker.capture.declared import Declared
from tracker.capture.draft import Draft, Origin, part, read_up_to
from tracker.capture.item import Refused
from tracker.capture.page import article, forget_pages
from tracker.capture.peek import Peeked, Stream
from tracker.capture.pinned import decode, pin
from tracker.capture.unpacked import MAGIC, Unpacked
from tracker.errors import InputError

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain", "text/markdown")
_FORGET_EVERY = 500


def parse(stream: Stream, origin: Origin) -> Iterator[Draft | Refused]:
    """Yield the pages. A record that cannot be read is refused; so is the rest of an archive that breaks off.

    Raises InputError when the file is no web archive.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 -- only archives pay for it

    content = _Ending(_unpacked(stream))
    number = pages = 0
    try:
        for number, record in enumerate(ArchiveIterator(content), start=1):
            found = _document(record, number, origin)
            if found is not None:
                pages += 1
                yield found
            if number % _FORGET_EVERY == 0:
                forget_pages()
            _refuse_broken_off(record)
        if number and not content.last.endswith((b"\r\n\r\n", b"\n\n")):
            raise EOFError("the file ends within the header of a record")  # noqa: TRY301 -- warcio stops there without a word
    except Exception as error:  # noqa: BLE001 -- warcio raises whatever zlib, the parser or the file gives
        problem = " ".join(str(error).split())[:120] or type(error).__name__
        if not number:
            raise InputError(origin.name, f"is no web archive: {problem}") from None
        yield Refused(origin.name, f"the archive breaks off after record {number}: {problem}")
        return
    if not number:
        raise InputError(origin.name, "is no web archive" if content.last else "is empty")
    if not pages:
        yield Refused(origin.name, f"none of its {number} records is a page")


class _Ending:
    """A stream that remembers its last four bytes: each record ends in two line ends (ISO 28500, section 4)."""

    def __init__(self, stream: Peeked | Unpacked) -> None:
        self._stream = stream
        self.last = b""

    def read(self, size: int = 1 << 16, /) -> bytes:
        found = self._stream.read(size)
        self.last = (self.last + found[-4:])[-4:]
        return found


def _unpacked(stream: Stream) -> Peeked | Unpacked:
    peeked = Peeked(stream, len(MAGIC))
    return Unpacked(peeked) if peeked.head.startswith(MAGIC) else peeked


def _refuse_broken_off(record: Any) -> None:  # noqa: ANN401 -- warcio has no types
    """Read the rest of a record, and raise EOFError when it is shorter than its header says."""
    while record.raw_stream.read(1 << 16):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("the record is shorter than its header says")


def _document(record: Any, number: int, origin: Origin) -> Draft | Refused | None:  # noqa: ANN401 -- warcio has no types
    """Return the document of a record, None for what is no page: requests, images, errors of the server."""
    kind, charset = _content_type(record)
    if kind not in _PAGES + _TEXTS or not _answered(record):
        return None
    name = part(origin, number)
    raw = read_up_to(record.content_stream(), origin.max_bytes + 1)
    if len(raw) > origin.max_bytes:
        return Refused(name, f"the page is larger than {origin.max_bytes:,} bytes")
    if not raw.strip():
        return Refused(name, "the page is empty")
    _refuse_broken_off(record)
    url = record.rec_headers.get_header("WARC-Target-URI")
    here = Origin(name, None, origin.max_bytes, charset)
    try:
        draft = article(raw, here, url=url) if kind in _PAGES else _text(raw, kind, here, url)
    except InputError as error:
        return Refused(name, error.reason)
    return Draft(draft.text, draft.media_type, draft.declared, number, _day(record))


def _content_type(record: Any) -> tuple[str, str | None]:  # noqa: ANN401 -- warcio has no types
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    if record.rec_type not in ("response", "resource") or headers is None:
        return "", None
    value = str(headers.get_header("Content-Type") or "")[:200]
    kind, _, parameters = value.partition(";")
    _, named, charset = parameters.lower().partition("charset=")
    return kind.strip().lower(), charset.strip(" \"';") if named else None


def _answered(record: Any) -> bool:  # noqa: ANN401 -- warcio has no types
    return record.http_headers is None or str(record.http_headers.get_statuscode()) == "200"


def _text(raw: bytes, kind: str, origin: Origin, url: str | None) -> Draft:
    try:
        return Draft(pin(decode(raw, charset=origin.charset, guess=True)), kind, Declared.lenient({"url": url}))
    except ValueError as error:
        raise InputError(origin.name, str(error)) from None


def _day(record: Any) -> dt.date | None:  # noqa: ANN401 -- warcio has no types
    try:
        return dt.date.fromisoformat(str(record.rec_headers.get_header("WARC-Date"))[:10])
    except ValueError:
        return None
