"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): the same feeds for programs that would rather not read XML."""

from collections.abc import Mapping

import msgspec

from tracker.outputs.feed import Feed

SUFFIX = ".json"
MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def document(made: Feed) -> bytes:
    """Return a feed as a JSON Feed."""
    whole = {
        "version": VERSION,
        "title": made.title,
        "home_page_url": made.home,
        "feed_url": made.own,
        "next_url": made.older,
        "language": "en",
        "authors": [{"name": "tracker"}],
        "items": [
            _given(
                {
                    "id": one.id,
                    "url": one.why,
                    "title": one.title,
                    "content_html": one.html,
                    "date_published": one.updated,
                    "tags": [one.change, one.subject],
                }
            )
            for one in made.entries
        ],
    }
    return msgspec.json.format(msgspec.json.encode(_given(whole)), indent=1) + b"\n"


def _given(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that have a value: the format knows no null."""
    return {name: value for name, value in fields.items() if value is not None}
