"""News sitemaps (sitemaps.org, with Google's `news` elements): each page that carries a news entry is a document.

A sitemap tells the title and the day, never the text. A plain one lists every page of a site and tells neither, so it is
no feed; nor is an index, which lists sitemaps.
"""

from collections.abc import Mapping
from xml.parsers import expat

from tracker.capture.declared import edtf
from tracker.capture.draft import Origin
from tracker.capture.entries import LONGEST_TEXT, MOST_ENTRIES, Channel, Entry
from tracker.capture.vetted import Vetted
from tracker.errors import BrokenFeedError, NotAFeedError

MEDIA_TYPE = "application/xml"
_KEPT = frozenset({"loc", "title", "publication_date", "name", "language"})
_DEEPEST = 64


def read(xml: Vetted, origin: Origin, *, most: int = MOST_ENTRIES) -> Channel:
    """Return the news of a sitemap, the first `most`.

    Raises NotAFeedError when it holds pages and no news of them, BrokenFeedError when it breaks off before the first.
    """
    damage = xml.damage
    reader = _Reader(most)
    try:
        reader.read(xml.text)
    except expat.ExpatError as error:
        damage = damage or f"the sitemap is broken XML ({error}): entries after the break are missing"
    except ValueError as error:
        raise NotAFeedError(origin.name, str(error)) from None
    if not reader.entries:
        if damage:
            raise BrokenFeedError(origin.name, damage)
        # One without any page is a news sitemap too: they list two days, and there are days without news.
        if reader.pages:
            raise NotAFeedError(origin.name, f"is a sitemap of {reader.pages} pages, none of them with a news entry")
    return Channel(
        format="sitemap",
        media_type=MEDIA_TYPE,
        entries=tuple(reader.entries),
        title=reader.publication,
        left_out=reader.news - len(reader.entries),
        damage=damage,
    )


class _Reader:
    """Takes expat's events; builds no tree."""

    def __init__(self, most: int) -> None:
        self.entries: list[Entry] = []
        self.news = self.pages = 0
        self.publication: str | None = None
        self._most, self._depth = most, 0
        self._page: dict[str, str] = {}
        self._is_news = False
        self._words: list[str] | None = None
        self._taken = 0

    def read(self, xml: str) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(xml.encode("utf-8", "replace"), True)

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"is nested deeper than {_DEEPEST} elements, which no sitemap is")
        space, _sign, local = name.rpartition(" ")
        if self._depth == 1 and local == "sitemapindex":
            raise ValueError("is an index of sitemaps; register the news sitemap that it lists instead")
        if local == "url":
            self._page, self._is_news = {}, False
            self.pages += 1
        if local == "news" and "sitemap-news" in space:
            self._is_news = True
        # An image or a video of the page has a title too, in a vocabulary of its own.
        theirs = local == "loc" or "sitemap-news" in space
        self._words = [] if local in _KEPT and theirs and local not in self._page else None
        self._taken = 0

    def _end(self, name: str) -> None:
        self._depth -= 1
        local = name.rpartition(" ")[2]
        if self._words is not None and local in _KEPT:
            self._page[local] = "".join(self._words).strip()
        self._words = None
        if local == "url" and self._is_news:
            self.news += 1
            self.publication = self.publication or self._page.get("name")
            if len(self.entries) < self._most:
                self.entries.append(_entry(self._page))

    def _data(self, text: str) -> None:
        if self._words is not None and self._taken < LONGEST_TEXT:
            self._words.append(text)
            self._taken += len(text)


def _entry(page: Mapping[str, str]) -> Entry:
    try:
        day = edtf(page.get("publication_date", "")[:100])
    except ValueError:
        day = None
    return Entry(
        link=page.get("loc"),
        title=page.get("title"),
        publisher=page.get("name"),
        day=day,
        language=page.get("language"),
    )
