"""Clauses without a parser: how costly the way is between two places of a sentence.

A full parse is not needed to see that in "launched in 2019 and lost contact in 2021" the first date goes with the launch: it is
enough that a conjunction and a verb stand between. Every word costs a little, marks and conjunctions more, a finite verb
most; a name, a date or a parenthesis costs as one word, however long. The costs stand in the lexicon.
"""

from collections.abc import Sequence
from typing import Protocol

from tracker.extractors.lexicon import Lexicon


class Stretch(Protocol):
    """Some tokens of a sentence."""

    @property
    def first(self) -> int:
        """The first token."""

    @property
    def last(self) -> int:
        """The token after the last."""


_OPEN, _CLOSE = "([", ")]"
_DASHES = frozenset(("-", "--", "–", "—", ":"))


def costs(words: Sequence[str], stretches: Sequence[Stretch], lexicon: Lexicon) -> tuple[float, ...]:
    """Return for each token, and for the end, the cost of the way from the first token to it."""
    weights, finite = lexicon.weights, lexicon.classes["finite"]
    strong, soft = lexicon.classes["strong_break"], lexicon.classes["soft_break"]
    inside = bytearray(len(words) + 1)
    for stretch in stretches:
        for number in range(stretch.first + 1, stretch.last):
            inside[number] = 1
    way = [0.0]
    depth = 0
    for number, word in enumerate(words):
        if word in _OPEN:
            depth += 1
        step = 0.0
        if not inside[number] and not depth:
            step = weights["word"]
            if word == ",":
                step = weights["comma"]
            elif word == ";":
                step = weights["strong_mark"]
            elif word in _DASHES and not (number and words[number - 1][-1:].isdigit()):
                step = weights["dash"]
            elif word in strong:
                step = weights["strong_break"]
            elif word in soft:
                step = weights["soft_break"]
            elif word in finite or (len(word) > 4 and word.endswith("ed") and word.isalpha()):
                step = weights["finite"]
        if word in _CLOSE:
            depth = max(depth - 1, 0)
            step = weights["word"]
        way.append(way[-1] + step)
    return tuple(way)
