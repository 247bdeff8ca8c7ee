"""Listing pages: a page that lists press releases, for publishers that have no feed. Each link to an article is an entry.

The title is the words of the link; the day is the one that stands beside it in the same row, or in the heading above. What
is a menu and what an article is guessed from the address and the day, so a page is read this way only when it was
registered as a listing.
"""

import datetime as dt
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from tracker.capture.draft import Origin
from tracker.capture.entries import MOST_ENTRIES, Channel, Entry, line, link_of
from tracker.capture.pinned import decode
from tracker.domain.identity import canonical_url
from tracker.errors import BrokenFeedError, NotAFeedError
from tracker.language.dates import DateMention, find_dates

MEDIA_TYPE = "text/html"
_ROWS = frozenset(
    {"article", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "section", "td", "th", "tr"}
)
_FRAME = frozenset({"aside", "button", "footer", "nav", "noscript", "script", "select", "style", "svg", "template"})
_FILES = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|webp|svg|mp[34]|avi|ics|rss|xml|json|css|js)$", re.IGNORECASE
)
_SLUG = re.compile(r"[^-_/]+(?:[-_][^-_/]+){2,}")
_NUMBER = re.compile(r"\d{2,}")
_MOST_LINKS = 10_000
_MOST_DATES = 10_000  # looked for in one page; each takes some 20 microseconds
_ROW_CHARACTERS, _ROW_PIECES = 600, 100
_TRIES = 3  # rows around a link in which its day is looked for, from the inside out
_SHORTEST_TITLE = 12
_MARKS = " .:,;|*-–—"


class _Link(msgspec.Struct):
    """A link while the page is read; `pieces` are where its words stand among those of the page."""

    href: str
    pieces: tuple[int, int]
    heading: str | None
    day: str | None = None
    tries: int = 0


class _Row(msgspec.Struct, frozen=True):
    """An open block: its element, and how many links and pieces of text came before it."""

    tag: str
    links: int
    pieces: int


def read(raw: bytes, origin: Origin, *, today: dt.date, most: int = MOST_ENTRIES) -> Channel:
    """Return the articles that a page lists, in its order. `origin.name` is the address of the page.

    Raises NotAFeedError when it lists none, BrokenFeedError when it is no text.
    """
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 -- lxml has no types; only pages need it

    try:
        html = decode(raw, charset=origin.charset, guess=True)
    except ValueError:
        html = raw.decode("utf-8", "replace")
    page = _Page(today)
    parser = etree.HTMLParser(target=page, huge_tree=True)
    try:
        parser.feed(html.replace("\0", " ").encode("utf-8", "replace").decode())
        parser.close()
    except etree.LxmlError as error:
        raise BrokenFeedError(
            origin.name, f"is a page that cannot be read: {' '.join(str(error).split())[:120]}"
        ) from None
    entries = _entries(page, origin.name, today)
    if not entries:
        raise NotAFeedError(origin.name, "is a page without links to articles of the same site")
    return Channel(
        format="listing",
        media_type=MEDIA_TYPE,
        entries=tuple(entries[:most]),
        title="".join(page.title),
        language=page.language,
        left_out=max(len(entries) - most, 0),
    )


