"""Trying a feed: ask for it once, and tell what it would bring. Records nothing."""

import datetime as dt
from collections.abc import Callable

import msgspec

from tracker.errors import InputError
from tracker.feeds.discovery import offers
from tracker.fetch.answer import Answer, Asked
from tracker.services.ingestion.feeds import address_of
from tracker.services.ingestion.visit import Outcome
from tracker.services.ingestion.web import Web

_MOST_SHOWN = 50


class Shown(msgspec.Struct, frozen=True):
    """One entry as it would come in; `published` is EDTF, None when the feed does not say."""

    title: str | None
    url: str | None
    published: str | None
    words: int


class Trial(msgspec.Struct, frozen=True):
    """What was found at an address. `outcome` is that of a poll; a page that is no feed has `offers` instead of entries."""

    url: str
    ok: bool
    outcome: Outcome
    reason: str | None = None
    title: str | None = None
    format: str | None = None
    entries: int = 0
    moved_to: str | None = None
    guids_repeat: bool = False
    shown: tuple[Shown, ...] = ()
    refused: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


class Try:
    """Tries addresses."""

    def __init__(self, web: Web, *, clock: Callable[[], dt.datetime]) -> None:
        self._web, self._clock = web, clock

    def of(self, text: str, *, listing: bool = False) -> Trial:
        """Return what is at an address. Raises InputError for what is no address at all."""
        url = address_of(text)
        answer = self._web.ask(Asked(url))
        if answer.kind == "not_modified":
            return Trial(answer.url, ok=False, outcome="http_error", reason="304 to a request without validators")
        if answer.kind != "fetched":
            return Trial(answer.url, ok=False, outcome=answer.kind, reason=answer.reason)
        try:
            parsed = self._web.workshop.parse(
                answer.body,
                url=answer.url,
                today=self._clock().date(),
                charset=answer.charset,
                media_type=answer.media_type,
                listing=listing,
            )
        except InputError as error:
            outcome: Outcome = "broken_feed" if error.code == "broken_feed" else "not_a_feed"
            return Trial(answer.url, ok=False, outcome=outcome, reason=error.reason, offers=_offers(answer))
        return Trial(
            answer.url,
            ok=True,
            outcome="new",
            title=parsed.title,
            format=parsed.format,
            entries=len(parsed.drafts),
            moved_to=answer.moved_to,
            guids_repeat=parsed.guids_repeat,
            shown=tuple(
                Shown(one.declared.title, one.declared.url, one.declared.published, len(one.text.split()))
                for one in parsed.drafts[:_MOST_SHOWN]
            ),
            refused=tuple(f"{one.source}: {one.reason}" for one in parsed.refused),
        )


def _offers(answer: Answer) -> tuple[str, ...]:
    """The feeds that a page declares or links to; where many sites have theirs is only told when it names none."""
    found = offers(answer.body, url=answer.url, charset=answer.charset)
    named = [offer.url for offer in found if offer.how != "guessed"]
    return tuple(named or [offer.url for offer in found])[:10]
