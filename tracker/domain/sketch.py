"""A small sample of a text by which millions of others can be searched for what it shares with them.

A text is taken as the set of its runs of three words (w-shingling: Broder, "On the resemblance and containment of
documents", 1997), and its sketch are the smallest hashes of that set (bottom-k: Thorup, "Bottom-k and priority sampling",
2013). Every text keeps the smallest, so two sketches sample the same runs, and the share of common hashes estimates the
share of common runs. Which word stands where in a sentence matters, capitals and punctuation do not.
"""

import math
import re
import struct
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from heapq import nsmallest
from typing import Final

import msgspec

RUN: Final = 3
"""Words in a run: two are too common, four lose too much to a changed word."""
KEPT: Final = 128
"""Hashes in a sketch: resemblance is estimated to within 0.09, nineteen times of twenty."""
INDEXED: Final = 24
"""Of those, the smallest, by which a text is found."""

# Letters that are words by themselves where nothing stands between words; else letters and digits, with an inner apostrophe.
_SINGLE: Final = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD: Final = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+(?:'[^\W_{_SINGLE}]+)*")
_BEFORE_A_SENTENCE: Final = frozenset('.!?:\n"“(')
_DIGITS: Final = frozenset("0123456789")
_HASH_BYTES: Final = 8


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word in the case that all words are compared in; `telling` when it is a number or looks like a name."""

    text: str
    telling: bool


class Sketch(msgspec.Struct, frozen=True):
    """The smallest hashes of a text, in order, and how many runs it has in all."""

    hashes: tuple[int, ...]
    size: int

    @property
    def indexed(self) -> tuple[int, ...]:
        """The hashes by which it is found."""
        return self.hashes[:INDEXED]

    @property
    def packed(self) -> bytes:
        """The hashes as bytes, eight each."""
        return struct.pack(f">{len(self.hashes)}Q", *self.hashes)

    @classmethod
    def unpacked(cls, packed: bytes, size: int) -> "Sketch":
        """Return the sketch that was packed."""
        return cls(struct.unpack(f">{len(packed) // _HASH_BYTES}Q", packed), size)

    @property
    def horizon(self) -> float:
        """Up to which hash it tells all that the text has: everything, for a text of few runs."""
        return self.hashes[-1] if len(self.hashes) < self.size else math.inf


class Estimate(msgspec.Struct, frozen=True):
    """What two sketches tell of their texts, from 0 to 1; `error` is the standard error of `covered`."""

    resemblance: float
    """Which part of the runs of either text both have."""
    covered: float
    """Which part of the shorter text the other has."""
    error: float


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; `’` and `'` are one letter."""
    return _WORD.findall(text.replace("’", "'").casefold())


def marked_words(text: str) -> list[Word]:
    """Return the words of a text, and whether each is a number or a name: a capital that no sentence began with."""
    text = text.replace("’", "'")
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        word, between = match[0], text[end : match.start()]
        begins = not found or not _BEFORE_A_SENTENCE.isdisjoint(between)
        named = word[0].isupper() and not begins
        found.append(Word(word.casefold(), named or not (word.isalpha() or _DIGITS.isdisjoint(word))))
        end = match.end()
    return found


def runs(of: Sequence[str]) -> frozenset[int]:
    """Return the hashes of all runs of three words. They fit a signed column of 64 bits."""
    joined = {" ".join(of[at : at + RUN]) for at in range(len(of) - RUN + 1)}
    return frozenset(
        int.from_bytes(blake2b(run.encode("utf-8", "replace"), digest_size=_HASH_BYTES).digest(), "big") >> 1
        for run in joined
    )


def sketch(of: Iterable[int], *, kept: int = KEPT) -> Sketch:
    """Return the sketch of a text's runs."""
    hashes = frozenset(of)
    return Sketch(tuple(nsmallest(kept, hashes)), len(hashes))


def sketch_of(text: str) -> Sketch:
    """Return the sketch of a text."""
    return sketch(runs(words(text)))


def estimate(one: Sketch, other: Sketch) -> Estimate:
    """Estimate what two texts have in common, from all hashes up to where both sketches tell everything."""
    horizon = min(one.horizon, other.horizon)
    mine, theirs = (bisect_right(each.hashes, horizon) for each in (one, other))
    common = len(set(one.hashes[:mine]).intersection(other.hashes[:theirs]))
    seen = mine + theirs - common
    shorter = min(one.size, other.size)
    if not seen or not shorter:
        return Estimate(0.0, 0.0, 0.0)
    alike = common / seen
    # Of a + b runs, counted twice where both have them, J / (1 + J) are common.
    per_share = (one.size + other.size) / shorter
    error = 0.0 if horizon == math.inf else per_share * math.sqrt(max(alike, 1 / seen) * (1 - alike) / seen)
    return Estimate(alike, min(1.0, alike / (1 + alike) * per_share), error)