class _Page:
    """Takes libxml2's events, so that a page costs what its bytes cost, however deep it nests."""

    def __init__(self, today: dt.date) -> None:
        self.links: list[_Link] = []
        self.title: list[str] = []
        self.pieces: list[str] = []
        self.base: str | None = None
        self.language: str | None = None
        self._today, self._dates_left = today, _MOST_DATES
        self._rows: list[_Row] = []
        self._hidden = 0
        self._in_title = False
        self._anchor: tuple[str, int] | None = None
        self._heading: tuple[str, int] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _FRAME:
            self._hidden += 1
        elif tag in _ROWS:
            self.pieces.append(" ")
            self._rows.append(_Row(tag, len(self.links), len(self.pieces)))
        elif tag == "a" and "href" in attributes:
            self._anchor = (attributes["href"], len(self.pieces))
        elif tag == "time" and "datetime" in attributes:
            self.pieces.append(f" {attributes['datetime'][:10]} ")
        elif tag == "base":
            self.base = self.base or attributes.get("href")
        elif tag == "html":
            self.language = attributes.get("lang")
        self._in_title = tag == "title"

    def end(self, tag: str) -> None:
        if tag in _FRAME:
            self._hidden -= 1
        elif tag in _ROWS:
            self.pieces.append(" ")
            if self._rows and self._rows[-1].tag == tag:
                self._close(self._rows.pop())
        elif tag == "a" and self._anchor:
            href, start = self._anchor
            self._anchor = None
            if not self._hidden and len(self.links) < _MOST_LINKS:
                heading = self._heading[0] if self._heading else None
                self.links.append(_Link(href, (start, len(self.pieces)), heading))
        self._in_title = False

    def data(self, text: str) -> None:
        if self._hidden:
            return
        if self._in_title and len(self.title) < 50:
            self.title.append(text)
        else:
            self.pieces.append(text)

    def close(self) -> None:
        pass

    def _close(self, row: _Row) -> None:
        """Take the day of a row for its one link; of a row without a link that is a day and no more, for those below."""
        outside = len(self._rows)
        if self._heading and outside < self._heading[1]:
            self._heading = None  # it spoke of the links of its list, which ends here
        inside = self.links[row.links : row.links + 3]
        if not inside:
            text = self._text(row.pieces, len(self.pieces))
            if outside and len(text) <= 40 and (found := self._date(text)):
                alone = found.start == 0 and not text[found.end :].strip(_MARKS)
                self._heading = (found.span.edtf, outside) if alone else self._heading
        elif len({link.href.partition("#")[0] for link in inside}) == 1 and len(self.links) - row.links <= 3:
            missing = [link for link in inside if link.day is None and link.tries < _TRIES]
            found = self._date(self._beside(row, inside)) if missing else None
            for link in missing:
                link.day, link.tries = found.span.edtf if found else None, link.tries + 1

    def _beside(self, row: _Row, inside: list[_Link]) -> str:
        """Return the words of a row but for those of its links, which may tell of another day."""
        parts, place = [], row.pieces
        for link in inside:
            parts.append(self._text(place, link.pieces[0]))
            place = link.pieces[1]
        return " ".join([*parts, self._text(place, len(self.pieces))])

    def _text(self, start: int, end: int) -> str:
        pieces = self.pieces[start : min(end, start + _ROW_PIECES)]
        return " ".join("".join(piece[:_ROW_CHARACTERS] for piece in pieces)[:_ROW_CHARACTERS].split())

    def _date(self, text: str) -> DateMention | None:
        if self._dates_left <= 0 or not _NUMBER.search(text):
            return None
        self._dates_left -= 1
        return day_in(text, self._today)


def day_in(text: str, today: dt.date) -> DateMention | None:
    """Return the first full date of a text that is past, or today; None when there is none that is certain."""
    for found in find_dates(text, None):
        exact = found.span.precision == "day" and found.bound == "on" and found.certain and not found.relative
        if exact and found.span.first <= today + dt.timedelta(1):  # a publisher's clock may be ahead
            return found
    return None


def _entries(page: _Page, url: str, today: dt.date) -> list[Entry]:
    base = link_of(page.base, url) or url
    site = _site(url)
    entries: dict[str, Entry] = {}
    for link in page.links:
        address = link_of(link.href, base)
        title = line("".join(page.pieces[slice(*link.pieces)][:_ROW_PIECES]))
        if address is None or not title or _site(address) != site or not _leads_on(address, url):
            continue
        day = link.day or link.heading
        if (dated := day_in(title[:_ROW_CHARACTERS], today)) and dated.start == 0:  # a whole card may be one link
            day, title = dated.span.edtf, title[dated.end :].strip(_MARKS)
        if not (day or _looks_like_article(address)):
            continue
        key = canonical_url(address)
        known = entries.get(key, Entry())
        # An article is linked from its picture, its title and "read more"; the title is the longest of them.
        entries[key] = Entry(
            link=known.link or address, title=max(known.title or "", title, key=len), day=known.day or day
        )
    return [entry for entry in entries.values() if len(entry.title or "") >= _SHORTEST_TITLE]


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _leads_on(address: str, url: str) -> bool:
    """Whether a link leads to another page, and not to a file."""
    there, here = urlsplit(address), urlsplit(url)
    return (there.path, there.query) != (here.path, here.query) and not _FILES.search(there.path)


def _looks_like_article(address: str) -> bool:
    """Whether the address has the marks of one article: a number, or a title in its last part."""
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return bool(_NUMBER.search(parts.path + parts.query) or _SLUG.search(last))
