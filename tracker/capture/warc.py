"""The records of a web archive (WARC 1.1, ISO 28500:2017), one after another, and past those that are damaged.

A record is a version line, named fields, an empty line, a block as long as `Content-Length` says, and two line ends. In a
packed archive each record is a gzip member of its own, as a rule, though not always.

Written here because no library goes on behind a damaged record, tells where it lies, or bounds the length of a line.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, cast

import msgspec

from tracker.capture.peek import Stream
from tracker.capture.unpacked import MAGIC, DamagedError, Plain, Unpacked
from tracker.domain.bookmark import BEGINNING, Bookmark

_VERSION = re.compile(rb"WARC/\d\.\d{1,2}\s*$")
_LENGTH = re.compile(r"\d{1,15}")
_LONGEST_LINE, _LONGEST_HEAD = 16_384, 65_536
_CHUNK = 1 << 16
# A member that holds a record; the flags of RFC 1952 end at 0x1f.
_MEMBER = re.compile(re.escape(MAGIC) + rb"\x08[\x00-\x1f]")
_LOOK = 1 << 20
_MOST_CANDIDATES = 100_000
# A hostile archive could have us read its rest again for each record: so many bytes in all, and so often the file.
_REREAD, _REREAD_TIMES = 1 << 28, 3

_TOO_SHORT = "it is shorter than its header says"

Ahead = tuple[tuple[int, int], bytes]
"""The line that the next record begins with, and where it lies."""


class Damage(msgspec.Struct, frozen=True):
    """A record that cannot be read, by its number from 1 and where it begins. After the `last` one nothing could be read."""

    number: int
    begin: Bookmark
    reason: str
    last: bool


class Window:
    """A stream of which a line can be read, and which knows where the next byte lies."""

    def __init__(self, source: Plain | Unpacked) -> None:
        self.source = source
        self._held = b""
        self._at = 0
        self._from = (0, 0)
        self.given = 0
        """How many bytes it has had from its source, once unpacked."""

    def fill(self) -> bool:
        """Make sure that there is a next byte; False at the end. Raises DamagedError where the data is."""
        if self._at == len(self._held):
            self._held, self._at = self.source.read(), 0
            self.given += len(self._held)
            self._from = (self.source.at_byte, self.source.within)
        return bool(self._held)

    @property
    def at(self) -> tuple[int, int]:
        """Where the next byte lies: the byte of the file, and how far behind that once it is unpacked."""
        at_byte, within = self._from
        return (at_byte, within + self._at) if self.source.packed else (within + self._at, 0)

    @property
    def begins_record(self) -> bool:
        """Whether a member begins here that holds a record, whatever the length of the one before it."""
        return self.source.packed and self._at == self._from[1] == 0 and self._held.startswith(b"WARC/")

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end."""
        if size <= 0 or not self.fill():
            return b""
        found = self._held[self._at : self._at + size]
        self._at += len(found)
        return found

    def line(self, limit: int) -> bytes:
        """Return a line with its end, or its first `limit` bytes."""
        parts: list[bytes] = []
        while limit > 0 and self.fill() and not (parts and self.begins_record):
            end = self._held.find(b"\n", self._at, self._at + limit) + 1
            part = self.read(end - self._at if end else limit)
            parts.append(part)
            limit -= len(part)
            if end:
                break
        return b"".join(parts)

    def skip(self, size: int) -> None:
        """Pass over so many bytes, or as many as there are."""
        while size > 0 and (found := self.read(size)):
            size -= len(found)


