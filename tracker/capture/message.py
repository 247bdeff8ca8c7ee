"""An HTTP response as an archive keeps it (RFC 9112): status, fields, and the content with its codings undone."""

import re
import zlib
from collections.abc import Mapping

import msgspec

from tracker.capture.draft import read_up_to
from tracker.capture.peek import Stream

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_LONGEST_LINE, _LONGEST_HEAD = 65_536, 262_144
_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,12})\s*(?:;.*)?\r?\n")
_CHUNK = 1 << 16
_GZIP, _ZLIB, _RAW = 31, 15, -15
_CODINGS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}


class Message(msgspec.Struct, frozen=True):
    """The head of a response: the status, and the first of the fields of each name, in lower case."""

    status: int
    fields: Mapping[str, str]

    @property
    def media_type(self) -> tuple[str, str | None]:
        """What the content is, in lower case, and the charset that it is said to be in."""
        return media_type_of(self.fields.get("content-type", ""))

    @property
    def chunked(self) -> bool:
        """Whether the content comes in chunks with their sizes between them."""
        return self.fields.get("transfer-encoding", "").strip().lower().endswith("chunked")


def media_type_of(value: str) -> tuple[str, str | None]:
    """Return the two parts of a Content-Type that matter here."""
    kind, _, parameters = value[:200].partition(";")
    _, named, charset = parameters.lower().partition("charset=")
    return kind.strip().lower(), charset.split(";")[0].strip(" \"'") if named else None


def head_of(stream: Stream) -> Message:
    """Read the head of a response, and leave the stream where its content begins. Raises ValueError, saying why."""
    status = _STATUS.match(stream.readline(_LONGEST_LINE))
    if status is None:
        raise ValueError("it holds no HTTP response")
    fields: dict[str, str] = {}
    left = _LONGEST_HEAD
    while (line := stream.readline(_LONGEST_LINE)).strip():
        left -= len(line)
        if left < 0:
            raise ValueError("the header of its HTTP response is too long")
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return Message(int(status[1]), fields)


def content_of(stream: Stream, message: Message, limit: int) -> bytes:
    """Return the content of a response, unpacked, and no more of it than `limit` bytes. Raises ValueError, saying why.

    What is said to be chunked or packed and is not is taken as it is: crawlers undo codings and leave the fields.
    """
    codings = [coding.strip().lower() for coding in message.fields.get("content-encoding", "").split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if len(codings) > 1 or any(coding not in _CODINGS for coding in codings):
        raise ValueError(f"it is packed as {', '.join(codings)[:60]!r}, which is not read here")
    plain: Stream = Unchunked(stream) if message.chunked else stream
    return read_up_to(Inflated(plain, codings[0]) if codings else plain, limit)


class Unchunked:
    """The content of a chunked message (RFC 9112, section 7.1)."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._left = 0
        self._chunks = 0
        self._ended = False
        self._first = b""
        """Where the content is in no chunks at all: what was read of it while looking for one."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; none at the end. Raises ValueError where a chunk is broken or missing."""
        size = _CHUNK if size < 0 else size
        if not self._left and not self._ended:
            self._next_chunk()
        if self._first:
            found, self._first = self._first[:size], self._first[size:]
            return found
        if not self._chunks:
            return self._stream.read(size)
        found = self._stream.read(min(size, self._left))
        if not found and self._left and size:
            raise ValueError("its content breaks off within a chunk")
        self._left -= len(found)
        return found

    def readline(self, size: int = -1, /) -> bytes:
        """Content has no lines of its own; this is `read`."""
        return self.read(size)

    def _next_chunk(self) -> None:
        if self._chunks and self._stream.readline(2).strip():
            raise ValueError("its chunks are not as long as they say")
        line = self._stream.readline(1024)
        size = _SIZE.fullmatch(line)
        if size is not None:
            self._chunks += 1
            self._left = int(size[1], 16)
            self._ended = not self._left
        elif self._chunks:
            raise ValueError("its content breaks off between chunks" if not line else "a chunk of it has no size")
        else:
            self._first, self._ended = line, True


class Inflated:
    """Content that was packed with gzip or deflate (RFC 9110, section 8.4.1), never more of it unpacked than is asked for."""

    def __init__(self, stream: Stream, coding: str) -> None:
        self._stream = stream
        self._coding = _CODINGS[coding]
        self._inflate: "zlib._Decompress | None" = None  # noqa: UP037 -- zlib has no such name at run time
        self._packed = b""
        self._plain = False

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; none at the end. Raises ValueError where the data is damaged or breaks off."""
        size = _CHUNK if size < 0 else size
        if self._inflate is None and not self._plain:
            self._begin()
        if self._plain:
            found, self._packed = self._packed[:size], self._packed[size:]
            return found or self._stream.read(size)
        while size and self._inflate is not None and not self._inflate.eof:
            try:
                found = self._inflate.decompress(self._packed, size)
            except zlib.error:
                raise ValueError("its packed content is damaged") from None
            self._packed = self._inflate.unconsumed_tail
            if found:
                return found
            if not self._packed and not self._inflate.eof:
                self._packed = self._stream.read(_CHUNK)
                if not self._packed:
                    raise ValueError("its packed content breaks off")
        return b""

    def readline(self, size: int = -1, /) -> bytes:
        """Content has no lines of its own; this is `read`."""
        return self.read(size)

    def _begin(self) -> None:
        """Look at the first bytes: whether they are packed at all, and for deflate in which of its two forms."""
        while len(self._packed) < 2 and (more := self._stream.read(_CHUNK)):
            self._packed += more
        start = self._packed[:2]
        zlib_header = len(start) == 2 and start[0] & 0x0F == 8 and int.from_bytes(start, "big") % 31 == 0
        if self._coding == _ZLIB and not zlib_header:
            self._coding = _RAW
        self._plain = not start or (self._coding == _GZIP and start != b"\x1f\x8b")
        self._inflate = zlib.decompressobj(self._coding)
