"""Reading a feed: `parse` has the bytes read by the format that they have, and judges what is found.

    rss, atom, rdf, json, sitemap     capture.feed, which looks at the bytes
    listing                           a page of links, when the feed was registered as one

Everything here runs over hostile bytes: call it in a `Workshop`, never in the process that holds the database.
"""

import datetime as dt

from tracker.capture import feed
from tracker.capture.draft import Draft, Origin
from tracker.capture.entries import judged, line
from tracker.capture.item import Refused
from tracker.errors import BrokenFeedError, NotAFeedError
from tracker.feeds.listing import read as read_listing
from tracker.feeds.parsed import Parsed

MOST_BYTES = 15 << 20
"""Of one answer, unpacked. The fetcher stops at as much."""


def parse(
    body: bytes,
    *,
    url: str,
    today: dt.date,
    charset: str | None = None,
    media_type: str | None = None,
    listing: bool = False,
) -> Parsed:
    """Return what a feed holds. `url` is where the bytes came from in the end, `charset` and `media_type` what the server said.

    What the bytes are decides the format, since servers name any of them wrongly; only that links of a page are entries must
    be said, by `listing`. Raises NotAFeedError when they are another thing, BrokenFeedError when they cannot be read. Pure.
    """
    if len(body) > MOST_BYTES:
        raise BrokenFeedError(url, f"is larger than {MOST_BYTES:,} bytes, which no feed is")
    if not body.strip():
        raise NotAFeedError(url, "the answer is empty")
    origin = Origin(url, None, MOST_BYTES, charset)
    try:
        channel = feed.read(body, origin)
    except NotAFeedError as error:
        if not listing:
            kind = f" (the server calls it {media_type})" if media_type and media_type.isascii() else ""
            raise NotAFeedError(url, error.reason + kind[:80]) from None
        channel = read_listing(body, origin, today=today)
    if not channel.entries and channel.damage:
        raise BrokenFeedError(url, channel.damage)
    found = judged(channel, origin, url=url, today=today)
    return Parsed(
        format=channel.format,
        drafts=tuple(one for one in found.found if isinstance(one, Draft)),
        title=line(channel.title),
        site=found.site,
        period_s=channel.period_s,
        guids_repeat=found.guids_repeat,
        refused=tuple(one for one in found.found if isinstance(one, Refused)),
    )
