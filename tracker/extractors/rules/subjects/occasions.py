"""Which places speak of one agreement or one meeting: definite descriptions, headlines, members of a series."""

import re
from collections.abc import Sequence

import msgspec

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Candidate, Page

_BROAD = frozenset({"pact", "deal", "accord", "agreement"})  # a headline's words for any instrument


def headlines(groups: list[Group], page: Page) -> list[Group]:
    """Join what only the headline describes ("Tokyo summit", "pact on tracking") to the one that the lead tells of."""
    blocks = [{page.sentences[page.sentence_at(c.start)].block for c in g.candidates} for g in groups]
    leads = [g for g, where in zip(groups, blocks, strict=True) if "lead" in where and "title" not in where]
    if len(leads) != 1:
        return groups
    lead, kept = leads[0], []
    for group, where in zip(groups, blocks, strict=True):
        first = group.first
        fits = first.kind == "meeting" or first.type == lead.first.type or bool(group.nouns & _BROAD)
        ours, theirs = set(first.parties), {p for c in lead.candidates for p in c.parties}
        if (
            where == {"title"}
            and not group.catalog_id
            and not group.named
            and fits
            and not (ours and theirs and not ours & theirs)
        ):
            lead.candidates.extend(msgspec.structs.replace(c, type=None) for c in group.candidates)
        else:
            kept.append(group)
    return kept


_GENERIC = frozenset({"meeting", "session", "round", "edition", "talks"})


def sequels(groups: list[Group], page: Page) -> list[Group]:
    """Let "the fifth dialogue" be the fifth of the one series of dialogues that the document names, "the next one" that after the last."""
    series = {c.series: c for g in groups for c in g.candidates if c.series and c.number is not None}
    for group in groups:
        first = group.first
        following = first.name.lower().startswith(("next ", "previous ", "last "))
        if (first.number is None and not following) or first.series or group.named:
            continue
        if len(series) != 1:
            group.candidates = _after_another(group, groups) if following else group.candidates
            continue
        key, other = next(iter(series.items()))
        last = max(c.number or 0 for g in groups for c in g.candidates if c.series == key)
        number = first.number or last + (1 if first.name.lower().startswith("next ") else -1)
        if not following and not _may_be_of(first, other):
            continue
        entry = page.catalog.series.get(key)
        told = entry.member(number) if entry else f"{key} {number}"
        same = next((g for g in groups if g is not group and any(told in c.keys for c in g.candidates)), None)
        group.candidates[0] = msgspec.structs.replace(
            first, series=key, keys=(told,), catalog_id=told if entry else None, parties=other.parties, number=number
        )
        group.catalog_id = told if entry else None
        if same is not None:
            same.candidates.extend(group.candidates)
            group.candidates = []
    return [g for g in groups if g.candidates]


def _may_be_of(first: Candidate, other: Candidate) -> bool:
    """Whether "the fifth dialogue", "its second meeting" can be of the series that another place names."""
    said = set(first.nouns) & (set(fold(other.name).split()) | _GENERIC)
    later = (first.number or 0) > (other.number or 0)
    ours = first.definite and len(first.name.split()) == 2  # "a first meeting" may be of anything
    return bool(said) and not first.parties and (not said <= _GENERIC or later or ours)


def _after_another(group: Group, groups: Sequence[Group]) -> list[Candidate]:
    """Name "the next meeting" after the meeting named before it; alone it tells nothing."""
    first = group.first
    before = [g for g in groups if g is not group and g.named and g.first.start < first.start]
    if not before:
        return []
    named = before[-1].first
    name = (
        f"{first.name} of the {named.names[0] if named.name.startswith('meeting of ') and named.names else named.name}"
    )
    return [msgspec.structs.replace(first, name=name, keys=(fold(name),), parties=before[-1].first.parties)]


def _shortened(groups: list[Group]) -> list[Group]:
    """Join a headline's short form to the one member it can mean: "Third Space Dialogue" to the third India-Japan Space Dialogue."""
    kept: list[Group] = []
    for group in groups:
        first = group.first
        words = set((first.series or "").split())
        longer = [
            g
            for g in groups
            if g is not group
            and first.number is not None
            and first.number in {c.number for c in g.candidates}
            and words
            and any(words < set(fold(name).split()) for c in g.candidates for name in (c.name, *c.names))
        ]
        if len(longer) == 1 and group.catalog_id is None:
            longer[0].candidates.extend(group.candidates)
        else:
            kept.append(group)
    return kept


def members_of(groups: list[Group]) -> list[Group]:
    """A series named without a number is its one member in this document; beside several members it is none of them."""
    kept: list[Group] = []
    numbered: dict[str, list[Group]] = {}
    for group in groups:
        series = next((c.series for c in group.candidates if c.series), None)
        if series and any(c.number is not None for c in group.candidates):
            numbered.setdefault(series, []).append(group)
    groups = _shortened(groups)
    for group in groups:
        series = group.first.series
        if series and all(c.number is None for c in group.candidates) and series in numbered:
            if len(numbered[series]) == 1:
                numbered[series][0].candidates.extend(group.candidates)
            continue
        same = _same_meeting(group, groups)
        if same:
            same.candidates.extend(group.candidates)
            continue
        kept.append(group)
    return kept


_PLAIN = re.compile(r"(?:\w+-day|annual|high-level|official) (?:meeting|event|gathering|conference|talks|session)")


def _same_meeting(group: Group, groups: Sequence[Group]) -> Group | None:
    """Return the named meeting that "the official dialogue", "the 24th session of the forum" says again."""
    first = group.first
    if group.named or not first.definite or first.parties:
        return None
    plain = _PLAIN.fullmatch(first.name.lower()) is not None
    fits = [
        g
        for g in groups
        if g.named
        and (plain or set(first.nouns) & g.nouns)
        and (first.number is None or any(c.number == first.number for c in g.candidates))
        and g.first.start < first.start
    ]
    return fits[0] if fits and (len(fits) == 1 or first.number is None) else None
