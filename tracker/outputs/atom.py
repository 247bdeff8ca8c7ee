"""Atom (RFC 4287), in parts where it is long (RFC 5005, section 3)."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from tracker.language.spoken import clean
from tracker.outputs.feed import Feed, feed
from tracker.outputs.format import About

NAMESPACE = "http://www.w3.org/2005/Atom"
SUFFIX = ".atom"
MEDIA_TYPE = "application/atom+xml"


def document(made: Feed) -> bytes:
    """Return a feed as an Atom document."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _put(root, "id", made.id)
    _put(root, "title", made.title)
    _put(root, "updated", made.updated)
    _put(SubElement(root, "author"), "name", "tracker")
    _put(root, "generator", "tracker")
    for relation, address in (
        ("self", made.own),
        ("alternate", made.home),
        ("first", made.first),
        ("next", made.older),
    ):
        _link(root, relation, address, "text/html" if relation == "alternate" else MEDIA_TYPE)
    for one in made.entries:
        entry = SubElement(root, "entry")
        _put(entry, "id", one.id)
        _put(entry, "title", one.title)
        _put(entry, "updated", one.updated)
        _link(entry, "alternate", one.why, "text/html")
        _link(entry, "related", one.document, "text/html")
        SubElement(entry, "category", {"term": one.change})
        # HTML as text, escaped once more: nothing in it can end the element.
        SubElement(entry, "content", {"type": "html"}).text = clean(one.html)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def write(answers: Iterable[Any], about: About) -> Iterator[bytes]:
    """Yield the document whose entries are some changes, the newest first."""
    yield document(feed(answers, about, SUFFIX))


def _put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = clean(text)


def _link(parent: Element, relation: str, address: str | None, type_: str) -> None:
    if address is not None:
        SubElement(parent, "link", {"rel": relation, "type": type_, "href": address})
