"""RSS and Atom in a file: each entry is a document.

feedparser reads them, without its sanitiser (it leaks, and we keep plain text anyway) and without resolving addresses. It
has no time limit and is quadratic in three places: the attributes of one tag, the prefixes of namespaces, and the persons
it looks for addresses in. A linear look at the characters goes first, refuses the first two and renames the third.
"""

import datetime as dt
import email.utils
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.capture import markup
from tracker.capture.declared import Declared, edtf
from tracker.capture.draft import Draft, Origin, part, whole
from tracker.capture.item import Refused
from tracker.capture.peek import Stream
from tracker.capture.pinned import decode
from tracker.errors import InputError

_ROOTS = ("rss", "feed", "RDF")
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ATTRIBUTE = re.compile(r"=[ \t\r\n]*[\"']")
_NAME = re.compile(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
# Whoever wrote it, in every vocabulary: `author`, `dc:creator`, `itunes:owner`.
_PERSON = re.compile(
    r"<(/?(?:[\w.-]{1,40}:)?)((?:author|contributor|creator|editor|email|managingEditor|name|owner|publisher|webMaster)\b)",
    re.IGNORECASE,
)
# A declared prefix. It cannot begin within another match, so that a flood of them is read once.
_PREFIX = re.compile(r"(?<=[\s\"'/])xmlns:([^\s=\"'<>/]*+)(?=\s*+=)")
_MOST_PREFIXES = 256  # feedparser looks through all of them at each tag; a feed has a dozen
_MOST_ATTRIBUTES = 256  # feedparser costs the square of the attributes of one tag
_MOST_ENTRIES = 20_000
_OLDEST = dt.date(1990, 1, 1)


def parse(stream: Stream, origin: Origin) -> Iterator[Draft | Refused]:
    """Yield the entries in the order of the feed. Raises InputError for what is no feed, or a hostile one."""
    raw = whole(stream, origin)
    try:
        xml = _characters(raw)
        _refuse_foreign(xml)
        _refuse_hostile(xml)
    except ValueError as error:
        raise InputError(origin.name, str(error)) from None
    feed = _parsed(xml, origin)
    entries = feed.get("entries", [])
    for number, entry in enumerate(entries[:_MOST_ENTRIES], start=1):
        # A plain dict: feedparser's own warns and substitutes one date for another.
        yield _draft(dict(entry), feed.get("feed", {}), str(feed.get("version", "")), number, origin)
    if len(entries) > _MOST_ENTRIES:
        yield Refused(origin.name, f"has {len(entries)} entries; those after {_MOST_ENTRIES} are left out, so split it")
    if feed.get("bozo") and "SAX" in type(feed.get("bozo_exception")).__name__:
        problem = " ".join(str(feed["bozo_exception"]).split())[:120]
        yield Refused(origin.name, f"the feed is broken XML ({problem}): entries after the break may be missing")
    elif not entries:
        yield Refused(origin.name, "is a feed without entries")


def _characters(raw: bytes) -> str:
    """Decode by byte order mark, else by the XML declaration, else as UTF-8 (XML 1.0, appendix F)."""
    declared = _DECLARATION.match(raw.lstrip())
    text = decode(raw, charset=declared[1].decode("ascii") if declared else None).removeprefix("\ufeff")
    if "\0" in text:
        raise ValueError("is a binary file: it holds NUL characters")
    return text


def _root(xml: str) -> str:
    """Return the local name of the first element, whatever stands before it; empty when there is none."""
    place = 0
    while (place := xml.find("<", place)) >= 0:
        for opening, closing in (("<!--", "-->"), ("<?", "?>"), ("<!", ">")):
            if xml.startswith(opening, place):
                place = xml.find(closing, place)
                break
        else:
            match = _NAME.match(xml, place)
            return match[1] if match else ""
        if place < 0:
            break
    return ""


def _refuse_foreign(xml: str) -> None:
    root = _root(xml)
    if root not in _ROOTS:
        raise ValueError(f"is XML, but neither RSS nor Atom: its root is <{root}>" if root else "is no XML")


def _refuse_hostile(xml: str) -> None:
    if _ENTITY.search(xml):
        raise ValueError("defines XML entities, which no feed needs and attackers use; take the definitions out")
    if any(
        len(_ATTRIBUTE.findall(tag)) > _MOST_ATTRIBUTES for tag in xml.split("<") if len(tag) > 4 * _MOST_ATTRIBUTES
    ):
        raise ValueError(f"has a tag with more than {_MOST_ATTRIBUTES} attributes")
    if len({match[1] for match in _PREFIX.finditer(xml)}) > _MOST_PREFIXES:
        raise ValueError(f"declares more than {_MOST_PREFIXES} prefixes of namespaces (xmlns)")


def _parsed(xml: str, origin: Origin) -> Mapping[str, Any]:
    import feedparser  # noqa: PLC0415 -- only feeds pay for it

    # feedparser searches persons for addresses in quadratic time (feedparser #562). We want no persons, so it sees none.
    xml = _PERSON.sub(r"<\1x-\2", xml)
    body = re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", xml, count=1).lstrip().encode("utf-8", "replace")
    try:
        found: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(body),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except Exception as error:  # noqa: BLE001 -- a feed that breaks the parser is one bad feed, not a bad run
        raise InputError(origin.name, f"the feed parser fails on it: {type(error).__name__}") from None
    return found


def _draft(
    entry: Mapping[str, Any], feed: Mapping[str, Any], version: str, number: int, origin: Origin
) -> Draft | Refused:
    title = _line(entry.get("title"))
    text = _body(entry) or title
    if not text:
        return Refused(part(origin, number), "the entry has neither text nor title")
    source = entry.get("source")
    # An id such as "1" is good within its feed only; a feed without a name of its own vouches for none.
    scope = str(feed.get("link") or "").strip() or _line(feed.get("title"))
    declared = {
        "id": entry.get("id") if scope else None,
        "url": entry.get("link"),
        "title": title,
        "publisher": _line(source.get("title") if isinstance(source, dict) else None) or _line(feed.get("title")),
        "published": _day(entry, "published") or _day(entry, "updated"),
        "language": feed.get("language"),
    }
    media_type = "application/atom+xml" if version.startswith("atom") else "application/rss+xml"
    return Draft(
        text,
        media_type,
        Declared.lenient({key: value for key, value in declared.items() if value}),
        number,
        scope=scope,
    )


def _body(entry: Mapping[str, Any]) -> str:
    """Return the fullest text of the entry as plain text."""
    found = [str(content.get("value") or "") for content in entry.get("content") or [] if isinstance(content, dict)]
    found.append(str(entry.get("summary") or ""))
    return max((markup.plain(text) for text in found), key=len)


def _line(value: object) -> str | None:
    return " ".join(markup.plain(value).split()) or None if isinstance(value, str) else None


def _day(entry: Mapping[str, Any], key: str) -> str | None:
    """Return the day by the publisher's own clock, since "on Monday" is said by that clock; feedparser's is UTC."""
    said = str(entry.get(key) or "")[:100]
    try:
        stamp = email.utils.parsedate_tz(said)
        day = dt.date(*stamp[:3]) if stamp else dt.date.fromisoformat(edtf(said))
    except (ValueError, OverflowError, IndexError, TypeError):
        utc = entry.get(f"{key}_parsed")
        if not utc:
            return None
        try:
            day = dt.date(*utc[:3])
        except (ValueError, TypeError):
            return None
    return day.isoformat() if day >= _OLDEST else None  # year 1 and the like mean that nothing is known
