"""Sending what is due: each message by one process at a time, again until it arrives or is given up.

A lease is taken before the attempt and what came of it is saved afterwards. Whoever is killed in between leaves a lease that
ends by itself, and the message goes out again under the same id: at least once, and recognisable.
"""

import asyncio
import contextlib
import datetime as dt
import traceback
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Literal

import msgspec
import structlog

from tracker.domain.ids import short_id
from tracker.fetch.post import Poster
from tracker.fetch.rules import Rules
from tracker.services.delivery import channels, message
from tracker.services.delivery.content import decoded, encoded, together
from tracker.services.delivery.fill import told_of
from tracker.services.delivery.message import Message
from tracker.services.delivery.notices import Why, notices
from tracker.services.delivery.outcome import Outcome, failed
from tracker.services.delivery.patience import again_in, rests_for
from tracker.services.delivery.target import Target
from tracker.services.delivery.variables import Variables
from tracker.services.queries.query import Query
from tracker.store.outbox import Parcel
from tracker.store.store import Store

LEASE_S = 180.0
"""Longer than all messages that are taken for one receiver can take, one after the other."""
_RECEIVERS, _OF_EACH = 16, 4
_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"

log = structlog.get_logger(__name__)


class Line(msgspec.Struct, frozen=True):
    """What became of one attempt; `dead` is a failure after which none follows."""

    id: str
    subscription: str
    outcome: Literal["sent", "failed", "dead", "gone"]
    reason: str | None


