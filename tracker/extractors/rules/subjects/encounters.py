"""Meetings told by a verb: "the minister visited Seoul", "the two presidents met in Paris", "held talks with".

Only people who hold an office, and delegations, make a meeting; a rocket that met its target does not.
"""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.phrases import DETERMINERS, Word, closes, is_date, word_set

OFFICES = word_set(
    "president presidents minister ministers premier secretary chairman chairwoman chair administrator director chief chiefs head heads "
    "ambassador counterpart counterparts officials delegation delegations leader leaders king prince chancellor envoy commissioner "
    "delegates representatives executives negotiators scientists engineers teams"
)
"""The offices and bodies whose meeting is one."""
_MEETS = re.compile(
    r"\b(?P<gather>met|meets?|will meet|are to meet|gathered|convened)(?= (?:for the \w+ time )?(?:in|at) [A-Z])"
    r"|\b(?P<visit>visited|visits|paid an? (?:official |state |working )?visit to|travelled to|toured)\b"
    r"|\b(?P<met>met with|met|sat down with|h(?:e|o)ld(?:s|ing)? (?:bilateral )?talks with|held (?:bilateral )?(?:talks|a meeting) with|received|hosted)\b",
)
_SPAN = 14  # words to each side


def find_encounters(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the meetings that the verbs of a sentence tell; the mention runs from who met to whom or what place."""
    if not words:
        return
    ends = {word.end: i for i, word in enumerate(words)}
    begins = {word.start: i for i, word in enumerate(words)}
    for match in _MEETS.finditer(page.twin, words[0].start, words[-1].end):
        verb, last = begins.get(match.start()), ends.get(match.end())
        if verb is None or last is None:
            continue
        first = _who(words, verb)
        opened = last + 1
        if match["gather"]:
            opened = next(i for i in range(last + 1, len(words)) if words[i].lower in ("in", "at")) + 1
        stop = _whom(words, opened)
        if first is None or stop is None or not _offices(words[first:verb]):
            continue
        whom = words[opened:stop]
        place = any(
            m.family in ("country", "place", "organisation") for m in page.known_in(whom[0].start, whom[-1].end)
        )
        if not (place if match["visit"] or match["gather"] else _offices(whom)):
            continue
        start, end = words[first].start, whom[-1].end
        clause = squeezed(page, start, end)
        name = _noun_phrase(page, (start, words[verb - 1].end), (whom[0].start, end), match)
        yield Candidate(
            kind="meeting", start=words[last].start, end=end, form="descriptive", keys=(fold(clause),), name=name,
            names=(clause,), nouns=("visit",) if match["visit"] else ("meeting", "talks"),
            parties=party_ids(page, start, end),
        )  # fmt: skip


def _noun_phrase(page: Page, who: tuple[int, int], whom: tuple[int, int], verb: re.Match[str]) -> str:
    """Return the meeting as a thing: "visit of the minister to Seoul", "meeting of A with B", "meeting of A and B in Oslo"."""
    left, right = squeezed(page, *who), squeezed(page, *whom)
    left = re.sub(r"(?:,\s[a-z].*)?(?: (?:has|have|had|also|later|then|will|are to|is to))*$", "", left)
    if left.split(" ")[0].lower() in OFFICES:
        left = left[0].lower() + left[1:]
    if verb["visit"]:
        return f"visit of {left} to {right}"
    where = "at" if page.twin[: whom[0]].endswith("at ") else "in"
    return f"meeting of {left} {where} {right}" if verb["gather"] else f"meeting of {left} with {right}"


def _offices(words: Sequence[Word]) -> bool:
    return any(w.lower.removesuffix("'s") in OFFICES for w in words)


def _who(words: Sequence[Word], verb: int) -> int | None:
    """Return where the subject begins: back over names and offices to the last break."""
    first = verb
    while first > 0 and verb - first < _SPAN:
        left = words[first - 1]
        if left.text in ",()" and verb - first < 2:  # an aside before the verb: "the minister, on a tour, met"
            first -= 1
            continue
        joins = left.lower == "and" or left.text == ","
        if joins and words[first].capital and first > 1 and words[first - 2].capital and _lists_who(words, first):
            first -= 1  # "officials of A, B and C"
            continue
        if closes(left) or left.text in ",()" or left.lower in ("and", "has", "had", "where", "in"):
            break
        first -= 1
    while first < verb and (words[first].lower in DETERMINERS or not words[first].text[0].isalnum()):
        first += 1
    return first if first < verb else None


def _lists_who(words: Sequence[Word], at: int) -> bool:
    """Whether a list that goes on at this word began behind "of" or "from": "leaders of A, B and C"."""
    for word in reversed(words[max(0, at - 10) : at]):
        if word.lower in ("of", "from"):
            return True
        if not (word.capital or word.lower in ("and", "the") or word.text == ","):
            return False
    return False


def _whom(words: Sequence[Word], at: int) -> int | None:
    last = at
    while last < len(words) and last - at < _SPAN:
        word = words[last]
        if closes(word) or word.text in ",()" or word.lower in ("in", "on", "for", "from", "with") or is_date(word):
            break
        last += 1
    return last if last > at and any(w.capital or w.lower in OFFICES for w in words[at:last]) else None
