"""How two values of one attribute lie to each other: dates by their days, names by their words."""

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

from tracker.domain.dates import DateSpan

_WORD = re.compile(r"[^\W_]+")


class Values(msgspec.Struct, frozen=True, eq=False):
    """One way of comparing values.

    `within(a, b)`: a says the same as b, more precisely. `agree(a, b)`: one of them lies in the other, or they are equal.
    `covers(a, b)`: b is a, or lies in it. `width(a)`: smaller is more precise.
    """

    within: Callable[[str, str], bool]
    agree: Callable[[str, str], bool]
    covers: Callable[[str, str], bool]
    width: Callable[[str], int]


@lru_cache(maxsize=16384)  # the same few dates are compared again and again
def _relation(a: str, b: str) -> str:
    return DateSpan.parse(a).relation(DateSpan.parse(b))


def disjoint(a: str, b: str) -> bool:
    """Whether two dates have no day in common: the only way in which dates contradict each other."""
    return _relation(a, b) == "disjoint"


def words_within(finer: str, coarser: str) -> bool:
    """Whether one name holds all words of the other and more: `Moon south pole` in `Moon`."""
    return _words(finer) > _words(coarser)


@lru_cache(maxsize=8192)  # as above
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


DATES = Values(
    within=lambda a, b: _relation(a, b) == "within",
    agree=lambda a, b: _relation(a, b) in ("equal", "within", "contains"),
    covers=lambda a, b: _relation(a, b) in ("equal", "contains"),
    width=lambda a: DateSpan.parse(a).days,
)
WORDS = Values(
    within=words_within,
    agree=lambda a, b: _words(a) >= _words(b) or _words(b) >= _words(a),
    covers=lambda a, b: _words(b) >= _words(a),
    width=lambda a: -len(_words(a)),
)
