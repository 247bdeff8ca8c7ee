"""JSON Feed 1.0 and 1.1 (jsonfeed.org): each item is a document.

Read leniently, as people write it: ids may be numbers, the version may be missing, and what has the wrong type is left out.
Items past the limit are skipped over and never become objects.
"""

import re
from collections.abc import Mapping

import msgspec

from tracker.capture import markup
from tracker.capture.declared import edtf
from tracker.capture.draft import Origin
from tracker.capture.entries import LONGEST_HTML, MOST_ENTRIES, Channel, Entry
from tracker.capture.pinned import decode
from tracker.errors import BrokenFeedError, NotAFeedError

MEDIA_TYPE = "application/feed+json"
_VERSION = "https://jsonfeed.org/version/"
# Escapes from left to right: a pair of surrogates, half of one, any other. Half a character would spoil the whole feed.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(r"(\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|(\\u[dD][89a-fA-F]..)|(\\.)", re.DOTALL)


class _Feed(msgspec.Struct, frozen=True):
    """The keys we read. `items` stay bytes until one is wanted."""

    version: object = None
    title: object = None
    home_page_url: object = None
    feed_url: object = None
    language: object = None
    items: list[msgspec.Raw] | None = None


def is_feed(value: object) -> bool:
    """Whether a decoded JSON value declares itself a feed, so that a file of it is no document of its own."""
    return isinstance(value, dict) and _declares(value.get("version")) and isinstance(value.get("items"), list)


def read(raw: bytes, origin: Origin, *, most: int = MOST_ENTRIES) -> Channel:
    """Return the feed in these bytes, its first `most` items.

    Raises NotAFeedError when they are other JSON, BrokenFeedError when they are none.
    """
    try:
        text = decode(raw, charset="utf-8").removeprefix("\ufeff")
        if _HALF.search(text):
            text = _ESCAPE.sub(lambda match: "" if match[2] else match[0], text)
        feed = msgspec.json.decode(text, type=_Feed)
    except RecursionError:
        raise BrokenFeedError(origin.name, "is JSON nested too deep") from None
    except msgspec.ValidationError:
        raise NotAFeedError(origin.name, "is JSON, but no JSON Feed: it has no list of items") from None
    except (msgspec.MsgspecError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise BrokenFeedError(origin.name, f"is no valid JSON: {reason}") from None
    if feed.items is None or not (_declares(feed.version) or feed.feed_url or feed.home_page_url):
        raise NotAFeedError(origin.name, "is JSON, but no JSON Feed: it has no version or no list of items")
    entries = tuple(_entry(item) for item in feed.items[:most])
    return Channel(
        format="json",
        media_type=MEDIA_TYPE,
        entries=entries,
        id=_text(feed.feed_url),
        title=_text(feed.title),
        site=_text(feed.home_page_url),
        language=_text(feed.language),
        left_out=len(feed.items) - len(entries),
    )


def _declares(version: object) -> bool:
    return isinstance(version, str) and version.replace("http://", "https://").startswith(_VERSION)


def _entry(raw: msgspec.Raw) -> Entry:
    try:
        item = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        item = None
    if not isinstance(item, dict):
        return Entry()  # refused by the judge, with its number
    id_ = item.get("id")
    return Entry(
        id=str(id_) if isinstance(id_, int | float) and not isinstance(id_, bool) else _text(id_),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_text(item.get("title")),
        text=_body(item),
        day=_day(item.get("date_published")) or _day(item.get("date_modified")),
        language=_text(item.get("language")),
    )


def _body(item: Mapping[str, object]) -> str:
    """Return the fullest text: what is plain already, the HTML as plain text, or the summary."""
    html = (_text(item.get("content_html")) or "")[:LONGEST_HTML]
    found = (_text(item.get("content_text")) or "", markup.plain(html), _text(item.get("summary")) or "")
    return max(found, key=len)


def _day(value: object) -> str | None:
    """Return the day of a timestamp (RFC 3339) by the publisher's own clock."""
    try:
        return edtf(_text(value) or "")
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
