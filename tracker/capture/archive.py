"""Web archives (WARC, ISO 28500): each page, text, document in JSON or feed that a server answered with 200, dated by its capture.

Read as a stream: one record is in memory, cut off at the limit, whatever the size of the archive. A record that is damaged
is refused with the byte at which it begins, and the next one is looked for.
"""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from tracker.capture import feed, records
from tracker.capture.declared import Declared
from tracker.capture.digested import Digested
from tracker.capture.draft import Draft, Origin, part
from tracker.capture.entries import judged
from tracker.capture.item import Refused
from tracker.capture.message import Message, content_of, head_of, media_type_of
from tracker.capture.page import article, forget_pages
from tracker.capture.peek import Peeked, Stream
from tracker.capture.pinned import decode, pin
from tracker.capture.readings import Reading
from tracker.capture.unpacked import MAGIC
from tracker.capture.warc import Damage, Record, Records
from tracker.errors import BrokenFeedError, InputError, NotAFeedError

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain", "text/markdown")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_XML = ("text/xml", "application/xml")
_JSON = ("application/json",)
_DOCUMENTS = frozenset(_PAGES + _TEXTS + _FEEDS + _XML + _JSON)
_FORGET_EVERY = 500


def parse(stream: Stream, origin: Origin) -> Iterator[Draft | Refused]:
    """Yield the documents. A record that cannot be read is refused; so is the rest of an archive that breaks off.

    Raises InputError when the file is no web archive.
    """
    yield from resumed(stream, origin, Reading())


def resumed(stream: Stream, origin: Origin, reading: Reading) -> Iterator[Draft | Refused]:
    """Yield the documents from where the reading begins, and keep it up to date. A stream that seeks stands at byte 0."""
    stream, packed = _looked_at(stream)
    archive = Records(stream, reading.began, packed=packed)
    told = False
    for found in archive:
        reading.at, reading.taken = found.begin, archive.taken
        if isinstance(found, Damage):
            if found.last and not (told or reading.records or reading.began.records):
                raise InputError(origin.name, f"is no web archive: {found.reason}")
            told = True
            yield _refused(found, origin)
            continue
        reading.records += 1
        for one in _documents(found, origin, reading):
            told = True
            reading.documents += isinstance(one, Draft)
            yield one
        if found.number % _FORGET_EVERY == 0:
            forget_pages()
    reading.taken, reading.done = archive.taken, True
    if not reading.began.records and not reading.records and not told:
        raise InputError(origin.name, "is empty")
    if not reading.began.records and not told:
        yield Refused(origin.name, f"none of its {reading.records} records is a document")


def _looked_at(stream: Stream) -> tuple[Stream, bool]:
    """Return the stream at its beginning, and whether it is packed."""
    if getattr(stream, "seekable", bool)():
        start = stream.read(len(MAGIC))
        stream.seek(0)  # type: ignore[attr-defined]  # it says that it can
        return stream, start == MAGIC
    peeked = Peeked(stream, len(MAGIC))
    return peeked, peeked.head.startswith(MAGIC)


def _refused(damage: Damage, origin: Origin) -> Refused:
    if damage.last:
        reason = f"the archive breaks off after record {damage.number - 1}: {damage.reason}"
        return Refused(origin.name, f"{reason} (byte {damage.begin.at_byte:,})")
    return Refused(part(origin, damage.number), f"{damage.reason} (record at byte {damage.begin.at_byte:,})")


def _documents(record: Record, origin: Origin, reading: Reading) -> Iterator[Draft | Refused]:
    """Yield what a record holds. What is no document is counted; what is damaged the archive tells itself."""
    url = record.fields.get("warc-target-uri", "").strip("<>")
    here = Origin(part(origin, record.number), None, origin.max_bytes)
    block = Digested(record, record.fields.get("warc-block-digest"))
    try:
        message = _message(record, block)
        other = message if isinstance(message, str) else _no_document(message, url)
        if isinstance(message, str) or other:
            reading.pass_over(other)
            return
        payload = Digested(block, None if message.chunked else record.fields.get("warc-payload-digest"))
        raw = content_of(payload, message, origin.max_bytes + 1)
        payload.drain()
        if record.finish() is None:
            _check(record, raw, origin.max_bytes, whole=block.holds and payload.holds)
            kind, charset = message.media_type
            for found in _read(raw, kind, msgspec.structs.replace(here, charset=charset), url, reading):
                yield _placed(found, record)
    except ValueError as error:
        if record.finish() is None:
            yield _placed(Refused(here.name, str(error)), record)
    except InputError as error:
        yield _placed(Refused(here.name, error.reason), record)


