"""Anniversaries: "the 30th anniversary of the accord" in 2024 tells the year in which it was signed."""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.pacts.tenure import HISTORY
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.subjects.page.phrases import ordinal
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, word_set

_TENS = {
    "tenth": 10,
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "hundredth": 100,
}
_NAMED = {"decade": 10, "silver": 25, "golden": 50, "diamond": 60}
_OF = word_set(
    "of the a an its their our 's countries nations ' two first since that this bilateral this historic landmark"
)
_MARKS = word_set("marks marked mark marking celebrates celebrated celebrate celebrating has had turns")
_ANNIVERSARY = trigger(("anniversary", "jubilee"))
_REACH = 9  # words between the number, the word "anniversary" and the agreement


def anniversary_facts(scene: Scene, line: Line, pacts: Sequence[Item]) -> Iterator[Fact]:
    """Yield the year of signing of the agreement whose anniversary a sentence counts; pacts are the agreements in it."""
    if not pacts or not line.triggers & _ANNIVERSARY:
        return
    words = line.words
    at = next((i for i, w in enumerate(words) if w in ("anniversary", "jubilee")), None)
    if at is None:
        return
    counted = _count(words, at)
    if counted is None:
        return
    where, years = counted
    item = _whose(words, pacts, min(at, where), max(at, where))
    base = _base_year(scene, line, at)
    if item is None or base is None:
        return
    start, end = stretch(line, [(min(at, where), max(at, where) + 1)], [(item.first, item.last)])
    value = f"{base - years:04d}"
    yield Fact(item.subject, "signed_date", value, "actual", start, end, line.number, 0.8, cue=HISTORY)


def _count(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return where the number of years stands, and it: the ordinal nearest to the word."""
    found: list[tuple[int, int, int]] = []
    for number in range(max(0, at - _REACH), min(len(words), at + _REACH + 1)):
        word = words[number]
        years = _TENS.get(word) or _NAMED.get(word) or ordinal(Word(0, len(word), word, word))
        head, _, tail = word.partition("-")
        if tail and not years and head.replace("y", "ie") + "th" in _TENS:
            unit = ordinal(Word(0, len(tail), tail, tail))
            years = _TENS[head.replace("y", "ie") + "th"] + unit if unit else None
        if years and years >= 2:
            found.append((abs(at - number), number, years))
    return min(found)[1:] if found else None


def _whose(words: Sequence[str], pacts: Sequence[Item], first: int, last: int) -> Item | None:
    """Return the agreement: behind "anniversary of", or in front of "marks its anniversary"."""
    for item in pacts:
        gap = words[last + 1 : item.first]
        if item.first > last and len(gap) <= _REACH and gap[:1] in (("of",), ("since",)) and set(gap) <= _OF:
            return item
    before = [i for i in pacts if i.last <= first and _MARKS & set(words[i.last : first]) and first - i.last <= _REACH]
    return before[-1] if before else None


def _base_year(scene: Scene, line: Line, at: int) -> int | None:
    """Return the year in which the anniversary falls: that of the nearest date, else that of the document."""
    dates = [d for d in line.of("date") if d.date and d.date.span.first.year == d.date.span.last.year]
    if dates:
        nearest = min(dates, key=lambda d: abs(d.first - at))
        return nearest.date.span.first.year if nearest.date else None
    return scene.document.published.first.year
