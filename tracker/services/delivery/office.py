"""Everything about what goes out, in one place: for the doors, and for the tick of `tracker run`."""

import datetime as dt
from collections.abc import Callable, Mapping

from tracker.domain.ids import SubjectId
from tracker.fetch.rules import Rules
from tracker.services.delivery.fill import Fill
from tracker.services.delivery.notices import Why
from tracker.services.delivery.outcome import Outcome
from tracker.services.delivery.outgoing import Outgoing
from tracker.services.delivery.send import Line, Send
from tracker.services.delivery.subscribe import Subscribe
from tracker.services.delivery.variables import Variables
from tracker.services.queries.query import Query
from tracker.services.queries.watch import Watch
from tracker.store.store import Store


def _nowhere(_subject: SubjectId, _attribute: str) -> None:
    """No page is served."""


class Delivery:
    """What people subscribe to, what is on its way to them, and the sending of it."""

    def __init__(
        self,
        store: Store,
        query: Query,
        rules: Rules,
        environment: Mapping[str, str],
        *,
        clock: Callable[[], dt.datetime],
        flood: int,
        why: Why = _nowhere,
    ) -> None:
        """Take the environment that holds secrets, and what gives the addresses of our own pages."""
        self.subscriptions = Subscribe(store, Watch(store, query), clock=clock)
        self.outgoing = Outgoing(store)
        self._fill = Fill(store, query, clock=clock)
        self._send = Send(store, query, rules, Variables(environment), clock=clock, flood=flood, why=why)

    def due(self) -> list[Line]:
        """Turn what has changed into messages, send what is due, and return what became of each attempt."""
        self._fill.catch_up()
        return self._send.due()

    def test(self, name: str) -> Outcome:
        """Send a test to the place of a subscription, and return what became of it. Raises NotFoundError, RefusedError."""
        return self._send.trial(name, self.subscriptions.target(name))

    def stop(self) -> None:
        """Give up what is under way, for good."""
        self._send.stop()
