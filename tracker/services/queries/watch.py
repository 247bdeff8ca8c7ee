"""Following changes as they come, and the filters that outputs keep under a name."""

from collections.abc import Iterator
from threading import Event
from typing import get_args

import msgspec

from tracker.domain.change import Change, ChangeKind
from tracker.domain.ids import SubjectId
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import ConfigError, NotFoundError
from tracker.services.queries.answers import HistoryLine
from tracker.services.queries.query import Query
from tracker.store.store import Store

POLL = 1.0
"""Seconds between two looks, where the database gives no hint."""
_PAGE = 1000
"""About how many changes are in hand at once."""


class Filter(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which changes are wanted: of a subject, of an attribute, of some kinds; None and an empty tuple are all."""

    subject: SubjectId | None = None
    attribute: str | None = None
    changes: tuple[ChangeKind, ...] = ()

    def wants(self, line: HistoryLine | Change) -> bool:
        """Tell whether a change passes."""
        return (
            self.subject in (None, line.subject)
            and self.attribute in (None, line.attribute)
            and (not self.changes or line.change in self.changes)
        )


class Subscription(msgspec.Struct, frozen=True):
    """A filter under a name."""

    name: str
    subject: SubjectId | None
    attribute: str | None
    changes: tuple[ChangeKind, ...]
    created_at: str


class Watch:
    """Follows changes, and knows what outputs subscribe to."""

    def __init__(self, store: Store, query: Query) -> None:
        self._store, self._query = store, query

    def wanted(
        self, *, subject: str | None = None, attribute: str | None = None, changes: tuple[str, ...] = ()
    ) -> Filter:
        """Return a filter from what a person names. A subject may be one that nothing is known of yet, if given by its id.

        Raises ConfigError for an attribute or a kind of change that there is not, NotFoundError for an unknown name.
        """
        known = sorted({name for vocabulary in VOCABULARIES.values() for name in vocabulary.attributes})
        if attribute is not None and attribute not in known:
            raise ConfigError("--attribute", f"there is no {attribute!r}; known: {', '.join(known)}")
        kinds = get_args(ChangeKind)
        for kind in changes:
            if kind not in kinds:
                raise ConfigError("--change", f"there is no {kind!r}; known: {', '.join(kinds)}")
        return msgspec.convert({"subject": self._subject(subject), "attribute": attribute, "changes": changes}, Filter)

    def _subject(self, name: str | None) -> SubjectId | None:
        if name is None:
            return None
        try:
            with self._query.looking() as look:
                return look.identify(name)
        except NotFoundError:
            kind, _, rest = name.partition("/")
            if kind in VOCABULARIES and rest:
                return SubjectId(name)
            raise

    def follow(
        self, wanted: Filter, *, after: int | None = None, stop: Event, poll: float = POLL
    ) -> Iterator[HistoryLine]:
        """Yield changes after a log position (None: from now on), then each new one soon after, until `stop` is set.

        A change is told once every view has taken in its event, in the order of the log; none is left out, and a rebuild
        tells nothing anew.
        """
        seen = self._query.settled() if after is None else after
        with self._store.hints() as hint:
            wait = hint or stop.wait
            while not stop.is_set():
                found = self._query.news(after=seen, limit=_PAGE)
                for line in found.changes:
                    if wanted.wants(line):
                        yield line
                if found.cursor > seen:
                    seen = found.cursor
                else:
                    wait(poll)

    def subscriptions(self) -> list[Subscription]:
        """Return every subscription, in the order of names."""
        with self._store.reading() as reading:
            rows = reading.subscriptions.all()
        made = [(name, msgspec.json.decode(body, type=Filter), at) for name, body, at in rows]
        return [Subscription(name, f.subject, f.attribute, f.changes, at) for name, f, at in made]

    def subscription(self, name: str) -> Subscription:
        """Return one subscription. Raises NotFoundError."""
        for one in self.subscriptions():
            if one.name == name:
                return one
        raise NotFoundError("subscription", name, "`tracker subscriptions list` shows all")