def _message(record: Record, block: Stream) -> Message | str:
    """Return the response in a record, or what the record is instead."""
    kind = record.fields.get("warc-type", "").lower()
    if kind == "resource":
        return Message(200, record.fields)
    if kind != "response":
        return kind or "of no type"
    if media_type_of(record.fields.get("content-type", ""))[0] != "application/http":
        return "of another protocol than HTTP"
    return head_of(block)


def _no_document(message: Message, url: str) -> str:
    """Return what a response is that is no document; empty for one that may be."""
    kind, _ = message.media_type
    if message.status != 200:
        return f"status {message.status}"
    try:
        if urlsplit(url).path == "/robots.txt":
            return "robots.txt"
    except ValueError:
        pass  # an address that is none says nothing
    return "" if kind in _DOCUMENTS else kind or "of no type"


def _check(record: Record, raw: bytes, limit: int, *, whole: bool) -> None:
    if cut := record.fields.get("warc-truncated"):
        raise ValueError(f"the crawler cut the page off ({cut[:40]})")
    if "warc-segment-number" in record.fields:
        raise ValueError("the page is cut into segments, which are not put together here")
    if not whole:
        raise ValueError("the page is not what was archived: its digest differs")
    if len(raw) > limit:
        raise ValueError(f"the page is larger than {limit:,} bytes")
    if not raw.strip():
        raise ValueError("the page is empty")


def _read(raw: bytes, kind: str, origin: Origin, url: str, reading: Reading) -> Iterator[Draft | Refused]:
    """Yield the drafts in the content of a response."""
    if kind in _PAGES:
        yield article(raw, origin, url=url)
    elif kind in _TEXTS:
        text = pin(decode(raw, charset=origin.charset, guess=True))
        yield Draft(text, kind, Declared.lenient({"url": url}))
    else:
        found = _in_feed(raw, kind, origin, url) or _in_json(raw, origin, url)
        yield from found
        if not found and kind in _FEEDS:
            raise InputError(origin.name, f"is called {kind} and is no feed")
        if not found:
            reading.pass_over(kind)


def _in_feed(raw: bytes, kind: str, origin: Origin, url: str) -> Sequence[Draft | Refused]:
    """Return the entries of a feed as it is polled, nothing for what is none."""
    try:
        channel = feed.read(raw, origin)
    except NotAFeedError:
        return ()
    except BrokenFeedError:
        if kind in _JSON:
            return ()  # scripts and their answers, under the same name
        raise
    if not channel.entries and not channel.damage:
        return [Refused(origin.name, "is a feed without entries")]
    return judged(channel, origin, url=url or None).found


def _in_json(raw: bytes, origin: Origin, url: str) -> Sequence[Draft | Refused]:
    """Return documents as `tracker ingest` takes them in a file, nothing for other JSON, as most of the web's is."""
    if raw.lstrip()[:1] not in (b"{", b"["):
        return ()
    try:
        found = list(records.parse(io.BytesIO(raw), origin))
    except InputError:
        return ()
    if not any(isinstance(one, Draft) for one in found):
        return ()
    here = Declared.lenient({"url": url})
    return [_alone(one, here) if isinstance(one, Draft) and one.number is None else one for one in found]


def _alone(draft: Draft, here: Declared) -> Draft:
    """Return the one document of a response, which lies where the response came from unless it says otherwise."""
    return msgspec.structs.replace(draft, declared=draft.declared.over(here))


def _placed(found: Draft | Refused, record: Record) -> Draft | Refused:
    """Return what was found under the number of its record."""
    if isinstance(found, Refused):
        name = found.source.rpartition("#")[0] if found.source.count("#") > 1 else found.source
        return Refused(name, f"{found.reason} (record at byte {record.begin.at_byte:,})")
    return msgspec.structs.replace(found, number=record.number, seen_on=_day(record))


def _day(record: Record) -> dt.date | None:
    try:
        return dt.date.fromisoformat(record.fields.get("warc-date", "")[:10])
    except ValueError:
        return None
