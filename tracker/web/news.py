"""Changes of all subjects in the order of the log, a page at a time."""

import heapq
from collections.abc import Callable

import msgspec

from tracker.domain.change import Change
from tracker.domain.vocabulary import VOCABULARIES
from tracker.projections import subjects
from tracker.services.queries import answers
from tracker.services.queries.query import Query
from tracker.services.queries.quotes import Quotes


class News(msgspec.Struct, frozen=True):
    """Changes after a cursor, and the cursor to go on with; `more` says that there are others to be had at once."""

    changes: tuple[answers.HistoryLine, ...]
    cursor: int
    more: bool


def news(query: Query, *, after: int, limit: int, wants: Callable[[Change], bool] = lambda _change: True) -> News:
    """Return the changes that are wanted after a log position.

    Only up to where every view has come: what one of them still has to tell of an earlier event would be missed by whoever had
    read past it. The changes of one event are never parted, so there may be a few more than `limit`.
    """
    with query.looking() as look:
        live = [one[0] for v in VOCABULARIES.values() if (one := look.reading.views.live(v.plural)) is not None]
        told = min((look.reading.checkpoints.get(build.consumer) for build in live), default=0)
        rows = [map(subjects.change_of, look.reading.views.changes(build, after=after)) for build in live]
        found, cursor, more = list[Change](), max(after, told), False
        for change in heapq.merge(*rows, key=lambda c: (c.position, c.subject)) if told > after else ():
            if change.position > told:
                break
            if len(found) >= limit and change.position > found[-1].position:
                cursor, more = found[-1].position, True
                break
            if wants(change):
                found.append(change)
        quotes = Quotes(look.reading, ((c.document, c.document_version) for c in found))
        return News(tuple(answers.history_line(change, quotes) for change in found), cursor, more)
