"""Meetings told by a verb: "the minister visited Seoul", "the two presidents met in Paris", "held talks with".

Only people who hold an office, and delegations, make a meeting; a rocket that met its target does not.
"""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.phrases import DETERMINERS, Word, closes, is_date, word_set

_OFFICES = word_set(
    "president presidents minister ministers premier secretary chairman chairwoman chair administrator director chief chiefs head heads "
    "ambassador counterpart counterparts officials delegation delegations leader leaders king prince chancellor envoy commissioner "
    "delegates representatives executives"
)
_MEETS = re.compile(
    r"\b(?P<gather>met|meets?|will meet|are to meet|gathered|convened)(?= in [A-Z])"
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
        stop = _whom(words, last + 1 + bool(match["gather"]))
        if first is None or stop is None or not _offices(words[first:verb]):
            continue
        whom = words[last + 1 : stop]
        place = any(
            m.family in ("country", "place", "organisation") for m in page.known_in(whom[0].start, whom[-1].end)
        )
        if not (place if match["visit"] or match["gather"] else _offices(whom)):
            continue
        start, end = words[first].start, whom[-1].end
        name = squeezed(page, start, end)
        yield Candidate(
            kind="meeting", start=words[verb].start, end=end, form="descriptive", keys=(fold(name),), name=name,
            names=(squeezed(page, words[verb].start, end),), nouns=("visit",) if match["visit"] else ("meeting", "talks"),
            parties=party_ids(page, start, end),
        )  # fmt: skip


def _offices(words: Sequence[Word]) -> bool:
    return any(w.lower.removesuffix("'s") in _OFFICES for w in words)


def _who(words: Sequence[Word], verb: int) -> int | None:
    """Return where the subject begins: back over names and offices to the last break."""
    first = verb
    while first > 0 and verb - first < _SPAN:
        left = words[first - 1]
        if left.text in ",()" and verb - first < 2:  # an aside before the verb: "the minister, on a tour, met"
            first -= 1
            continue
        if closes(left) or left.text in ",()" or left.lower in ("and", "has", "had", "where", "in"):
            break
        first -= 1
    while first < verb and (words[first].lower in DETERMINERS or not words[first].text[0].isalnum()):
        first += 1
    return first if first < verb else None


def _whom(words: Sequence[Word], at: int) -> int | None:
    last = at
    while last < len(words) and last - at < _SPAN:
        word = words[last]
        if closes(word) or word.text in ",()" or word.lower in ("in", "on", "for", "from", "with") or is_date(word):
            break
        last += 1
    return last if last > at and any(w.capital or w.lower in _OFFICES for w in words[at:last]) else None
