"""The newest changes, and older ones part by part: what feeds are made of."""

from collections.abc import Mapping

import msgspec

from tracker.domain.ids import SubjectId
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import NotFoundError
from tracker.projections import subjects
from tracker.services.queries import answers
from tracker.services.queries.look import Look
from tracker.services.queries.query import Query
from tracker.services.queries.quotes import Quotes
from tracker.store.views import Build


class Newest(msgspec.Struct, frozen=True):
    """Changes, the newest first, and what their subjects are called; `older` is where the next part begins, None at the end."""

    lines: tuple[answers.HistoryLine, ...]
    names: Mapping[str, str]
    older: int | None


def newest(
    query: Query, *, kind: str | None = None, subject: SubjectId | None = None, before: int | None = None, limit: int
) -> Newest:
    """Return the newest changes before a log position, of one subject, of a kind, or of all.

    Only up to where every view has come, so that what is told stays in its place. The changes of one event are never parted, so
    there may be more than `limit`. Reads no more of the log than it returns.
    """
    with query.looking() as look:
        builds = _builds(look, subject.partition("/")[0] if subject else kind)
        told = min((look.reading.checkpoints.get(build.consumer) for build in _builds(look, None)), default=0)
        end = told + 1 if before is None else min(before, told + 1)
        views = look.reading.views
        found = sorted(
            (at for build in builds for at in views.changed_at(build, before=end, limit=limit + 1, key=subject)),
            reverse=True,
        )
        if not found:
            return Newest((), {}, None)
        first = found[:limit][-1]
        bodies = (body for build in builds for body in views.changes(build, key=subject, after=first - 1, before=end))
        # Within one event in the order in which it brought them about.
        made = sorted(map(subjects.change_of, bodies), key=lambda change: (-change.position, change.subject))
        quotes = Quotes(look.reading, ((change.document, change.document_version) for change in made))
        lines = tuple(answers.history_line(change, quotes) for change in made)
        older = first if found[-1] < first else None
        return Newest(lines, names(look, {line.subject for line in lines}), older)


def names(look: Look, ids: set[SubjectId]) -> dict[str, str]:
    """Return what subjects are called now; one of which nothing holds any more goes by its id."""
    found: dict[str, str] = {}
    for id_ in sorted(ids):
        try:
            view = look.view(id_)
        except NotFoundError:
            continue
        if view is not None:
            found[id_] = view.name
    return found


def _builds(look: Look, kind: str | None) -> list[Build]:
    wanted = (vocabulary for vocabulary in VOCABULARIES.values() if kind in (None, vocabulary.kind))
    live = (look.reading.views.live(vocabulary.plural) for vocabulary in wanted)
    return [one[0] for one in live if one is not None]
