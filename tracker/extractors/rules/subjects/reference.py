"""What "the mission", "the pact", "it" point back to. When two things could be meant there is no link.

Choice by kind, by the noun itself (a satellite is not "the lander"), by nearness, and by the document's main subject, in the
order in which readers use them (Hobbs 1978, "Resolving pronoun references"; Lappin and Leass 1994, salience weights).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tracker.domain.claim import Kind
from tracker.extractors.catalog import KnownMission
from tracker.extractors.rules.subjects.epithets import OWNING, PARTS, Telling, telling, works_on
from tracker.extractors.rules.subjects.meetings.members import NOUNS as MEETING_NOUNS
from tracker.extractors.rules.subjects.pacts.instruments import TYPES
from tracker.extractors.rules.subjects.page.crafts import NOUNS as MISSION_NOUNS
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Page
from tracker.extractors.rules.subjects.page.phrases import Phrase, phrase
from tracker.extractors.rules.subjects.page.subject import SubjectMention
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, word_set

_POINTING = frozenset({"the", "this", "that"})
# Nouns that any mission may be called by; the others ("the lander") only fit what is one.
_ANY_MISSION = frozenset({"mission", "probe"})
_AGREEMENT_NOUNS = frozenset({*TYPES, "document", "text", "paper", "instrument"}) - {
    "programme",
    "program",
    "framework",
    "initiative",
    "statement",
}
_KIN = word_set("predecessor successor forerunner sister twin rival second third next previous maker")
_FAR = 4  # sentences


_COMPARED = re.compile(
    r"\b(?:since|than|unlike)(?: the| a| an| its| [\w']+'s| [\w']+ian| last| final| first){0,3}\s*$", re.IGNORECASE
)
"""In front of what another is measured against: "the first since Apollo 17"; nothing points back to it."""


class _Trail(msgspec.Struct):
    """What has been said where, while one pass goes over the document."""

    page: Page
    groups: Sequence[Group]
    main: Mapping[Kind, int]
    places: Mapping[int, list[tuple[int, int, int]]]
    """By sentence: (start, end, group) of the places that name or describe, in order."""
    pointed: dict[int, list[int]]
    """By sentence: the groups that words found so far point back to."""


_POINTER = trigger(
    (*MISSION_NOUNS, *(f"{noun}'s" for noun in MISSION_NOUNS), *_AGREEMENT_NOUNS, *MEETING_NOUNS, "it", "its")
)


def find_anaphors(page: Page, groups: Sequence[Group]) -> Mapping[int, list[SubjectMention]]:
    """Return, by the index of the group, the places that point back to it. Linear in the sentences."""
    places: dict[int, list[tuple[int, int, int]]] = {}
    for start, end, choice in sorted((c.start, c.end, i) for i, g in enumerate(groups) for c in g.candidates):
        if not _COMPARED.search(page.twin, max(0, start - 40), start):
            places.setdefault(page.sentence_at(start), []).append((start, end, choice))
    trail = _Trail(page, groups, _main(page, groups), places, {})
    found: dict[int, list[SubjectMention]] = {}
    for number, words in enumerate(page.words):
        if not page.triggers[number] & _POINTER:
            continue
        taken = places.get(number, ())
        for start, end, choice in _in_sentence(trail, number, words):
            if not any(start < e and s < end for s, e, _ in taken):
                found.setdefault(choice, []).append(SubjectMention(start, end, page.twin[start:end], "anaphor"))
                trail.pointed.setdefault(number, []).append(choice)
    return found


def _main(page: Page, groups: Sequence[Group]) -> Mapping[Kind, int]:
    """The main subject of each kind: spoken of most, and in the title or the lead; none when two are level."""
    found: dict[Kind, int] = {}
    for kind in ("mission", "agreement", "meeting"):
        weights = sorted(((_weight(page, g), i) for i, g in enumerate(groups) if g.first.kind == kind), reverse=True)
        if weights and (len(weights) == 1 or weights[0][0] > weights[1][0]):
            found[kind] = weights[0][1]
    return found


def _weight(page: Page, group: Group) -> int:
    weight = 0
    for candidate in group.candidates:
        block = page.sentences[page.sentence_at(candidate.start)].block
        weight += {"title": 4, "lead": 3}.get(block, 1)
    return weight


def _in_sentence(trail: _Trail, number: int, words: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
    for index, word in enumerate(words):
        if word.lower in ("it", "its") and index == 0 and not (words[1:2] and words[1].lower in _KIN):
            choice = _topic(trail, number)
            if choice is not None:
                yield word.start, word.end, choice
            continue
        noun = word.lower.removesuffix("'s")
        kind = _kind_of(noun)
        if kind is None:
            continue
        here = phrase(words, index)
        owned = here.determiner in ("its", "their") and MISSION_NOUNS.get(noun) in PARTS
        if here.determiner == "that" and noun.endswith("s"):
            continue  # "said that agreements with A and B …"
        whose = _whose(trail.page, here) if kind == "mission" else frozenset()
        by_owner = bool(whose) and here.determiner.endswith("'s") and noun not in _ANY_MISSION
        told: Telling = "another"
        if here.determiner in _POINTING or owned or by_owner:
            told = telling(here, words, trail.page)
        if told != "another":
            choice = _antecedent(trail, kind, noun, number, words[here.first].start, whose, only=told == "sort")
            if choice is not None and owned and not _may_own(trail, number, words[here.first].start, choice):
                continue
            if choice is not None and not (owned and _is_whole(trail, choice)):
                yield words[here.first].start, word.start + len(noun), choice


def _whose(page: Page, here: Phrase) -> frozenset[str]:
    """The countries that a phrase names as owners: "the Indian spacecraft", "NASA's orbiter"."""
    start = here.modifiers[0].start if here.modifiers else here.head.start
    made = [w for w in here.modifiers if works_on(w)]
    known = [m for m in page.known_in(start, here.head.start) if not any(w.start <= m.start < w.end for w in made)]
    if here.determiner.endswith("'s"):
        over = page.known_over(start - len(here.determiner) - 1, start - 1)
        known = [*known, over] if over is not None else known
    return frozenset(_of_whom(page, m.id) for m in known if m.family in OWNING)


def _of_whom(page: Page, id_: str) -> str:
    """The country of an owner; a company stands for itself alone: "Astrobotic's lander" is none of another firm's."""
    firm = page.catalog.organisations.get(id_)
    return id_ if firm is not None and firm.kind == "company" else page.catalog.country_of(id_) or id_


