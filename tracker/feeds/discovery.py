"""Which feeds a site has: those that its page declares, those that it links to, and where they usually are. Pure."""

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from tracker.capture.entries import line, link_of
from tracker.capture.pinned import decode
from tracker.domain.identity import canonical_url

How = Literal["declared", "linked", "guessed"]

_TYPES = {
    "application/atom+xml": 0,
    "application/rss+xml": 0,
    "application/feed+json": 1,
    "application/rdf+xml": 2,
    "application/xml": 3,
    "text/xml": 3,
    "application/json": 4,
}
# As words of an address, not within one: "feedback" and "/authors" are none.
_FEED_WORDS = re.compile(r"(?:^|[/._?=&-])(?:rss[12]?0?|atom|feeds?|rdf|xmlfeed)(?:$|[/._?=&-])", re.IGNORECASE)
_FEED_ENDS = re.compile(r"\.(?:rss|atom|rdf|xml)$", re.IGNORECASE)
_COMMENTS = re.compile(r"comment", re.IGNORECASE)
_USUAL = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/news-sitemap.xml")
"""WordPress, Drupal and many newspapers, Hugo and Jekyll, and the name that Google's help gives a news sitemap."""
_MOST = 50


class Offer(msgspec.Struct, frozen=True):
    """A feed that a site has, or may have: `guessed` is an address where many have theirs, and nobody has said so."""

    url: str
    how: How
    title: str | None = None


def offers(body: bytes, *, url: str, charset: str | None = None) -> tuple[Offer, ...]:
    """Return the feeds of the site that this page is from, the likeliest first, each address once.

    Declared ones come first, in the order of the page but for those of comments; then links that look like feeds; then the
    usual places. Never raises: a page that is none has only the usual places.
    """
    try:
        html = decode(body, charset=charset, guess=True)
    except ValueError:
        html = body.decode("utf-8", "replace")
    page = _read(html)
    base = link_of(page.base, url) or url
    ranked: list[tuple[int, int, Offer]] = []
    for order, (href, title, rank) in enumerate(page.found):
        address = link_of(href, base)
        if address is None:
            continue
        how: How = "declared" if rank is not None else "linked"
        comments = 20 if _COMMENTS.search(f"{address} {title}") else 0
        ranked.append(((10 if rank is None else rank) + comments, order, Offer(address, how, line(title))))
    found = [offer for *_, offer in sorted(ranked, key=lambda one: one[:2])]
    guesses = [Offer(address, "guessed") for path in _USUAL if (address := link_of(path, url))]
    once: dict[str, Offer] = {}
    for offer in [*found[:_MOST], *guesses]:
        once.setdefault(canonical_url(offer.url), offer)
    once.pop(canonical_url(url), None)
    return tuple(once.values())


def _looks_like_feed(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(_FEED_ENDS.search(parts.path) or _FEED_WORDS.search(f"{parts.path}?{parts.query}"))


def _read(html: str) -> "_Page":
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 -- lxml has no types; only pages need it

    page = _Page()
    parser = etree.HTMLParser(target=page, huge_tree=True)
    try:
        parser.feed(html.replace("\0", " ").encode("utf-8", "replace").decode())
        parser.close()
    except etree.LxmlError:
        return _Page()
    return page


class _Page:
    """Takes libxml2's events. `found` are (address, title, rank of its type); a link in the text has no rank."""

    def __init__(self) -> None:
        self.base: str | None = None
        self.found: list[tuple[str, str, int | None]] = []
        self._anchor: str | None = None
        self._words: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        href = attributes.get("href", "")
        if tag == "base":
            self.base = self.base or href
        elif tag == "link" and href and "alternate" in attributes.get("rel", "").lower().split():
            kind = attributes.get("type", "").lower().partition(";")[0].strip()
            if kind in _TYPES and len(self.found) < _MOST * 20:
                self.found.append((href, attributes.get("title", ""), _TYPES[kind]))
        elif tag == "a" and href:
            self._anchor, self._words = href, [attributes.get("title", "")]

    def end(self, tag: str) -> None:
        if tag == "a" and self._anchor is not None:
            if len(self.found) < _MOST * 20 and _looks_like_feed(self._anchor):
                self.found.append((self._anchor, " ".join(self._words), None))
            self._anchor = None

    def data(self, text: str) -> None:
        if self._anchor is not None and len(self._words) < 20:
            self._words.append(text)

    def close(self) -> None:
        pass
