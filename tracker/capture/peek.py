"""A stream whose first bytes are looked at before it is read."""

from typing import Protocol


class Stream(Protocol):
    """What formats need of an open file."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; none at the end."""

    def readline(self, size: int = -1, /) -> bytes:
        """Return a line with its end, or its first `size` bytes."""


class Peeked:
    """Standard input: it cannot be read twice, so its first line waits in `head` until it is asked for."""

    def __init__(self, stream: Stream, limit: int) -> None:
        self._stream = stream
        self.head = b""
        while len(self.head) < limit and not self.head.strip():
            line = stream.readline(limit)
            if not line:
                break
            self.head += line
        self._waiting = self.head

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, those that were looked at first."""
        if not self._waiting:
            return self._stream.read(size)
        taken = self._waiting if size < 0 else self._waiting[:size]
        self._waiting = self._waiting[len(taken) :]
        return taken + self._stream.read() if size < 0 else taken

    def readline(self, size: int = -1, /) -> bytes:
        """Return a line, or its first `size` bytes."""
        if not self._waiting:
            return self._stream.readline(size)
        end = self._waiting.find(b"\n") + 1 or len(self._waiting)
        return self.read(end if size < 0 else min(end, size))
