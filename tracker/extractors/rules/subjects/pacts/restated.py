"""Which places speak of one agreement: what a headline sums up and the text tells, what is called otherwise or told once more.

Two instruments of the same parties are told apart by their days, their topics, and by words such as "another" and "earlier"; where
none of these speaks against it, the later place is taken for the earlier one told again.
"""

import re
from collections.abc import Sequence

import msgspec

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.pacts.instruments import TYPES, is_pointer
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, speaks_for_state
from tracker.extractors.rules.words import word_set

_BROAD = frozenset({"pact", "deal", "accord", "agreement", "partnership", "tie-up"})
"""What any instrument may be called."""
_OPEN = frozenset({"agreement", "partnership", "accord", None})
"""Types that a broad word gives, which a surer word may make another."""
_OF_ITS_KIND = re.compile(
    r"\b(?:umbrella|framework|wider|broader|overarching|general|standing|implement\w+|specific|separate|anniversary)\b",
    re.IGNORECASE,
)
"""What tells one instrument of two parties from another."""
_NEXT_ONES = 2  # sentences
_SUMMED_UP = 4  # sentences from a headline or a lead to what it sums up
_FORMER = re.compile(
    r"(?:previous|earlier|former|prior|older|original|initial|existing|first|last|old)\b", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\b(?:another|an? (?:second|third|fourth)|further|separate|separately|additional|additionally|addition|similar|also|other|others|different|previous(?:ly)?|earlier|meanwhile|later|already"
    r"|ago|last year|former|since then|(?<!that )(?<!it )(?<!they )had (?:first )?(?:been )?(?:signed|inked|concluded|agreed|struck)|last (?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|fall|winter)|subsequent(?:ly)?|same (?:occasion|day|ceremony|event|time|visit)|anniversary)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:This|It|That) (?:is|was|marks|marked|represents|became|will be)(?: also| now| only)? (?:the |its |their )?$"
)


def instruments(groups: Sequence[Group], page: Page) -> list[Group]:
    """Return the groups of instruments with those put together that are told twice; a mere number of them is none beside those it counts."""
    kept: list[Group] = []
    groups = [part for group in groups for part in _parted(page, group)]
    for at, group in enumerate(groups):
        first = group.first
        earlier = None
        if first.plural:
            before = any(not g.first.plural and _same_sort(g, first) for g in kept[-_NEAR:])  # then it only counts them
            told = None if before else _counted_in(page, groups[at + 1 : at + 1 + _NEAR], group)
            again = next((g for g in reversed(kept[-_NEAR:]) if g.first.plural and g.first.type == first.type), None)
            if told is not None:
                told.candidates.append(msgspec.structs.replace(first, type=None))
            elif again is not None:
                again.candidates.extend(group.candidates)
            elif _tells_who(page, first) and not before:
                kept.append(group)
            continue
        if _COUNTED.search(page.twin, max(0, first.start - 40), first.start) and kept:
            earlier = (
                kept[-1]
                if page.sentence_at(first.start) - page.sentence_at(kept[-1].candidates[-1].start) <= _SUMMED_UP
                else None
            )
        elif not group.named and not group.catalog_id and not _FORMER.match(first.name):
            earlier = _pointed_at(page, kept, first) if first.definite else None
            earlier = earlier or _told_again(page, kept, first)
        if earlier is not None:
            earlier.candidates.extend(group.candidates)
        elif not (kept and is_pointer(page, first) and first.type not in _OPEN):
            kept.append(group)
    return kept


_NEAR, _LATE = 24, 12
"""How many instruments back, and how many of the places of each, are looked at: a text that tells hundreds is read in linear time."""


def _lately(group: Group) -> Sequence[Candidate]:
    """Return the first and the latest places of an instrument."""
    places = group.candidates
    return places if len(places) <= _LATE else [*places[:2], *places[2 - _LATE :]]


def _parted(page: Page, group: Group) -> list[Group]:
    """Return a group as the instruments it is made of: of two that bear one name, each has its own parties in its sentence."""
    if len(group.candidates) == 1 or group.catalog_id or group.named:
        return [group]
    parts: list[Group] = []
    for candidate in group.candidates:
        one = Group([candidate])
        whose = _around(page, one)
        same = next(
            (p for p in reversed(parts[-_NEAR:]) if candidate.definite or _is_open(page, whose, _around(page, p))), None
        )
        if same is None:
            parts.append(one)
        else:
            same.candidates.append(candidate)
    return parts


def _is_open(page: Page, some: set[str], others: set[str]) -> bool:
    """Whether two sets of parties can be those of one instrument: not where both name two, and each one whom the other does not."""
    return len(some) < 2 or len(others) < 2 or _within(page, some, others) or _within(page, others, some)


def _pointed_at(page: Page, kept: Sequence[Group], later: Candidate) -> Group | None:
    """Return what "the MoU with A", "the memorandum" means: the type fits and no party differs."""
    found = next(
        (g for g in reversed(kept[-_NEAR:]) if _fits(page, g, later) and not _of_another_day(page, g, later)), None
    )
    found = found or next((g for g in reversed(kept[-_NEAR:]) if _takes_up(page, g, later)), None)
    if found is not None or not kept:
        return found
    last = kept[-1]
    if len(kept) == 1 and _spells_out(page, last, later):
        return last
    return last if _broadly(page, last, later) else None


def _told_again(page: Page, kept: Sequence[Group], later: Candidate) -> Group | None:
    """Return the instrument that a later place tells anew: the one that headline or lead sum up, or one of the same parties."""
    sentence = page.sentences[page.sentence_at(later.start)]
    if _ANOTHER.search(page.twin, sentence.start, later.end):
        return None
    for group in reversed(kept[-_NEAR:]):
        if (
            group.catalog_id
            or group.named
            or not _same_sort(group, later)
            or _of_another_day(page, group, later)
            or _at_other_times(page, group, later)
        ):
            continue
        ours, theirs = _around(page, group), _parties(page, later.parties)
        beside = _parties(page, party_ids(page, sentence.start, sentence.end))
        about, said = {w for c in _lately(group) for w in _about(page, c)}, _about(page, later)
        alike = (not about or not said or bool(about & said)) and _are_of_one(page, group, theirs)
        if not alike or not (_within(page, theirs, ours) if theirs else True):
            continue
        headed = _is_headed(page, group, whole=True)
        near = page.sentence_at(later.start) - page.sentence_at(group.candidates[-1].start)
        if (
            headed
            and group is kept[-1]
            and near <= _SUMMED_UP
            and (not ours or not beside or _within(page, ours, beside) or _within(page, beside, ours))
        ):
            return group
        if theirs and not said and _within(page, beside, ours):
            return group
    return None


def _is_headed(page: Page, group: Group, *, whole: bool = False) -> bool:
    """Whether headline or lead tell of it; `whole`: nothing but these does."""
    blocks = [page.sentences[page.sentence_at(c.start)].block in ("title", "lead") for c in _lately(group)]
    return all(blocks) if whole else any(blocks)


_NOUNS = frozenset(TYPES) | word_set("of the a an its their our his to for on in with and between by under as at from new latest fresh major big "
    "landmark historic memorandum understanding intent letter joint cooperation collaboration bilateral space first second third fourth fifth "
    "consecutive international formal formally enhanced million billion worth year long term key such")  # fmt: skip


_ACRONYM = re.compile(r"\([^()]*\)")


def _about(page: Page, one: Candidate) -> set[str]:
    """Return the words of a name that tell what the instrument is about: no party, no noun of instruments."""
    parties = {
        w
        for m in page.known_in(one.start, one.end)
        if m.family in ("organisation", "country")
        for w in fold(m.text).split()
    }
    return {
        w.removesuffix("s")
        for w in fold(_ACRONYM.sub("", one.name)).split()
        if w not in _NOUNS and w not in parties and not w[0].isdigit()
    }


def _same_sort(group: Group, later: Candidate) -> bool:
    """Whether the two can be one by what they are called: a broad word stands for a surer one."""
    told = [c for c in _lately(group) if not c.plural] or _lately(group)
    types, nouns = {c.type for c in told}, {noun for c in told for noun in c.nouns}
    kind, ours = _kind(later), _kind(group.first)
    if kind not in ("", ours) and not (later.definite and not ours and kind.startswith("implement")):
        return False
    if later.type in types:
        return True
    if "joint_statement" in (*types, later.type):
        return False
    broad = bool(set(later.nouns) & _BROAD and later.type in _OPEN) or bool(nouns & _BROAD and types & _OPEN)
    return broad and not ours


def _kind(one: Candidate) -> str:
    """Return the word that tells an instrument from others of its parties: "umbrella", "framework"."""
    told = _OF_ITS_KIND.search(one.name)
    return told[0].lower() if told else ""


def _parties(page: Page, ids: Sequence[str]) -> set[str]:
    """Return the parties, a state for whoever speaks for it."""
    return {(page.catalog.country_of(p) or p) if speaks_for_state(page.catalog, p) else p for p in ids}


def _around(page: Page, group: Group) -> set[str]:
    """Return who stands in the names of an instrument and in their sentences."""
    found: set[str] = set()
    for candidate in _lately(group):
        sentence = page.sentences[page.sentence_at(candidate.start)]
        found |= _parties(page, candidate.parties) | _parties(page, party_ids(page, sentence.start, sentence.end))
    return found


def _are_of_one(page: Page, group: Group, theirs: set[str]) -> bool:
    """Whether the parties that the names themselves tell can be those of one instrument."""
    named = {p for c in _lately(group) for p in _parties(page, c.parties)}
    return not named or not theirs or _within(page, theirs, named) or _within(page, named, theirs)


def _within(page: Page, some: set[str], all_: set[str]) -> bool:
    """Whether no party of the first is a stranger to the second; who stands in no list may go by two names, if another is shared."""
    strange, rest = some - all_, all_ - some
    unlisted = all(page.catalog.get(p) is None for p in strange) and any(page.catalog.get(p) is None for p in rest)
    return not strange or (bool(some & all_) and unlisted)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May(?= \d|,)|June|July|August|September|October|November|December)\b"
)