def _owners(page: Page, group: Group) -> frozenset[str]:
    """The countries that a mission is known or said to belong to."""
    known = page.catalog.missions.get(group.catalog_id or "")
    ids = [*(known.operators if known else ()), *(p for c in group.candidates for p in c.parties)]
    for candidate in group.candidates:
        over = page.known_over(candidate.start - 4, candidate.start - 1)
        if over is not None and over.family in OWNING and page.twin[over.end : candidate.start] in ("'s ", " "):
            ids.append(over.id)
    return frozenset(owner for id_ in ids for owner in (id_, page.catalog.country_of(id_) or id_))


def _may_own(trail: _Trail, number: int, offset: int, choice: int) -> bool:
    """Whether "its lander" can be this craft: not where the sentence has named another mission, whose lander it then is."""
    named = {c for start, _, c in trail.places.get(number, ()) if start < offset}
    missions = {c for c in named if trail.groups[c].first.kind == "mission"}
    return not missions or choice in missions


def _is_whole(trail: _Trail, choice: int) -> bool:
    """Whether this is a mission with parts, of which "its lander" is one: only a lander with a name of its own is meant by it."""
    group = trail.groups[choice]
    known = trail.page.catalog.missions.get(group.catalog_id or "")
    return not (group.nouns & PARTS) or (known is not None and known.part_of is None)


def _kind_of(noun: str) -> Kind | None:
    if noun in MISSION_NOUNS and noun not in ("project", "flight", "exploration", "experiment", "module", "scout"):
        return "mission"
    if noun in _AGREEMENT_NOUNS:
        return "agreement"
    return "meeting" if noun in MEETING_NOUNS else None


def _antecedent(
    trail: _Trail, kind: Kind, noun: str, number: int, offset: int, whose: frozenset[str], *, only: bool
) -> int | None:
    """Return what a noun points back to; where `only` that will do, nothing but the main subject or the sole one that fits."""
    groups, main = trail.groups, trail.main.get(kind)
    recent: dict[int, int] = {} if main is None else {main: -_FAR - 1}
    for sentence in range(max(0, number - _FAR), number + 1):
        recent.update((choice, sentence) for _, _, choice in trail.places.get(sentence, ()))
        recent.update((choice, sentence) for choice in trail.pointed.get(sentence, ()))
    class_ = MISSION_NOUNS.get(noun) if kind == "mission" else None
    if class_ in PARTS and class_ is not None:  # the only lander of the text is "the lander" at any distance
        recent.update((c, -_FAR - 1) for c in _of_class(groups, class_) if c not in recent)
    scores: list[tuple[int, int]] = []
    for choice, sentence in recent.items():
        if groups[choice].first.kind != kind or groups[choice].first.start >= offset:
            continue
        fit = _noun_fits(kind, noun, groups[choice], trail.page)
        if whose and fit >= 0 and not _may_be_of(trail, choice, whose):
            continue
        if fit >= 0:
            near = max(0, _FAR - (number - sentence))
            same = sentence >= 0 and trail.page.sentences[sentence].paragraph == trail.page.sentences[number].paragraph
            scores.append((3 * fit + near + 2 * (choice == main) + same, choice))
    scores.sort(reverse=True)
    if not scores or (len(scores) > 1 and (scores[0][0] == scores[1][0] or (only and scores[0][1] != main))):
        return None
    return scores[0][1]


