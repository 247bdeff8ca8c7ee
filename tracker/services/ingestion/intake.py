"""From visits to documents: entries become items, items are captured, and each feed learns what became of its own."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from tracker.capture.declared import Declared
from tracker.capture.draft import Draft, Origin, settle
from tracker.capture.item import Given, Item, Refused
from tracker.domain.identity import url_key
from tracker.domain.ids import DocumentId
from tracker.events import codec
from tracker.events.types import DocumentCaptured
from tracker.fetch.answer import Answer
from tracker.services.ingestion.capture import Capture, Outcome
from tracker.services.ingestion.visit import TEASER, Found, Visited, digests
from tracker.store.feeds import Feed
from tracker.store.store import Store, Transaction

_MOST_SEEN = 4_000
"""Entries that a feed is remembered by; twice what one answer may hold, since entries vanish and come back."""
_COUNTED = {"captured": "new", "duplicate": "new", "revised": "revised", "unchanged": "unchanged", "parked": "parked"}


class Taken(msgspec.Struct, frozen=True):
    """What became of the entries of one visit. `seen` takes the place of what the feed had; None when nothing changed.

    `pages` are the answers from which documents were made, `waiting` says that some are still to be fetched.
    """

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    parked: int = 0
    seen: bytes | None = None
    documents: tuple[DocumentId, ...] = ()
    pages: tuple[tuple[Answer, DocumentId], ...] = ()
    waiting: bool = False
    reason: str | None = None


class Intake:
    """Captures what visits brought, those of several feeds in one go."""

    def __init__(self, store: Store, capture: Capture, *, max_bytes: int) -> None:
        self._store, self._capture, self._max_bytes = store, capture, max_bytes

    def take(self, visits: Sequence[Visited], *, today: dt.date) -> Iterator[Taken]:
        """Yield what became of each visit, in order, once its documents are durable."""
        with self._store.reading() as reading:
            kept = [[_stands(reading, visited.feed, one) for one in visited.found] for visited in visits]
            seen = [reading.feeds.seen(visited.feed.id) if visited.found else b"" for visited in visits]
        items = [self._items(visited, stands, today) for visited, stands in zip(visits, kept, strict=True)]
        flat = [item for each in items for item in each]
        outcomes = iter([outcome for chunk in self._capture.take(flat) for outcome in chunk])
        for visited, stands, known in zip(visits, kept, seen, strict=True):
            yield _taken(visited, stands, known, outcomes)

    def _items(self, visited: Visited, stands: Sequence[bool], today: dt.date) -> list[Item | Refused]:
        if visited.parsed is None:
            return []
        feed = visited.feed
        origin = Origin(feed.url, None, self._max_bytes)
        title = visited.parsed.title
        given = Given(publisher=feed.publisher or title or feed.title)
        settled = []
        for one, stands_already in zip(visited.found, stands, strict=True):
            if stands_already:
                continue
            draft, named = _published_by(one.draft, feed, title)
            item = settle(draft, origin, sidecar=Declared(), given=given, captured_on=today)
            settled.append(item if named or isinstance(item, Refused) else _unnamed(item))
        return [*settled, *visited.parsed.refused]


def _published_by(draft: Draft, feed: Feed, title: str | None) -> tuple[Draft, bool]:
    """The entry, published by the source that it names, else by whom the operator says, else by what the feed is called.

    The second tells whether the entry itself names one.
    """
    if draft.declared.publisher not in (None, title):
        return draft, True
    publisher = feed.publisher or draft.declared.publisher
    return msgspec.structs.replace(draft, declared=msgspec.structs.replace(draft.declared, publisher=publisher)), False


def _unnamed(item: Item) -> Item:
    """What is taken from the feed names the publisher of a new document, and corrects none: other feeds carry the same page."""
    return msgspec.structs.replace(item, declared=tuple(key for key in item.declared if key != "publisher"))


def _stands(reading: Transaction, feed: Feed, found: Found) -> bool:
    """Whether the document is known already with more words than this teaser has: those it must not take the place of.

    Another feed of the site may give the whole text, or the page was fetched once and cannot be just now.
    """
    draft = found.draft
    if len(draft.text) >= TEASER or draft.declared.url is None or found.page is not None:
        return False
    for recorded in reading.log.read_key(url_key(draft.declared.url), limit=1):
        newest: DocumentCaptured | None = None
        for each in reading.log.read(stream=recorded.stream):
            event = codec.decode_known(each)
            newest = event if isinstance(event, DocumentCaptured) else newest
        if newest is None or newest.text_length <= len(draft.text):
            return False
        # A publisher may cut its own text; what another feed says less of is no edit.
        return found.why_no_page is not None or newest.source != feed.url
    return False


def _taken(visited: Visited, stands: Sequence[bool], known: bytes, outcomes: Iterator[Outcome]) -> Taken:
    if visited.parsed is None:
        return Taken()
    # Not a zip: the outcomes are shared with the visits that follow.
    became = [None if stands_already else next(outcomes) for stands_already in stands]
    refused = [next(outcomes) for _ in visited.parsed.refused]
    counts = Counter("unchanged" if one is None else _COUNTED[one.outcome] for one in became)
    counts["unchanged"] += len(visited.here) - len(visited.found)
    counts["parked"] += len(refused)
    done = {
        found.digest
        for found, one in zip(visited.found, became, strict=True)
        if not found.waits and (one is None or one.outcome != "parked")
    }
    # Those that stand in the feed now come last, so that they are the last to be forgotten.
    old = digests(known)
    was = set(old)
    here = dict.fromkeys(one for one in visited.here if one in done or one in was) if done else {}
    seen = b"".join([*(one for one in old if one not in here), *here][-_MOST_SEEN:]) if done else None
    return Taken(
        new=counts["new"],
        revised=counts["revised"],
        unchanged=counts["unchanged"],
        parked=counts["parked"],
        seen=seen,
        documents=tuple(dict.fromkeys(one.document for one in became if one and one.document)),
        pages=tuple(
            (found.page, one.document)
            for found, one in zip(visited.found, became, strict=True)
            if found.page and one and one.document
        ),
        waiting=any(found.waits for found in visited.found),
        reason=_reason(visited, [one.reason or "" for one in (*became, *refused) if one and one.outcome == "parked"]),
    )


def _reason(visited: Visited, parked: Sequence[str]) -> str | None:
    """What an operator should know of a poll that went well: pages that were not had, entries that were not taken."""
    pages = Counter(found.why_no_page.partition(":")[0] for found in visited.found if found.why_no_page)
    said = []
    if pages:
        whys = ", ".join(f"{why} ({count})" for why, count in pages.most_common(3))
        said.append(f"the feed's own words were taken for {pages.total()} of {len(visited.found)} entries: {whys}")
    if parked:
        said.append(f"{len(parked)} entries are parked: {parked[0][:160]}")
    return "; ".join(said) or None
