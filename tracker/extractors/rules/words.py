"""The words of a text as they are written: with their places, their capitals and their signs."""

import re

import msgspec

from tracker.language.pieces import Cutter

_WORD = re.compile(r"\bNo\. ?\d{1,3}\b|[^\W_](?:(?:[\w'&.-]|(?<!\d)/|/(?![A-Z])|(?<=[A-Za-z])–(?=[A-Z]))*\w)?|[^\w\s]")
_PLAIN = Cutter(r"[^\W_](?:[\w'&.-]*\w)?|[^\w\s\x1c-\x1f]")
"""The same in a stretch without a long dash, a slash and "No.", which may join two words: most are, and this is faster."""
_JOINING = ("–", "/", "No.")


def word_set(text: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(text.split())


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word or sign of a sentence, with its place in the whole text."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def capital(self) -> bool:
        """Whether it looks like a name: a capital anywhere, or a figure in a name ("iCET", "H3")."""
        return self.text != self.lower


def words_of(twin: str, start: int, end: int) -> tuple[Word, ...]:
    """Return the words and signs of a stretch; a possessive `'s` stays with its owner."""
    for sign in _JOINING:
        if twin.find(sign, start, end) >= 0:
            found = _WORD.finditer(twin, start, end)
            return tuple([Word(m.start(), m.end(), text := m[0], text.lower()) for m in found])
    plain = _PLAIN.cut(twin, start, end)
    return tuple(map(Word, plain.starts, plain.ends, plain.texts, map(str.lower, plain.texts)))


_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec"
)


def is_date(word: Word) -> bool:
    """Whether a preposition before this word speaks of time: a day, a month, a figure."""
    return word.lower in _DAYS or (word.lower in _MONTHS and word.capital) or word.text[0].isdigit()
