"""RSS, RDF and Atom, of every version and in every condition, through feedparser.

It reads without its sanitiser (it leaks, and we keep plain text anyway) and without resolving addresses. It has no time
limit and is quadratic in four places: the attributes of one tag and the prefixes of namespaces, which `vetted` has refused,
the persons it looks for addresses in and the categories of an entry, which are renamed here. Entries past the limit are cut out before it
sees them, since it keeps ten times the bytes that it reads.
"""

import datetime as dt
import email.utils
import io
import re
from collections.abc import Mapping
from typing import Any

from tracker.capture import markup
from tracker.capture.declared import edtf
from tracker.capture.draft import Origin
from tracker.capture.entries import LONGEST_HTML, MOST_ENTRIES, OLDEST, Channel, Entry, Format
from tracker.capture.vetted import Vetted
from tracker.errors import BrokenFeedError

_ENTRY = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])")
# Whoever wrote it, in every vocabulary (`author`, `dc:creator`, `itunes:owner`), and what it is filed under.
_UNWANTED = re.compile(
    r"<(/?(?:[\w.-]{1,40}:)?)((?:author|contributor|creator|editor|email|managingEditor|name|owner|publisher|webMaster"
    r"|category|keywords|subject)\b)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|feed|RDF)\s*>")
_TAIL = 1024  # characters in which the end of the feed is looked for; some servers add a comment
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
# `ttl` is in minutes (RSS 2.0); the module `syndication` counts updates in a period (RSS 1.0).
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_LONGEST_PERIOD = 2_678_400  # a month; what claims more is a mistake or a jest


def read(xml: Vetted, origin: Origin, *, most: int = MOST_ENTRIES) -> Channel:
    """Return the feed, its first `most` entries. Raises BrokenFeedError when the parser fails on it."""
    text, opened = _first(xml.text, most)
    found = _parsed(text, origin)
    entries = found.get("entries", [])[:most]
    damage = xml.damage
    if found.get("bozo") and "SAX" in type(found.get("bozo_exception")).__name__:
        # Many a feed has some fault, such as an entity of HTML. It matters when it costs an entry, or part of one.
        problem = " ".join(str(found["bozo_exception"]).split())[:120]
        if len(entries) < min(opened, most) or not _CLOSED.search(text, max(len(text) - _TAIL, 0)):
            damage = damage or f"the feed is broken XML ({problem}): entries after the break may be missing"
    feed, version = found.get("feed", {}), str(found.get("version", ""))
    return Channel(
        format=_format(version, xml.root),
        media_type="application/atom+xml" if version.startswith("atom") else "application/rss+xml",
        # Plain dicts: feedparser's own warns and substitutes one date for another.
        entries=tuple(_entry(dict(entry)) for entry in entries),
        id=feed.get("id"),
        title=feed.get("title"),
        site=feed.get("link"),
        language=feed.get("language"),
        period_s=_period(feed),
        left_out=max(opened - most, 0),
        damage=damage,
    )


def _first(xml: str, most: int) -> tuple[str, int]:
    """Return the feed with its first entries and without those between them and its end, and how many were opened."""
    count, cut, end = 0, -1, -1
    for match in _ENTRY.finditer(xml):
        if match[1]:
            end = xml.find(">", match.end()) + 1
        else:
            count += 1
            cut = match.start() if count == most + 1 else cut
    if cut < 0:
        return xml, count
    return xml[:cut] + (xml[end:] if end > cut else ""), count


def _parsed(xml: str, origin: Origin) -> Mapping[str, Any]:
    import feedparser.api  # noqa: PLC0415 -- only feeds pay for it

    feedparser.api.PREFERRED_XML_PARSERS[:] = ["tracker.capture.buffered"]
    # It searches persons for addresses, and categories for doubles, in quadratic time (feedparser #562). So it sees none.
    xml = _UNWANTED.sub(r"<\1x-\2", xml)
    body = _PROLOGUE.sub("", xml, count=1).lstrip().encode("utf-8", "replace")
    try:
        found: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(body),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- a feed that breaks the parser is one bad feed, not a bad run
        raise BrokenFeedError(origin.name, f"the feed parser fails on it: {type(error).__name__}") from None
    return found


def _format(version: str, root: str) -> Format:
    if version.startswith("atom") or root == "feed":
        return "atom"
    return "rdf" if root == "RDF" else "rss"


def _entry(entry: Mapping[str, Any]) -> Entry:
    source, link, id_ = entry.get("source"), entry.get("link"), entry.get("id")
    if entry.get("guidislink") and link == id_ and not str(link).lower().startswith("http"):
        link = None  # feedparser takes a bare number for a permanent link, as RSS 2.0 does by default
    return Entry(
        id=id_,
        link=link,
        title=entry.get("title"),
        text=_body(entry),
        publisher=source.get("title") if isinstance(source, dict) else None,
        day=_day(entry, "published") or _day(entry, "updated"),
    )


def _body(entry: Mapping[str, Any]) -> str:
    """Return the fullest text of the entry as plain text."""
    found = {str(content.get("value") or "") for content in entry.get("content") or [] if isinstance(content, dict)}
    found.add(str(entry.get("summary") or ""))
    # Sorted, since two texts of one length must not take turns.
    return max(sorted(markup.plain(text[:LONGEST_HTML]) for text in found), key=len)


def _period(feed: Mapping[str, Any]) -> int | None:
    """Return how often the feed says it changes, in seconds: the longer of its two ways to say so."""
    said: list[float] = []
    for seconds, word, divided in (
        (60.0, feed.get("ttl"), False),
        (
            _PERIODS.get(str(feed.get("sy_updateperiod")).strip().lower(), 0.0),
            feed.get("sy_updatefrequency", "1"),
            True,
        ),
    ):
        try:
            number = float(str(word).strip()[:20])
            said.append(seconds / number if divided else seconds * number)
        except (ValueError, ZeroDivisionError):
            continue
    sane = [int(period) for period in said if 1 <= period <= _LONGEST_PERIOD]
    return max(sane, default=None)


def _day(entry: Mapping[str, Any], key: str) -> str | None:
    """Return the day by the publisher's own clock, since "on Monday" is said by that clock; feedparser's is UTC."""
    said = str(entry.get(key) or "")[:100]
    try:
        stamp = email.utils.parsedate_tz(said)
        day = dt.date(*stamp[:3]) if stamp else dt.date.fromisoformat(edtf(said))
    except (ValueError, OverflowError, IndexError, TypeError):
        utc = entry.get(f"{key}_parsed")
        if not utc or str(utc[0]) not in said:  # a year that it does not say was made of other digits
            return None
        try:
            day = dt.date(*utc[:3])
        except (ValueError, TypeError):
            return None
    return day.isoformat() if day >= OLDEST else None  # year 1 and the like mean that nothing is known
