"""Losses: a craft that fell silent "moments before touchdown", or that was lost "minutes after liftoff", was lost on that day.

The day is told of the launch or the landing, often a sentence earlier, and nobody tells it again.
"""

from collections.abc import Iterable, Sequence

import msgspec

from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Line, Scene
from tracker.extractors.rules.words import word_set

_LESS = 0.06
_SOON = word_set("seconds minutes moments shortly soon just immediately during")
_BESIDE = frozenset(("after", "before", "into", "from", "of", "prior", "to", "the", "its", "a", "planned", "powered"))
_GAP = 4  # words between the two
_EVENTS = {
    **dict.fromkeys(("liftoff", "lift-off", "launch", "takeoff", "take-off", "blastoff", "blast-off", "ascent"), "launch_date"),
    **dict.fromkeys(("landing", "touchdown", "touch-down", "descent"), "landing_date"),
}  # fmt: skip


def with_losses(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, and the day of loss of each mission that was lost on the way up or down and has no day of its own."""
    told = list(facts)
    lost = {f.subject for f in told if f.attribute == "loss_date" and f.modality == "actual"}
    failed = [
        f
        for f in told
        if f.attribute == "status" and f.value == "failed" and f.modality == "actual" and f.subject not in lost
    ]
    lines = {line.number: line for line in scene.lines} if failed else {}
    new: dict[int, Fact] = {}
    for fact in failed:
        event = _event(lines[fact.line])
        day = _day(scene, told, fact.subject, event) if event else None
        if day is not None and fact.subject not in new:
            sure = min(fact.confidence, day.confidence) - _LESS
            new[fact.subject] = msgspec.structs.replace(
                fact,
                attribute="loss_date",
                value=day.value,
                confidence=sure,
                since=None,
                by=None,
                also=(),
                cue="lost-then",
            )
    return [*told, *new.values()]


def _event(line: Line) -> str | None:
    """The date of the event that the loss is said to be near to: "minutes after liftoff", "during its descent"."""
    words = line.words
    for at, word in enumerate(words):
        if word in _EVENTS and _is_near(words[max(0, at - _GAP) : at]):
            return _EVENTS[word]
    return None


def _is_near(front: Sequence[str]) -> bool:
    last = max((n for n, w in enumerate(front) if w in _SOON), default=-1)
    return last >= 0 and set(front[last + 1 :]) <= _BESIDE


def _day(scene: Scene, told: Sequence[Fact], subject: int, event: str) -> Fact | None:
    """The day of the event: one that has passed, be the landing told as a plan only."""
    days = [
        f
        for f in told
        if f.subject == subject
        and f.attribute == event
        and (f.modality == "actual" or (event == "landing_date" and f.modality == "planned"))
        and _is_past_day(scene, f.value)
    ]
    return max(days, key=lambda f: (f.modality == "actual", f.value), default=None)


def _is_past_day(scene: Scene, value: str) -> bool:
    span = DateSpan.parse(value)
    return span.days == 1 and span.last <= scene.document.published.last
