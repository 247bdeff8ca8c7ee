"""HTML pages: the article without its frame, and what the page declares of itself."""

from collections.abc import Iterator, Mapping

import msgspec

from tracker.capture import markup
from tracker.capture.declared import Declared, edtf
from tracker.capture.draft import Draft, Origin, whole
from tracker.capture.markup import Markup
from tracker.capture.peek import Stream
from tracker.capture.pinned import decode
from tracker.errors import InputError

MEDIA_TYPE = "text/html"
# Past these the tree is hostile or no article: libxml2 cuts deeper trees, and attributes cost their square.
_DEEPEST, _WIDEST, _MOST_ELEMENTS = 250, 250, 15_000
_SHORTEST_ARTICLE = 0.1  # of the words outside menus; an "article" below that is a teaser or a cookie notice
_CHARSET_WITHIN = 2048
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "citation_publication_date",
    "publish-date",
    "publish_date",
    "pubdate",
    "date",
)
_TITLES = ("og:title", "headline", "twitter:title", "dc.title", "citation_title")
_PUBLISHERS = ("og:site_name", "application-name", "dc.publisher", "citation_publisher")


def parse(stream: Stream, origin: Origin) -> Iterator[Draft]:
    """Yield the one article of a page. Raises InputError when no words are found in it."""
    yield article(whole(stream, origin), origin)


def article(raw: bytes, origin: Origin, *, url: str | None = None) -> Draft:
    """Return the article in these bytes; `url` is where they were fetched. Raises InputError."""
    try:
        html = decode(raw, charset=_declared_charset(raw) or origin.charset, guess=True)
    except ValueError as error:
        raise InputError(origin.name, str(error)) from None
    if "\0" in html:
        raise InputError(origin.name, "is a binary file: it holds NUL characters")
    page = markup.read(html)
    text = _article_text(html, page)
    if not text.strip():
        raise InputError(origin.name, "the page holds no readable text")
    declared = Declared.lenient(_declarations(page))
    return Draft(text, MEDIA_TYPE, Declared.lenient({"url": url}).over(declared))


def _article_text(html: str, page: Markup) -> str:
    """Return what trafilatura takes for the article; for a page that is none, all words outside menus."""
    fallback = page.body or page.words
    if page.depth > _DEEPEST or page.widest > _WIDEST or page.elements > _MOST_ELEMENTS:
        return fallback
    import trafilatura  # noqa: PLC0415 -- a third of a second, which ingesting text must not pay

    try:
        found = trafilatura.bare_extraction(html, fast=True, include_comments=False, with_metadata=False)
    except Exception:  # noqa: BLE001 -- whatever breaks inside the extractor, the page still has words
        return fallback
    text = getattr(found, "text", None) or ""
    return text if len(text) >= len(fallback) * _SHORTEST_ARTICLE else fallback


def forget_pages() -> None:
    """Empty trafilatura's caches, which grow with every page (adbar/htmldate #56)."""
    from trafilatura.meta import reset_caches  # noqa: PLC0415 -- as above

    reset_caches()


def _declared_charset(raw: bytes) -> str | None:
    """Return the charset of a meta element near the top, as browsers look for it (WHATWG HTML, 13.2.3.2)."""
    head = raw[:_CHARSET_WITHIN].decode("ascii", "replace").lower()
    _, found, rest = head.partition("charset=")
    name = rest.lstrip(" \"'")[:40].split('"')[0].split("'")[0].split(">")[0].split(";")[0].split("/")[0].strip()
    # A meta element can only be read in an encoding that holds ASCII, so one that says UTF-16 means UTF-8.
    if not found or not name:
        return None
    return {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "utf-16": "utf-8"}.get(name, name)


def _declarations(page: Markup) -> Mapping[str, object]:
    linked = _json_ld_article(page)
    publisher = linked.get("publisher")
    if isinstance(publisher, dict):
        publisher = publisher.get("name")
    site = next((page.metas[name] for name in _PUBLISHERS if name in page.metas), None) or _text(publisher)
    title = next((page.metas[name] for name in _TITLES if name in page.metas), None) or _text(linked.get("headline"))
    dates = [page.metas[name] for name in _DATES if name in page.metas] + [_text(linked.get("datePublished")) or ""]
    declared = {
        "url": page.canonical or page.metas.get("og:url"),
        "title": _plain(title or page.headline or _without_site(page.page_title, site)),
        "publisher": _plain(site),
        "published": next((day for day in map(_day, dates) if day), None),
        "language": page.language or page.metas.get("content-language") or page.metas.get("og:locale"),
    }
    return {key: value for key, value in declared.items() if value}


def _day(text: str) -> str | None:
    try:
        return edtf(text.strip().replace("/", "-"))
    except ValueError:
        return None


def _json_ld_article(page: Markup) -> Mapping[str, object]:
    """Return the first schema.org object that has a headline and a date, wherever the page nests it."""
    for block in page.json_ld:
        try:
            pending = [msgspec.json.decode(block.strip())]
        except (msgspec.MsgspecError, RecursionError):
            continue
        for _ in range(200):
            if not pending:
                break
            node = pending.pop(0)
            if isinstance(node, dict) and "datePublished" in node and ("headline" in node or "name" in node):
                return node
            pending += (
                node
                if isinstance(node, list)
                else [node["@graph"]]
                if isinstance(node, dict) and "@graph" in node
                else []
            )
    return {}


def _without_site(title: str | None, site: str | None) -> str | None:
    """Return a page title without the site's name at its end: `Rover rolls | Example Wire` → `Rover rolls`."""
    if not title or not site:
        return title
    for mark in (" | ", " - ", " – ", " — ", " :: ", " • "):
        if title.endswith(mark + site):
            return title.removesuffix(mark + site)
    return title


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _plain(text: str | None) -> str | None:
    return " ".join(markup.plain(text).split()) if text else None
