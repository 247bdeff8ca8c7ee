"""Words to search by: folded so that case and accents do not matter, with their places in the text.

The store indexes these and nothing else, so every database finds the same.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

MOST_WORDS = 16_000
"""How many words of a text can be searched: what one PostgreSQL `tsvector` has places for. News is shorter."""
_LONGEST = 100
_RUN = re.compile(r"[^\W_]+")
_ASKED = re.compile(r'"([^"]*)"(\*?)|(\S+)')


class Word(msgspec.Struct, frozen=True):
    """A word and where it stands: code points, end exclusive."""

    folded: str
    start: int
    end: int


class Term(msgspec.Struct, frozen=True):
    """Words that must follow each other; with `prefix` the last may be the beginning of one."""

    words: tuple[str, ...]
    prefix: bool = False


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, folded."""
    for match in _RUN.finditer(text):
        folded = _fold(match[0])
        if folded:
            yield Word(folded, match.start(), match.end())


@lru_cache(maxsize=1 << 14)  # news is written with few different words
def _fold(word: str) -> str:
    low = word.casefold()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if c.isalnum())
    return low[:_LONGEST]


def terms(query: str) -> tuple[Term, ...]:
    """Read what a person types: words that must all be there, "words in a row", and begin* for words that begin so.

    A word with a dash or a dot in it, such as Chandrayaan-5, is words in a row.
    """
    found = []
    for phrase, star, word in _ASKED.findall(query):
        folded = tuple(each.folded for each in words(phrase or word))
        if folded:
            found.append(Term(folded, prefix=bool(star) or word.endswith("*")))
    return tuple(found)


def hits(wanted: Sequence[Term], found: Sequence[Word]) -> Iterator[tuple[int, int, Term]]:
    """Yield the first and the last word of each place at which a term stands, by their numbers, and the term."""
    for number, word in enumerate(found):
        for term in wanted:
            last = number + len(term.words) - 1
            if last < len(found) and _stands(term, found, number, word):
                yield number, last, term


def _stands(term: Term, found: Sequence[Word], at: int, first: Word) -> bool:
    *whole, end = term.words
    if whole and first.folded != whole[0]:
        return False
    if any(found[at + n].folded != word for n, word in enumerate(whole)):
        return False
    last = found[at + len(whole)].folded
    return last.startswith(end) if term.prefix else last == end
