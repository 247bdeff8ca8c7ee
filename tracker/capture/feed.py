"""Feeds: each entry is a document. What the bytes are decides who reads them, whatever they are called.

looks like                          read by
{                                   json_feed     JSON Feed 1.0, 1.1
XML with root rss, feed or RDF      syndicated    RSS 0.9x to 2.0, Atom 0.3 and 1.0, RDF
XML with root urlset                sitemap       news sitemaps
"""

from collections.abc import Callable, Iterator
from typing import Final

from tracker.capture import json_feed, sitemap, syndicated
from tracker.capture.draft import Draft, Origin, whole
from tracker.capture.entries import Channel, judged
from tracker.capture.item import Refused
from tracker.capture.peek import Stream
from tracker.capture.vetted import Vetted, vetted
from tracker.errors import NotAFeedError

_BY_ROOT: Final[dict[str, Callable[[Vetted, Origin], Channel]]] = {
    "rss": syndicated.read,
    "feed": syndicated.read,
    "RDF": syndicated.read,
    "urlset": sitemap.read,
    "sitemapindex": sitemap.read,
}


def parse(stream: Stream, origin: Origin) -> Iterator[Draft | Refused]:
    """Yield the entries in the order of the feed. Raises InputError for what is no feed, or a hostile one."""
    found = read(whole(stream, origin), origin)
    yield from judged(found, origin).found
    if not found.entries and not found.damage:
        yield Refused(origin.name, "is a feed without entries")


def read(raw: bytes, origin: Origin) -> Channel:
    """Return the feed in these bytes.

    Raises NotAFeedError when it is another thing, BrokenFeedError when it cannot be read or is made to do harm.
    """
    start = raw[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return json_feed.read(raw, origin)
    xml = vetted(raw, origin)
    if xml.root in _BY_ROOT:
        return _BY_ROOT[xml.root](xml, origin)
    if xml.root.lower() == "html":
        raise NotAFeedError(origin.name, "is a page (HTML), neither RSS nor Atom")
    reason = f"is XML, but neither RSS nor Atom: its root is <{xml.root}>" if xml.root else "is no XML"
    raise NotAFeedError(origin.name, reason)