def _at_other_times(page: Page, group: Group, later: Candidate) -> bool:
    """Whether the sentences of the two name different years or months."""
    here = page.sentences[page.sentence_at(later.start)]
    there = {page.sentence_at(c.start) for c in _lately(group)} - {page.sentence_at(later.start)}
    for sign in (_YEAR, _MONTH):
        now = set(sign.findall(page.twin, here.start, here.end))
        then = {t for n in there for t in sign.findall(page.twin, page.sentences[n].start, page.sentences[n].end)}
        if now and (then or sign is _YEAR) and not now & then:
            return True
    return False


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
    for candidate in _lately(group):
        sentence = page.sentences[page.sentence_at(candidate.start)]
        before = set(_TIME.findall(page.twin, sentence.start, min(sentence.end, later.start)))
        if days and before and candidate.start < later.start and not days & before:
            return True
    return False


def _takes_up(page: Page, group: Group, later: Candidate) -> bool:
    """Whether "the historic agreement for …" takes up the accord that its sentence, or the one before, names: the Artemis Accords."""
    known = page.catalog.agreements.get(group.catalog_id or "")
    if known is None or known.type not in ("accord", "treaty") or later.parties or not set(later.nouns) & _BROAD:
        return False
    if not page.twin.endswith(("the ", "The ", "this ", "This "), 0, later.start):
        return False  # "its technology safeguards agreement" is another one
    at = page.sentence_at(later.start)
    return any(c.start < later.start and at - page.sentence_at(c.start) <= 1 for c in _lately(group))


