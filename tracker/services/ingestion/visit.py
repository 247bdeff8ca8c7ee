"""One visit to a feed: what its server answers, what is in it, and the pages behind its teasers. Writes nothing."""

import asyncio
import contextlib
import datetime as dt
import hashlib
import ipaddress
import time
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from tracker.capture import page
from tracker.capture.draft import Draft, Origin
from tracker.errors import BrokenFeedError, InputError, NotAFeedError
from tracker.feeds.parsed import Parsed
from tracker.fetch.answer import Answer, Asked, Validators
from tracker.fetch.turns import registrable
from tracker.services.ingestion.web import Web
from tracker.store.feeds import Feed

Outcome = Literal[
    "new",
    "same",
    "not_modified",
    "moved",
    "gone",
    "rate_limited",
    "blocked",
    "http_error",
    "timeout",
    "refused_address",
    "bad_url",
    "too_large",
    "not_a_feed",
    "broken_feed",
]
"""How a poll ended. `new` is a feed that reads otherwise than at the poll before, whatever that brings."""

GOOD = ("new", "same", "not_modified", "moved")
TEASER = 600
"""Characters below which the text of an entry is taken for a teaser of its page."""
MOST_PAGES = 60
"""Pages fetched in one visit; those of other entries wait for the next."""
_DIGEST_BYTES = 8
_DAY = dt.timedelta(hours=24)
_PATIENCE = 3
"""How many visits in a row may leave a page for later before the feed's own words are taken for good."""
_PASSING = ("rate_limited", "http_error", "timeout")
_HTML = ("text/html", "application/xhtml+xml")
_encode = msgspec.msgpack.Encoder().encode


class Found(msgspec.Struct, frozen=True):
    """One entry that was not there before. `why_no_page` is set when its page was wanted and is not its text.

    One that `waits` is looked at again at the next visit.
    """

    digest: bytes
    draft: Draft
    why_no_page: str | None = None
    waits: bool = False
    page: Answer | None = None


class Visited(msgspec.Struct, frozen=True):
    """What a visit brought. `parsed` is None when nothing was read; `here` are the digests of all entries that were there."""

    feed: Feed
    outcome: Outcome
    answer: Answer
    reason: str | None = None
    parsed: Parsed | None = None
    body_digest: str | None = None
    found: tuple[Found, ...] = ()
    here: tuple[bytes, ...] = ()
    milliseconds: int = 0
    unconditional: bool = False


async def visit(web: Web, feed: Feed, *, seen: bytes, now: dt.datetime, max_bytes: int) -> Visited:
    """Ask for a feed and read what is new in it. `seen` are the digests of entries that were taken before.

    Whatever the server does is an outcome. Once a day, and while pages wait, the whole feed is asked for: validators may
    lie (a server that answers 304 for ever), and only a feed that is read can have its pages fetched.
    """
    began = time.monotonic()
    waiting = 0 < feed.page_tries < _PATIENCE
    full_at = dt.datetime.fromisoformat(feed.full_at) if feed.full_at else None
    unconditional = waiting or full_at is None or now - full_at >= _DAY
    validators = Validators() if unconditional else Validators(feed.etag, feed.last_modified)
    answer = await web.get(Asked(feed.url, validators))
    visited = await _read(web, Visited(feed, "same", answer, unconditional=unconditional), waiting, now.date())
    if visited.parsed is not None:
        visited = await _news(web, visited, visited.parsed, seen, max_bytes)
    spent = int((time.monotonic() - began) * 1000)
    return msgspec.structs.replace(visited, milliseconds=spent)


async def _read(web: Web, visited: Visited, waiting: bool, today: dt.date) -> Visited:  # noqa: FBT001  (says what it is)
    answer, feed = visited.answer, visited.feed
    if answer.kind != "fetched":
        reason = None if answer.kind == "not_modified" else answer.reason or "no reason was given"
        return msgspec.structs.replace(visited, outcome=answer.kind, reason=reason)
    digest = hashlib.sha256(answer.body).hexdigest()
    if digest == feed.body_digest and not waiting:
        return visited
    try:
        parsed = await web.workshop.parse_async(
            answer.body,
            url=answer.url,
            today=today,
            charset=answer.charset,
            media_type=answer.media_type,
            listing=feed.format == "listing",
        )
    except NotAFeedError as error:
        return msgspec.structs.replace(visited, outcome="not_a_feed", reason=error.reason)
    except BrokenFeedError as error:
        return msgspec.structs.replace(visited, outcome="broken_feed", reason=error.reason)
    if feed.guids_repeat and not parsed.guids_repeat:
        parsed = msgspec.structs.replace(parsed, guids_repeat=True, drafts=tuple(map(_nameless, parsed.drafts)))
    return msgspec.structs.replace(visited, outcome="new", parsed=parsed, body_digest=digest)


