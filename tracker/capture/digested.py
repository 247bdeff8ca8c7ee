"""A stream whose bytes are held against the digest that was made of them when they were archived."""

import base64
import hashlib

from tracker.capture.peek import Stream

_ALGORITHMS = ("md5", "sha1", "sha256", "sha384", "sha512")


class Digested:
    """A stream with the labelled digest of a WARC record (`sha1:3I42H3S6…`): in base 32, base 16 or base 64.

    An algorithm that is not known here proves nothing, and neither does no digest at all.
    """

    def __init__(self, stream: Stream, labelled: str | None) -> None:
        self._stream = stream
        name, _, self._said = (labelled or "").strip().partition(":")
        name = name.lower().replace("-", "")
        self._hashed = hashlib.new(name, usedforsecurity=False) if name in _ALGORITHMS else None

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        return self._taken(self._stream.read(size))

    def readline(self, size: int = -1, /) -> bytes:
        """Return a line with its end, or its first `size` bytes."""
        return self._taken(self._stream.readline(size))

    def drain(self) -> None:
        """Read on to the end, where it can be told whether the digest holds."""
        while self.read(1 << 16):
            pass

    @property
    def holds(self) -> bool:
        """Whether what was read so far has the digest."""
        if self._hashed is None or not self._said:
            return True
        found = self._hashed.digest()
        said = self._said.rstrip("=")
        spelled = (base64.b32encode(found), base64.b64encode(found), base64.urlsafe_b64encode(found))
        return said.lower() == found.hex() or said in {one.decode().rstrip("=") for one in spelled}

    def _taken(self, found: bytes) -> bytes:
        if self._hashed is not None:
            self._hashed.update(found)
        return found
