"""What was fetched, as a web archive (WARC 1.1, ISO 28500:2017) that any tool for archives reads.

warcinfo     which program wrote it
response     each response with its bytes, as the fetcher got them: unpacked, and the fields that spoke of packing renamed
revisit      the same bytes again, from wherever: the response that brought them first is named
metadata     a response whose bytes were taken down, and the position of the event that says why
"""

import hashlib
import http
import io
import uuid
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tracker.errors import ConfigError, NotFoundError
from tracker.store.blobs import ALL, Response, Span
from tracker.store.store import Store, Transaction

VERSION: Final = "WARC/1.1"
_STANDARD: Final = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_SAME: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NAMESPACE: Final = uuid.UUID("6f0f3d64-6a1e-5c0b-9d5b-2f6a6f2f1b7e")
_PAGE: Final = 200
"""Responses that one reading of the database takes; of their bytes one is in memory at a time."""
# What these say is no longer true of the bytes that are kept. Wayback machines look for the originals under this prefix.
_UNDONE: Final = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL: Final = "X-Archive-Orig-"


class Archived(msgspec.Struct, frozen=True):
    """What was written: responses with their bytes, those that came again, those taken down, and the bytes in all."""

    file: str
    responses: int
    revisits: int
    redacted: int
    bytes: int
    first: str
    last: str


class Warc:
    """Writes web archives."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, path: Path, *, span: Span = ALL, on_progress: Callable[[int, int], None]) -> Archived:
        """Write an archive to a file, which is there when it is whole, and never before.

        Raises ConfigError when it cannot be written, NotFoundError as `write` does.
        """
        self._check(span)
        growing = path.with_name(path.name + ".part")
        try:
            with growing.open("wb") as out:
                made = self.write(out, name=str(path), span=span, on_progress=on_progress)
            growing.replace(path)
        except OSError as error:
            raise ConfigError(str(path), f"cannot be written: {error.strerror or error}") from None
        finally:
            growing.unlink(missing_ok=True)
        return made

    def write(self, out: BinaryIO, *, name: str, span: Span = ALL, on_progress: Callable[[int, int], None]) -> Archived:
        """Write the responses of a span of time, each as a gzip member of its own, and return what was written.

        The same responses give the same bytes, on any day and under any name. What is kept or taken down while it writes may
        be in it or not. Raises NotFoundError when there is nothing to write.
        """
        total, end, newest = self._check(span)
        writer = _Writer(out)
        writer.info(newest)
        done = 0
        first = last = ""
        after = 0
        while after < end:
            with self._store.reading() as reading:
                page = reading.blobs.responses(after=after, span=span, limit=_PAGE)
                originals = reading.blobs.firsts([one.digest for one in page], span=span)
                for response in page:
                    if response.number <= end:
                        writer.put(reading, response, originals[response.digest])
                        first, last = min(first or response.at, response.at), max(last, response.at)
                        done += 1
            on_progress(done, total)
            after = page[-1].number if page else end
        counted = writer.counted
        return Archived(name, counted["response"], counted["revisit"], counted["metadata"], writer.bytes, first, last)

    def _check(self, span: Span) -> tuple[int, int, str]:
        with self._store.reading() as reading:
            found = reading.blobs.count(span)
        if not found[0]:
            asked = f"from {span.since or 'the beginning'} to {span.before or 'now'}"
            raise NotFoundError("response", asked, "`tracker feeds poll` and `tracker run` keep what they fetch")
        return found


class _Writer:
    """Makes records, by warcio, and counts them. Dates, ids and digests are given, so that nothing depends on the day."""

    def __init__(self, out: BinaryIO) -> None:
        self._warc = WARCWriter(out, gzip=True, warc_version="1.1")
        self.counted = {"warcinfo": 0, "response": 0, "revisit": 0, "metadata": 0}
        self.bytes = 0

    def info(self, date: str) -> None:
        told = {"software": f"tracker/{version('tracker')}", "format": VERSION, "conformsTo": _STANDARD}
        self._fields("warcinfo", {"WARC-Record-ID": _id("warcinfo", date), "WARC-Date": date}, told)

    def put(self, reading: Transaction, response: Response, original: Response) -> None:
        body = reading.blobs.get(response.digest)
        named = {
            "WARC-Record-ID": _id("response", response.number, response.url, response.at, response.digest),
            "WARC-Target-URI": response.url,
            "WARC-Date": response.at,
        }
        if body is None:
            told = {"redacted": f"taken down by the event at position {response.redacted}"}
            self._fields("metadata", named, told)
            return
        digest = {"WARC-Payload-Digest": f"sha256:{response.digest}"}
        if response.number == original.number:
            self.bytes += len(body)
            self._http("response", named | digest, response, body, length=len(body))
            return
        again = {
            "WARC-Profile": _SAME,
            "WARC-Refers-To": _id("response", original.number, original.url, original.at, original.digest),
            "WARC-Refers-To-Target-URI": original.url,
            "WARC-Refers-To-Date": original.at,
        }
        self._http("revisit", named | digest | again, response, b"", length=len(body))

    def _http(self, kind: str, fields: Mapping[str, str], response: Response, body: bytes, *, length: int) -> None:
        head = _head(response, length)
        block = hashlib.sha256(head.to_ascii_bytes() + body).hexdigest()
        self._write(kind, {**fields, "WARC-Block-Digest": f"sha256:{block}"}, body, response.url, http_headers=head)

    def _fields(self, kind: str, fields: Mapping[str, str], told: Mapping[str, str]) -> None:
        body = "".join(f"{name}: {value}\r\n" for name, value in told.items()).encode()
        block = f"sha256:{hashlib.sha256(body).hexdigest()}"
        digests = {"WARC-Block-Digest": block} | ({} if kind == "warcinfo" else {"WARC-Payload-Digest": block})
        given = {**fields, **digests, "Content-Type": "application/warc-fields"}
        self._write(kind, given, body, fields.get("WARC-Target-URI", ""))

    def _write(self, kind: str, fields: Mapping[str, str], body: bytes, url: str, **more: Any) -> None:  # noqa: ANN401 -- warcio has no types
        record = self._warc.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), warc_headers_dict=dict(fields), **more
        )
        self._warc.write_record(record)
        self.counted[kind] += 1


def _head(response: Response, length: int) -> StatusAndHeaders:
    """Return the head of a response as it is true of the bytes that are kept."""
    fields = [
        (_ORIGINAL + name if name.lower() in _UNDONE else name, value)
        for name, value in response.headers
        if name.lower() != "content-length"
    ]
    fields.append(("Content-Length", str(length)))
    try:
        phrase = http.HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    return StatusAndHeaders(f"{response.status} {phrase}".strip(), fields, protocol="HTTP/1.1")


def _id(*parts: object) -> str:
    return f"<urn:uuid:{uuid.uuid5(_NAMESPACE, ' '.join(map(str, parts)))}>"
