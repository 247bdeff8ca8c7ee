"""The other names that stand beside a name: an acronym in parentheses, the full name after it, "also known as"."""

import re
from collections.abc import Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.page.page import Page, squeezed
from tracker.extractors.rules.subjects.page.phrases import possessive
from tracker.extractors.rules.words import Word

_OTHERWISE = (
    ("known", "as"),
    ("also", "known", "as"),
    ("better", "known", "as"),
    ("also", "called"),
    ("formerly", "known", "as"),
    ("formerly",),
    ("or",),
    ("dubbed",),
    ("once", "known", "as"),
)


def abbreviates(acronym: str, full: str) -> bool:
    """Whether the letters of the acronym stand in this order at the starts of the words, or at least in the words."""
    letters = [c.lower() for c in acronym if c.isalpha()]
    initials = [w[0].lower() for w in re.findall(r"[^\W_]+", full)]
    if len(letters) < 2 or not initials or letters[0] not in initials:
        return False
    text = iter("".join(re.findall(r"[^\W_]+", full)).lower())
    return all(any(letter == c for c in text) for letter in letters)


def _shared(page: Page, words: Sequence[Word], at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the name that a second owner gives to the same craft: "Garganey 11/Wigeon 105"."""
    last = at + 1
    while last < len(words) and (words[last].capital or words[last].text[0].isdigit()) and last - at <= _SHARED:
        last += 1
    other = squeezed(page, words[at + 1].start, words[last - 1].end) if last > at + 1 else ""
    glued = words[at - 1].end == words[at].start and words[at].end == words[at + 1].start
    return ((other,), (fold(other),)) if glued and other[-1:].isdigit() else ((), ())


_SHARED = 3  # words


def other_name(page: Page, words: Sequence[Word], at: int, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the other name that follows in parentheses, or after a comma and an article, with its key."""
    if at + 1 >= len(words) or words[at].text not in ("(", ",", "/"):
        return (), ()
    if words[at].text == "/":
        return _shared(page, words, at)
    first = at + 1
    said = False
    for opening in _OTHERWISE:
        if tuple(w.lower for w in words[first : first + len(opening)]) == opening:
            first, said = first + len(opening), True
            break
    if words[at].text == "," and not said and words[first].lower != "the":
        return (), ()
    if first < len(words) and words[first].lower == "the":
        first += 1
    last = first
    while (
        last < len(words)
        and last - first < 9
        and (words[last].capital or words[last].lower in ("for", "of", "and", "the", "in", "on"))
    ):
        last += 1
    other = squeezed(page, words[first].start, words[last - 1].end) if last > first else ""
    if said and other and first < last and not possessive(words[last - 1]):
        return (other,), (fold(other),)
    if not other or not (abbreviates(other, name) if " " not in other else abbreviates(name, other)):
        return (), ()
    known = page.known_over(words[first].start, words[last - 1].end)
    key = known.id if known and known.family == "mission" else fold(other)
    return (other,), (key,)
