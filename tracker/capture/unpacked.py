"""Gzip as a stream (RFC 1952), which tells a file that ends from a file that breaks off."""

import zlib

from tracker.capture.peek import Stream

MAGIC = b"\x1f\x8b"
_GZIP = 31  # zlib's word for a gzip header and checksum around the data
_CHUNK = 1 << 16


class Unpacked:
    """The content of all members, one after another, never more of it in memory than was asked for.

    Raises OSError where the data is damaged or ends inside a member. A library that reads on past that would show the
    first half of an archive as the whole.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._member = zlib.decompressobj(_GZIP)
        self._packed = stream.read(_CHUNK)

    def read(self, size: int = _CHUNK, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        while True:
            if self._member.eof:
                self._packed = self._packed or self._stream.read(_CHUNK)
                if not self._packed:
                    return b""
                self._member = zlib.decompressobj(_GZIP)
            try:
                found = self._member.decompress(self._packed, max(size, 1))
            except zlib.error as error:
                raise OSError(f"the compressed data is damaged ({error})") from None
            self._packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if found:
                return found
            if not self._packed and not self._member.eof:
                self._packed = self._stream.read(_CHUNK)
                if not self._packed:
                    raise OSError("the compressed data ends too early")
