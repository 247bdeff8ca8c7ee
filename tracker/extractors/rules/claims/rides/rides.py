"""Rides: what missions share because one rocket carried them: the day of launch, and the rocket.

"X shared the rocket", "launched together with X", "also on board was X": X left on the same day. A craft that was lost with its
rocket, or failed to reach orbit, had left on the day on which it was lost.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import is_station
from tracker.extractors.rules.subjects.page.crafts import NOUNS as CRAFTS
from tracker.extractors.rules.words import word_set

_TOGETHER = (("together", "with"), ("along", "with"), ("accompanied", "by"), ("company", "of"))
_ALONGSIDE = frozenset(("alongside", "beside"))
_ROCKET = word_set("rocket launcher booster stage liftoff lift-off takeoff take-off launch blast-off")
_AT_START = frozenset(
    ("lost", "failed", "destroyed", "not-put-up", "came-to-grief", "fell-short", "crashed", "came-down", "wrong-orbit")
)
_BESIDE = frozenset(("the", "a", "an", "its", "'s", "new", "another", ",", *CRAFTS))
_LESS = 0.1
_REACH = 10  # sentences


_RIDE = ("launch_date", "launch_vehicle")
"""What is the same for all that one rocket carries."""


def with_shared_dates(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, and the days of launch and rockets that follow from a shared ride, or from a failed one."""
    told = list(facts)
    lines = {line.number: line for line in scene.lines}
    dated = {f.subject for f in told if f.attribute == "launch_date" and f.modality == "actual"}
    scheduled = {f.subject for f in told if f.attribute == "launch_date"}
    carried = {f.subject for f in told if f.attribute == "launch_vehicle"}
    new: list[Fact] = []
    for fact in told:
        line = lines[fact.line]
        if fact.attribute in _RIDE and fact.modality in ("actual", "planned") and not fact.old:
            alone = carried if fact.attribute == "launch_vehicle" else dated if fact.modality == "actual" else scheduled
            beside = [i for i in _companions(scene, line) if i.subject not in alone and not _parted(line, fact, i)]
            new += [_lent(fact, item.subject) for item in beside]
        elif fact.attribute == "status" and fact.subject not in dated and _shares(line, fact):
            new += _of_the_other(line, fact, told)
        elif fact.subject not in dated and _at_start(line, fact):
            new.append(_lent(fact, fact.subject, "launch_date"))
    return [*told, *new, *_also_aboard(scene, [*told, *new])]


def _shares(line: Line, fact: Fact) -> bool:
    """Whether it went up with another: "shared the rocket", "rode to space on the same launcher"."""
    words = line.words
    same = fact.value == "launched" and any(w == "same" and words[n + 1] in _ROCKET for n, w in enumerate(words[:-1]))
    return fact.cue == "shared-ride" or same


def _lent(fact: Fact, subject: int, attribute: str = "") -> Fact:
    """The day or the rocket of a flight as that of another mission too."""
    return msgspec.structs.replace(
        fact,
        subject=subject,
        attribute=attribute or fact.attribute,
        confidence=fact.confidence - _LESS,
        old=False,
        cue="shared-ride",
    )


def _companions(scene: Scene, line: Line) -> list[Item]:
    """The missions that a sentence on a launch names as fellow passengers: "together with X and Spain's Y"."""
    owners = {n for org in line.of("org") for n in range(org.first, org.last)}
    beside = [w if n not in owners else "the" for n, w in enumerate(line.words)]
    found: list[Item] = []
    for item in line.of("subject"):
        if scene.subjects[item.subject].kind != "mission":
            continue
        front = [w for w in beside[max(0, item.first - _FRONT) : item.first] if w not in _BESIDE]
        together = tuple(front[-2:]) in _TOGETHER or front[-1:] in ([w] for w in _ALONGSIDE)
        joined = bool(found) and set(beside[found[-1].last : item.first]) <= _BESIDE | {"and"}
        if together or joined or _SECOND & set(line.words[item.last : item.last + _BEHIND]):
            found.append(item)
    return found


_FRONT, _BEHIND = 9, 6  # words
_SECOND = word_set("secondary piggyback rideshare co-passenger co-passengers")
"""What tells behind a name that it flies with another: "with X as a secondary payload"."""


def _parted(line: Line, fact: Fact, item: Item) -> bool:
    """Whether a verb of its own says what is done together: "was launched in May and will work together with Y"."""
    return any(
        w in _DONE_TOGETHER for w, start in zip(line.words, line.starts, strict=True) if fact.end <= start < item.start
    )


_DONE_TOGETHER = word_set(
    """will would can could is are has have which who that so work works working operate operates operating observe observes observing
    study studies studying map maps mapping form forms forming fly flies flying serve serves image monitor monitors"""
)


def _also_aboard(scene: Scene, told: Sequence[Fact]) -> Iterator[Fact]:
    """The ride of what a sentence names as also carried by the rocket that was told of just before: "also on board was X"."""
    for line in scene.lines:
        if not _goes_along(line):
            continue
        ids = [i.subject for i in line.of("subject") if scene.subjects[i.subject].kind == "mission"]
        ids = [n for n in dict.fromkeys(ids) if not is_station(scene, n)]
        known = {(f.subject, f.attribute) for f in told if f.subject in ids}
        rides = [f for f in told if f.attribute in _RIDE and not f.old and f.subject not in ids]
        near = [f for f in rides if 0 <= line.number - f.line <= _NEXT and f.modality in ("actual", "planned")]
        last = max((f.line for f in near), default=0)
        for fact in near if ids else ():
            if fact.line == last:
                yield from (_lent(fact, n) for n in ids if (n, fact.attribute) not in known)


_NEXT = 2  # sentences
_ABOARD = frozenset(("aboard", "onboard", "board"))
_FLOWN_ON = word_set("rocket launcher booster mission flight launch ride")
_OPEN = word_set("was were is are . , will")


def _goes_along(line: Line) -> bool:
    """Whether a sentence tells of what else a rocket carries: "also on board was X", "Y was also aboard", "on the same flight"."""
    words = line.words
    if "same" in words:
        same = words.index("same")
        front = words[max(0, same - 2) : same]
        return set(words[same + 1 : same + 2]) <= _FLOWN_ON and bool({"on", "aboard"} & set(front))
    aboard = next((n for n, w in enumerate(words) if w in _ABOARD), None)
    if aboard is None or "also" not in words or abs(aboard - words.index("also")) > _NEAR:
        return False
    behind = words[aboard + 1 : aboard + 3]
    return not behind or behind[0] in _OPEN or (behind[0] == "the" and set(behind[1:]) <= _FLOWN_ON)


_NEAR = 3  # words


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


_COUNTED = frozenset(("years", "year", "months", "month", "weeks", "week", "days", "day", "decade", "decades"))
_LATER = (("after",), ("into",), ("since",))


def _at_start(line: Line, fact: Fact) -> bool:
    """Whether a craft was lost on its way up, with its rocket."""
    lost = fact.attribute == "loss_date" and fact.modality == "actual" and fact.cue in _AT_START
    if lost and any(w in _COUNTED and line.words[n + 1 : n + 2] in _LATER for n, w in enumerate(line.words)):
        return False  # "was lost four years after its launch"
    return lost and (bool(_ROCKET & set(line.words)) or any(item.kind == "vehicle" for item in line.items))
