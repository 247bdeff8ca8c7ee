"""Asking for the current view of subjects, or the view as of an earlier moment."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from tracker.domain.asof import AsOf
from tracker.domain.change import Change
from tracker.domain.dates import DateSpan
from tracker.domain.ids import SubjectId, slug
from tracker.domain.policy import Policy
from tracker.domain.said import Said
from tracker.domain.view import SubjectView
from tracker.domain.vocabulary import VOCABULARIES, Vocabulary
from tracker.errors import ConfigError, NotFoundError
from tracker.projections import subjects
from tracker.services import answers
from tracker.services.quotes import Quotes, Version
from tracker.store.store import Store, Transaction
from tracker.store.views import Build

Axis = Literal["published", "recorded"]


class Heard(msgspec.Struct, frozen=True):
    """All that documents say of one subject as of a moment."""

    id: SubjectId
    vocabulary: Vocabulary
    build: Build
    parts: Sequence[subjects.Part]

    @property
    def said(self) -> list[Said]:
        """The claims that stand."""
        return [s for s in subjects.heard(self.parts) if s.claim.attribute in self.vocabulary.attributes]


class Query:
    """Answers questions from the views, and from the log's entries when asked about another moment."""

    def __init__(self, store: Store, policy: Policy) -> None:
        self._store, self._policy = store, policy

    def board(self, *, kind: str | None = None, as_of: AsOf | None = None) -> list[answers.Subject]:
        """Return the views of all subjects, kind by kind, in the order of their ids."""
        with self._store.reading() as reading:
            views = list(self._views(reading, kind, as_of or AsOf()))
            quotes = Quotes(reading, (version for view in views for version in _versions(view)))
            return [answers.subject(view, quotes) for view in views]

    def subject(self, name: str, *, as_of: AsOf | None = None) -> answers.Subject:
        """Return one view, by id, name or alias.

        Raises NotFoundError when nothing of this name is known, or was known then.
        """
        with self._store.reading() as reading:
            view = self._view(reading, self.identify(reading, name), as_of or AsOf())
            if view is None:
                raise NotFoundError("subject", name, "nothing was known of it then")
            return answers.subject(view, Quotes(reading, _versions(view)))

    def history(
        self,
        name: str,
        *,
        attribute: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        axis: Axis = "published",
    ) -> list[answers.HistoryLine]:
        """Return every change of a view in order.

        On the published axis: as sources came out, whatever order they arrived in. On the recorded axis: as this tracker
        changed its mind. `since` and `until` are days on that axis, both included.
        """
        with self._store.reading() as reading:
            heard = self.heard(reading, self.identify(reading, name))
            if attribute is not None:
                check_attribute(heard.vocabulary, attribute)
            if axis == "published":
                changes = subjects.history(heard.vocabulary, heard.id, heard.said, self._policy)
            else:
                changes = [subjects.change_of(body) for body in reading.views.changes(heard.build, key=heard.id)]
            wanted = [c for c in changes if attribute in (None, c.attribute) and _between(c, axis, since, until)]
            quotes = Quotes(reading, ((c.document, c.document_version) for c in wanted))
            return [answers.history_line(change, quotes) for change in wanted]

    def changes(self, *, after: int = 0) -> list[answers.HistoryLine]:
        """Return every recorded change of any subject after a log position, in the order of the log."""
        with self._store.reading() as reading:
            found: list[Change] = []
            for vocabulary in VOCABULARIES.values():
                build = reading.views.live(vocabulary.plural)
                if build:
                    found.extend(subjects.change_of(body) for body in reading.views.changes(build[0], after=after))
            found.sort(key=lambda c: (c.position, c.subject))
            quotes = Quotes(reading, ((c.document, c.document_version) for c in found))
            return [answers.history_line(change, quotes) for change in found]

    def moment(self, *, known_at: str | int | None = None, published_by: str | dt.date | None = None) -> AsOf:
        """Return a moment of knowledge from what a person writes.

        `known_at` is a log position, or an instant in ISO 8601 (UTC unless it says otherwise; a day counts to its end).
        `published_by` is a date in EDTF, which counts to its end. Raises ConfigError for anything else.
        """
        return AsOf(self._position(known_at), _last_day(published_by))

    def _position(self, known_at: str | int | None) -> int | None:
        if known_at is None or isinstance(known_at, int):
            return known_at
        if known_at.isascii() and known_at.isdecimal() and len(known_at) != _YEAR_DIGITS:
            return int(known_at)
        try:
            day = DateSpan.parse(known_at).last
            instant = f"{day.isoformat()}T23:59:59.999999Z"
        except ValueError:
            instant = _instant(known_at)
        with self._store.reading() as reading:
            return reading.log.position_at(instant)

    def heard(self, reading: Transaction, id_: SubjectId, as_of: AsOf | None = None) -> Heard:
        """Return what documents say of a subject. Raises NotFoundError for an unknown one."""
        vocabulary = VOCABULARIES.get(id_.partition("/")[0])
        live = reading.views.live(vocabulary.plural) if vocabulary else None
        if vocabulary is None or live is None:
            raise NotFoundError("subject", id_)
        known_at = as_of.known_at if as_of else None
        entries = reading.views.collected(live[0], id_, up_to=known_at)
        return Heard(id_, vocabulary, live[0], subjects.read(entries))

    def _view(self, reading: Transaction, id_: SubjectId, as_of: AsOf) -> SubjectView | None:
        heard = self.heard(reading, id_, as_of)
        if as_of == AsOf():
            body = reading.views.get(heard.build, id_)
            return subjects.view_of(body) if body else None
        # `heard` holds only what was recorded by then.
        return subjects.judge(heard.vocabulary, id_, heard.parts, self._policy, published_by=as_of.published_by)

    def _views(self, reading: Transaction, kind: str | None, as_of: AsOf) -> Iterator[SubjectView]:
        for vocabulary in VOCABULARIES.values():
            live = reading.views.live(vocabulary.plural)
            if live is None or kind not in (None, vocabulary.kind):
                continue
            if as_of == AsOf():
                yield from (subjects.view_of(body) for _, body in reading.views.all(live[0]))
                continue
            for key in reading.views.collected_keys(live[0]):
                view = self._view(reading, SubjectId(key), as_of)
                if view is not None:
                    yield view

    def identify(self, reading: Transaction, name: str) -> SubjectId:
        """Return the id that an id, its unmistakable beginning, a name or an alias means.

        Raises NotFoundError with what comes near, or when a name means several.
        """
        # A name from a command line may hold bytes that are no UTF-8.
        name = name.encode("utf-8", "replace").decode()
        for candidate in (name, *(f"{kind}/{slug(name)}" for kind in VOCABULARIES)):
            vocabulary = VOCABULARIES.get(candidate.partition("/")[0])
            live = reading.views.live(vocabulary.plural) if vocabulary else None
            # Collected, not shown: a subject of which nothing holds any more still has its past.
            if live and reading.views.collected(live[0], candidate):
                return SubjectId(candidate)
        wanted = slug(name.rpartition("/")[2])
        views = list(self._views(reading, None, AsOf()))
        same = [view.id for view in views if wanted in {slug(n) for n in (view.name, *view.aliases)}]
        same = same or [view.id for view in views if view.id.startswith(name.rstrip("…"))]
        if len(same) == 1:
            return same[0]
        near = same or [
            view.id for view in views if any(wanted in slug(n) for n in (view.id, view.name, *view.aliases))
        ]
        hint = f"did you mean {', '.join(near[:5])}?" if near else "`tracker status` lists what is known"
        raise NotFoundError("subject", name, hint)


