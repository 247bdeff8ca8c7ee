"""Which file an address of the web becomes. Pure.

A file is named for its address, with what was asked in its name: `documents/a,version=1.html`. No name leads out of the folder, since
whatever is not a letter, a digit or one of `-._~` is written with a percent sign.
"""

import re
from collections.abc import Mapping
from posixpath import dirname, relpath
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import msgspec

from tracker.domain.ids import digest
from tracker.transparency.proof import SUFFIX

BUNDLE = "/audit/bundle"
_LONGEST = 150
"""Characters of one part of a name; file systems take 255 bytes."""


class _Rule(msgspec.Struct, frozen=True):
    """Addresses that become files: which parameters they may have, and what the names of their files end in."""

    path: re.Pattern[str]
    asks: frozenset[str] = frozenset()
    suffix: str = ".html"


def _rule(path: str, asks: str = "", suffix: str = ".html") -> _Rule:
    return _Rule(re.compile(path), frozenset(asks.split()), suffix)


_SUBJECT = r"/subjects/[^/]+/[^/]+"
_RULES = (
    _rule(r"/", "kind offset"),
    _rule(_SUBJECT),
    _rule(rf"{_SUBJECT}/(explain/[^/]+|compare)"),
    _rule(rf"{_SUBJECT}/history", "attribute offset"),
    _rule(r"/documents", "offset publisher"),
    _rule(r"/documents/[^/]+", "version against claim"),
    _rule(r"/(conflicts|slips)", "offset"),
    _rule(r"/(sources|audit)"),
    _rule(r"/audit/checkpoint", suffix=".txt"),
    _rule(r"/audit/proof", "position", SUFFIX),
    _rule(BUNDLE, suffix=".zip"),
    _rule(r"/feeds/.+\.(atom|json|ics)", "before", ""),
    _rule(r"/static/[^/]+", "v", ""),
    _rule(rf"/api/v1{_SUBJECT}", suffix=".json"),
)


class Address(msgspec.Struct, frozen=True):
    """Where something is on the web, in one spelling, and the file that it becomes."""

    path: str
    asked: tuple[tuple[str, str], ...]
    file: str

    @property
    def reference(self) -> str:
        """The path with its query, as a request has it."""
        return self.path + (f"?{urlencode(self.asked)}" if self.asked else "")


def address(reference: str) -> Address | None:
    """Return where a reference from the root of the web leads; None when only a server can answer there."""
    parts = urlsplit(reference)
    # Everything but letters, digits and -._~ is escaped: one spelling for each, and none that a file system reads as anything.
    path = "/".join(quote(unquote(part), safe="") for part in parts.path.split("/"))
    asked: Mapping[str, str] = dict(parse_qsl(parts.query, keep_blank_values=True))
    for rule in _RULES:
        if rule.path.fullmatch(path):
            if not asked.keys() <= rule.asks:
                return None
            # The digest that a style sheet is asked with is for caches of browsers.
            ordered = tuple(sorted((name, value) for name, value in asked.items() if name != "v"))
            return Address(path, ordered, _file(path, ordered, rule.suffix))
    return None


def _file(path: str, asked: tuple[tuple[str, str], ...], suffix: str) -> str:
    stem, dot, ending = path.strip("/").rpartition(".") if not suffix else (path.strip("/") or "index", "", suffix)
    more = "".join(f",{name}={quote(value, safe='')}" for name, value in asked)
    parts = f"{stem}{more}".split("/")
    return "/".join(_short(part) for part in parts) + dot + ending


def _short(part: str) -> str:
    return part if len(part) <= _LONGEST else f"{part[:_LONGEST]}~{digest(part)[:16]}"


def relative(file: str, origin: str) -> str:
    """Return the reference that leads from one file to another, on a web server as on a disk."""
    return quote(relpath(file, dirname(origin) or "."), safe="/,=~")