def _broadly(page: Page, group: Group, later: Candidate) -> bool:
    """Whether "the agreement with A" calls the memorandum before it by a broad word, or "the memorandum" tells what the partnership before it is."""
    far = page.sentence_at(later.start) - page.sentence_at(group.candidates[-1].start)
    near = far <= (_SUMMED_UP if _is_headed(page, group) else _NEXT_ONES)
    ours, theirs = _around(page, group), _parties(page, later.parties)
    said = _about(page, later)
    sentence = page.sentences[page.sentence_at(later.start)]
    if (
        group.named
        or not _are_of_one(page, group, theirs)
        or _ANOTHER.search(page.twin, sentence.start, later.end)
        or _at_other_times(page, group, later)
    ):
        return False
    plain = _same_sort(group, later) and (not said or bool(said & {w for c in _lately(group) for w in _about(page, c)}))
    the = page.twin[max(0, later.start - 5) : later.start].endswith(("the ", "The ", "this ", "This "))
    return plain and near and the and (not theirs or len(ours) < 2 or _within(page, theirs, ours))


def _spells_out(page: Page, group: Group, later: Candidate) -> bool:
    """Whether "the agreement on joint research" tells what the only one before, a bare "pact", is about."""
    bare = all(c.weak for c in _lately(group)) and group.first.type == later.type
    near = page.sentence_at(later.start) - page.sentence_at(group.first.start) <= 1
    ours, theirs = set(group.first.parties), set(later.parties)
    return bare and near and not (ours and theirs and not ours & theirs)


def _fits(page: Page, group: Group, later: Candidate) -> bool:
    earlier = group.first
    if earlier.type != later.type:
        return False
    ours, theirs = _around(page, group), _parties(page, later.parties)
    named = {p for c in _lately(group) for p in _parties(page, c.parties)}
    if named and theirs and not (_within(page, theirs, ours) or named <= theirs):
        return False
    before, after = set(earlier.keys[0].split()), set(later.keys[0].split())
    if not _about(page, later) and not _kind(later) and _is_headed(page, group):
        return True  # "the bilateral agreement" is the one that the article is about
    return after <= before or len(before & after) * 2 > len(after)


def _tells_who(page: Page, one: Candidate) -> bool:
    """Whether a number of instruments tells between whom or for what they are."""
    sentence = page.sentences[page.sentence_at(one.start)]
    return len(one.parties) > 1 or len(party_ids(page, sentence.start, sentence.end)) > 1


def _counted_in(page: Page, later: Sequence[Group], group: Group) -> Group | None:
    """Return the first of those that a number of instruments sums up: "signed three agreements …", then "one on …"."""
    first = group.first
    for other in later:
        near = page.sentence_at(other.first.start) - page.sentence_at(first.start)
        if 0 < near <= _SUMMED_UP and not other.first.plural and not other.catalog_id and _same_sort(other, first):
            ours, theirs = _around(page, group), _around(page, other)
            if not ours or not theirs or ours & theirs:
                return other
    return None