class Record:
    """One record: its fields by their names in lower case, and its block as a stream that ends where the block does."""

    def __init__(self, number: int, begin: Bookmark, fields: Mapping[str, str], window: Window) -> None:
        self.number, self.begin, self.fields = number, begin, fields
        self.left = int(fields["content-length"])
        self.ahead: Ahead | None = None
        self.ended = False
        self._window = window
        self._problem: str | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes of the block. It seems to end where it is damaged; `finish` tells."""
        return self._next(size, line=False)

    def readline(self, size: int = -1, /) -> bytes:
        """Return a line of the block with its end, or its first `size` bytes."""
        return self._next(size, line=True)

    def _next(self, size: int, *, line: bool) -> bytes:
        size = min(self.left, _CHUNK if size < 0 else size)
        if self._problem is not None or not size:
            return b""
        try:
            if not self._window.fill() or self._window.begins_record:
                raise DamagedError(_TOO_SHORT)  # noqa: TRY301 -- one way out for both
            found = self._window.line(size) if line else self._window.read(size)
        except DamagedError as error:
            self._problem = str(error)
            return b""
        self.left -= len(found)
        return found

    def finish(self) -> str | None:
        """Pass over the rest of the block, and return what is wrong with the record; None when it is whole."""
        while self.left and self.read(_CHUNK):
            pass
        if self._problem is None and not self.ended:
            self._problem = self._end()
        return self._problem

    def _end(self) -> str | None:
        """Look behind the block, up to the line after the two line ends that belong there."""
        at, blanks = self._window.at, 0
        try:
            # A packed record shows only at the very end of its member that it is damaged.
            while self._window.fill():
                at = self._window.at
                line = self._window.line(_LONGEST_LINE)
                if line.strip():
                    if not blanks and not _VERSION.match(line):
                        return "it is longer than its header says"
                    self.ahead, blanks = (at, line), 2
                    break
                blanks += line.endswith(b"\n")
        except DamagedError as error:
            if self._window.source.at_byte == self.begin.at_byte:
                return str(error)
            blanks = 2  # the next record is damaged
        self.ended = blanks >= 2
        return None


class Records:
    """The records of an archive from a bookmark on. Each is to be read before the next is asked for."""

    def __init__(self, stream: Stream, begin: Bookmark = BEGINNING, *, packed: bool) -> None:
        """Take a stream at its beginning. To begin elsewhere, and to go on behind damage, it must be one that seeks."""
        self._stream = cast("Any", stream)
        self._packed = packed
        self._seeks = bool(getattr(stream, "seekable", bool)())
        self._before = begin.records
        self._size = self._stream.seek(0, 2) if self._seeks else 0
        self._budget = _REREAD + _REREAD_TIMES * self._size
        self._candidates = _MOST_CANDIDATES
        self._window = self._opened(begin.at_byte, begin.within)

    @property
    def taken(self) -> int:
        """How many bytes of the file were read, those that were passed over included."""
        return self._window.source.taken

    def __iter__(self) -> Iterator[Record | Damage]:
        """Yield each record, and a Damage for each that is none. Raises OSError only where the file cannot be read at all."""
        ahead: Ahead | None = None
        ended = True
        while True:
            begin, problem, given = BEGINNING, None, self._window.given
            try:
                ahead = ahead or self._line()
                if ahead is None:
                    break
                (at_byte, within), line = ahead
                begin = Bookmark(at_byte, within, self._before)
                record = Record(self._before + 1, begin, self._fields(line), self._window)
                self._check_length(record)
            except ValueError as error:
                begin = begin if ahead else Bookmark(self._window.source.at_byte, 0, self._before)
                problem = str(error)
            else:
                yield record
                problem = record.finish()
                ahead, ended = record.ahead, record.ended
            self._before += 1
            if problem is not None:
                self._budget -= self._window.given - given + _CHUNK + begin.within
                ahead, ended = self._recovered(begin), True
                yield Damage(self._before, begin, problem, last=ahead is None)
                if ahead is None:
                    return
        if not ended:
            yield Damage(self._before, begin, "the file ends before it does", last=True)

    def _opened(self, at_byte: int, within: int) -> Window:
        if self._seeks:
            self._stream.seek(at_byte if self._packed else at_byte + within)
        if not self._packed:
            return Window(Plain(self._stream, at_byte + within))
        window = Window(Unpacked(self._stream, at_byte))
        with suppress(DamagedError):  # whoever reads on is told again
            window.skip(within)
        return window

    def _check_length(self, record: Record) -> None:
        if self._seeks and not self._packed and self._window.at[0] + record.left > self._size:
            raise DamagedError(_TOO_SHORT)

    def _line(self) -> Ahead | None:
        """Return the next line that is not empty."""
        while self._window.fill():
            at = self._window.at
            line = self._window.line(_LONGEST_LINE)
            if line.strip():
                return at, line
        return None

    def _fields(self, version: bytes) -> Mapping[str, str]:
        if not _VERSION.match(version):
            raise ValueError("no record begins here")
        fields: dict[str, str] = {}
        name, left = "", _LONGEST_HEAD
        while (line := self._window.line(_LONGEST_LINE)).strip():
            left -= len(line)
            if left < 0 or not line.endswith(b"\n"):
                raise ValueError("the file ends within its header" if left >= 0 else "its header is too long")
            if _VERSION.search(line):
                raise ValueError("its header breaks off")
            text = line.decode("utf-8", "replace").strip()
            if name and line.startswith((b" ", b"\t")):
                fields[name] += f" {text}"
                continue
            name, colon, value = text.partition(":")
            name = name.strip().lower() if colon else ""
            if name:
                fields.setdefault(name, value.strip())
        if not line:
            raise ValueError("the file ends within its header")
        if not _LENGTH.fullmatch(fields.get("content-length", "")):
            raise ValueError("its header does not say how long it is")
        return fields

    def _recovered(self, begin: Bookmark) -> Ahead | None:
        """Return the first line of the next record behind a damaged one, None when there is none to be found."""
        if not self._seeks:
            return None
        at, within = begin.at_byte, begin.within + 1
        while self._budget > 0:
            try:
                self._window = self._opened(at, within)
                while (ahead := self._line()) is not None:
                    # What was cut off may end in the middle of a line.
                    (at_byte, behind), line = ahead
                    if version := _VERSION.search(line):
                        start = version.start()
                        place = (at_byte, behind + start) if self._packed else (at_byte + start, behind)
                        return place, line[start:]
            except DamagedError:
                found = self._member_behind(self._window.source.at_byte)
                if found is None:
                    return None
                at, within = found, 0
            else:
                return None
        return None

    def _member_behind(self, at_byte: int) -> int | None:
        """Return where the next member begins that opens with a record."""
        at = at_byte + 1
        held = b""
        self._stream.seek(at)
        while block := self._stream.read(_LOOK):
            held += block
            for match in _MEMBER.finditer(held):
                self._candidates -= 1
                if self._candidates < 0:
                    return None
                if self._opens_with_record(at + match.start()):
                    return at + match.start()
            at, held = at + len(held) - 3, held[-3:]
            self._stream.seek(at + len(held))
        return None

    def _opens_with_record(self, at_byte: int) -> bool:
        self._stream.seek(at_byte)
        try:
            return Unpacked(self._stream, at_byte).read(5) == b"WARC/"
        except DamagedError:
            return False
