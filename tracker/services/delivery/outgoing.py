"""What is on its way, and what never arrived: to look at, to try again, to let go."""

from collections.abc import Sequence

import msgspec

from tracker.errors import NotFoundError, RefusedError
from tracker.services.delivery.content import decoded
from tracker.store.outbox import Form, Parcel, State
from tracker.store.store import Store


class Delivery(msgspec.Struct, frozen=True):
    """A message that waits or is dead: whom it is for, what it tells, how often it failed, and why the last time."""

    id: str
    subscription: str
    form: Form
    state: State
    about: str
    changes: int
    made_at: str
    due_at: str
    attempts: int
    reason: str | None


class Outgoing:
    """The messages that are not done yet."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, *, dead: bool = False) -> list[Delivery]:
        """Return what waits and what is dead, or only what is dead, the oldest first."""
        wanted: tuple[State, ...] = ("dead",) if dead else ("waiting", "dead")
        with self._store.reading() as reading:
            return [_delivery(parcel) for parcel in reading.outbox.all(*wanted)]

    def retry(self, ids: Sequence[str] | None = None) -> int:
        """Have dead messages sent once more, these or all that can be, and return how many they are.

        Raises NotFoundError for an unknown id, RefusedError for one that is not dead, or whose receiver wanted no more.
        """
        with self._store.transaction() as transaction:
            disabled = set(transaction.outbox.counts().disabled)
            if ids is None:
                every = transaction.outbox.all("dead")
                return transaction.outbox.revive([one.id for one in every if one.subscription not in disabled])
            for id_ in ids:
                parcel = transaction.outbox.get(id_)
                if parcel is None:
                    raise _unknown(id_)
                if parcel.state != "dead":
                    raise RefusedError(id_, f"is not dead, but {parcel.state}")
                if parcel.subscription in disabled:
                    first = f"`tracker subscriptions enable {parcel.subscription}` comes first"
                    raise RefusedError(id_, f"{parcel.subscription} is disabled; {first}")
            return transaction.outbox.revive(ids)

    def drop(self, id_: str) -> None:
        """Forget a message. Raises NotFoundError for one that neither waits nor is dead."""
        with self._store.transaction() as transaction:
            if not transaction.outbox.drop(id_):
                raise _unknown(id_)


def _delivery(parcel: Parcel) -> Delivery:
    content = decoded(parcel.body)
    first = content.items[0].change
    return Delivery(
        id=parcel.id,
        subscription=parcel.subscription,
        form=parcel.form,
        state=parcel.state,
        about=f"{first.subject} {first.attribute} {first.change}" if content.count == 1 else "several",
        changes=content.count,
        made_at=parcel.made_at,
        due_at=parcel.due_at,
        attempts=parcel.attempts,
        reason=parcel.reason,
    )


def _unknown(id_: str) -> NotFoundError:
    return NotFoundError("delivery", id_, "`tracker deliveries list` shows what waits and what is dead")
