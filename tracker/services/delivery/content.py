"""What a message tells, as the outbox keeps it: changes with ids of their own, the weightiest first. Pure."""

from collections.abc import Iterable, Sequence

import msgspec

from tracker.domain.change import Change
from tracker.domain.ids import short_id
from tracker.domain.vocabulary import VOCABULARIES

MOST = 200
"""How many changes one message tells; of others it says how many they are."""


class Item(msgspec.Struct, frozen=True):
    """A change, and the id that it has in every message that tells it to this subscription."""

    id: str
    change: Change


class Content(msgspec.Struct, frozen=True):
    """The changes of one message, and how many there were; of a digest also the instants between which they came."""

    items: tuple[Item, ...]
    count: int
    since: str | None = None
    until: str | None = None

    @property
    def left_out(self) -> int:
        """How many changes are counted only."""
        return self.count - len(self.items)


_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Content).decode


def item(subscription: str, created_at: str, change: Change) -> Item:
    """Return a change with its id, which follows from who is told and from what."""
    return Item(short_id("msg", subscription, created_at, msgspec.to_builtins(change)), change)


def encoded(content: Content) -> bytes:
    """Return the bytes that the outbox keeps."""
    return _encode(content)


def decoded(body: bytes) -> Content:
    """Return what the outbox has kept."""
    return _decode(body)


def weightiest(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the changes of a digest in the order to tell them, as many as one tells: slips first, and the furthest of them."""
    return tuple(sorted(items, key=_weight)[:MOST])


def together(contents: Sequence[Content]) -> Content:
    """Return one content that tells what several did."""
    every = [each for content in contents for each in content.items]
    instants = sorted(each.change.recorded_at for each in every)
    return Content(weightiest(every), sum(content.count for content in contents), instants[0], instants[-1])


def rank(change: Change) -> int:
    """Return the group of a change: 0 a slip, 1 another move of a date, 2 a state, 3 anything else."""
    vocabulary = VOCABULARIES.get(change.subject.partition("/")[0])
    attribute = vocabulary.attributes.get(change.attribute) if vocabulary else None
    match change.change, attribute.type if attribute else None:
        case "slip", _:
            return 0
        case _, "date":
            return 1
        case _, "status":
            return 2
        case _:
            return 3


def _weight(each: Item) -> tuple[int, int, int, str]:
    change = each.change
    days = -(change.days or 0) if change.change == "slip" else 0
    return rank(change), days, change.position, each.id