_YEAR_DIGITS = 4
"""A number of four digits is a year; a position of that size is written with a zero before it."""


def _instant(text: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            "--known-at", f"{text!r} is no log position and no date or time, such as 2025-04-01"
        ) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _last_day(date: str | dt.date | None) -> dt.date | None:
    if isinstance(date, dt.datetime):
        return date.date()
    if date is None or isinstance(date, dt.date):
        return date
    try:
        return DateSpan.parse(date).last
    except ValueError as error:
        raise ConfigError("--published-by", str(error)) from None


def check_attribute(vocabulary: Vocabulary, attribute: str) -> None:
    """Raise ConfigError when nothing of this name may be said of the kind."""
    if attribute not in vocabulary.attributes:
        known = ", ".join(vocabulary.attributes)
        raise ConfigError("attribute", f"a {vocabulary.kind} has no {attribute!r}; it has {known}")


def _between(change: Change, axis: Axis, since: dt.date | None, until: dt.date | None) -> bool:
    day = change.published_on if axis == "published" else dt.date.fromisoformat(change.recorded_at[:10])
    return (since is None or since <= day) and (until is None or day <= until)


def _versions(view: SubjectView) -> Iterator[Version]:
    for values in view.attributes.values():
        for held in values:
            yield (held.document, held.document_version)
