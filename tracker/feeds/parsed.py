"""A feed as it was read, whatever its format."""

import msgspec

from tracker.capture.draft import Draft
from tracker.capture.entries import Format
from tracker.capture.item import Refused


class Parsed(msgspec.Struct, frozen=True):
    """What one response of a feed holds.

    `period_s` is how often the feed itself wants to be asked (RSS `ttl`, `sy:updatePeriod`), in seconds. `guids_repeat` says
    that ids in it stand for more than one entry, so that none of them names a document; the ids are left out then.
    `refused` are the entries that are no documents, with the reason for each.
    """

    format: Format
    drafts: tuple[Draft, ...]
    title: str | None = None
    site: str | None = None
    period_s: int | None = None
    guids_repeat: bool = False
    refused: tuple[Refused, ...] = ()
