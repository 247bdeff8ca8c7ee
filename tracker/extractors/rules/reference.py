"""What "the mission", "the pact", "it" point back to. When two things could be meant there is no link.

Choice by kind, by the noun itself (a satellite is not "the lander"), by nearness, and by the document's main subject, in the
order in which readers use them (Hobbs 1978, "Resolving pronoun references"; Lappin and Leass 1994, salience weights).
"""

from collections.abc import Iterator, Mapping, Sequence

from tracker.domain.claim import Kind
from tracker.extractors.rules.crafts import NOUNS as MISSION_NOUNS
from tracker.extractors.rules.grouping import Group
from tracker.extractors.rules.instruments import TYPES
from tracker.extractors.rules.members import NOUNS as MEETING_NOUNS
from tracker.extractors.rules.page import Page
from tracker.extractors.rules.phrases import Phrase, Word, phrase, word_set
from tracker.extractors.rules.subject import SubjectMention

_POINTING = frozenset({"the", "this", "that"})
_INDIFFERENT = word_set(
    "new same joint lunar whole entire space proposed planned present current two-day first bilateral ambitious"
)
# Nouns that any mission may be called by; the others ("the lander") only fit what is one.
_ANY_MISSION = frozenset({"mission", "probe"})
_AGREEMENT_NOUNS = frozenset({*TYPES, "document", "text", "paper", "instrument"}) - {
    "programme",
    "program",
    "framework",
    "initiative",
    "statement",
}
_FAR = 4  # sentences


def find_anaphors(page: Page, groups: Sequence[Group]) -> Mapping[int, list[SubjectMention]]:
    """Return, by the index of the group, the places that point back to it."""
    places = sorted((c.start, c.end, i) for i, g in enumerate(groups) for c in g.candidates)
    found: dict[int, list[SubjectMention]] = {}
    main = _main(page, groups)
    said: list[tuple[int, int]] = [(page.sentence_at(start), i) for start, _, i in places]  # (sentence, group), grows
    for number, words in enumerate(page.words):
        taken = [(s, e) for s, e, _ in places if page.sentences[number].start <= s < page.sentences[number].end]
        for start, end, choice in _in_sentence(page, number, words, groups, said, main):
            if not any(start < e and s < end for s, e in taken):
                text = page.twin[start:end]
                found.setdefault(choice, []).append(SubjectMention(start, end, text, "anaphor"))
                said.append((number, choice))
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


def _in_sentence(
    page: Page,
    number: int,
    words: Sequence[Word],
    groups: Sequence[Group],
    said: Sequence[tuple[int, int]],
    main: Mapping[Kind, int],
) -> Iterator[tuple[int, int, int]]:
    for index, word in enumerate(words):
        if word.lower in ("it", "its") and index == 0:
            choice = _topic(page, number, groups, said)
            if choice is not None:
                yield word.start, word.end, choice
            continue
        kind = _kind_of(word.lower)
        if kind is None:
            continue
        here = phrase(words, index)
        if here.determiner in _POINTING and _bare(here, words):
            choice = _antecedent(kind, word, (number, words[here.first].start), groups, said, main, page)
            if choice is not None:
                yield words[here.first].start, word.end, choice


def _kind_of(noun: str) -> Kind | None:
    if noun in MISSION_NOUNS and noun not in ("project", "exploration", "experiment", "module", "flight", "scout"):
        return "mission"
    if noun in _AGREEMENT_NOUNS:
        return "agreement"
    return "meeting" if noun in MEETING_NOUNS else None


def _bare(here: Phrase, words: Sequence[Word]) -> bool:
    """Whether nothing in the phrase says more than the noun: "the mission", "the joint lunar mission"."""
    if any(w.lower not in _INDIFFERENT for w in here.modifiers):
        return False
    after = words[here.index + 1].lower if here.index + 1 < len(words) else ""
    return after not in ("to", "of", "control", "director") or after == "to"


def _antecedent(
    kind: Kind,
    noun: Word,
    at: tuple[int, int],
    groups: Sequence[Group],
    said: Sequence[tuple[int, int]],
    main: Mapping[Kind, int],
    page: Page,
) -> int | None:
    number, offset = at
    recent: dict[int, int] = {}
    for sentence, choice in said:
        if sentence <= number and groups[choice].first.kind == kind and groups[choice].first.start < offset:
            recent[choice] = max(recent.get(choice, 0), sentence)
    scores: list[tuple[float, int]] = []
    for choice, sentence in recent.items():
        fit = _noun_fits(kind, noun.lower, groups[choice], page)
        distance = number - sentence
        is_main = main.get(kind) == choice
        if fit < 0 or (distance > _FAR and not is_main):
            continue
        same_paragraph = page.sentences[sentence].paragraph == page.sentences[number].paragraph
        scores.append((3 * fit + max(0, 4 - distance) + 2 * is_main + same_paragraph, choice))
    scores.sort(reverse=True)
    if not scores or (len(scores) > 1 and scores[0][0] - scores[1][0] < 1):
        return None
    return scores[0][1]


def _noun_fits(kind: Kind, noun: str, group: Group, page: Page) -> int:
    """1 when the subject goes by this noun, 0 when it may, -1 when it cannot."""
    if kind == "mission":
        class_ = MISSION_NOUNS[noun]
        known = page.catalog.missions.get(group.catalog_id or "")
        if class_ in group.nouns:
            return 1
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
            return 1 if noun in group.nouns or noun.rstrip("s") in group.nouns else 0
        return 1 if TYPES.get(noun) == group.first.type else -1
    return 1 if noun in group.nouns else 0 if noun in ("meeting", "event", "gathering", "talks") else -1


def _topic(page: Page, number: int, groups: Sequence[Group], said: Sequence[tuple[int, int]]) -> int | None:
    """What "It" at the head of a sentence takes up: what the sentence before began with, in the same paragraph."""
    if number == 0:
        return None
    here, before = page.sentences[number], page.sentences[number - 1]
    if before.paragraph != here.paragraph and before.role != "heading":
        return None
    inside = sorted(
        (c.start, i) for i, g in enumerate(groups) for c in g.candidates if before.start <= c.start < before.end
    )
    if not inside:
        back = [choice for sentence, choice in said if sentence == number - 1]
        return back[-1] if len(set(back)) == 1 else None
    start, choice = inside[0]
    between = [m for m in page.known_in(before.start, start) if m.family in ("organisation", "country")]
    owned = page.twin[max(before.start, start - 3) : start].strip().endswith("'s")
    if between and not owned and len(page.twin[before.start : start].split()) > 3:
        return None
    return choice if groups[choice].first.kind == "mission" or len({i for _, i in inside}) == 1 else None
