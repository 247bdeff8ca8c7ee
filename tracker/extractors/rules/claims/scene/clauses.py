"""Clauses without a parser: how costly the way is between two places of a sentence.

A full parse is not needed to see that in "launched in 2019 and lost contact in 2021" the first date goes with the launch: it is
enough that a conjunction and a verb stand between. Every word costs a little, marks and conjunctions more, a finite verb
most; a name, a date or a parenthesis costs as one word, however long. The costs stand in the lexicon.
"""

import itertools
from collections.abc import Sequence
from typing import Protocol

from tracker.extractors.lexicon import DASHES, Lexicon
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

_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_PARENTHESES = _OPEN | _CLOSE
_DASHES = DASHES


def costs(words: Sequence[str], stretches: Sequence[Stretch], lexicon: Lexicon) -> tuple[float, ...]:
    """Return for each token, and for the end, the cost of the way from the first token to it."""
    plain, known = lexicon.weights["word"], lexicon.steps
    finite = lexicon.weights["finite"]
    steps = [
        step
        if (step := known.get(word)) is not None
        else finite  # a past tense or a participle
        if word.endswith("ed") and len(word) > 4 and word.isalpha()
        else plain
        for word in words
    ]
    for at, word in enumerate(words) if not _DASHES.isdisjoint(words) else ():
        if word in _DASHES and at and words[at - 1][-1:].isdigit():
            steps[at] = plain  # 17:45, 5-6
    for stretch in stretches:
        for number in range(stretch.first + 1, min(stretch.last, len(steps))):
            steps[number] = 0.0
    if not _PARENTHESES.isdisjoint(words):
        _skip_parentheses(words, steps, plain)
    return tuple(itertools.accumulate(steps, initial=0.0))


def _skip_parentheses(words: Sequence[str], steps: list[float], plain: float) -> None:
    """Let what stands in parentheses cost nothing, and its end as much as a word."""
    depth = 0
    for number, word in enumerate(words):
        depth += word in _OPEN
        if word in _CLOSE:
            depth = max(depth - 1, 0)
            steps[number] = plain
        elif depth:
            steps[number] = 0.0


_ASIDE = word_set(
    """which who whose where a an the its their his also now then since once formerly originally previously another itself built led made run
    owned sent flown taken known set nicknamed short"""
)
_ASIDE_LIMIT = 16  # words
_RELATIVES = frozenset(("which", "who", "whose", "where"))
_FINITE = word_set("is are was were has have had will would could can may might should said says told")


def asides(words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return what is told between two commas, marks included: a relative clause, a participle, another name of what stands before.

    "X, which was built in Japan, was launched": to the verb it is as near as if nothing stood between.
    """
    commas = [n for n, word in enumerate(words) if word == ","]
    found: list[tuple[int, int]] = []
    for first, last in itertools.pairwise(commas):
        if found and first < found[-1][1]:
            continue
        inside = words[first + 1 : last]
        opens = bool(inside) and (inside[0] in _ASIDE or (len(inside[0]) > 4 and inside[0].endswith(("ed", "ing"))))
        opens = opens or "'s" in inside[1:_OWNER_OF]  # "X, Kenya's second after Y in 2018, was launched"
        opens = opens and (inside[0] in _RELATIVES or not _FINITE & set(inside))
        goes_on = last + 1 < len(words) and words[last + 1] not in ("and", "or")
        if opens and goes_on and 1 < len(inside) <= _ASIDE_LIMIT and not _PARTS & set(inside):
            found.append((first, last + 1))
    return tuple(found)


def dashed(words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return what is told between two dashes, marks included: "A and B – both of them islands – have signed"."""
    dashes = [
        n
        for n in range(1, len(words) - 1)
        if words[n] in _MARKS and (words[n] == "—" or ends[n - 1] < starts[n] < ends[n] < starts[n + 1])
    ]
    if len(dashes) != _PAIR:
        return ()
    first, last = dashes
    inside = words[first + 1 : last]
    told = 0 < len(inside) <= _ASIDE_LIMIT and not _STRONG & set(inside)
    return ((first, last + 1),) if told and words[last + 1] not in ("and", "or") else ()


_MARKS = frozenset(("-", "--", "–", "—"))
_PAIR = 2
_STRONG = frozenset((";", ":", "but"))
_OWNER_OF = 4  # words
_PARTS = frozenset(";:()—–")


def stands_free(words: Sequence[str], item: Stretch) -> bool:
    """Return whether a name stands without a preposition, so that it can be the subject of the verb behind it."""
    before = [
        w
        for w in words[max(0, item.first - 3) : item.first]
        if w not in ("a", "an", "the", "its", "their", "his", "her")
    ]
    if before and before[-1] == "'s":  # "pictures by NASA's X": the owner stands where X does
        owner = words[max(0, item.first - _OWNER) : item.first - 1]
        cut = max((n for n, w in enumerate(owner) if w in (",", ";", "and", "but")), default=-1)
        before = [w for w in owner[cut + 1 :] if w in _BOUND]
    return not before or before[-1] not in _BOUND


_OWNER = 5  # words
_BOUND = PREPOSITIONS | {"aboard", "atop", "onto"}
