"""Crafts that an article describes before it names them: "A Norwegian radar satellite lifted off … The Fjordsat 2 …".

News agencies open so. A description at the beginning stands for nothing by itself; it is one with the mission whose name comes
first after it, when that can be what was described.
"""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.rules.subjects.page.crafts import NOUNS
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.page.phrases import Phrase, closes
from tracker.extractors.rules.words import Word, word_set

ANNOUNCED = "announced"
"""The key of a description that stands for nothing until a name follows."""
ANY_CRAFT = frozenset(("mission", "probe"))
"""Classes that any craft may be called by."""
_CRAFTS = frozenset(("probe", "satellite", "orbiter", "lander", "rover", "telescope", "capsule"))
_OPENING = 5  # sentences, headings among them
_SOON = 4  # sentences from what is announced to its name
_PUT_UP = word_set("launches launched lofts lofted orbited deployed of carrying")
_WHOSE = word_set(
    "country's nation's kingdom's republic's emirate's island's company's firm's startup's start-up's agency's university's operator's"
)
_EQUATES = word_set(
    "is was be been being are were became become becomes as like than unlike such whether if with featuring including using"
)
_BEHIND = word_set(
    "of in on at by for from to into onto with over around and or aboard atop via near off built made sent lost fell flew rode rose sank broke burst "
    "burnt shot hit sat set put led run being carrying weighing bound capable able meant dedicated worth today safely successfully blasts lifts "
    "crashes lands launches fails burns reaches enters blasting circling orbiting headed heading around about"
)


def announced(page: Page, words: Sequence[Word], here: Phrase, noun: str) -> Iterator[Candidate]:
    """A craft that the text tells of before it names it: "A privately built lander … fell silent. The Kestrel 1 …"."""
    number = page.sentence_at(here.start)
    if number >= _OPENING or here.head.text != here.head.lower:
        return
    if NOUNS[noun] not in _CRAFTS and not (noun == "mission" and _is_space_mission(page, words, here)):
        return
    if not _is_introduced(page, words, here, heading=page.sentences[number].role == "heading"):
        return
    if (here.ordinal or 1) > 1 or (here.first and words[here.first - 1].lower in _EQUATES) or _is_compound(words, here):
        return
    yield Candidate(
        kind="mission", start=here.start, end=here.head.end, form="descriptive", nouns=(NOUNS[noun],),
        name=squeezed(page, here.start, here.head.end), keys=(f"{ANNOUNCED} {here.start}",),
        parties=party_ids(page, words[here.first].start, here.head.end),
    )  # fmt: skip


def _is_space_mission(page: Page, words: Sequence[Word], here: Phrase) -> bool:
    """Whether a mission is told by its owner and its purpose: "a Japanese mission to collect samples"."""
    behind = words[here.index + 1].lower if here.index + 1 < len(words) else ""
    return behind in ("to", "that", "which") and bool(party_ids(page, here.start, here.head.start))


def _is_compound(words: Sequence[Word], here: Phrase) -> bool:
    """Whether another noun goes on behind: "a new satellite guide"; not a verb, a preposition, a sign."""
    if here.index + 1 >= len(words):
        return False
    behind = words[here.index + 1]
    return not (
        closes(behind) or behind.lower in _BEHIND or not behind.text[0].isalnum() or behind.lower.endswith("ed")
    )


def _is_introduced(page: Page, words: Sequence[Word], here: Phrase, *, heading: bool) -> bool:
    """Whether a phrase brings up one craft: "a weather satellite", "Brazil's newest satellite", in a headline "Omani satellite"."""
    if here.determiner in ("a", "an"):
        return bool(here.modifiers) or (here.first > 0 and words[here.first - 1].lower in _PUT_UP)
    if here.determiner in _WHOSE or not here.modifiers:
        return here.determiner in _WHOSE
    first = words[here.first] if here.determiner.endswith("'s") else here.modifiers[0]
    owner = page.known_over(first.start, first.end)
    owned = owner is not None and owner.family in ("organisation", "country")
    return owned and (here.determiner.endswith("'s") or (heading and not here.determiner))


def named_for(group: Group, kept: Sequence[Group], page: Page) -> Group | None:
    """Return the mission whose name comes first after a description, when it can be what was described."""
    first = group.first
    named = [g for g in kept if g.named and not is_programme(g, page)]
    before = [g for g in named if _is_told_before(g, first.start, page)]
    if before:
        captioned = len(before) == 1 and _begins_paragraph(group, page) and _fits(before[0], group, page)
        theirs = _owners(before[0], page) if captioned else set()
        return before[0] if theirs & _owners(group, page) or (captioned and not theirs and len(named) == 1) else None
    later = [(c.start, g) for g in named for c in g.candidates if c.start > first.start]
    if not later:
        return None
    start, one = min(later, key=lambda entry: entry[0])
    distance = page.sentence_at(start) - page.sentence_at(first.start)
    if not 0 < distance <= _SOON or _COMPARES.search(page.twin, max(0, start - _BEFORE), start):
        return None
    return one if _fits(one, group, page) else None


def _fits(one: Group, group: Group, page: Page) -> bool:
    """Whether a mission can be what was described: the same sort of craft, and nobody else's."""
    said = set(group.first.nouns)
    if one.nouns and not one.nouns & (said | ANY_CRAFT) and not said <= ANY_CRAFT:
        return False
    whose, theirs = _owners(group, page), _owners(one, page)
    return not (whose and theirs) or bool(whose & theirs)


def _owners(group: Group, page: Page) -> set[str]:
    """The countries, or else the firms, whose a mission is by its description or by the catalog."""
    known = page.catalog.missions.get(group.catalog_id or "")
    return {page.catalog.country_of(p) or p for p in (*(known.operators if known else ()), *group.first.parties)}


def _begins_paragraph(group: Group, page: Page) -> bool:
    """Whether the text proper begins here, behind a headline and the caption of a picture."""
    number = page.sentence_at(group.first.start)
    here = page.sentences[number]
    new = number > 0 and page.sentences[number - 1].paragraph != here.paragraph
    return new and group.first.start - here.start <= _ARTICLE


_BEFORE = 24  # characters
_COMPARES = re.compile(
    r"\b(?:since|than|unlike|like|after|follow(?:s|ed|ing)|before)(?: [^\s,]+){0,2} $", re.IGNORECASE
)


def _is_told_before(group: Group, offset: int, page: Page) -> bool:
    """Whether the text itself, not its headline, has named a mission before."""
    return any(
        c.start < offset and page.sentences[page.sentence_at(c.start)].role != "heading" for c in group.candidates
    )


def opens_text(group: Group, page: Page) -> bool:
    """Whether the article begins with a description: "A privately owned lunar lander crashed on Friday"."""
    sentence = page.sentences[page.sentence_at(group.first.start)]
    return sentence.block in ("title", "lead") and group.first.start - sentence.start <= _ARTICLE


_ARTICLE = 3  # the characters of "An "


def is_programme(group: Group, page: Page) -> bool:
    """Whether this is more than one flight: a programme, a constellation, a station."""
    known = page.catalog.missions.get(group.catalog_id or "")
    return known is not None and known.kind in ("programme", "constellation", "station")
