"""Firms that no list has, known by their work and their craft: "built by Kesta/Orion", "Vellon's Tide-7 satellite"."""

import re
from collections.abc import Iterable, Iterator

from tracker.extractors.rules.words import word_set

_X = r"(?P<x>[A-ZÀ-Þ][\w&'/-]*\w(?: (?:& )?[A-ZÀ-Þ][\w&/-]*\w){0,3})"
_MADE = r"(?:built|made|manufactured|constructed|assembled|fabricated|supplied|produced|operated|procured)"
_BEHIND = r"(?: and [a-z]+| in [A-Z]\w+|,? [a-z]+ly)?"
_TITLED = r"(?:(?:the|its|a|an) )?(?:[a-z][\w-]* ){0,3}"
_WHOLE = r"(?![\w&/-])(?! (?!(?:and|or|in|at|for|of|on|with|from|under|to|as|which|that|after|before|is|was|will|has|had|using|aboard|near|via|then|but|while)\b)[a-z])"
"""Not in front of a noun: "by European engineers"."""
_BY = re.compile(rf"\b{_MADE}{_BEHIND} by {_TITLED}{_X}{_WHOLE}")
_DESIGNED = re.compile(
    rf"\b(?:developed|designed|owned|launched){_BEHIND} by {_TITLED}(?P<x>[A-ZÀ-Þ][\w&'/-]*\w)(?=[\s,.;)])(?! [A-ZÀ-Þ])"
)
"""One word only: "designed by Ann Lee" names no firm."""
_MORE = re.compile(rf"(?: \([^()]{{1,14}}\))? and (?:the )?{_X}(?= (?:of|in|at|for|and)\b|[,.;)])")


def workers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands that did the work on something: who built, made, supplies or operates it."""
    if " by " not in text:
        return
    for pattern in (_BY, _DESIGNED):
        for match in pattern.finditer(text):
            yield match.span("x")
            more = _MORE.match(text, match.end("x"))
            if more is not None:
                yield more.span("x")


_OWNER = re.compile(r"(?:^|[^\w.] ?|[a-z]+,? )(?P<x>[A-ZÀ-Þ][\w&-]*\w)['’]s (?:[a-z0-9][\w-]* ){0,3}$")
_NO_OWNER = word_set(
    """Earth Moon Mars Venus Saturn Jupiter Mercury Today Yesterday Tomorrow World Europe Africa Asia Year Country Nation Agency Company Ministry It He She
    That There What Who Here Let Government President Minister"""
)
_BACK = 60  # characters


def owners(text: str, crafts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the one-word names in front of the crafts that begin at these places, with a possessive: "Vellon's Tide-7".

    A name that follows another capital anywhere in the text is a surname, and left out.
    """
    for start in crafts:
        begun = max(0, start - _BACK)
        match = _OWNER.search(text[begun:start])
        if match is None or match["x"] in _NO_OWNER or match["x"].lower().endswith("day"):
            continue
        if re.search(rf"[A-ZÀ-Þ][\w.]*,? {re.escape(match['x'])}\b", text) is None:
            yield begun + match.start("x"), begun + match.end("x")
