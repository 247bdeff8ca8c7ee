"""Missions told by what they do: "X lost contact", "the launch of X", "X, launched in 2019", "carried X into orbit".

A name that no list knows and no common noun explains is a craft's when only a craft does what is said of it. How much is
asked depends on how the name is written: "Sich-9X" looks like nothing else, "Harrier" may be a person, a firm or a town.
So evidence has two grades, and a plain word needs a sure sign, or several of the other kind over the document; and what
the document calls a rocket, a company, an instrument or a person is no mission, whatever it did.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

import msgspec

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.missions import signs
from tracker.extractors.rules.subjects.missions.fullnames import stripped
from tracker.extractors.rules.subjects.missions.namelike import (
    ABSTRACT,
    Run,
    gives_name,
    is_otherwise,
    names_in,
    names_satellite,
)
from tracker.extractors.rules.subjects.missions.numbered import carries
from tracker.extractors.rules.subjects.page.acronyms import other_name
from tracker.extractors.rules.subjects.page.crafts import NOUNS, of_a_rocket
from tracker.extractors.rules.subjects.page.page import Candidate, Page, squeezed
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word
from tracker.language.text import Sentence

_SURE, _LIKELY = 2, 1
_BEFORE = 110  # characters in front of a name that are looked at
_NEAR = 24
_ENOUGH = {"numbered": 1, "coined": 2, "plain": 3, "person": 3}
"""How many likely signs are as good as a sure one, by how the name is written."""


_CREW = trigger(pattern=signs.CREW.pattern.lower().replace("flew to space", "space"))
_GATE = trigger(("went",), signs.GATE.pattern.lower())


class _Deed(msgspec.Struct):
    """What is said of one name over the document."""

    run: Run
    sure: bool = False
    likely: int = 0
    opens: bool = True
    """Whether it stands at the heads of sentences only, where every word has a capital."""


def done(page: Page) -> dict[int, list[Candidate]]:
    """Return, by sentence, the places of names that deeds show to be a craft's. Linear in the text."""
    deeds: dict[str, _Deed] = {}
    places: list[tuple[int, str, Candidate]] = []
    others: set[str] = set()
    crewed: bool | None = None
    for number, (sentence, words) in enumerate(zip(page.sentences, page.words, strict=True)):
        if sentence.role == "dateline":
            continue
        heading = sentence.role == "heading" or sentence.block == "title"
        runs = list(_runs(page, words, heading=heading))
        if not runs:
            continue
        if crewed is None:
            crewed = any(t & _CREW for t in page.triggers) and signs.CREW.search(page.twin) is not None
        others.update(name for run in runs for name in _otherwise(page, run, sentence))
        if all(run.shape in ("plain", "person") for run in runs) and not (
            page.triggers[number] & _GATE and signs.GATE.search(page.twin, sentence.start, sentence.end)
        ):
            continue  # nothing here tells of a craft by an ordinary word
        for run, grade in _graded(page, runs, sentence, crewed=crewed):
            name = squeezed(page, run.start, run.end)
            deed = deeds.setdefault(name, _Deed(run))
            deed.sure |= grade == _SURE
            deed.likely += 1
            deed.opens &= run.opens
            names, keys = other_name(page, words, run.last + 1, name)
            one = Candidate(
                kind="mission",
                start=run.start,
                end=run.end,
                form="proper",
                name=name,
                names=names,
                keys=(fold(name), *keys),
            )
            places.append((number, name, one))
    shown = {name for name, deed in deeds.items() if name not in others and _is_shown(page, name, deed)}
    found: dict[int, list[Candidate]] = {}
    for number, name, one in places:
        if name in shown:
            found.setdefault(number, []).append(one)
    return found


def _is_shown(page: Page, name: str, deed: _Deed) -> bool:
    """Whether the evidence is enough for a name written so; an ordinary word that only opens sentences may be no name at all."""
    if not deed.sure and deed.likely < _ENOUGH[deed.run.shape]:
        return False
    if deed.opens and deed.run.shape == "plain":
        return (
            deed.sure
            and not name.lower().endswith(ABSTRACT)
            and not re.search(rf"\b{re.escape(name.lower())}\b", page.twin)
        )
    return True


def _runs(page: Page, words: Sequence[Word], *, heading: bool) -> Iterator[Run]:
    """The runs of capitals in a sentence that may be a craft's name, without who owns it."""
    if heading and words and page.twin[words[0].start : words[-1].end].isupper():
        return
    for run in names_in(page, words, heading=heading):
        kept = stripped(page, words, run.first, run.last)
        if kept is not None and not of_a_rocket(words, *kept) and not carries(words, kept[0]):
            yield msgspec.structs.replace(run, first=kept[0], start=words[kept[0]].start)


def _otherwise(page: Page, run: Run, sentence: Sentence) -> Iterator[str]:
    """Yield the names that a place tells to be no craft's: that of the run, and the surname of a person."""
    before = page.twin[max(sentence.start, run.start - _BEFORE) : run.start]
    name = squeezed(page, run.start, run.end)
    if is_otherwise(page, run, before, sentence.end):
        yield name
    if run.shape == "person" and not any(noun in name.lower() for noun in NOUNS):
        yield name.rpartition(" ")[2]


