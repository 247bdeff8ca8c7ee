"""Two words for one meeting in one sentence: "the Orbit Forum, a two-day gathering", "met in Oslo for the third Space Dialogue"."""

import re
from collections.abc import Sequence

import msgspec

from tracker.extractors.rules.subjects.page.page import Candidate, Page

_FOR_IT = re.compile(
    r"\b(?:for|at|during|in|as part of|in the framework of|on the occasion of) (?:the|their|its|an?) (?:\w+ )?$"
)
_PART_OF = re.compile(r"^(?: on [^,]{3,20})? (?:as part of|for|during|at) (?:the|their|its|an?) (?:\w+ )?$")
_RELATIVE = re.compile(r"\b(?:who|which)\b")
_BEHIND = re.compile(r"^(?: \([^)]{2,12}\))?, (?:an?|the|its|their|this year's) (?:[\w-]+ ){0,4}$")
_TO_MEET = re.compile(
    r"^(?: on [^,]{3,20})?(?: in order)? to (?:hold|have) (?:an? |the |his |her |their )?(?:[\w-]+ ){0,2}$"
)
_CALLED = re.compile(r"^,? (?:called|named|dubbed|titled|entitled|known as) [\"'“‘]?(?:the )?[\"'“‘]?$")


def for_what(page: Page, met: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Return an encounter as part of the meeting that it was for: "officials met in Oslo for the third Space Dialogue"."""
    sentence = page.sentences[page.sentence_at(met.start)]
    for other in found:
        if not (sentence.start <= other.start < sentence.end and met.end <= other.start):
            continue
        between = page.twin[met.end : other.start]
        named = (other.number is not None or other.form == "proper") and _FOR_IT.search(between)
        if (named and not _RELATIVE.search(between)) or _PART_OF.match(between):
            return msgspec.structs.replace(met, keys=other.keys, names=(), name=other.name, catalog_id=other.catalog_id)
    return met


def as_one(page: Page, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the places with each description that stands beside a name as a place of what is named; they are in order."""
    kept: list[Candidate] = []
    for one in found:
        before = kept[-1] if kept else None
        gap = page.twin[before.end : one.start] if before is not None else ""
        if before is None or before.end > one.start or (before.form == "proper") == (one.form == "proper"):
            talks = before is not None and "visit" in before.nouns and one.form != "proper" and _TO_MEET.match(gap)
            kept.append(_as(one, before) if before is not None and talks else one)
            continue
        if before.form == "proper" and _BEHIND.match(gap):
            kept.append(_as(one, before))
        elif one.form == "proper" and _CALLED.match(gap):
            kept[-1] = _as(before, one)
            kept.append(one)
        else:
            kept.append(one)
    return kept


def _as(described: Candidate, named: Candidate) -> Candidate:
    """Return a description as a further place of a named meeting."""
    return msgspec.structs.replace(
        described, keys=named.keys, series=named.series, number=named.number, catalog_id=named.catalog_id,
        parties=described.parties or named.parties,
    )  # fmt: skip
