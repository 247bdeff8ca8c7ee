"""What `tracker export` takes from the services: the answers that a format is made of, one at a time where there are many."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, assert_never

import msgspec

from tracker.domain.asof import AsOf
from tracker.domain.ids import SubjectId
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import ConfigError
from tracker.outputs.entry import MOST
from tracker.outputs.format import About, Question
from tracker.outputs.place import Place
from tracker.services.queries import newest, whole
from tracker.services.queries.answers import HistoryLine, Subject
from tracker.services.queries.dated import dated
from tracker.services.queries.query import Axis

if TYPE_CHECKING:
    from tracker.app import App


class Wanted(msgspec.Struct, frozen=True):
    """What is asked for: of a subject, of a kind, or everything, from where on the three clocks."""

    subject: str | None
    kind: str | None
    as_of: AsOf
    axis: Axis = "published"


def answers(app: "App", asks: Question, wanted: Wanted) -> tuple[Iterable[Any], About]:
    """Return the answers to a question, and what a format tells besides them.

    Raises NotFoundError for a subject that is not known, ConfigError for one that is not of the kind that is asked for.
    """
    public = app.settings.public_url.rstrip("/")
    about = _about(app, wanted, Place(public, public))
    match asks:
        case "subjects":
            return _subjects(app, wanted, about), about
        case "dates":
            one = about.key if wanted.subject is not None else None
            return dated(app.query, kind=wanted.kind, subject=one, as_of=wanted.as_of), about
        case "changes":
            return _changes(app, wanted, about, wanted.axis), about
        case "newest":
            lines, names = _newest(app, wanted, about)
            return lines, msgspec.structs.replace(about, names=names)
        case "claims":
            return _claims(app, wanted, about), about
        case _:
            assert_never(asks)


def _about(app: "App", wanted: Wanted, place: Place) -> About:
    if wanted.subject is not None:
        with app.query.looking() as look:
            id_ = look.identify(wanted.subject)
            name = newest.names(look, {id_}).get(id_, id_)
        if wanted.kind not in (None, id_.partition("/")[0]):
            raise ConfigError("--kind", f"{id_} is no {wanted.kind}; leave one of them out")
        return About(place, id_, name)
    if wanted.kind is not None:
        plural = VOCABULARIES[wanted.kind].plural
        return About(place, plural, plural.capitalize())
    return About(place)


def _subjects(app: "App", wanted: Wanted, about: About) -> list[Subject]:
    if wanted.subject is not None:
        return [app.query.subject(about.key, as_of=wanted.as_of)]
    return app.query.board(kind=wanted.kind, as_of=wanted.as_of)


def _changes(app: "App", wanted: Wanted, about: About, axis: Axis) -> Iterable[HistoryLine]:
    if wanted.subject is not None:
        return app.query.history(about.key, axis=axis, as_of=wanted.as_of)
    return whole.history(app.query, kind=wanted.kind, axis=axis, as_of=wanted.as_of)


def _newest(app: "App", wanted: Wanted, about: About) -> tuple[Iterable[HistoryLine], Mapping[str, str]]:
    """The changes that were recorded last, whatever the axis: an entry is new when this tracker learns of it."""
    subject = SubjectId(about.key) if wanted.subject is not None else None
    if wanted.as_of.is_now:
        found = newest.newest(app.query, kind=wanted.kind, subject=subject, limit=MOST)
        return found.lines, found.names
    lines = heapq.nlargest(MOST, _changes(app, wanted, about, "recorded"), key=lambda line: line.position)
    with app.query.looking() as look:
        return lines, newest.names(look, {line.subject for line in lines})


def _claims(app: "App", wanted: Wanted, about: About) -> Iterator[Any]:
    ids = [about.key] if wanted.subject is not None else whole.subject_ids(app.query, wanted.kind)
    for id_ in ids:
        yield from app.curation.claims.claims(subject=id_, as_of=wanted.as_of)
