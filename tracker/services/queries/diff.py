"""What differs between two points of one clock: slot by slot, with the event that made the difference and its words."""

from collections.abc import Iterator

import msgspec

from tracker.domain.asof import AsOf
from tracker.domain.change import Change
from tracker.domain.ids import SubjectId
from tracker.domain.vocabulary import VOCABULARIES
from tracker.projections import subjects
from tracker.services.queries import answers
from tracker.services.queries.look import Look
from tracker.services.queries.query import Axis, Query
from tracker.services.queries.quotes import Quotes


class Between(msgspec.Struct, frozen=True):
    """Two points of one clock; the other clocks stand still."""

    before: AsOf
    after: AsOf

    @property
    def recorded(self) -> tuple[int, int] | None:
        """The log positions, where the two points are some."""
        if self.before.known_at is None or self.after.known_at is None:
            return None
        return self.before.known_at, self.after.known_at


def between(query: Query, before: str | int, after: str | int, *, axis: Axis = "published") -> Between:
    """Return the two points that a person names: days of publication, or on the recorded axis positions or instants.

    Raises ConfigError for anything else.
    """
    if axis == "recorded":
        return Between(query.moment(known_at=before), query.moment(known_at=after))
    return Between(query.moment(published_by=str(before)), query.moment(published_by=str(after)))


def diff(query: Query, points: Between, name: str | None = None) -> list[answers.HistoryLine]:
    """Return what differs, subject by subject and slot by slot; of one subject or of all.

    Each line names the claim that holds at the later point, or the one that held at the earlier where nothing does any more.
    Between two positions it also names the event that made the difference. Raises NotFoundError for an unknown subject.
    """
    with query.looking(points.after) as look:
        earlier = look.at(points.before)
        ids = [look.identify(name)] if name is not None else list(_touched(look, points))
        found = [change for id_ in ids for change in _of(earlier, look, id_, points)]
        quotes = Quotes(look.reading, ((change.document, change.document_version) for change in found))
        return [answers.history_line(change, quotes) for change in found]


def _touched(look: Look, points: Between) -> Iterator[SubjectId]:
    """Every subject that can differ: between two positions only those of which the log tells in between."""
    recorded = points.recorded
    for vocabulary in VOCABULARIES.values():
        live = look.reading.views.live(vocabulary.plural)
        if live is None:
            continue
        if recorded is None:
            yield from map(SubjectId, look.reading.views.collected_keys(live[0]))
            continue
        low, high = sorted(recorded)
        changes = map(subjects.change_of, look.reading.views.changes(live[0], after=low))
        yield from sorted({change.subject for change in changes if change.position <= high})


def _of(earlier: Look, later: Look, id_: SubjectId, points: Between) -> Iterator[Change]:
    heard = later.heard(id_)
    recorded = points.recorded
    causes: dict[tuple[str, str | None], Change] = {}
    if recorded is not None:
        for body in later.reading.views.changes(heard.build, key=id_, after=recorded[0]):
            change = subjects.change_of(body)
            if change.position <= recorded[1]:
                causes[change.attribute, change.new] = change
    for change in subjects.compare_views(heard.vocabulary, id_, earlier.view(id_), later.view(id_)):
        cause = causes.get((change.attribute, change.new))
        if cause is None:
            yield change
        else:
            yield msgspec.structs.replace(change, position=cause.position, recorded_at=cause.recorded_at)
