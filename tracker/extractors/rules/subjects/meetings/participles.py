"""Meetings told by a participle: "Meeting in Oslo, the presidents agreed to …", "the council, meeting in Paris, elected …"."""

from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.meetings.actors import offices, who_before, whom_after, without_tail
from tracker.extractors.rules.subjects.meetings.leaders import who_ids
from tracker.extractors.rules.subjects.page.page import Candidate, Page, main_parties, squeezed
from tracker.extractors.rules.subjects.page.phrases import closes
from tracker.extractors.rules.words import Word, word_set

AT_THE_HEAD = frozenset(("meeting", "gathering"))
"""The participles."""


def find_participles(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the meetings that a participle of a sentence tells; the mention runs from it to the place."""
    if words[0].lower in AT_THE_HEAD:
        yield from _who_meeting(page, words)
    yield from _in_session(page, words)


_BEFORE_THERE = word_set("in at on here with for virtually online")


def _who_meeting(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """The meeting of whoever a participle opens on: "Meeting in Oslo on Friday, the presidents of A and B agreed to …"."""
    comma = next((i for i, w in enumerate(words) if w.text == ","), len(words))
    if comma + 2 >= len(words) or words[1].lower not in _BEFORE_THERE:
        return
    verb = next((i for i in range(comma + 1, len(words)) if closes(words[i]) or words[i].text == ","), len(words))
    who = words[comma + 1 : verb]
    parties = who_ids(page, who[0].start, who[-1].end) if who else ()
    if not (offices(who) or len(parties) > 1):
        return
    stop = (whom_after(words, 2) or 2) - 1 if words[1].lower in ("in", "at") else 0
    clause = squeezed(page, words[0].start, words[stop].end)
    told = len(parties) < 2 and any(w.lower in ("two", "both") for w in who[:2])
    yield Candidate(
        kind="meeting", start=words[0].start, end=words[stop].end, form="descriptive", keys=(fold(clause),),
        name=f"meeting of {squeezed(page, who[0].start, who[-1].end)}", names=(clause,), nouns=("meeting", "talks"),
        parties=main_parties(page) if told else parties,
    )  # fmt: skip


def _in_session(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """The meeting of those who are told of in front of an aside: "ministers from across Asia, meeting in Oslo on Friday, asked for …"."""
    for at in range(2, len(words) - 2):
        if words[at].lower not in AT_THE_HEAD or words[at - 1].text != "," or words[at + 1].lower not in _BEFORE_THERE:
            continue
        first = who_before(words, at - 1, both=True)
        if first is None:
            continue
        who = words[first : at - 1]
        start, end = words[first].start, who[-1].end
        parties = who_ids(page, start, end)
        if not (offices(who) or len(parties) > 1 or who[-1].lower in _BODIES or any(w.lower in _BODIES for w in who)):
            continue
        stop = (whom_after(words, at + 2) or at + 2) - 1 if words[at + 1].lower in ("in", "at") else at
        clause = squeezed(page, start, words[stop].end)
        yield Candidate(
            kind="meeting", start=words[at].start, end=words[stop].end, form="descriptive", keys=(fold(clause),),
            name=f"meeting of {without_tail(squeezed(page, start, end))}", names=(clause,), nouns=("meeting", "talks"), parties=parties,
        )  # fmt: skip


_BODIES = word_set("council committee commission subcommittee group board panel assembly")
