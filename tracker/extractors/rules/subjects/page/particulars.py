"""What stands around the noun of an instrument: its topic and parties, and what was done with it."""

import re
from collections.abc import Sequence

import msgspec

from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids
from tracker.extractors.rules.subjects.page.phrases import PARTIES, TOPIC, Phrase, closes, complement
from tracker.extractors.rules.words import Word, is_date, word_set

_OPENERS = TOPIC | PARTIES | {"to", "in", "of", "under"}
_CONCLUDED = word_set("signed concluded inked sealed reached struck")

WHEN_WHERE = (
    r"(?:\s+(?:on (?:[A-Z]\w+day|\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2})(?:,? (?:19|20)\d\d,?)?|[A-Z]\w+day|today|yesterday|here|"
    r"(?:earlier |later )?(?:last|this|next) (?:week|month|year)|in [A-Z]\w+(?: [A-Z]\w+)?))"
)
"""Where or on what day it was signed, said between an instrument and its topic: "an agreement in Oslo on Monday on …"."""


MAKES_UP = word_set(
    "involves involving involved unites uniting links linking joins joining gathers binds binding groups comprises comprising"
)
"""Verbs between an instrument and those whom it is made of."""


_THEN = re.compile(rf"{WHEN_WHERE}{{1,2}}(?=\s+(?:on|with|between|for|to|covering|concerning|regarding|among)\b)")


def after_time(page: Page, words: Sequence[Word], at: int) -> int:
    """Return the place behind the day or the town of signing where a topic or the parties follow: "a deal in Oslo on Monday with A"."""
    told = _THEN.match(page.twin, words[at - 1].end)
    if told is None:
        return at
    return next((i for i in range(at, len(words)) if words[i].start >= told.end()), at)


def newly_told(words: Sequence[Word], at: int) -> bool:
    """Whether a clause tells which: "the memorandum that the two governments signed", "the contract, awarded to A in May"."""
    following = [w.lower for w in words[at : at + 9]]
    if following[:1] in (["was"], ["were"]) and following[1:2] and following[1] in _CONCLUDED:
        return True
    if (
        following[:1] == [","]
        and following[1:2]
        and following[1] in _CONCLUDED | {"awarded", "inked", "initialled", "agreed", "worth", "valued"}
    ):
        return True
    clause = following[2:] if following[:1] == [","] and following[1:2] in (["which"], ["that"]) else following
    if clause and (clause[0] in MAKES_UP or clause[:2] in (["brings", "together"], ["bring", "together"])):
        return True  # "The pact, which involves A, B and C, was sealed"
    if following[:2] == ["entered", "into"] or (
        following[:1] == ["signed"] and following[1:2] in (["in"], ["on"], ["last"])
    ):
        return True
    if following[:1] in (["of"], ["from"], ["dated"]) and at + 1 < len(words) and is_date(words[at + 1]):
        return True
    return following[:1] in (["that"], ["which"]) and any(
        w in ("signed", "concluded", "inked", "sealed") for w in following
    )


def just_signed(words: Sequence[Word], here: Phrase) -> bool:
    """Whether a verb tells what its owners did with it: "renewed their memorandum of understanding"."""
    before = words[here.first - 1].lower if here.first else ""
    return here.determiner in ("their", "its") and before in _DONE


_DONE = word_set("renewed extended signed concluded terminated renegotiated updated broadened cancelled suspended")


def behind_verb(words: Sequence[Word], at: int) -> tuple[int, int]:
    """Return where a topic stands that follows the verb: "an agreement was signed for cooperation on …"."""
    verbs = [w.lower for w in words[at : at + 3]]
    if verbs[:1] not in (["was"], ["were"]) or verbs[1:2] == [] or verbs[1] not in _CONCLUDED or at + 3 >= len(words):
        return at, at
    begun = at + 2
    if words[begun].lower not in ("for", "on", "concerning", "regarding", "covering"):
        return at, at
    ended = complements(words, begun)
    return (begun, ended) if ended > begun + 2 else (at, at)


def before_place(page: Page, words: Sequence[Word], first: int, stop: int) -> int:
    """Return where a complement ends when the place of signing is left out: "… on ground stations in Oslo"."""
    for at in range(first + 2, stop - 1):
        if words[at].lower in ("in", "at"):
            over = page.known_over(words[at + 1].start, words[at + 1].end)
            if over is not None and over.family == "place":
                return at
    return stop


_WHOSE = PARTIES | {"by", "from"}
_TO_OTHERS = word_set("on for to in at about concerning regarding covering under of through via into aboard over using")


def named_parties(page: Page, words: Sequence[Word], here: Phrase, end: int, stop: int) -> tuple[str, ...]:
    """Return whose an instrument is by its name: who stands in front of the noun, and behind "between", "with" or its "of".

    Who is only named in what it is about is no party: "contract to launch a radar satellite for Chile".
    """
    stretches = [(here.start, words[end - 1].end)]
    opened = None
    for at in range(end, stop):
        lower = words[at].lower
        if lower in _WHOSE or (lower == "of" and at == end):
            opened = at + 1 if opened is None else opened
        elif lower in _TO_OTHERS and opened is not None and not _is_named(page, words[at]):
            stretches.append((words[opened].start, words[at - 1].end))
            opened = None
    if opened is not None and opened < stop:
        stretches.append((words[opened].start, words[stop - 1].end))
    return tuple(dict.fromkeys(id_ for start, last in stretches for id_ in party_ids(page, start, last)))


