"""`tracker ingest URL`: what stands at an address, fetched once, as documents: a page, a feed, or a file of any known kind."""

import datetime as dt
import io
from collections.abc import Iterator

from tracker.capture import page
from tracker.capture.declared import Declared
from tracker.capture.draft import Draft, Origin, settle
from tracker.capture.formats import format_by_content
from tracker.capture.item import Given, Item, Refused
from tracker.errors import InputError, NotAFeedError
from tracker.fetch.answer import Answer, Asked
from tracker.services.ingestion.feeds import address_of
from tracker.services.ingestion.web import Web

_HTML = ("text/html", "application/xhtml+xml")
_FEED_WORDS = ("rss", "atom", "xml", "feed+json")


class Addresses:
    """Fetches what an operator names. Robots rules are heeded: it is a program that asks."""

    def __init__(self, web: Web, *, max_bytes: int) -> None:
        self._web, self._max_bytes = web, max_bytes

    def items(self, source: str, *, given: Given, captured_on: dt.date) -> Iterator[Item | Refused]:
        """Yield each document of an address, or the reason why it is none. Never raises for what a server does."""
        try:
            url = address_of(source)
        except InputError as error:
            yield Refused(error.source, error.reason, waits=False)
            return
        answer = self._web.ask(Asked(url, heed_robots=True))
        if answer.kind != "fetched":
            yield Refused(url, f"cannot be fetched ({answer.kind}): {answer.reason}")
            return
        origin = Origin(url, None, self._max_bytes, answer.charset)
        try:
            for found in self._found(answer, origin, captured_on):
                if isinstance(found, Draft):
                    yield settle(found, origin, sidecar=Declared(), given=given, captured_on=captured_on)
                else:
                    yield found
        except InputError as error:
            yield Refused(url, error.reason)

    def _found(self, answer: Answer, origin: Origin, today: dt.date) -> Iterator[Draft | Refused]:
        if answer.media_type in _HTML:
            yield page.article(answer.body, origin, url=answer.url)
            return
        format_ = format_by_content(answer.body)
        said = answer.media_type or ""
        if format_.parse is page.parse:
            yield page.article(answer.body, origin, url=answer.url)
        elif format_.name == "RSS or Atom" or any(word in said for word in _FEED_WORDS):
            parsed = self._web.workshop.parse(
                answer.body, url=answer.url, today=today, charset=answer.charset, media_type=answer.media_type
            )
            yield from parsed.drafts
            yield from parsed.refused
        elif b"\0" in answer.body[:1000] and not format_.streams:
            raise NotAFeedError(origin.name, f"is {said or 'binary'}, which is neither a page, a feed nor text")
        else:
            found = list(format_.parse(io.BytesIO(answer.body), origin))
            yield from [_at(found[0], answer.url)] if len(found) == 1 and isinstance(found[0], Draft) else found


def _at(draft: Draft, url: str) -> Draft:
    """The one document of an address has that address, unless it says itself where it was published."""
    return Draft(draft.text, draft.media_type, draft.declared.over(Declared.lenient({"url": url})))
