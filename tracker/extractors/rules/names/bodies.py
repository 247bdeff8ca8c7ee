"""Small bodies that no list has, known by the noun in front: "the asteroid 1989 ML", "comet Wirtanen", "the asteroids Dinky and Donna"."""

import bisect
import re
from collections.abc import Iterator, Sequence

from tracker.domain.ids import slug
from tracker.extractors.rules.names.known import Mention

_NAME = (
    r"(?:\(?\d{1,6}\)? [A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?|\d{4} [A-Z]{2}\d{0,3}|[CP]/\d{4} [A-Z]\d(?: \([A-Z]\w+\))?"
    r"|[A-ZÀ-Þ][a-zà-ÿ]+(?:[-–][A-ZÀ-Þ][a-zà-ÿ]+)*(?: \d{1,2}\b)?)"
)
_BODY = re.compile(
    rf"\b(?:asteroids?|comets?|minor planets?|dwarf planets?|protoplanets?|planetoids?)(?: called| named|,)? (?P<name>{_NAME})(?![\w-])(?! [A-Z])"
)
_MORE = re.compile(rf"(?: in (?:[A-Z]\w+ )?\d{{4}})?,? and (?P<name>{_NAME})(?![\w-])(?! [A-Z])")
_NO_BODY = frozenset(
    (
        "Belt",
        "Day",
        "Mission",
        "Earth",
        "Moon",
        "Mars",
        "The",
        "In",
        "It",
        "But",
        "And",
        "Probe",
        "Explorer",
        "Monday",
        "Friday",
    )
)
"""What stands behind the noun in a headline and names no body."""


def with_bodies(text: str, known: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the known names with the small bodies that a text names and no list has, in order; none overlaps another."""
    if "asteroid" not in text and "comet" not in text and "planet" not in text:
        return tuple(known)
    spans = [(mention.start, mention.end) for mention in known]
    found = []
    for start, end in _named(text):
        at = bisect.bisect_left(spans, (end, 0))
        overlaps = any(first < end and start < last for first, last in spans[max(0, at - 3) : at])
        if not overlaps and text[start:end].split(" ", 1)[0] not in _NO_BODY:
            name = text[start:end]
            found.append(Mention(start, end, name, "destination", "destination/" + slug(name), "name"))
    return tuple(sorted([*known, *found], key=lambda mention: mention.start))


def _named(text: str) -> Iterator[tuple[int, int]]:
    for match in _BODY.finditer(text):
        yield match.span("name")
        more = _MORE.match(text, match.end())
        if more is not None and match[0].split(" ", 1)[0].endswith("s"):
            yield more.span("name")
