"""Markup: one linear pass over HTML of any quality, for its words, its declarations and its shape.

libxml2 in event mode builds no tree, so a page of a million nested elements costs what its bytes cost, and no text is lost
to a depth limit.
"""

from collections.abc import Mapping

import msgspec

_BREAKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
    ),
    *(
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
    ),
    *("ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_SILENT = ("button", "head", "iframe", "noscript", "object", "script", "select", "style", "svg", "template", "textarea")
_FRAME = ("nav", "footer", "aside")


class Markup(msgspec.Struct, frozen=True):
    """What a page holds: all its words, those outside its frame, and what it declares in its head.

    `metas` maps the lower-case name or property of each meta element to its first content. `depth`, `widest` and
    `elements` tell how deep it nests, how many attributes its richest element has, and how many elements there are.
    """

    words: str
    body: str
    page_title: str | None
    headline: str | None
    language: str | None
    canonical: str | None
    metas: Mapping[str, str]
    json_ld: tuple[str, ...]
    depth: int
    widest: int
    elements: int


def read(html: str) -> Markup:
    """Return what the page holds. Never raises for any string."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 -- lxml has no types, and text needs no lxml

    parser = etree.HTMLParser(target=_Reader(), huge_tree=True)
    try:
        parser.feed(html.replace("\0", " ").encode("utf-8", "replace").decode())
        found: Markup = parser.close()
    except etree.LxmlError:
        return _Reader().close()
    return found


def plain(fragment: str) -> str:
    """Return a fragment of HTML as plain text: blocks on lines of their own, entities as characters."""
    return read(fragment).words if "<" in fragment or "&" in fragment else _tidy([fragment])


class _Reader:
    """Takes libxml2's events; `close` gives the result."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._body: list[str] = []
        self._open: dict[str, int] = {}
        self._caught: dict[str, list[str]] = {"title": [], "h1": []}
        self._metas: dict[str, str] = {}
        self._json_ld: list[list[str]] = []
        self._in_json_ld = False
        self._language: str | None = None
        self._canonical: str | None = None
        self._depth = self._deepest = self._widest = self._elements = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)
        self._widest = max(self._widest, len(attributes))
        self._open[tag] = self._open.get(tag, 0) + 1
        if tag in _BREAKS:
            self._break("\n\n" if tag == "p" else "\n")
        if tag == "html":
            self._language = attributes.get("lang") or attributes.get("xml:lang")
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            self._canonical = self._canonical or attributes.get("href")
        elif tag == "time" and "datetime" in attributes and {"pubdate", "itemprop"} & attributes.keys():
            self._metas.setdefault(attributes.get("itemprop", "pubdate").lower(), attributes["datetime"])
        elif tag == "script" and attributes.get("type", "").lower().startswith("application/ld+json"):
            self._in_json_ld = True
            self._json_ld.append([])

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._open[tag] = max(self._open.get(tag, 0) - 1, 0)
        if tag in _BREAKS:
            self._break("\n\n" if tag == "p" else "\n")
        elif tag == "script":
            self._in_json_ld = False

    def data(self, text: str) -> None:
        if self._in_json_ld:
            self._json_ld[-1].append(text)
        for tag, caught in self._caught.items():
            if self._open.get(tag) and len(caught) < 50:
                caught.append(text)
        if any(self._open.get(tag) for tag in _SILENT):
            return
        self._words.append(text)
        if not any(self._open.get(tag) for tag in _FRAME):
            self._body.append(text)

    def close(self) -> Markup:
        return Markup(
            words=_tidy(self._words),
            body=_tidy(self._body),
            page_title=" ".join("".join(self._caught["title"]).split()) or None,
            headline=" ".join("".join(self._caught["h1"]).split()) or None,
            language=self._language,
            canonical=self._canonical,
            metas=self._metas,
            json_ld=tuple("".join(parts) for parts in self._json_ld),
            depth=self._deepest,
            widest=self._widest,
            elements=self._elements,
        )

    def _break(self, sign: str) -> None:
        self._words.append(sign)
        self._body.append(sign)

    def _meta(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content", "").strip()
        if name and content:
            self._metas.setdefault(name.strip().lower(), content)
        if attributes.get("http-equiv", "").lower() == "content-language" and content:
            self._metas.setdefault("content-language", content)


def _tidy(parts: list[str]) -> str:
    """Join the words; white space inside a line is one space, and at most one blank line parts two blocks."""
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    text: list[str] = []
    for line in lines:
        if line or (text and text[-1]):
            text.append(line)
    return "\n".join(text).strip("\n")