def _graded(page: Page, runs: Sequence[Run], sentence: Sentence, *, crewed: bool) -> Iterator[tuple[Run, int]]:
    """Yield the runs that a craft's words stand beside, with the grade; what `and` joins to one of them is another."""
    grades = [_grade(page, run, sentence, crewed=crewed) for run in runs]
    joined = [
        signs.JOINS.fullmatch(page.twin, one.end, other.start) is not None for one, other in itertools.pairwise(runs)
    ]
    for at in range(1, len(runs)):
        if joined[at - 1] and signs.FLOWN_TOGETHER.match(page.twin, runs[at].end, sentence.end):
            grades[at] = _SURE  # "the A and B satellites were"
    for at in range(1, len(runs)):  # "A and B were launched", "launched A, B and C"
        if joined[at - 1]:
            grades[at] = max(grades[at], grades[at - 1])
    for at in range(len(runs) - 1, 0, -1):
        if joined[at - 1]:
            grades[at - 1] = max(grades[at - 1], grades[at])
    yield from ((run, grade) for run, grade in zip(runs, grades, strict=True) if grade)


def _grade(page: Page, run: Run, sentence: Sentence, *, crewed: bool) -> int:
    """Return how well the words around a run show a craft: surely, likely, or not (0)."""
    twin, end, high = page.twin, run.end, sentence.end
    before = twin[max(sentence.start, run.start - _BEFORE) : run.start]
    if signs.SURE.match(twin, end, high):
        human = run.shape == "person" and signs.HUMAN.match(twin, end, high) is not None
        return _LIKELY if human and (crewed or gives_name(run.text)) else _SURE
    if signs.APPOSED.match(twin, end, high) or signs.EQUATED.match(twin, end, high):
        return _SURE
    if signs.SURELY_AFTER.search(before) or signs.NAMED.search(before):
        return _SURE
    if _is_lifted(twin, run, before, high, crewed=crewed) or _is_lofted(page, run, before, crewed=crewed):
        return _SURE
    ride = signs.RIDES.match(twin, end, high)
    if (
        ride
        and run.shape != "person"
        and any(m.family == "vehicle" for m in page.known_in(ride.end(), ride.end() + _NEAR))
    ):
        return _SURE
    if run.shape == "coined" and (signs.WORKS.match(twin, end, high) or signs.CARRIES.match(twin, end, high)):
        return _SURE
    if _heads_an_item(page, run, sentence):
        return _SURE
    likely = (
        signs.LIKELY.match(twin, end, high)
        or signs.LANDING_OF.search(before)
        or signs.CALLED.search(before)
        or (signs.CARRIED.search(before) and signs.TO_SPACE.match(twin, end, high))
        or (signs.LAUNCH_OF.search(before) and signs.ENDS.match(twin, end, high))
        or (
            run.shape == "numbered"
            and (names_satellite(run.text) or (" " not in run.text and signs.WORK_ON.search(before)))
        )
    )
    if run.shape == "coined" and signs.LIKELY.match(twin, end, high) and signs.FIELD.search(twin, sentence.start, high):
        return _SURE
    return _LIKELY if likely else 0


def _is_lofted(page: Page, run: Run, before: str, *, crewed: bool) -> bool:
    """Whether a known rocket is said to carry it: "A Vega carried X and Y"."""
    verb = signs.LOFTED.search(before)
    if verb is None or (run.shape == "person" and crewed):
        return False
    begun = run.start - len(before) + verb.start()
    return any(m.family == "vehicle" for m in page.known_in(begun - _NEAR, begun))


def _is_lifted(twin: str, run: Run, before: str, high: int, *, crewed: bool) -> bool:
    """Whether something puts it up: "carried X into orbit", "the launch of X was", "plans to launch X"."""
    if signs.CARRIED.search(before) and signs.TO_SPACE.match(twin, run.end, high):
        return run.shape != "person" or not crewed
    if not signs.LAUNCH_OF.search(before) or not signs.ENDS.match(twin, run.end, high):
        return False
    return (
        signs.WITH_ROCKET.match(twin, run.end, high) is not None
        or before.endswith((" of ", " of the "))
        or (
            signs.TO_COME.search(before) is not None
            and (run.shape == "coined" or signs.SOME_DAY.match(twin, run.end, high) is not None)
        )
    )


def _heads_an_item(page: Page, run: Run, sentence: Sentence) -> bool:
    """Whether the run opens an item of a list that speaks of a craft: "- Harrier: the satellite passed its review"."""
    if run.start - sentence.start > _HEAD or run.shape == "person":
        return False
    behind = signs.ITEM.match(page.twin, run.end, sentence.end)
    if behind is None or (run.shape == "plain" and sentence.role != "item"):
        return False
    rest = page.twin[behind.end() : sentence.end]
    if run.shape == "numbered" and any(m.family == "vehicle" for m in page.known_in(behind.end(), sentence.end)):
        return True  # the row of a table
    return signs.OF_CRAFT.search(rest) is not None and not signs.SPOKEN.search(rest)


_HEAD = 24  # characters of a country or a number in front of an item's name
