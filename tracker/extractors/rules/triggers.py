"""Triggers: words without which a rule has nothing to say of a sentence.

Several hundred rules look at each sentence, and most of them look for words that it has not. A rule that is dear names such
words once, as its trigger; what a sentence triggers is found in one pass over its words, as the bits of one number, and to
ask for one costs next to nothing. A trigger may hold words too many, which only costs time, and never one too few: with all of
them always found, every document reads the same (`tests/extractors/test_triggers.py`).
"""

import functools
import itertools
import operator
import re
from collections.abc import Iterable

_BY_WORD: dict[str, int] = {}
_PATTERNS: list[tuple[int, re.Pattern[str]]] = []
_numbers = itertools.count()


_MOST = 1 << 16


class _Bits(dict[str, int]):
    """The triggers that a word is one of; each is worked out once, for news is written with few different words."""

    def __missing__(self, word: str) -> int:
        bits = _BY_WORD.get(word, 0)
        for bit, pattern in _PATTERNS:
            if not bits & bit and pattern.search(word):
                bits |= bit
        if len(self) >= _MOST:
            self.clear()
        self[word] = bits
        return bits


_bits = _Bits()


def trigger(words: Iterable[str] = (), pattern: str = "") -> int:
    """Return the bit of a new trigger: of these words in lower case, and of those in which the pattern is found."""
    bit = 1 << next(_numbers)
    for word in words:
        _BY_WORD[word] = _BY_WORD.get(word, 0) | bit
    if pattern:
        _PATTERNS.append((bit, re.compile(pattern)))
    _bits.clear()
    return bit


def triggers_in(words: Iterable[str]) -> int:
    """Return the bits of all triggers that words in lower case hold."""
    return functools.reduce(operator.or_, set(map(_bits.__getitem__, words)), 0)
