"""Clauses without a parser: how costly the way is between two places of a sentence.

A full parse is not needed to see that in "launched in 2019 and lost contact in 2021" the first date goes with the launch: it is
enough that a conjunction and a verb stand between. Every word costs a little, marks and conjunctions more, a finite verb
most; a name, a date or a parenthesis costs as one word, however long. The costs stand in the lexicon.
"""

from collections.abc import Sequence
from typing import Protocol

from tracker.extractors.lexicon import Lexicon
from tracker.extractors.rules.words import word_set


class Stretch(Protocol):
    """Some tokens of a sentence."""

    @property
    def first(self) -> int:
        """The first token."""

    @property
    def last(self) -> int:
        """The token after the last."""


PREPOSITIONS = word_set(
    """of for to with than from by after in on since as unlike like before behind over about at via under between
    into following"""
)

_OPEN, _CLOSE = "([", ")]"
_DASHES = frozenset(("-", "--", "–", "—", ":"))


def costs(words: Sequence[str], stretches: Sequence[Stretch], lexicon: Lexicon) -> tuple[float, ...]:
    """Return for each token, and for the end, the cost of the way from the first token to it."""
    weights = lexicon.weights
    inside = bytearray(len(words) + 1)
    for stretch in stretches:
        for number in range(stretch.first + 1, stretch.last):
            inside[number] = 1
    way = [0.0]
    depth = 0
    for number, word in enumerate(words):
        depth += word in _OPEN
        if word in _CLOSE:
            depth = max(depth - 1, 0)
            step = weights["word"]
        elif inside[number] or depth:
            step = 0.0
        elif word in _DASHES and number and words[number - 1][-1:].isdigit():
            step = weights["word"]  # 17:45, 5-6
        else:
            step = _step(word, lexicon)
        way.append(way[-1] + step)
    return tuple(way)


def _step(word: str, lexicon: Lexicon) -> float:
    """What one word or mark costs."""
    weights, classes = lexicon.weights, lexicon.classes
    if word == ",":
        return weights["comma"]
    if word == ";":
        return weights["strong_mark"]
    if word in _DASHES:
        return weights["dash"]
    if word in classes["strong_break"]:
        return weights["strong_break"]
    if word in classes["soft_break"]:
        return weights["soft_break"]
    verbal = word in classes["finite"] or (len(word) > 4 and word.endswith("ed") and word.isalpha())
    return weights["finite"] if verbal else weights["word"]


def stands_free(words: Sequence[str], item: Stretch) -> bool:
    """Return whether a name stands without a preposition, so that it can be the subject of the verb behind it."""
    before = [w for w in words[max(0, item.first - 3) : item.first] if w not in ("a", "an", "the", "its")]
    return not before or before[-1] not in PREPOSITIONS | {"aboard", "atop"}
