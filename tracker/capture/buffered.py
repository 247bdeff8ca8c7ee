"""The expat driver that feedparser is given: the standard one, but text comes in one piece and not in one for each entity.

Most feeds escape their HTML, so a paragraph of it is dozens of calls otherwise.
"""

from typing import Any
from xml.sax import expatreader

_BUFFER = 65_536


class _Parser(expatreader.ExpatParser):
    def reset(self) -> None:
        super().reset()
        parser: Any = self._parser  # type: ignore[attr-defined]  # not in the types, nor offered in another way
        parser.buffer_text = True
        parser.buffer_size = _BUFFER


def create_parser() -> _Parser:
    """Return a parser; the name is the protocol of `xml.sax.make_parser`."""
    return _Parser()
