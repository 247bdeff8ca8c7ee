"""The rules of RFC 4287 that a document can break, each with its section; and those of RFC 4151 for names."""

import datetime as dt
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TAG = re.compile(
    r"tag:[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d(-\d\d)?)?:([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
)
_ONCE = ("id", "title", "updated")
_AT_MOST_ONCE = ("generator", "icon", "logo", "rights", "subtitle", "content", "published", "source", "summary")


def checked(document: bytes) -> ET.Element:
    """Return the root of a feed that keeps the rules; fails with the one that it breaks."""
    root = ET.fromstring(document)
    assert root.tag == f"{ATOM}feed", "4.1.1: a feed"
    _common(root)
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author") is None:
        assert all(entry.find(f"{ATOM}author") is not None for entry in entries), "4.1.1: somebody is the author"
    assert any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")) or not root.findall(f"{ATOM}link")
    for entry in entries:
        _common(entry)
        content = entry.find(f"{ATOM}content")
        linked = any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link"))
        assert linked or content is not None, "4.1.2: content, or a link to it"
        if content is not None and content.get("type") == "html":
            assert len(content) == 0, "4.1.3.3: HTML is text and holds no elements"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)), "4.1.1: the same entry twice"
    assert root.findtext(f"{ATOM}id") not in ids
    return root


def name(text: str) -> str:
    """Return a name that is a tag URI with a day that there is."""
    assert _TAG.fullmatch(text), f"{text} is no tag URI (RFC 4151)"
    day = text.partition(",")[2].partition(":")[0]
    if len(day) == len("2026-01-01"):
        dt.date.fromisoformat(day)
    return text


def _common(element: ET.Element) -> None:
    for once in _ONCE:
        assert len(element.findall(ATOM + once)) == 1, f"4.1.1 and 4.1.2: exactly one {once}"
    for once in _AT_MOST_ONCE:
        assert len(element.findall(ATOM + once)) <= 1, f"4.1.1 and 4.1.2: at most one {once}"
    id_ = element.findtext(f"{ATOM}id") or ""
    assert urlsplit(id_).scheme, "4.2.6: no relative name"
    name(id_)
    assert (element.findtext(f"{ATOM}title") or "").strip(), "4.2.14: a title that says something"
    updated = element.findtext(f"{ATOM}updated") or ""
    assert _DATE.fullmatch(updated), "3.3: a date of RFC 3339"
    dt.datetime.fromisoformat(updated)
    for author in element.findall(f"{ATOM}author"):
        assert author.findtext(f"{ATOM}name"), "3.2.1: a person has a name"
    alternates = [
        (link.get("type"), link.get("hreflang"))
        for link in element.findall(f"{ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ]
    assert len(alternates) == len(set(alternates)), "4.1.1 and 4.1.2: alternates differ in type or language"
    for link in element.findall(f"{ATOM}link"):
        assert link.get("href"), "4.2.7.1: a link leads somewhere"
    for category in element.findall(f"{ATOM}category"):
        assert category.get("term"), "4.2.2.1: a category has a term"
