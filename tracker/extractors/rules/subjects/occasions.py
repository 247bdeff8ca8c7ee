"""Which places speak of one agreement or one meeting: definite descriptions, headlines, members of a series."""

import re
from collections.abc import Sequence

import msgspec

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.group import Group
from tracker.extractors.rules.subjects.page import Candidate, Page

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
        following = first.name.lower().startswith(("next ", "previous "))
        if (first.number is None and not following) or first.series or group.named:
            continue
        if len(series) != 1:
            group.candidates = _after_another(group, groups) if following else group.candidates
            continue
        key, other = next(iter(series.items()))
        last = max(c.number or 0 for g in groups for c in g.candidates if c.series == key)
        number = first.number or last + (-1 if first.name.lower().startswith("previous ") else 1)
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


_TIME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:19|20)\d\d)\b"
)
_SIGNED_THEN = re.compile(r"\s*,?\s+(?:that was |which was |first )?(?:signed|concluded|reached|inked) (?:\w+ ){0,4}")


def _of_another_day(page: Page, group: Group, later: Candidate) -> bool:
    """Whether "the memorandum signed in May" is another than the one that the text dates to June."""
    told = _SIGNED_THEN.match(page.twin, later.end, later.end + 60)
    if told is None:
        return False
    days = set(_TIME.findall(page.twin, later.end, told.end() + 24))
    for candidate in group.candidates:
        sentence = page.sentences[page.sentence_at(candidate.start)]
        before = set(_TIME.findall(page.twin, sentence.start, min(sentence.end, later.start)))
        if days and before and candidate.start < later.start and not days & before:
            return True
    return False


def instruments(groups: list[Group], page: Page) -> list[Group]:
    """Join "the MoU with A" to the memorandum before it that it can mean: the type fits and no party differs."""
    kept: list[Group] = []
    for group in groups:
        first = group.first
        if first.definite and not group.named and not _FORMER.match(first.name):
            earlier = next((g for g in reversed(kept) if _fits(g, first) and not _of_another_day(page, g, first)), None)
            earlier = earlier or next((g for g in reversed(kept) if _takes_up(page, g, first)), None)
            only = kept[0] if len(kept) == 1 else None
            again = only is not None and (_spells_out(page, only, first) or _broadly(page, only, first))
            earlier = earlier or (only if again else None)
            if earlier:
                earlier.candidates.extend(group.candidates)
                continue
        kept.append(group)
    return kept


def _takes_up(page: Page, group: Group, later: Candidate) -> bool:
    """Whether "the historic agreement for …" takes up the accord that its sentence, or the one before, names: the Artemis Accords."""
    known = page.catalog.agreements.get(group.catalog_id or "")
    if known is None or known.type not in ("accord", "treaty") or later.parties or not set(later.nouns) & _BROAD:
        return False
    at = page.sentence_at(later.start)
    return any(c.start < later.start and at - page.sentence_at(c.start) <= 1 for c in group.candidates)


_FORMER = re.compile(r"(?:previous|earlier|former|prior|older|original)\b", re.IGNORECASE)


def _broadly(page: Page, group: Group, later: Candidate) -> bool:
    """Whether "the agreement with A" calls the only memorandum, arrangement or contract before it by a broad word."""
    near = page.sentence_at(later.start) - page.sentence_at(group.candidates[-1].start) <= _NEXT_ONES
    ours, theirs = ({_state(page, p) for p in ids} for ids in (group.first.parties, later.parties))
    plain = set(later.nouns) & _BROAD and not set(later.keys[0].split()) & {"on", "for", "to", "concerning"}
    the = page.twin[max(0, later.start - 5) : later.start].endswith(("the ", "The ", "this ", "This "))
    return bool(plain) and near and the and not (ours and theirs and not ours & theirs)


_NEXT_ONES = 2  # sentences


def _state(page: Page, id_: str) -> str:
    return page.catalog.country_of(id_) or id_


def _spells_out(page: Page, group: Group, later: Candidate) -> bool:
    """Whether "the agreement on joint research" tells what the only one before, a bare "pact", is about."""
    bare = all(c.weak for c in group.candidates) and group.first.type == later.type
    near = page.sentence_at(later.start) - page.sentence_at(group.first.start) <= 1
    ours, theirs = set(group.first.parties), set(later.parties)
    return bare and near and not (ours and theirs and not ours & theirs)


def _fits(group: Group, later: Candidate) -> bool:
    earlier = group.first
    if earlier.type != later.type:
        return False
    ours, theirs = set(earlier.parties), set(later.parties)
    if ours and theirs and not (ours <= theirs or theirs <= ours):
        return False
    before, after = set(earlier.keys[0].split()), set(later.keys[0].split())
    return after <= before or len(before & after) * 2 > len(after)


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
