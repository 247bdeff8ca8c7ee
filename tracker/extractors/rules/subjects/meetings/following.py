"""Meetings told by their place after another: "the next meeting of the dialogue", "their previous gathering", "the next one"."""

from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.meetings.members import UNITS
from tracker.extractors.rules.subjects.meetings.sessions import BODIES
from tracker.extractors.rules.subjects.page.page import Candidate, Page, squeezed
from tracker.extractors.rules.subjects.page.phrases import Phrase, phrase
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, word_set

_FOLLOWING = UNITS | word_set("dialogue summit forum conference talks workshop gathering one")


def next_one(page: Page, words: Sequence[Word], here: Phrase) -> Candidate:
    """Return the meeting that a phrase tells only by its place after another."""
    name = squeezed(page, here.start, here.head.end)
    if is_of_year(words, here):
        name = f"{words[here.first - 1].lower} {here.head.lower}"
    return Candidate(
        kind="meeting", start=here.start, end=_of_what(words, here.index + 1), form="descriptive", name=name, keys=(fold(name),),
        nouns=(here.head.lower,), definite=True,
    )  # fmt: skip


ONE_MORE = trigger(("one",))


def one_more(page: Page, words: Sequence[Word], found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The other meeting that "the next one" is, right after one that is named; not of launches and flights."""
    for index, word in enumerate(words):
        if word.lower != "one" or index < 2 or not words[0].text:
            continue
        here = phrase(words, index)
        near = [c for c in found if c.start < word.start]
        number = page.sentence_at(word.start)
        others = {w.lower.removesuffix("es").removesuffix("s") for w in words[:index]} & _OTHER_EVENTS
        if is_next(here) and near and number - page.sentence_at(near[-1].start) <= 1 and not others:
            yield Candidate(
                kind="meeting", start=here.start, end=word.end, form="descriptive", name=f"{here.modifiers[0].lower} meeting",
                keys=(f"{here.modifiers[0].lower} meeting",), nouns=("meeting",), definite=True,
            )  # fmt: skip


_OTHER_EVENTS = word_set(
    "launch flight mission satellite rocket test probe attempt craft spacecraft contract agreement"
)


def is_next(here: Phrase) -> bool:
    """Whether this is the one that follows: "the next meeting", and "Next round" at the head of a sentence."""
    first = [w.lower for w in here.modifiers[:1]]
    following = (
        first in (["next"], ["previous"], ["last"]) and len(here.modifiers) == 1 and here.head.lower in _FOLLOWING
    )
    return following and (here.definite or (not here.determiner and first == ["next"]))


_OF_YEAR = _FOLLOWING | word_set("edition congress symposium")


def is_of_year(words: Sequence[Word], here: Phrase) -> bool:
    """Whether this is the one of the year before or after: "next year's edition"."""
    told = here.determiner == "year's" and not here.modifiers and here.first > 0
    return told and words[here.first - 1].lower in ("next", "last") and here.head.lower in _OF_YEAR


def _of_what(words: Sequence[Word], at: int) -> int:
    """Return where "of the dialogue" ends behind "the next meeting", else the end of the noun: what has a name stands for itself."""
    behind = [w.lower for w in words[at : at + 3]]
    named = len(behind) == _OF_IT and behind[:2] == ["of", "the"] and behind[2] in BODIES
    return words[at + 2].end if named else words[at - 1].end


_OF_IT = 3  # words in "of the forum"
