"""Lists of feeds from other readers and for them."""

from collections.abc import Iterator

from tracker.errors import InputError
from tracker.feeds import opml
from tracker.feeds.opml import Outline
from tracker.services.ingestion.feeds import Feeds, Line, Wanted


class Opml:
    """Takes lists in and hands them out."""

    def __init__(self, feeds: Feeds, *, allow_private: bool) -> None:
        self._feeds, self._allow_private = feeds, allow_private

    def take(self, raw: bytes, name: str, *, dry_run: bool = False) -> Iterator[Line]:
        """Add every feed of a list, and yield what became of each. A dry run records nothing.

        Raises InputError when it is no OPML; a feed that cannot be taken is a line with its reason.
        """
        found = opml.read(raw, name=name, allow_private=self._allow_private)
        for outline in found.outlines:
            wanted = _wanted(outline)
            try:
                yield self._feeds.would(wanted) if dry_run else self._feeds.add(wanted)
            except InputError as error:
                yield Line(outline.url[:200], None, "refused", error.reason)
        for refused in found.refused:
            yield Line(refused.source, None, "refused", refused.reason)

    def give(self) -> bytes:
        """Return all feeds that are polled as OPML 2.0, in the order of their addresses."""
        outlines = [
            Outline(
                url=feed.url,
                title=feed.title,
                publisher=feed.publisher,
                grade=feed.grade,
                reason=feed.reason,
                format="listing" if feed.format == "listing" else None,
                full_text=feed.full_text,
                verified=feed.ok_at is not None,
            )
            for feed in self._feeds.all()
        ]
        return opml.written(outlines, title="Feeds that tracker polls")


def _wanted(outline: Outline) -> Wanted:
    return Wanted(
        outline.url,
        title=outline.title,
        publisher=outline.publisher,
        grade=outline.grade,
        reason=outline.reason,
        full_text=outline.full_text or None,  # a list that does not speak of it takes nothing back
        listing=outline.format == "listing",
    )
