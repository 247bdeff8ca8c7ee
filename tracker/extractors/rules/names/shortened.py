"""Acronyms that a text gives its organisations: after "the Kigali Orbit Institute (KOI)" it says "KOI"."""

import bisect
import re
from collections.abc import Iterable, Sequence

from tracker.extractors.rules.names.known import Mention

_GIVEN = re.compile(r"\s*\((?:the |or |also |known as )*[\"“]?([A-ZÀ-Þ][\w&.-]{1,9})[\"”]?\)")
_CAPITALS = 2  # of an acronym; "(Paris)" is none
_CRAFT = re.compile(r"\b(?:Observatory|Telescope|Station|Mission|Satellite|Programme|Program|System)\b")
"""What may be a craft or a fleet too, whose acronym is then its own."""


def find_shortened(text: str, named: Iterable[Mention], taken: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """Return the further places of organisations by the acronyms that stand behind their names, outside what is taken; in order."""
    spans = sorted(taken)
    found: dict[int, Mention] = {}
    for mention in named:
        given = _GIVEN.match(text, mention.end) if mention.family == "organisation" else None
        if given is None or sum(letter.isupper() for letter in given[1]) < _CAPITALS or _CRAFT.search(mention.text):
            continue
        for again in re.finditer(rf"(?<![\w-]){re.escape(given[1])}(?![\w-])", text[given.end() :]):
            start, end = given.end() + again.start(), given.end() + again.end()
            if not overlaps(spans, start, end):
                found.setdefault(start, Mention(start, end, given[1], "organisation", mention.id, "acronym"))
    return tuple(found[start] for start in sorted(found))


def overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether a stretch lies over one of these, which are in order."""
    at = bisect.bisect_right(spans, (start, end))
    return any(a < end and start < b for a, b in spans[max(0, at - 3) : at + 3])