_THEM = word_set(
    "between with among the both two three these our their sides parties partners agencies space countries nations states governments companies firms"
)


def only_between_them(words: Sequence[Word]) -> bool:
    """Whether a complement names nobody: "the memorandum between the two nations" is the one told of before."""
    return bool(words) and all(w.lower in _THEM for w in words)


def _is_named(page: Page, word: Word) -> bool:
    """Whether a small word is part of a name: the "for" in "Ministry for Digital Affairs"."""
    return page.known_over(word.start, word.end) is not None


def complements(words: Sequence[Word], at: int) -> int:
    """Return the index after the topic and the parties that follow, in whichever order, and a quoted title."""
    at = _after_year(words, after_place(words, at))
    for _ in range(3):
        begun = at
        if at + 1 < len(words) and words[at].text == "," and words[at + 1].lower in ("on", "concerning", "covering"):
            at = complement(words, at + 1, openers=TOPIC)
            at = begun if at == begun + 1 else at
        if at < len(words) and words[at].text == '"':
            closed = next((i for i in range(at + 1, min(at + 32, len(words))) if words[i].text == '"'), None)
            at = closed + 1 if closed else at
        if at + 1 < len(words) and words[at].lower in ("for", "on") and words[at + 1].text == '"':
            closed = next((i for i in range(at + 2, min(at + 34, len(words))) if words[i].text == '"'), None)
            at = closed + 1 if closed else at
        if (
            at < len(words)
            and words[at].lower in _OPENERS
            and not (words[at].lower in ("to", "in", "of") and not _of_matter(words, at))
        ):
            at = complement(words, at, openers=_OPENERS)
        if at == begun:
            break
    return at


_FOCUSED = word_set("focused focusing focussed centred centered related relating aimed")


def after_place(words: Sequence[Word], at: int) -> int:
    """Return the place after "here", "focused" or a sum where a topic follows: "an agreement here on spaceflight"."""
    skipped = at < len(words) and words[at].lower in _FOCUSED | {"here"}
    if skipped and at + 1 < len(words) and words[at + 1].lower in TOPIC | {"to"}:
        return at + 1
    sum_ = (
        at + 1 < len(words)
        and words[at].lower in ("of", "worth", "valued")
        and words[at + 1].text[0] in "$€£¥0123456789"
    )
    if not sum_:
        return at
    topic = next((i for i in range(at + 2, min(at + _SUM, len(words))) if words[i].lower in TOPIC | PARTIES), at)
    return topic if not any(closes(w) and w.text not in ".-" for w in words[at + 1 : topic]) else at


_SUM = 13  # words that a sum may take, in two currencies


def _after_year(words: Sequence[Word], at: int) -> int:
    """Return the place after "of 2003", "from May 2018" where a topic or the parties follow: "the treaty of 2003 on …"."""
    if at + 2 >= len(words) or words[at].lower not in ("of", "from"):
        return at
    end = at + 1
    while end < len(words) and end - at < 4 and is_date(words[end]):
        end += 1
    return end if end > at + 1 and end < len(words) and words[end].lower in TOPIC | PARTIES else at


def _of_matter(words: Sequence[Word], at: int) -> bool:
    """Whether "in", "to" or "of" opens a topic: "in the field of", "to cooperate on"; not a place, a time or an owner."""
    following = [w.lower for w in words[at + 1 : at + 4]]
    if words[at].lower == "in":
        return following[:2] == ["the", "field"] or following[:1] == ["field"] or following[:2] == ["the", "area"]
    if words[at].lower == "of":
        several = (
            at + 1 < len(words) and words[at + 1].capital and any(w.lower == "and" for w in words[at + 2 : at + 6])
        )
        return several or following[:1] in (["space"], ["cooperation"], ["co-operation"], ["collaboration"])
    return (
        bool(following)
        and not closes(words[at + 1])
        and words[at + 1].text.islower()
        and following[0] not in ("the", "a", "an", "its", "their")
    )


_CALLED = re.compile(
    r"\b[Tt](?:he|his|hat) (?:new |joint |bilateral )?(\w+),? (?:is |was |which is |which was )?(?:formally |officially |also )?"
    r"(?:called|named|known as|titled|entitled|dubbed|termed)(?: the| a| an)? ?[\"'\u201c]?$"
)


def as_renamed(page: Page, one: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Return the instrument as one with the last before it, where it is only the name of that: "The pact, called the X Accord, …"."""
    told = _CALLED.search(page.twin, max(0, one.start - _CALLED_REACH), one.start)
    last = found[-1] if found else None
    if not told or last is None or one.form != "proper" or last.form == "proper" or last.catalog_id:
        return one
    near = page.sentence_at(one.start) - page.sentence_at(last.start) <= _CALLED_NEAR
    return (
        msgspec.structs.replace(one, keys=(*one.keys, *last.keys)) if near and told[1] in (*last.nouns, *_ANY) else one
    )


_ANY = ("agreement", "pact", "deal", "accord", "document", "text", "instrument")
_CALLED_REACH = 60  # letters
_CALLED_NEAR = 3  # sentences
