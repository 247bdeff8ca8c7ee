"""An archive as a stream of bytes that knows where each of them lies, packed with gzip (RFC 1952) or not."""

import zlib

from tracker.capture.peek import Stream

MAGIC = b"\x1f\x8b"
_GZIP = 31  # zlib's word for a gzip header and checksum around the data
_CHUNK = 1 << 16


class DamagedError(ValueError):
    """The packed data is damaged, or ends inside a member."""


class Plain:
    """The bytes of a file that is not packed. `at_byte` and `within` tell where the last piece that was read began."""

    packed = False

    def __init__(self, stream: Stream, at_byte: int = 0) -> None:
        self._stream = stream
        self.at_byte, self.within = 0, at_byte
        self.taken = at_byte

    def read(self, size: int = _CHUNK, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        self.within = self.taken
        found = self._stream.read(size)
        self.taken += len(found)
        return found


class Unpacked:
    """The content of all members, one after another, never more of it in memory than was asked for.

    `at_byte` and `within` tell where the last piece began: the byte of the file at which its member begins, and how much of
    that member came before it. No piece is of two members. `taken` is how far the file was read. Raises DamagedError where the
    data is damaged or ends inside a member: a library that reads on past that would show the first half as the whole.
    """

    packed = True

    def __init__(self, stream: Stream, at_byte: int = 0) -> None:
        self._stream = stream
        self._member = zlib.decompressobj(_GZIP)
        self._inside = False
        self._packed = b""
        self._given = 0
        self._broken = ""
        self.at_byte, self.within = at_byte, 0
        self.taken = at_byte

    def read(self, size: int = _CHUNK, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        while True:
            if self._broken:
                raise DamagedError(self._broken)
            if not self._inside:
                if not self._packed and not self._more():
                    return b""
                self.at_byte, self._given = self.taken - len(self._packed), 0
                self._member, self._inside = zlib.decompressobj(_GZIP), True
            member = self._member
            try:
                found = member.decompress(self._packed, max(size, 1))
            except zlib.error as error:
                self._broken = f"the compressed data is damaged ({error})"
                continue
            self._packed = member.unused_data if member.eof else member.unconsumed_tail
            self._inside = not member.eof
            if found:
                self.within = self._given
                self._given += len(found)
                return found
            # Only now: zlib may still hold content when it has taken all that it was given.
            if self._inside and not self._packed and not self._more():
                self._broken = "the compressed data ends too early"

    def _more(self) -> bool:
        self._packed = self._stream.read(_CHUNK)
        self.taken += len(self._packed)
        return bool(self._packed)
