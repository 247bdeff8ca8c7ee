"""Where an item lies: a file, a part of one, or no file at all. It tells what is handed in again from what comes from elsewhere."""

import re
from pathlib import Path

import msgspec

from tracker.domain.ids import digest

_PART = re.compile(r"(?s)(?P<file>.+)(?P<part>#[0-9]+)")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LONGEST = 900


class Place(msgspec.Struct, frozen=True):
    """`path` is the one path of a file or folder wherever it is named from, else the source as it was named.

    `part` is `#3` for the third document of a file, else empty. `is_file` is False for a pipe, a folder and what is gone.
    """

    path: str
    part: str = ""
    is_file: bool = False

    @property
    def whole(self) -> bool:
        """Whether the document is the file, so that another text in it is an edit."""
        return self.is_file and not self.part

    @property
    def name(self) -> str:
        """The path and the part, by which people find it; long ones are cut, and stay apart."""
        if len(self.path) <= _LONGEST:
            return self.path + self.part
        return f"{self.path[:_LONGEST]}…{digest(self.path)[:12]}{self.part}"


def place_of(source: str) -> Place:
    """Return where the document that is shown under this name lies. Looks at the file system, never at contents."""
    if source == "-" or re.fullmatch(r"-#[0-9]+", source) or _ADDRESS.match(source):
        path, hash_, part = source.partition("#") if source.startswith("-") else (source, "", "")
        return Place(path, hash_ + part)
    if _is_file(source):
        return Place(_resolved(source), is_file=True)
    match = _PART.fullmatch(source)
    if match and _is_file(match["file"]):
        return Place(_resolved(match["file"]), match["part"], is_file=True)
    return Place(_resolved(source))


def container(name: str) -> str:
    """Return the name of the file of a part, any other name as it is."""
    match = _PART.fullmatch(name)
    return match["file"] if match else name


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False  # a name that no file can have


def _resolved(name: str) -> str:
    try:
        path = str(Path(name).resolve())
    except (OSError, RuntimeError, ValueError):
        return name
    # File names may hold bytes that are no UTF-8, and a name that is no path may hold NUL.
    return path.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