def _nameless(draft: Draft) -> Draft:
    """An entry of a feed whose ids have stood for several: its id names it no more."""
    return msgspec.structs.replace(draft, scope=None, declared=msgspec.structs.replace(draft.declared, id=None))


async def _news(web: Web, visited: Visited, parsed: Parsed, seen: bytes, max_bytes: int) -> Visited:
    site = site_of(visited.answer.url)
    drafts = [_of_site(draft, site) for draft in parsed.drafts]
    known, here = set(digests(seen)), tuple(map(digest_of, drafts))
    fresh = [(made, draft) for made, draft in zip(here, drafts, strict=True) if made not in known]
    if visited.feed.full_text:
        found = await _with_pages(web, visited.feed, fresh, max_bytes)
    else:
        found = tuple(Found(made, draft) for made, draft in fresh)
    return msgspec.structs.replace(visited, found=found, here=here)


async def _with_pages(web: Web, feed: Feed, fresh: Sequence[tuple[bytes, Draft]], max_bytes: int) -> tuple[Found, ...]:
    left = MOST_PAGES
    asked = []
    for made, draft in fresh:
        if len(draft.text) >= TEASER or draft.declared.url is None:
            asked.append(_as_it_came(made, draft))
        elif left:
            left -= 1
            asked.append(_with_page(web, feed, made, draft, max_bytes))
        else:
            asked.append(_as_it_came(made, draft, "its page is fetched at the next poll"))
    return tuple(await asyncio.gather(*asked))


async def _as_it_came(made: bytes, draft: Draft, why_no_page: str | None = None) -> Found:
    return Found(made, draft, why_no_page, waits=why_no_page is not None)


async def _with_page(web: Web, feed: Feed, made: bytes, draft: Draft, max_bytes: int) -> Found:
    url = draft.declared.url or ""
    answer = await web.get(Asked(url, heed_robots=True))
    if answer.kind != "fetched":
        waits = answer.kind in _PASSING and (answer.status or 500) >= 429 and feed.page_tries < _PATIENCE
        return Found(made, draft, f"{answer.kind}: {answer.reason}", waits=waits)
    if answer.media_type is not None and answer.media_type not in _HTML:
        return Found(made, draft, f"its link leads to {answer.media_type}, which is no page")
    origin = Origin(url, None, max_bytes, answer.charset)
    try:
        # Not on the loop: it takes a tenth of a second.
        article = await asyncio.to_thread(page.article, answer.body, origin, url=answer.url)
    except InputError as error:
        return Found(made, draft, error.reason)
    if len(article.text) <= len(draft.text):
        return Found(made, draft, "its page holds fewer words than the feed")
    declared = draft.declared.over(article.declared)
    whole = msgspec.structs.replace(
        draft,
        text=article.text,
        media_type=article.media_type,
        declared=declared,
        # The page itself has spoken, unless somebody else's answered for it.
        link_names=site_of(answer.url) in ("", site_of(url)),
    )
    return Found(made, whole, page=answer)


def site_of(url: str) -> str:
    """Return the site that an address belongs to: the registrable domain of its host.

    This machine has no site: what makes feeds of other sites here is the operator's own, and may speak for them.
    """
    host = urlsplit(url).hostname or ""
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return ""
    return "" if host == "localhost" else registrable(host)


def _of_site(draft: Draft, site: str) -> Draft:
    """An entry that links to another site: the feed tells where, and does not speak for what stands there."""
    url = draft.declared.url
    return draft if url is None or site in ("", site_of(url)) else msgspec.structs.replace(draft, link_names=False)


def digest_of(draft: Draft) -> bytes:
    """Return what an entry is recognised by as the same in every word, wherever in the feed it stands."""
    same = _encode(msgspec.structs.replace(draft, number=None))
    return hashlib.blake2b(same, digest_size=_DIGEST_BYTES).digest()


def digests(seen: bytes) -> list[bytes]:
    """Return the digests that `seen` is made of, the oldest first."""
    return [seen[at : at + _DIGEST_BYTES] for at in range(0, len(seen), _DIGEST_BYTES)]
