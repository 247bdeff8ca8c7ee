"""A response's body, inflated as it arrives and never beyond its limit."""

import zlib

from tracker.fetch.refusal import Refusal, shown

_GZIP = 16 + zlib.MAX_WBITS
_GZIP_MAGIC = b"\x1f\x8b"
_MAX_MEMBERS = 1000  # a file of empty members costs time and brings nothing


class Body:
    """Takes chunks, gives the inflated bytes; a megabyte that would become a gigabyte is refused at `max_bytes`.

    `whole` says that a longer body is refused; without it the first `max_bytes` are kept and `full` turns true.
    Raises Refusal: `too_large`, or `http_error` for an encoding that was not asked for or is broken.
    """

    def __init__(self, encoding: str | None, max_bytes: int, *, whole: bool = True) -> None:
        self._coding = _coding(encoding)
        self._max, self._whole = max_bytes, whole
        self._inflate: zlib._Decompress | None = None
        self._head = b""  # the first two bytes of a stream tell what it is
        self._members = 0
        self._chunks: list[bytes] = []
        self._size = self._taken = 0
        self.full = False

    def take(self, chunk: bytes) -> None:
        """Take the next bytes as they came over the wire."""
        self._taken += len(chunk)
        if self._taken > self._max:
            self._refuse()  # what is longer as it stands will not be shorter when inflated
        if self._coding == "identity":
            self._keep(chunk)
        else:
            self._unpack(chunk)

    def content(self) -> bytes:
        """Return the whole body. Raises Refusal (`http_error`) if the compressed stream has no end."""
        unfinished = self._inflate is not None or (self._head and not self._members)
        if unfinished and not self.full:
            raise Refusal("http_error", "the answer was cut short: its compressed body has no end")
        return b"".join(self._chunks)

    def _unpack(self, chunk: bytes) -> None:
        while chunk and not self.full:
            if self._inflate is None:
                self._head += chunk
                if len(self._head) < 2:
                    return
                if self._members and (self._coding != "gzip" or not self._head.startswith(_GZIP_MAGIC)):
                    self._head = b""  # padding after the end
                    return
                chunk, self._head = self._head, b""
                self._inflate = self._next_member(chunk)
            try:
                self._keep(self._inflate.decompress(chunk, self._max + 1 - self._size))
            except zlib.error:
                raise Refusal("http_error", f"the answer is said to be {self._coding}, and is not") from None
            chunk = self._inflate.unconsumed_tail
            if self._inflate.eof:
                chunk, self._inflate = self._inflate.unused_data, None

    def _next_member(self, head: bytes) -> "zlib._Decompress":
        # A gzip file may be several in a row (RFC 1952, section 2.2).
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise Refusal("too_large", f"the answer is made of more than {_MAX_MEMBERS} compressed pieces")
        if self._coding == "gzip":
            return zlib.decompressobj(_GZIP)
        # "deflate" means zlib (RFC 9110, section 8.4.1.2), but some servers send it without the wrapping of RFC 1950.
        wrapped = head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head[:2], "big") % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)

    def _keep(self, piece: bytes) -> None:
        room = self._max - self._size
        if len(piece) > room:
            self._refuse()
            piece = piece[:room]
        self._size += len(piece)
        self._chunks.append(piece)

    def _refuse(self) -> None:
        if self._whole:
            self._chunks.clear()
            raise Refusal("too_large", f"the answer holds more than {self._max} bytes")
        self.full = True


def _coding(encoding: str | None) -> str:
    codings = [coding.strip().lower() for coding in (encoding or "").split(",")]
    codings = [coding for coding in codings if coding not in {"", "identity"}] or ["identity"]
    coding = "gzip" if codings[0] == "x-gzip" else codings[0]
    if len(codings) > 1:
        raise Refusal("http_error", f"the answer is compressed more than once ({shown(encoding or '')})")
    if coding not in {"identity", "gzip", "deflate"}:
        raise Refusal("http_error", f"the answer is encoded as {shown(coding)}, which was not asked for")
    return coding
