"""Misfires: news of a launch that failed is news of what the rocket carried, though its sentences only call that "launched".

"The launch failed minutes after liftoff … The X satellite was launched from Baikonur": X is lost. Only what the article itself is
about is taken for the cargo, and only where a headline or the lead says that a rocket or a launch failed.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Line, Scene
from tracker.extractors.rules.claims.telling.topics import first_topics, is_station
from tracker.extractors.rules.words import word_set

_SURE = 0.68
_OPENING = 4  # sentences, the headline among them
_NEWS = 14  # days
_FLIGHT = word_set("rocket rockets launch launcher liftoff lift-off flight voyage blast-off")
_FAILS = word_set(
    "fails failed explodes exploded crashes crashed disintegrates disintegrated malfunctioned sour astray misfires misfired"
)
_NOUNS = frozenset(("failure", "failed", "doomed", "botched"))
_REACHES = word_set("reach put place deliver achieve inject loft orbit attain insert")
_UNSAID = word_set(
    """not no n't never if could may might would should almost nearly without avoid avoided after since previous earlier last past former
    following test tests engine landing land booster boosters fairing static recovery another history like unlike"""
)
_LANDING = word_set("landing land droneship barge test tests")
_BEFORE, _REACH = 9, 9  # words
_LOST = ("failed", "cancelled", "completed", "operating")


def with_misfires(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, and the failure of the article's mission where the launch that it tells of has failed."""
    told = list(facts)
    cargo = _cargo(scene, told)
    if cargo is None:
        return told
    failure = next(_failures(scene), None)
    if failure is None:
        return told
    line, verb = failure
    start, end = stretch(line, [(verb, verb + 1)], [(max(0, verb - 2), verb + 1)])
    lost = Fact(cargo, "status", "failed", "actual", start, end, line.number, _SURE, cue="misfire")
    return [*told, lost]


def _cargo(scene: Scene, told: Sequence[Fact]) -> int | None:
    """The mission that the article is about, where it is told to be launched and nothing else."""
    missions = [n for n, s in enumerate(scene.subjects) if s.kind == "mission" and not is_station(scene, n)]
    main = first_topics(scene).get("main mission")
    one = missions[0] if len(missions) == 1 else main.subject if main is not None else None
    if one is None:
        return None
    own = [f for f in told if f.subject == one and f.modality == "actual"]
    if any(f.attribute == "status" and f.value in _LOST for f in own):
        return None
    launched = any(f.attribute == "status" and f.value == "launched" for f in own)
    days = [DateSpan.parse(f.value) for f in own if f.attribute == "launch_date"]
    published = scene.document.published
    recent = all((published.last - day.last).days <= _NEWS for day in days)
    return one if (launched or days) and recent else None


def _failures(scene: Scene) -> Iterator[tuple[Line, int]]:
    """The sentences at the beginning that say that a launch failed, each with the word for it."""
    for line in scene.lines[:_OPENING]:
        for at, word in enumerate(line.words):
            if (word in _FAILS or word in _NOUNS) and _is_of_flight(line, at) and _is_said(line.words, at):
                yield line, at


def _is_of_flight(line: Line, at: int) -> bool:
    """Whether it is the launch or the rocket that failed: "the rocket exploded", "a launch failure"."""
    words = line.words
    if words[at] in _NOUNS and words[at - 1 : at] != ("in",):
        return bool(_FLIGHT & set(words[max(0, at - 2) : at + 3]))
    near = any(0 <= at - v.last < _REACH for v in line.of("vehicle"))
    return near or bool(_FLIGHT & set(words[max(0, at - _REACH) : at]))


def _is_said(words: Sequence[str], at: int) -> bool:
    """Whether it is told as the news: of this launch, of the way up, and as a fact."""
    front, behind = words[max(0, at - _BEFORE) : at], words[at + 1 : at + 4]
    if _UNSAID & set(front) or _LANDING & set(behind) or ("first", "stage") in itertools.pairwise(front):
        return False
    return behind[:1] != ("to",) or bool(_REACHES & set(behind))
