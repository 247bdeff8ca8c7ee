"""A small sample of a text by which millions of others can be searched for what it shares with them.

A text is taken as the set of its runs of three words (w-shingling: Broder, "On the resemblance and containment of
documents", 1997), and its sketch are the smallest hashes of that set (bottom-k: Thorup, "Bottom-k and priority sampling",
2013). Every text keeps the smallest, so two sketches sample the same runs, and the share of common hashes estimates the
share of common runs. Which word stands where in a sentence matters, capitals and punctuation do not.
"""

import re
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
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:'[^\W_]+)*")
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
        return b"".join(each.to_bytes(_HASH_BYTES, "big") for each in self.hashes)

    @classmethod
    def unpacked(cls, packed: bytes, size: int) -> "Sketch":
        """Return the sketch that was packed."""
        parts = range(0, len(packed), _HASH_BYTES)
        return cls(tuple(int.from_bytes(packed[at : at + _HASH_BYTES], "big") for at in parts), size)


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
        begins = not found or any(mark in between for mark in '.!?:\n"“(')
        found.append(Word(word.casefold(), any(map(str.isdecimal, word)) or (word[0].isupper() and not begins)))
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


def resemblance(one: Sketch, other: Sketch) -> float:
    """Estimate which part of the runs of either text both have, from 0 to 1."""
    either = {*one.hashes, *other.hashes}
    whole = len(one.hashes) == one.size and len(other.hashes) == other.size
    # Beyond the largest hash of a sketch that is none of the whole text, nothing is known of what it lacks.
    union = either if whole else nsmallest(max(len(one.hashes), len(other.hashes)), either)
    common = set(one.hashes) & set(other.hashes)
    return sum(each in common for each in union) / len(union) if union else 0.0


def containment(one: Sketch, other: Sketch) -> float:
    """Estimate which part of the shorter text the other has, from 0 to 1."""
    shorter = min(one.size, other.size)
    if not shorter:
        return 0.0
    alike = resemblance(one, other)
    return min(1.0, alike * (one.size + other.size) / (1 + alike) / shorter)
