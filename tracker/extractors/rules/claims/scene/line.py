"""A line: one sentence of a document with what was found in it, laid out on its tokens."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.subjects.page.subject import SubjectMention
from tracker.extractors.rules.triggers import triggers_in
from tracker.language.dates import DateMention
from tracker.language.text import Block

ItemKind = Literal["subject", "date", "org", "place", "vehicle", "destination"]


class Item(msgspec.Struct, frozen=True):
    """Something found in a sentence: tokens `first` to `last` (exclusive), and what it is."""

    kind: ItemKind
    first: int
    last: int
    start: int
    end: int
    subject: int = -1
    mention: SubjectMention | None = None
    known: Mention | None = None
    date: DateMention | None = None
    country: str = ""
    """The country of an organisation, a people or a capital."""

    @property
    def id(self) -> str:
        """The catalog's id, or nothing."""
        return self.known.id if self.known else ""


_PAST_ASIDE = 0.15


class Line(msgspec.Struct, frozen=True):
    """A sentence that says something: its words in lower case with their offsets, its items in order, and what follows from these."""

    number: int
    start: int
    end: int
    block: Block
    paragraph: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    items: tuple[Item, ...]
    way: tuple[float, ...]
    """The cost of the way from the first token to each; the difference of two is the cost between them."""
    heading: bool = False
    asides: tuple[tuple[int, int], ...] = ()
    """What stands between two commas or dashes and can be left out: on the way past it, it costs next to nothing."""

    vocabulary: frozenset[str] = frozenset()
    """The words, in no order."""
    triggers: int = 0
    """The triggers among its words."""
    by_kind: Mapping[ItemKind, tuple[Item, ...]] = {}
    """The items by kind, in order."""

    def __post_init__(self) -> None:
        """Work out what is kept."""
        by_kind: dict[ItemKind, tuple[Item, ...]] = {}
        for item in self.items:
            by_kind[item.kind] = (*by_kind.get(item.kind, ()), item)
        msgspec.structs.force_setattr(self, "by_kind", by_kind)
        if not self.vocabulary:
            msgspec.structs.force_setattr(self, "vocabulary", frozenset(self.words))
            msgspec.structs.force_setattr(self, "triggers", triggers_in(self.vocabulary))

    def of(self, *kinds: ItemKind) -> tuple[Item, ...]:
        """The items of these kinds, in order."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], ())
        return tuple([item for item in self.items if item.kind in kinds])

    def between(self, one: int, other: int) -> float:
        """The cost of the way between two tokens."""
        last = len(self.way) - 1
        one, other = min(one, last), min(other, last)
        cost = abs(self.way[one] - self.way[other])
        for begun, ended in self.asides:
            if (one <= begun and ended <= other) or (other <= begun and ended <= one):
                cost -= self.way[ended] - self.way[begun] - _PAST_ASIDE
        return cost
