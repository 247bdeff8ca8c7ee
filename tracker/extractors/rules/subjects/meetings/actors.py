"""Who met whom: people who hold an office and delegations, found back from a verb and on behind it."""

import re
from collections.abc import Sequence

from tracker.extractors.rules.subjects.page.phrases import DETERMINERS, closes
from tracker.extractors.rules.words import Word, is_date, word_set

OFFICES = word_set(
    "president presidents minister ministers premier secretary chairman chairwoman chair administrator director chief chiefs head heads "
    "ambassador counterpart counterparts officials delegation delegations leader leaders king prince chancellor envoy commissioner "
    "delegates representatives executives negotiators scientists engineers teams presidents kings chancellors envoys ambassadors "
    "team administrators undersecretary commissioners side sides agencies governments managers executive"
)
"""The offices and bodies whose meeting is one."""
HIGH = word_set(
    "president presidents minister ministers premier premiers chancellor chancellors king kings prince leader leaders heads "
    "chiefs ambassadors envoys delegates negotiators governments agencies sides"
)
"""Those whose meeting is one even where nobody tells whom they stand for."""
_BEFORE_WHO = word_set("and has had where in month year week weekend summer autumn spring winter")
_SPAN = 18  # words to each side


def without_tail(left: str) -> str:
    """Return who met as a part of a name: without an aside and without auxiliaries behind it."""
    left = re.sub(r"(?:,\s[a-z].*)?(?: (?:has|have|had|also|later|then|will|are to|is to))*$", "", left)
    return left[0].lower() + left[1:] if left.split(" ")[0].lower() in OFFICES else left


def offices(words: Sequence[Word]) -> bool:
    """Whether an office or a delegation is named among the words."""
    return any(w.lower.removesuffix("'s") in OFFICES for w in words)


def who_before(words: Sequence[Word], verb: int, *, both: bool = False) -> int | None:
    """Return where the subject begins: back over names and offices to the last break; over an `and` where `both` are meant."""
    first = _before_aside(words, _before_when(words, verb))
    verb = first
    while first > 0 and verb - first < _SPAN:
        left = words[first - 1]
        if left.text == ")" and first > 2 and words[first - 3].text == "(":
            first -= 3  # an acronym: "the head of the Space Agency (ASA) met"
            continue
        if left.text in ",()" and verb - first < 2:  # an aside before the verb: "the minister, on a tour, met"
            first -= 1
            continue
        if left.lower == "by" and first > 1 and words[first - 2].lower in ("led", "headed"):
            first -= 2  # "a delegation led by Ann Lee went to Oslo"
            continue
        joins = left.lower == "and" or left.text == ","
        if (
            joins
            and words[first].capital
            and first > 1
            and words[first - 2].capital
            and (both or _lists_who(words, first))
        ):
            first -= 1  # "officials of A, B and C", "A's minister and B's president met"
            continue
        if both and left.lower == "and" and first > 1 and words[first].lower in ("her", "his", "their", "the"):
            first -= 1
            continue
        if left.text == "." and first > 1 and len(words[first - 2].text) == 1 and words[first].capital:
            first -= 2  # the initial of a name
            continue
        if both and left.lower == "and" and first > 2 and words[first - 2].text == ",":
            opened = _before_aside(words, first - 1)  # "A, head of B, and C, head of D, met"
            if opened < first - 1:
                first = opened
                continue
        counts = left.text.isdigit() and words[first].text.islower()  # "ministers of the 22 member states"
        if (
            closes(left)
            or left.text in ",()"
            or left.lower in _BEFORE_WHO
            or (_is_day(words, first - 1) and not counts)
        ):
            break
        first -= 1
    while first < verb and (words[first].lower in DETERMINERS or not words[first].text[0].isalnum()):
        first += 1
    return first if first < verb else None


def _is_day(words: Sequence[Word], at: int) -> bool:
    """Whether a word tells a day; "Jan" and "April" in front of a surname are names."""
    named = words[at].lower in ("jan", "april", "june", "may", "august") and at + 1 < len(words)
    return is_date(words[at]) and not (named and words[at + 1].capital and not words[at + 1].text[0].isdigit())


def _before_when(words: Sequence[Word], verb: int) -> int:
    """Return the place of the day that stands in front of a verb: "the minister on Wednesday received"; else the verb's."""
    at = verb
    while at > 1 and (is_date(words[at - 1]) or words[at - 1].lower in _WHEN):
        at -= 1
    told = any(is_date(w) or w.lower in ("today", "yesterday", "week") for w in words[at:verb])
    return at if told else verb


_WHEN = word_set("on also earlier today yesterday last this week recently later separately")


def _before_aside(words: Sequence[Word], verb: int) -> int:
    """Return the place of the comma that opens an aside in front of a verb: "the minister, who is on a tour of Asia, met"."""
    if verb < 4 or words[verb - 1].text != ",":
        return verb
    for at in range(verb - 3, max(0, verb - 24), -1):
        opens = words[at].text == "," and at < verb - 2
        if opens and (
            words[at + 1].lower in _ASIDES or words[at + 1].lower in OFFICES or _is_name(words[at + 1 : verb - 1])
        ):
            return at
    return verb


def _is_name(words: Sequence[Word]) -> bool:
    """Whether an aside is nothing but a person's name: "the minister, Ann B. Lee, met"."""
    return 2 <= len(words) <= _NAMED and all(w.capital or w.text == "." for w in words)


_NAMED = 5  # words

_ASIDES = word_set(
    "of from who which headed led accompanied represented comprising including on in currently now here the a an its his her director-general deputy vice acting board"
)


def _lists_who(words: Sequence[Word], at: int) -> bool:
    """Whether a list that goes on at this word began behind "of" or "from": "leaders of A, B and C"."""
    for word in reversed(words[max(0, at - 10) : at]):
        if word.lower in ("of", "from"):
            return True
        if not (word.capital or word.lower in ("and", "the") or word.text == ","):
            return False
    return False


def whom_after(words: Sequence[Word], at: int) -> int | None:
    """Return where those who are met, or the place that is visited, end behind a verb; None where nobody with a name or an office stands there."""
    last = at
    while last < len(words) and last - at < _SPAN:
        word = words[last]
        if (
            closes(word)
            or word.text in ",()"
            or word.lower in ("in", "on", "for", "from", "with", "to", "and", "led", "headed")
            or (
                word.lower == "the"
                and last + 1 < len(words)
                and words[last + 1].lower in ("same", "following", "previous")
            )
            or is_date(word)
        ):
            break
        last += 1
    return last if last > at and any(w.capital or w.lower in OFFICES for w in words[at:last]) else None
