"""Rockets that no list has, known by the noun behind their name: "a Tianlong-4 carrier rocket", "the Hyperion launch vehicle"."""

import bisect
import re
from collections.abc import Sequence

from tracker.domain.ids import slug
from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.words import word_set

_NAME = re.compile(
    r"\b(?P<name>[A-Z][A-Za-z]+(?:[ -](?:[A-Z][A-Za-z]*|\d[\w./]*|[IVX]+)\b){0,2})"
    r"(?: (?:carrier|launch|heavy-lift|orbital|two-stage|solid-fuel|liquid-fuel|small))? (?:rocket|launcher|launch vehicle)\b(?! (?:engine|stage|motor|lab|site|company|maker|builder|scientist|industry|program))"
)
_SPOKEN = re.compile(r" (?:rocket|launcher|launch vehicle)\b")
_NO_NAME = word_set(
    """The This That A An Its Their Our New First Second Third Heavy Large Small Carrier Launch Space Moon Lunar Mars Orbital Reusable Commercial Private
    Next Another Both Every Each Sounding State National Home Test Military Saturday Sunday Monday Tuesday Wednesday Thursday Friday In On At By With
    From For After Before When While If And But As Rocket Delta Model
    European African Asian Western Eastern Soviet Nordic Foreign Polar Suborbital Solid Liquid Powerful Giant Medium Indigenous
    Same One Two Three Four Several Many Some Other Last Previous Such Any No Old Original Despite During Since Until"""
)


def with_rockets(text: str, known: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the known names with the rockets that a text names and no list has, in order; none overlaps another."""
    if not _SPOKEN.search(text):
        return tuple(known)
    spans = [(mention.start, mention.end) for mention in known]
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span("name")
        at = bisect.bisect_left(spans, (end, 0))
        overlaps = any(first < end and start < last for first, last in spans[max(0, at - 3) : at])
        if not overlaps and match["name"].split(" ", 1)[0] not in _NO_NAME:
            found.append(Mention(start, end, match["name"], "vehicle", "vehicle/" + slug(match["name"]), "name"))
    return tuple(sorted([*known, *found], key=lambda mention: mention.start))
