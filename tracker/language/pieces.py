"""Pieces of a text: what a pattern finds in it, with where each piece begins and ends.

The same as `re.finditer` gives, without an object for each match: in texts that are cut into words over and over, those cost
more than the matching.
"""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple


class Pieces(NamedTuple):
    """What was found, in order, with the code points where each begins and ends."""

    texts: list[str]
    starts: list[int]
    ends: list[int]


class Cutter:
    """A pattern that finds no empty piece, and looks at nothing in front of a piece.

    For texts of ASCII alone, which most are, it is matched in ASCII, where the classes of signs are looked up faster. (Four
    controls of ASCII, 1C to 1F, are space in Unicode and none there; a pattern that speaks of space must name them.)
    """

    def __init__(self, pattern: str) -> None:
        self._any, self._ascii = re.compile(f"({pattern})"), re.compile(f"({pattern})", re.ASCII)

    def cut(self, text: str, start: int = 0, end: int | None = None) -> Pieces:
        """Return the pieces of a stretch, which is taken for the whole of its text."""
        stretch = text if not start and end is None else text[start:end]
        parts = (self._ascii if stretch.isascii() else self._any).split(stretch)
        bounds = list(itertools.accumulate(map(len, parts), initial=start))
        return Pieces(parts[1::2], bounds[1:-1:2], bounds[2:-1:2])

    def walk(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the pieces of a text with their starts, a block at a time; no piece of the pattern may hold a blank.

        A text of many megabytes is never held as words all at once.
        """
        begun = 0
        while begun < len(text):
            blank = text.find(" ", begun + _BLOCK)
            end = blank if blank >= 0 else len(text)
            found = self.cut(text, begun, end)
            yield from zip(found.texts, found.starts, strict=True)
            begun = end


_BLOCK = 1 << 15
