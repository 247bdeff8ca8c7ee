"""Asking for the current view of subjects, or the view as of a point on the three clocks."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import msgspec

from tracker.domain.asof import AsOf
from tracker.domain.change import Change
from tracker.domain.dates import DateSpan
from tracker.domain.policy import Policy, state_day
from tracker.domain.view import SubjectView
from tracker.domain.vocabulary import Vocabulary
from tracker.errors import ConfigError, NotFoundError
from tracker.projections import subjects
from tracker.services.queries import answers
from tracker.services.queries.look import Heard, Look
from tracker.services.queries.news import News, Wants, news, told_up_to
from tracker.services.queries.quotes import Quotes, Version
from tracker.store.store import Store

Axis = Literal["published", "recorded"]
STALE_AFTER = 540
"""Days after which an active subject of which nothing is said is called stale, unless the settings say otherwise."""


class Query:
    """Answers questions from the views, and from the log's entries when asked about another moment."""

    def __init__(
        self, store: Store, policy: Policy, *, today: Callable[[], dt.date], stale_after: int = STALE_AFTER
    ) -> None:
        self._store, self._policy = store, policy
        self._today, self._stale_after = today, stale_after

    @contextmanager
    def looking(self, as_of: AsOf | None = None) -> Iterator[Look]:
        """Give one look at all subjects, now or as of another moment, for the length of the block."""
        with self._store.reading() as reading:
            yield Look(reading, self._policy, as_of or AsOf(), today=self._today())

    def members(self, name: str) -> tuple[str, ...]:
        """Return every id of the subject that an id, name or alias means. Raises NotFoundError."""
        with self.looking() as look:
            heard = look.heard(look.identify(name))
            return heard.members or (heard.id,)

    def board(self, *, kind: str | None = None, as_of: AsOf | None = None) -> list[answers.Subject]:
        """Return the views of all subjects, kind by kind, in the order of their ids."""
        with self.looking(as_of) as look:
            views = list(look.views(kind))
            quotes = Quotes(look.reading, (version for view in views for version in _versions(view)))
            return [self._answer(look, view, quotes) for view in views]

    def subject(self, name: str, *, as_of: AsOf | None = None) -> answers.Subject:
        """Return one view, by id, name or alias.

        Raises NotFoundError when nothing of this name is known, or was known then.
        """
        with self.looking(as_of) as look:
            view = look.view(look.identify(name))
            if view is None:
                raise NotFoundError("subject", name, "nothing was known of it then")
            return self._answer(look, view, Quotes(look.reading, _versions(view)))

    def _answer(self, look: Look, view: SubjectView, quotes: Quotes) -> answers.Subject:
        return answers.subject(view, quotes, on=look.day, stale_after=self._stale_after)

    def history(
        self,
        name: str,
        *,
        attribute: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        axis: Axis = "published",
        as_of: AsOf | None = None,
    ) -> list[answers.HistoryLine]:
        """Return every change of a view in order.

        On the published axis: as sources came out, whatever order they arrived in. On the recorded axis: as this tracker
        changed its mind. `since` and `until` are days on that axis, both included.
        """
        with self.looking(as_of) as look:
            heard = look.heard(look.identify(name))
            if attribute is not None:
                check_attribute(heard.vocabulary, attribute)
            changes = _published(look, heard) if axis == "published" else _recorded(look, heard)
            wanted = [c for c in changes if attribute in (None, c.attribute) and _between(c, axis, since, until)]
            quotes = Quotes(look.reading, ((c.document, c.document_version) for c in wanted))
            return [answers.history_line(change, quotes) for change in wanted]

    def changes(self, *, after: int = 0) -> list[answers.HistoryLine]:
        """Return every recorded change of any subject after a log position, in the order of the log."""
        return list(self.news(after=after).changes)

    def news(self, *, after: int, limit: int | None = None, wants: Wants = lambda _change: True) -> News:
        """Return the wanted changes after a log position as far as every view has told them, about `limit` at a time."""
        with self.looking() as look:
            return news(look, after=after, limit=limit, wants=wants)

    def settled(self) -> int:
        """Return the log position up to which every view has taken in what happened."""
        with self.looking() as look:
            return told_up_to(look)

    def moment(
        self,
        *,
        known_at: str | int | None = None,
        published_by: str | dt.date | None = None,
        valid_at: str | dt.date | None = None,
    ) -> AsOf:
        """Return a point on the three clocks from what a person writes.

        `known_at` is a log position, or an instant in ISO 8601 (UTC unless it says otherwise; a day counts to its end).
        `published_by` and `valid_at` are dates in EDTF, which count to their ends. None is now. Raises ConfigError for
        anything else.
        """
        return AsOf(
            self._position(known_at), _last_day("--published-by", published_by), _last_day("--valid-at", valid_at)
        )

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


def _last_day(option: str, date: str | dt.date | None) -> dt.date | None:
    if isinstance(date, dt.datetime):
        return date.date()
    if date is None or isinstance(date, dt.date):
        return date
    try:
        return DateSpan.parse(date).last
    except ValueError as error:
        raise ConfigError(option, str(error)) from None


def check_attribute(vocabulary: Vocabulary, attribute: str) -> None:
    """Raise ConfigError when nothing of this name may be said of the kind."""
    if attribute not in vocabulary.attributes:
        known = ", ".join(vocabulary.attributes)
        raise ConfigError("attribute", f"a {vocabulary.kind} has no {attribute!r}; it has {known}")


def _published(look: Look, heard: Heard) -> list[Change]:
    """The changes as sources came out; of the state only what had begun by the day that is asked for."""
    valid_at = look.as_of.valid_at
    said = [s for s in heard.said if valid_at is None or s.claim.attribute != "status" or state_day(s) <= valid_at]
    return subjects.history(heard.vocabulary, heard.id, said, heard.policy, on=heard.on)


def _recorded(look: Look, heard: Heard) -> list[Change]:
    """The changes as this tracker changed its mind, or would have by what had been published, or held, by a day."""
    as_of = look.as_of
    if as_of.published_by is None and as_of.valid_at is None:
        bodies = look.reading.views.changes(heard.build, key=heard.id)
        changes = (subjects.change_of(body) for body in bodies)
        return [c for c in changes if as_of.known_at is None or c.position <= as_of.known_at]
    found: list[Change] = []
    before: SubjectView | None = None
    in_order = sorted(heard.parts, key=lambda part: part.position)
    for number, part in enumerate(in_order, 1):
        after = look.judged(msgspec.structs.replace(heard, parts=in_order[:number]))
        (cause,) = look.reading.log.read(after=part.position - 1, limit=1)
        act = subjects.ACTS.get(cause.type)
        differing = subjects.compare_views(heard.vocabulary, heard.id, before, after, act=act)
        at = {"position": cause.position, "recorded_at": cause.recorded_at}
        found.extend(msgspec.structs.replace(change, **at) for change in differing)
        before = after
    return found


def _between(change: Change, axis: Axis, since: dt.date | None, until: dt.date | None) -> bool:
    day = change.published_on if axis == "published" else dt.date.fromisoformat(change.recorded_at[:10])
    return (since is None or since <= day) and (until is None or day <= until)


def _versions(view: SubjectView) -> Iterator[Version]:
    for values in view.attributes.values():
        for held in values:
            yield (held.document, held.document_version)