def _may_be_of(trail: _Trail, choice: int, whose: frozenset[str]) -> bool:
    """Whether a mission can belong to these: it is known to, or nothing is known of the one that the article is about."""
    owners = _owners(trail.page, trail.groups[choice])
    return bool(whose & owners) or (not owners and choice == trail.main.get("mission"))


def _of_class(groups: Sequence[Group], class_: str) -> Sequence[int]:
    """The subject that goes by this noun, when only one does."""
    found = [i for i, g in enumerate(groups) if g.first.kind == "mission" and class_ in g.nouns]
    return found if len(found) == 1 else ()


def _noun_fits(kind: Kind, noun: str, group: Group, page: Page) -> int:
    """1 when the subject goes by this noun, 0 when it may, -1 when it cannot."""
    if kind == "mission":
        class_ = MISSION_NOUNS[noun]
        known = page.catalog.missions.get(group.catalog_id or "")
        if class_ in group.nouns:
            return 1
        if known is not None and class_ in PARTS and _is_called_otherwise(known, class_):
            return -1
        if class_ in PARTS and known is not None and group.nouns <= _ANY_MISSION and _is_craft(page, known.id):
            return 0
        if class_ in _ANY_MISSION:
            return 0 if known is None or known.kind != "programme" or class_ == "mission" else -1
        return -1 if group.nouns - _ANY_MISSION or class_ in ("lander", "rover", "orbiter", "station", "capsule") else 0
    if kind == "agreement":
        if noun in (
            "pact",
            "agreement",
            "accord",
            "accords",
            "deal",
            "document",
            "text",
            "paper",
            "instrument",
            "arrangement",
        ):
            called = noun in group.nouns or noun.rstrip("s") in group.nouns
            return 1 if called or (noun in ("deal", "pact", "agreement") and group.first.type == "agreement") else 0
        return 1 if TYPES.get(noun) == group.first.type else -1
    return 1 if noun in group.nouns else 0 if noun in ("meeting", "event", "gathering", "talks") else -1


def _is_called_otherwise(known: KnownMission, part: str) -> bool:
    """Whether the names of a mission call it another craft: the Korea Pathfinder Lunar Orbiter is no lander."""
    called = {word for name in (known.name, *known.aliases) for word in name.lower().split()} & PARTS
    return bool(called) and part not in called


def _is_craft(page: Page, id_: str) -> bool:
    """Whether a known mission is one craft: "the lander" may be it when it has no parts and brings nobody else together."""
    known = page.catalog.missions[id_]
    return known.kind == "mission" and len(known.operators) < 2 and id_ not in page.catalog.wholes


def _topic(trail: _Trail, number: int) -> int | None:
    """What "It" at the head of a sentence takes up: what the sentence before began with, in the same paragraph."""
    if number == 0:
        return None
    page = trail.page
    here, before = page.sentences[number], page.sentences[number - 1]
    if before.paragraph != here.paragraph and before.role != "heading":
        return None
    headed = _heading(trail, number)
    if headed is not None:
        return headed
    inside = trail.places.get(number - 1, ())
    if not inside:
        back = trail.pointed.get(number - 1, [])
        return back[-1] if len(set(back)) == 1 else None
    start, _, choice = inside[0]
    between = any(m.family in ("organisation", "country") for m in page.known_in(before.start, start))
    owned = page.twin[max(before.start, start - 3) : start].strip().endswith("'s")
    plural = " and " in page.twin[before.start : start]  # "A and B have a pact. It …" is the pact
    if between and not owned and not plural and len(page.twin[before.start : start].split()) > 3:
        return None
    return choice if trail.groups[choice].first.kind == "mission" or len({i for _, _, i in inside}) == 1 else None


def _heading(trail: _Trail, number: int) -> int | None:
    """Return the subject that a paragraph of a round-up is headed by: "Juno. Still at Jupiter. It …"."""
    page, first = trail.page, number
    while first > 0 and page.sentences[first - 1].paragraph == page.sentences[number].paragraph:
        first -= 1
    places = trail.places.get(first, ())
    sentence = page.sentences[first]
    if first == number or len(places) != 1:
        return None
    start, end, choice = places[0]
    return choice if start == sentence.start and sentence.end - end <= 1 else None
