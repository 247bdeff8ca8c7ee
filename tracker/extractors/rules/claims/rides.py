"""Rides: dates that missions share because one rocket carried them.

"X shared the rocket", "launched together with X": X left on the same day. A craft that was lost with its rocket, or failed to reach
orbit, had left on the day on which it was lost.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tracker.extractors.rules.claims.fact import Fact
from tracker.extractors.rules.claims.scene import Item, Line, Scene
from tracker.extractors.rules.subjects.crafts import NOUNS as CRAFTS
from tracker.extractors.rules.words import word_set

_TOGETHER = (("together", "with"), ("along", "with"), ("accompanied", "by"), ("company", "of"))
_ALONGSIDE = frozenset(("alongside", "beside"))
_ROCKET = word_set("rocket launcher booster stage liftoff lift-off takeoff take-off launch blast-off")
_AT_START = frozenset(("lost", "failed", "destroyed", "not-put-up", "came-to-grief", "fell-short", "crashed"))
_BESIDE = frozenset(("the", "a", "an", "its", "'s", "new", "another", ",", *CRAFTS))
_LESS = 0.1
_REACH = 10  # sentences


def with_shared_dates(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, and the days of launch that follow from a shared ride or from a failed one."""
    told = list(facts)
    lines = {line.number: line for line in scene.lines}
    dated = {f.subject for f in told if f.attribute == "launch_date" and f.modality == "actual"}
    scheduled = {f.subject for f in told if f.attribute == "launch_date"}
    new: list[Fact] = []
    for fact in told:
        line = lines[fact.line]
        if fact.attribute == "launch_date" and fact.modality in ("actual", "planned") and not fact.old:
            alone = dated if fact.modality == "actual" else scheduled
            new += [_lent(fact, item.subject) for item in _companions(scene, line) if item.subject not in alone]
        elif fact.attribute == "status" and fact.subject not in dated and _shares(line, fact):
            new += _of_the_other(line, fact, told)
        elif fact.subject not in scheduled and _at_start(line, fact):
            new.append(_lent(fact, fact.subject))
    return [*told, *new]


def _shares(line: Line, fact: Fact) -> bool:
    """Whether it went up with another: "shared the rocket", "rode to space on the same launcher"."""
    words = line.words
    same = fact.value == "launched" and any(w == "same" and words[n + 1] in _ROCKET for n, w in enumerate(words[:-1]))
    return fact.cue == "shared-ride" or same


def _lent(fact: Fact, subject: int) -> Fact:
    """The day of a flight as that of another mission too."""
    return msgspec.structs.replace(
        fact, subject=subject, attribute="launch_date", confidence=fact.confidence - _LESS, old=False, cue="shared-ride"
    )


def _companions(scene: Scene, line: Line) -> Iterator[Item]:
    """The missions that a sentence on a launch names as fellow passengers: "together with X"."""
    words = line.words
    for item in line.of("subject"):
        if scene.subjects[item.subject].kind != "mission":
            continue
        front = [w for w in words[max(0, item.first - 7) : item.first] if w not in _BESIDE]
        if tuple(front[-2:]) in _TOGETHER or front[-1:] in ([w] for w in _ALONGSIDE):
            yield item


def _of_the_other(line: Line, fact: Fact, told: Sequence[Fact]) -> Iterator[Fact]:
    """The day of the mission whose rocket was shared: one of the same sentence, else the one told of last."""
    flights = [f for f in told if f.attribute == "launch_date" and f.modality == "actual" and f.subject != fact.subject]
    beside = {item.subject for item in line.of("subject")} - {fact.subject}
    near = [f for f in flights if f.subject in beside] or [
        f for f in flights if fact.line - _REACH <= f.line <= fact.line
    ]
    if near:
        best = max(near, key=lambda f: (f.line <= fact.line, -abs(fact.line - f.line), f.confidence))
        yield msgspec.structs.replace(
            _lent(best, fact.subject),
            start=fact.start,
            end=fact.end,
            line=fact.line,
            confidence=fact.confidence - _LESS,
        )


def _at_start(line: Line, fact: Fact) -> bool:
    """Whether a craft was lost on its way up, with its rocket."""
    lost = fact.attribute == "loss_date" and fact.modality == "actual" and fact.cue in _AT_START
    return lost and (bool(_ROCKET & set(line.words)) or any(item.kind == "vehicle" for item in line.items))