class Send:
    """Empties the outbox. `flood` is how many single changes of a subscription may be due together before they are folded."""

    def __init__(
        self,
        store: Store,
        query: Query,
        rules: Rules,
        variables: Variables,
        *,
        clock: Callable[[], dt.datetime],
        flood: int,
        why: Why,
    ) -> None:
        self._store, self._query, self._rules, self._variables = store, query, rules, variables
        self._clock, self._flood, self._why = clock, flood, why
        self._stopped = False
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[list[Line]]] | None = None

    def due(self) -> list[Line]:
        """Send what is due, and return what became of each attempt."""
        batch = self._claimed()
        return asyncio.run(self._rounds(batch)) if batch else []

    def trial(self, name: str, target: Target) -> Outcome:
        """Send a message that tells nothing, once and now, and return what became of it."""
        at = self._clock().strftime(_FORMAT)
        made = message.trial(short_id("test", name, at), name, at)

        async def sent() -> Outcome:
            async with Poster(self._rules) as poster:
                return await channels.send(target, made, self._tools(poster))

        return asyncio.run(sent())

    def stop(self) -> None:
        """Give up what is under way, as soon as it can be left, for good; what has not arrived is as due as before."""
        self._stopped = True
        if (running := self._running) is not None:
            loop, task = running
            with contextlib.suppress(RuntimeError):  # it has just come to its end
                loop.call_soon_threadsafe(task.cancel)

    def _tools(self, poster: Poster) -> channels.Tools:
        return channels.Tools(poster, self._variables, self._clock)

    def _claimed(self) -> list[Parcel]:
        if self._stopped:
            return []
        with self._store.reading() as reading:
            if not reading.outbox.is_due():
                return []
        with self._store.transaction() as transaction:
            for name in transaction.outbox.crowded(self._flood):
                crowd = transaction.outbox.due_changes(name)
                ids = [parcel.id for parcel in crowd]
                content = together([decoded(parcel.body) for parcel in crowd])
                carrier = short_id("msg", *sorted(ids))
                transaction.outbox.put(name, "flood", [(carrier, crowd[-1].position, encoded(content))])
                transaction.outbox.fold(ids, carrier)
            holder = self._store.holder
            return transaction.outbox.claim_due(holder, seconds=LEASE_S, receivers=_RECEIVERS, of_each=_OF_EACH)

    async def _rounds(self, batch: Sequence[Parcel]) -> list[Line]:
        lines: list[Line] = []
        task = asyncio.current_task()
        if task is not None:
            self._running = asyncio.get_running_loop(), task
        left = {parcel.id for parcel in batch}
        try:
            async with Poster(self._rules) as poster:
                while batch and not self._stopped:
                    mine = [list(group) for _, group in groupby(batch, key=lambda parcel: parcel.subscription)]
                    for done in await asyncio.gather(*(self._in_turn(group, poster, left) for group in mine)):
                        lines += done
                    self._let_go(left)
                    batch = await asyncio.to_thread(self._claimed)
                    left = {parcel.id for parcel in batch}
        except asyncio.CancelledError:
            if not self._stopped:
                raise
        finally:
            self._running = None
            self._let_go(left)
        return lines

    def _let_go(self, left: set[str]) -> None:
        if left:
            with self._store.transaction() as transaction:
                transaction.outbox.give_up(sorted(left), self._store.holder)
            left.clear()

    async def _in_turn(self, parcels: Sequence[Parcel], poster: Poster, left: set[str]) -> list[Line]:
        """Send messages of one receiver until one fails: the others are not tried on a receiver that does not answer."""
        lines = []
        for parcel in parcels:
            outcome = await self._attempt(parcel, poster)
            line = await asyncio.to_thread(self._settle, parcel, outcome)
            left.discard(parcel.id)
            lines.append(line)
            if line.outcome != "sent":
                break
        return lines

    async def _attempt(self, parcel: Parcel, poster: Poster) -> Outcome:
        try:
            made = await asyncio.to_thread(self._composed, parcel)
            if made is None:
                return Outcome("gone", "the subscription was removed")
            target, composed = made
            return await channels.send(target, composed, self._tools(poster))
        except Exception as error:  # noqa: BLE001  (whatever it is, it becomes a failed attempt)
            # A fault of ours in one message must not hold up the others, nor go unseen. Where it happened is told, and not the
            # error's own words, in which a library may repeat an address.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error("delivery.broke", id=parcel.id, error=type(error).__name__, where=where)  # noqa: TRY400  (as above)
            return failed(f"the message could not be made ({type(error).__name__})")

    def _composed(self, parcel: Parcel) -> tuple[Target, Message] | None:
        with self._store.reading() as reading:
            row = reading.targets.get(parcel.subscription)
        if row is None:
            return None
        content = decoded(parcel.body)
        told = notices(self._query, content.items, self._why)
        if parcel.form == "change":
            return told_of(row).target, message.one(parcel.id, parcel.subscription, told[0])
        whole = parcel.form == "period"
        return told_of(row).target, message.many(parcel.id, parcel.subscription, content, told, whole=whole)

    def _settle(self, parcel: Parcel, outcome: Outcome) -> Line:
        """Save what became of an attempt, and tell it. An attempt that another has taken over changes nothing."""
        name, holder, told = (
            parcel.subscription,
            self._store.holder,
            {"id": parcel.id, "subscription": parcel.subscription},
        )
        with self._store.transaction() as transaction:
            match outcome.kind:
                case "sent":
                    transaction.outbox.sent(parcel.id, holder)
                    transaction.targets.quiet(name, None)
                    log.info("delivery.sent", **told, attempt=parcel.attempts + 1)
                    return Line(parcel.id, name, "sent", None)
                case "gone":
                    at = self._clock().strftime(_FORMAT)
                    if transaction.targets.disable(name, outcome.reason or "", at=at):
                        log.warning("delivery.disabled", subscription=name, reason=outcome.reason)
                    transaction.outbox.bury(name, outcome.reason or "")
                    return Line(parcel.id, name, "gone", outcome.reason)
            failures = parcel.attempts + 1
            wait = again_in(failures, parcel.id, asked=outcome.retry_after)
            transaction.outbox.failed(parcel.id, holder, outcome.reason or "", again_in=wait)
            rest = self._clock() + dt.timedelta(seconds=rests_for(failures, asked=outcome.retry_after))
            transaction.targets.quiet(name, rest.strftime(_FORMAT))
        if wait is None:
            log.warning("delivery.dead", **told, attempts=failures, reason=outcome.reason)
            return Line(parcel.id, name, "dead", outcome.reason)
        log.info("delivery.failed", **told, attempt=failures, again_in=round(wait, 1), reason=outcome.reason)
        return Line(parcel.id, name, "failed", outcome.reason)
