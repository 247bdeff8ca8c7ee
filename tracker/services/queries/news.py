"""Changes of all subjects in the order of the log, a page at a time."""

import heapq
from collections.abc import Callable

import msgspec

from tracker.domain.change import Change
from tracker.domain.vocabulary import VOCABULARIES
from tracker.projections import subjects
from tracker.services.queries.answers import HistoryLine, history_line
from tracker.services.queries.look import Look
from tracker.services.queries.quotes import Quotes
from tracker.store.views import Build

Wants = Callable[[Change], bool]


class News(msgspec.Struct, frozen=True):
    """Changes after a cursor, and the cursor to go on with; `more` says that there are others to be had at once."""

    changes: tuple[HistoryLine, ...]
    cursor: int
    more: bool


def news(look: Look, *, after: int, limit: int | None, wants: Wants) -> News:
    """Return the changes that are wanted after a log position.

    Only up to where every view has come: what one of them still has to tell of an earlier event would be missed by whoever had
    read past it. The changes of one event are never parted, so there may be a few more than `limit`.
    """
    told = told_up_to(look)
    rows = [map(subjects.change_of, look.reading.views.changes(build, after=after)) for build in _live(look)]
    found, cursor, more = list[Change](), max(after, told), False
    for change in heapq.merge(*rows, key=lambda c: (c.position, c.subject)) if told > after else ():
        if change.position > told:
            break
        if limit is not None and len(found) >= limit and change.position > found[-1].position:
            cursor, more = found[-1].position, True
            break
        if wants(change):
            found.append(change)
    quotes = Quotes(look.reading, ((c.document, c.document_version) for c in found))
    return News(tuple(history_line(change, quotes) for change in found), cursor, more)


def told_up_to(look: Look) -> int:
    """Return the log position up to which every view has taken in what happened."""
    return min((look.reading.checkpoints.get(build.consumer) for build in _live(look)), default=0)


def _live(look: Look) -> list[Build]:
    found = (look.reading.views.live(vocabulary.plural) for vocabulary in VOCABULARIES.values())
    return [one[0] for one in found if one is not None]
