"""Everything there is, a subject at a time: for who takes it all away, and must not hold it all at once."""

from collections.abc import Iterator

from tracker.domain.asof import AsOf
from tracker.domain.ids import SubjectId
from tracker.domain.vocabulary import VOCABULARIES
from tracker.services.queries.answers import HistoryLine
from tracker.services.queries.query import Axis, Query


def subject_ids(query: Query, kind: str | None = None) -> list[SubjectId]:
    """Return the id of every subject of which anything was ever said, kind by kind and in order; merged ones once."""
    found: dict[SubjectId, None] = {}
    with query.looking() as look:
        for vocabulary in VOCABULARIES.values():
            live = look.reading.views.live(vocabulary.plural)
            if live is None or kind not in (None, vocabulary.kind):
                continue
            found.update(dict.fromkeys(look.identify(key) for key in look.reading.views.collected_keys(live[0])))
    return list(found)


def history(
    query: Query, *, kind: str | None = None, axis: Axis = "published", as_of: AsOf | None = None
) -> Iterator[HistoryLine]:
    """Yield every change of every subject, subject by subject. Each subject is seen as it is when its turn comes."""
    for id_ in subject_ids(query, kind):
        yield from query.history(id_, axis=axis, as_of=as_of)
