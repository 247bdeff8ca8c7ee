"""Lists of feeds as other readers keep them: OPML 2.0 (opml.org/spec2.opml). Pure.

What OPML has no word for stands in attributes of the namespace `urn:tracker:feeds`; read, they may also stand without it:

    tracker:grade      operator, official, secondary or ungraded: how reliable the publisher is (config/policy.toml)
    tracker:reason     why it has this grade
    tracker:publisher  the name of the publisher, where it is not the title of the feed
    tracker:format     "listing" for a page of links; what feeds are is seen when they are read
    tracker:fullText   "true" to fetch the pages of entries that are teasers
    tracker:verified   "false" until the address has been polled well once
"""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import msgspec

from tracker.capture.draft import Origin
from tracker.capture.entries import LONGEST_LINE, clean, link_of
from tracker.capture.item import Refused
from tracker.capture.vetted import vetted
from tracker.domain.identity import canonical_url
from tracker.errors import InputError

NAMESPACE = "urn:tracker:feeds"
MOST_OUTLINES = 100_000
_DEEPEST = 64
_MOST_REFUSED = 1_000
_OURS = ("grade", "reason", "publisher", "format")
# No entity follows: a name or a number with its semicolon.
_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")


class Outline(msgspec.Struct, frozen=True):
    """One feed of a list. `site` is the page that it belongs to; `grade` and the rest are what the list says of it."""

    url: str
    title: str | None = None
    site: str | None = None
    publisher: str | None = None
    grade: str | None = None
    reason: str | None = None
    format: str | None = None
    full_text: bool = False
    verified: bool = False


class OutlineList(msgspec.Struct, frozen=True):
    """The feeds of a list, each address once and the first to name it, and what could not be taken, with the reason."""

    outlines: tuple[Outline, ...]
    title: str | None = None
    duplicates: int = 0
    refused: tuple[Refused, ...] = ()


def read(raw: bytes, *, name: str = "OPML", allow_private: bool = False) -> OutlineList:
    """Return the feeds that a list names, however its folders nest. `name` is what people call the file.

    An outline without an address is a folder; one whose address cannot be asked for is refused, and the rest is taken.
    Addresses of this machine and its network are refused unless `allow_private`. Raises InputError when it is no OPML.
    """
    if not raw.strip():
        raise InputError(name, "is empty")
    xml = vetted(raw, Origin(name, None, len(raw)))
    if xml.root.lower() != "opml":
        raise InputError(name, f"is no OPML: its root is <{xml.root}>" if xml.root else "is no OPML")
    reader = _Reader(name, allow_private=allow_private)
    try:
        reader.read(xml.text)
    except expat.ExpatError as error:
        reader.refuse(name, f"is broken XML ({error}): the outlines after the break are missing")
    except ValueError as error:
        raise InputError(name, str(error)) from None
    if xml.damage:
        reader.refuse(name, xml.damage)
    return OutlineList(tuple(reader.found.values()), _words(reader.title), reader.duplicates, reader.reported())


def written(outlines: Iterable[Outline], *, title: str = "Feeds") -> bytes:
    """Return a list of feeds in OPML 2.0, in UTF-8, in the order given. `read` gives the same outlines back."""
    rows = [f"    <outline {attributes}/>" for attributes in map(_attributes, outlines)]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:tracker="{NAMESPACE}">'
    top = f"  <head>\n    <title>{escape(clean(title))}</title>\n  </head>"
    return "\n".join([head, top, "  <body>", *rows, "  </body>", "</opml>", ""]).encode()


def _attributes(outline: Outline) -> str:
    values = {
        "type": "rss",  # the word of OPML for a feed of any format
        "text": outline.title or outline.url,
        "title": outline.title,
        "xmlUrl": outline.url,
        "htmlUrl": outline.site,
        **{f"tracker:{key}": getattr(outline, key) for key in _OURS},
        "tracker:fullText": "true" if outline.full_text else None,
        "tracker:verified": "true" if outline.verified else "false",
    }
    return " ".join(f"{key}={quoteattr(clean(value))}" for key, value in values.items() if value)


class _Reader:
    """Takes expat's events; builds no tree, so that a list of any size costs what it keeps."""

    def __init__(self, name: str, *, allow_private: bool) -> None:
        self.found: dict[str, Outline] = {}
        self.duplicates = 0
        self.title = ""
        self._name, self._allow_private = name, allow_private
        self._refused: list[Refused] = []
        self._more_refused = self._depth = self._outlines = 0
        self._in_title = False

    def read(self, xml: str) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        # Addresses pasted by hand have bare ampersands, which would end the list there.
        parser.Parse(_AMPERSAND.sub("&amp;", xml).encode("utf-8", "replace"), True)

    def refuse(self, source: str, reason: str) -> None:
        if len(self._refused) < _MOST_REFUSED:
            self._refused.append(Refused(source, reason, waits=False))
        else:
            self._more_refused += 1

    def reported(self) -> tuple[Refused, ...]:
        more = Refused(self._name, f"and {self._more_refused} more outlines that cannot be taken", waits=False)
        return (*self._refused, *([more] if self._more_refused else []))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"nests its folders deeper than {_DEEPEST}; flatten the list")
        tag = name.rpartition(" ")[2].lower()
        self._in_title = tag == "title" and self._depth == 3
        if tag == "outline":
            self._outline({key.rpartition(" ")[2].lower(): value for key, value in attributes.items()})

    def _end(self, _: str) -> None:
        self._depth -= 1
        self._in_title = False

    def _data(self, text: str) -> None:
        if self._in_title and len(self.title) < LONGEST_LINE:
            self.title += text

    def _outline(self, values: Mapping[str, str]) -> None:
        self._outlines += 1
        address = values.get("xmlurl", "").strip()
        if self._outlines > MOST_OUTLINES:
            raise ValueError(f"has more than {MOST_OUTLINES:,} outlines; split the list")
        if not address:
            return  # a folder, or a note
        shown = _words(address[:200]) or self._name
        url = link_of(address, None)
        if url is None:
            self.refuse(shown, "is no http or https address without user name")
        elif not self._allow_private and _is_private(url):
            self.refuse(shown, "is an address of this machine or its own network")
        elif (key := canonical_url(url)) in self.found:
            self.duplicates += 1
        else:
            self.found[key] = _outline(url, values)


def _outline(url: str, values: Mapping[str, str]) -> Outline:
    return Outline(
        url=url,
        title=_words(values.get("title")) or _words(values.get("text")),
        site=link_of(values.get("htmlurl"), None),
        publisher=_words(values.get("publisher")),
        grade=_words(values.get("grade")),
        reason=_words(values.get("reason")),
        format=_words(values.get("format")),
        full_text=values.get("fulltext", "").strip().lower() == "true",
        verified=values.get("verified", "").strip().lower() == "true",
    )


def _is_private(url: str) -> bool:
    """Whether an address plainly leads inside. Names that turn out to do so are the fetcher's to find out."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_NAMES)


def _words(value: str | None) -> str | None:
    """Return what an attribute says, on one line: unlike the title of a feed, it is no HTML."""
    return clean(" ".join((value or "").split()))[:LONGEST_LINE].strip() or None
