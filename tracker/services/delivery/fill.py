"""The consumer that turns changes into messages, and days and weeks that are over into digests.

A change becomes a message once: in the transaction that moves the checkpoint. What a rebuild finds stands at positions that the
checkpoint has passed, and what came before a subscription stands before its own, so neither is ever told.
"""

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec

from tracker.domain.change import Change
from tracker.domain.ids import short_id
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import NotFoundError
from tracker.projections import subjects
from tracker.services.delivery.content import Content, Item, encoded, item, weightiest
from tracker.services.delivery.target import Target, period_end
from tracker.services.queries.query import Query
from tracker.services.queries.watch import Filter
from tracker.store.store import Store, Transaction
from tracker.store.targets import TargetRow

CONSUMER = "delivery"
_EVENTS = 1000
"""How many events' changes are taken at once."""
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Told(msgspec.Struct, frozen=True):
    """A subscription with its filter and its target, as one works with them."""

    row: TargetRow
    filter: Filter
    target: Target

    def wants(self, change: Change, about: frozenset[str]) -> bool:
        """Tell whether a change passes the filter; `about` is every id of the subject that it names."""
        rest = msgspec.structs.replace(self.filter, subject=None)
        return rest.wants(change) and (self.filter.subject is None or change.subject in about)

    def item(self, change: Change) -> Item:
        """Return a change with the id that it has for this subscription."""
        return item(self.row.subscription, self.row.created_at, change)


def told_of(row: TargetRow) -> Told:
    """Return a target as one works with it."""
    return Told(row, msgspec.json.decode(row.filter, type=Filter), msgspec.json.decode(row.body, type=Target))


class Fill:
    """Fills the outbox."""

    def __init__(self, store: Store, query: Query, *, clock: Callable[[], dt.datetime]) -> None:
        self._store, self._query, self._clock = store, query, clock

    def catch_up(self) -> int:
        """Bring the outbox up to where the views have come, and return how many messages are new."""
        made = 0
        more = True
        while more:
            count, more = self._page()
            made += count
        return made + self._periods()

    def _page(self) -> tuple[int, bool]:
        """Take one page of changes; also tell whether there is another."""
        with self._store.reading() as reading:
            seen = reading.checkpoints.get(CONSUMER)
            told = _at_once(reading)
            settled = _settled(reading)
            if settled <= seen or not told:
                return 0, False
            # What came before every subscription is for none.
            after = max(seen, min(one.row.position for one in told))
            cursor = min(settled, after + _EVENTS)
            changes = _changes(reading, after, cursor)
        about = {one.row.subscription: self._about(one) for one in told if changes}
        with self._store.transaction() as transaction:
            if not transaction.checkpoints.advance(CONSUMER, seen=seen, to=cursor):
                return 0, True  # another process was faster
            # As they are now: one that was added, removed or disabled meanwhile counts as such.
            none = frozenset[str]()
            count = sum(
                _put(transaction, one, changes, about.get(one.row.subscription, none)) for one in _at_once(transaction)
            )
        return count, cursor < settled

    def _about(self, told: Told) -> frozenset[str]:
        """Every id of the subject that is wanted: it may have been merged with another since somebody subscribed."""
        wanted = told.filter.subject
        if wanted is None:
            return frozenset()
        try:
            return frozenset({wanted, *self._query.members(wanted)})
        except NotFoundError:
            return frozenset({wanted})

    def _periods(self) -> int:
        """Make the digests of what is over, as soon as the views have come to its end."""
        now, made = self._clock(), 0
        with self._store.reading() as reading:
            told = [one for one in map(told_of, reading.targets.all()) if one.row.disabled_at is None]
            due = [(one, end) for one in told if (end := _due(one, now)) is not None]
            settled = _settled(reading) if due else 0
            over = {end: reading.log.position_at(_just_before(end)) for _, end in due}
        for one, end in due:
            position = max(over[end], one.row.position)
            if position in (one.row.position, min(position, settled)):
                made += self._digest(one, position, end)
        return made

    def _digest(self, told: Told, position: int, end: str) -> int:
        kept: tuple[Item, ...] = ()
        count, after, about = 0, told.row.position, self._about(told)
        while after < position:
            up_to = min(position, after + _EVENTS)
            with self._store.reading() as reading:
                mine = [told.item(change) for change in _changes(reading, after, up_to) if told.wants(change, about)]
            kept, count, after = weightiest([*kept, *mine]), count + len(mine), up_to
        row = told.row
        with self._store.transaction() as transaction:
            if not transaction.targets.advance(row.subscription, seen=row.position, to=position, since=end):
                return 0
            if not count:
                return 0
            body = encoded(Content(kept, count, row.since, end))
            return transaction.outbox.put(row.subscription, "period", [(_period_id(told, end), position, body)])


def _at_once(reading: Transaction) -> list[Told]:
    """Who is told of each change when it comes."""
    every = map(told_of, reading.targets.all())
    return [one for one in every if one.target.rhythm == "each" and one.row.disabled_at is None]


def _put(transaction: Transaction, told: Told, changes: Sequence[Change], about: frozenset[str]) -> int:
    since = (change for change in changes if change.position > told.row.position)
    mine = [told.item(change) for change in since if told.wants(change, about)]
    messages = [(each.id, each.change.position, encoded(Content((each,), 1))) for each in mine]
    return transaction.outbox.put(told.row.subscription, "change", messages)


def _period_id(told: Told, end: str) -> str:
    return short_id("msg", told.row.subscription, told.row.created_at, told.row.since, end)


def _just_before(end: str) -> str:
    """The last instant of a period: what happens at midnight belongs to the next day."""
    return (dt.datetime.fromisoformat(end) - dt.timedelta(microseconds=1)).strftime(_FORMAT)


def _due(told: Told, now: dt.datetime) -> str | None:
    end = period_end(told.target.rhythm, now)
    if end is None or (written := end.strftime(_FORMAT)) <= told.row.since:
        return None
    return written


def _settled(reading: Transaction) -> int:
    """The position up to which every view has taken in what happened; 0 before there are any."""
    live = [reading.views.live(vocabulary.plural) for vocabulary in VOCABULARIES.values()]
    return min((reading.checkpoints.get(one[0].consumer) for one in live if one is not None), default=0)


def _changes(reading: Transaction, after: int, up_to: int) -> list[Change]:
    """The changes between two positions, in the order of the log."""
    live = (reading.views.live(vocabulary.plural) for vocabulary in VOCABULARIES.values())
    bodies = [body for one in live if one for body in reading.views.changes(one[0], after=after, before=up_to + 1)]
    return sorted(map(subjects.change_of, bodies), key=lambda change: (change.position, change.subject))
