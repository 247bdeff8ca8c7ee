"""Rockets: what a mission flies on.

A rocket stands beside a word of launching ("launched on a Falcon 9"), or carries the mission through a sentence of its own ("an
Electron with X on board rose from Mahia"). Often it has the sentence to itself ("The Long March 4B took off at dawn"), or is only
"the same rocket": then it carries what the text has just spoken of.
"""

import itertools
from collections.abc import Iterator, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.days.turns import turn
from tracker.extractors.rules.claims.rides.ascents import AHEAD, ARTICLES, Found, alone
from tracker.extractors.rules.claims.rides.launchers import (
    contract_facts,
    launcher_facts,
    nameless_facts,
    nameless_rockets,
)
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import vehicle_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read, joined_items
from tracker.extractors.rules.claims.telling.topics import Topics, current, is_station
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import word_set


def vehicle_facts(scene: Scene, line: Line, reads: Sequence[Read], topics: Topics) -> Iterator[Fact]:
    """Yield the rockets that a sentence gives to missions, and who makes or flies them."""
    if not line.triggers & _RIDE and not line.of("vehicle"):
        return
    missions = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "mission"]
    for vehicle in (*line.of("vehicle"), *nameless_rockets(line)):
        former = _is_former(line, vehicle)
        found = (
            _launching(line, reads, vehicle)
            or _carrying(scene, line, missions, vehicle, topics)
            or _beside(line, missions, vehicle, topics)
            or (alone(scene, line, missions, vehicle, topics) if vehicle.known else None)
        )
        if found is None:
            continue
        subjects, cost, told, wish = found
        subjects = turn(line, vehicle, tuple(dict.fromkeys((*subjects, *_sharing(line, missions, vehicle, topics)))))
        former = former or any(r.reading.old_plan and wish == (r.match.first, r.match.last) for r in reads)
        modality: Modality = "planned" if former else told
        start, end = stretch(line, [(vehicle.first, vehicle.last)], [wish] if wish else [])
        for subject in subjects:
            if vehicle.known is None:
                yield from nameless_facts(scene, line, subject, vehicle, modality)
                continue
            confidence = 0.82 - 0.08 * min(cost, _FARTHEST) - (0.2 if former else 0.0)
            yield Fact(
                subject, "launch_vehicle", vehicle_name(scene, vehicle), modality, start, end, line.number, confidence,
                value_id=vehicle.id, old=former, cue="vehicle",
            )  # fmt: skip
            yield from launcher_facts(scene, line, subject, vehicle, modality)
    yield from _shared(scene, line, missions)
    yield from contract_facts(scene, line, missions, topics)


_FARTHEST = 2.3
"""What the way may cost at most: a rocket that is told of late in a sentence is still surer than one of an earlier plan."""
_FORMERLY = word_set("originally initially first formerly")


def _is_former(line: Line, vehicle: Item) -> bool:
    """Whether the rocket is only the one of an earlier plan: "was originally to fly on a Soyuz"."""
    before = line.words[max(0, vehicle.first - 9) : vehicle.first]
    return bool(_FORMERLY & set(before)) and bool({"was", "were", "had", "planned", "scheduled"} & set(before))


_NOT_CARRIED = word_set("after since than unlike like as before for from until while into about over behind")


def _carries(line: Line, vehicle: Item) -> bool:
    """Whether the rocket stands as what carries something: the subject, or behind "on", "by", "aboard", "atop"."""
    before = [w for w in line.words[max(0, vehicle.first - 4) : vehicle.first] if w not in ARTICLES]
    return not before or before[-1] not in _NOT_CARRIED


def _phrase_start(line: Line, vehicle: Item) -> int:
    """Where the phrase begins that names a rocket, with whose it is and of what sort: "a new ULA Atlas V"."""
    at, owned = vehicle.first, {n for o in line.of("org") for n in range(o.first, o.last)}
    while at > 0 and (at - 1 in owned or line.words[at - 1] in _OF_PHRASE):
        at -= 1
    return at


_OF_PHRASE = ARTICLES | word_set(
    "'s ( ) same reusable heavy-lift two-stage three-stage modified upgraded small powerful workhorse second third first single"
)


_COMING = frozenset(("schedule", "shift", "scrub"))
_REACH = 1.6


def _launching(line: Line, reads: Sequence[Read], vehicle: Item) -> Found | None:
    """Beside a word of launching: the one with the least way to the rocket."""
    best: tuple[float, Read] | None = None
    for read in reads if _carries(line, vehicle) else ():
        if read.cue.kind != "mission" or read.cue.date != "launch_date" or not read.subjects:
            continue
        if read.reading.modality == "denied" or _tells_of_another(line, read, vehicle):
            continue
        if vehicle.known is None and read.item is None:
            continue  # "an Indian rocket" of which nothing else is told flies for another
        if vehicle.first >= read.match.last:
            cost = line.between(read.match.last, vehicle.first)
        else:
            cost = line.between(vehicle.last, max(read.reading.first, vehicle.last)) + 0.1
        if cost < _REACH and (best is None or cost < best[0]):
            best = (cost, read)
    if best is None:
        return None
    read = best[1]
    coming = read.reading.modality in ("planned", "possible") or read.cue.sort in _COMING or read.reading.old_plan
    cost = read.cost + 0.4 * line.between(vehicle.last, read.match.first)
    return read.subjects, cost, "planned" if coming else "actual", (read.match.first, read.match.last)


_ELSEWHERE = word_set("unlike which while whereas but whose")


def _tells_of_another(line: Line, read: Read, vehicle: Item) -> bool:
    """Whether the rocket stands in another clause, or the word of launching tells of its flights in general."""
    between = line.words[read.match.last : vehicle.first]
    flights = read.item is None and line.words[read.match.head] == "launches" and vehicle.last <= read.match.first
    relative = any(a == "that" and b in ("a", "an", "the") for a, b in itertools.pairwise(between))
    front = line.words[max(0, vehicle.first - 2) : vehicle.first]
    if read.item is None and vehicle.last <= read.match.first and "that" in front:
        return True  # "a model that a Soyuz lifted"
    return flights or relative or bool(_ELSEWHERE & set(between))


_BEARS = word_set(
    """carrying carries carried carry lofting lofted lofts loft lifting lifted lifts transporting transported sending sent putting put placing
    placed delivering delivered boosting boosted bearing bore orbited orbiting ferrying ferried hauling hauled hurling hurled with
    launching launched launches launch propelled propelling injected injecting releasing released deployed deploying loaded"""
)
_APART = word_set("; : said says but while whereas after before unlike than which who until when because")
_BEARING_REACH = 12  # words


def _carrying(scene: Scene, line: Line, missions: Sequence[Item], vehicle: Item, topics: Topics) -> Found | None:
    """In front of what it carries: "the Soyuz rocket carrying X and Y", "a Vega lofted X", "a PSLV with X on board"."""
    words = line.words
    for item in missions:
        gap = words[vehicle.last : item.first]
        if item.first < vehicle.last or len(gap) > _BEARING_REACH or is_station(scene, item.subject):
            continue
        at = max((n for n, w in enumerate(gap) if w in _BEARS), default=-1)
        aboard = {"board", "aboard", "inside"} & set(words[item.last : item.last + 3])
        if at < 0 or _APART & set(gap) or (gap[at] == "with" and not (aboard or at == 0 or gap[at - 1] in _ROCKETS)):
            continue
        if "," in gap[at:] or {"by", "for"} & set(gap[at + 1 :]):
            continue
        coming: Modality = "planned" if AHEAD & set(words[max(0, vehicle.last - 1) : item.first]) else "actual"
        group = tuple(dict.fromkeys(i.subject for i in joined_items(line, item, missions)))
        return group, 0.3, coming, (vehicle.last + at, vehicle.last + at + 1)
    return _carrying_it(line, [m for m in missions if not is_station(scene, m.subject)], vehicle, topics)


def _carrying_it(line: Line, missions: Sequence[Item], vehicle: Item, topics: Topics) -> Found | None:
    """Carrying what was named in front: "a Falcon 9 lifted it off", "one of the craft that a Vega released"."""
    words = line.words
    near = range(vehicle.last, min(vehicle.last + 4, len(words)))
    verb = next((n for n in near if words[n] in _BEARS or words[n] in _TAKES), None)
    if verb is None or words[verb] == "with":
        return None
    pointed = words[verb + 1 : verb + 2] in (("it",), ("them",), ("both",))
    relative = words[max(0, vehicle.first - 2) : vehicle.first][:1] in (("that",), ("which",))
    left = [m for m in missions if m.last <= vehicle.first and vehicle.first - m.last <= _RELATIVE]
    named = [m for m in left if m.mention is not None and m.mention.form == "proper"]
    if not (pointed or (relative and named)):
        return None
    left = named or left
    topic = current(line, topics, "mission") if not missions else None
    subject = left[-1].subject if left else topic.subject if topic is not None else None
    return ((subject,), 0.6, "actual", (verb, verb + 1)) if subject is not None else None


_TAKES = frozenset(("took", "takes", "take", "flew", "drove", "raised"))
_RELATIVE = 24  # words


_ROCKETS = word_set("rocket rockets launcher booster vehicle")
_ON = word_set("on by aboard atop with using for onto riding ride rides rode ridden via needs requires")
_GOING_ON = word_set("it the its they launch lift-off liftoff both this that")


def _beside(line: Line, missions: Sequence[Item], vehicle: Item, topics: Topics) -> Found | None:
    """Behind "on a", "aboard the", "atop", with no word of launching near: the nearest mission, or what is spoken of."""
    words = line.words
    before = [w for w in words[: _phrase_start(line, vehicle)][-3:] if w != "human-rated"]
    aboard = before[-2:] == ["fairing", "of"]
    if not before or not (before[-1] in _ON or aboard) or "too" in before:  # "too heavy for a Vega"
        return None
    coming: Modality = "planned" if AHEAD & set(words[: vehicle.first]) else "actual"
    if missions:
        best = min(
            missions,
            key=lambda m: (
                line.between(m.last, vehicle.first) if m.last <= vehicle.first else line.between(vehicle.last, m.first)
            ),
        )
        return (best.subject,), 1.6, coming, None
    topic = topics.get("mission")
    if topic is None or words[0] not in _GOING_ON:
        return None
    near = line.paragraph == topic.paragraph and line.number - topic.line <= 2
    return ((topic.subject,), 1.6, coming, None) if near else None


def _sharing(line: Line, missions: Sequence[Item], vehicle: Item, topics: Topics) -> tuple[int, ...]:
    """Who shares the rocket with what it carries: "X will share an Ariane 62 with Y", "the craft will share a Vega with Y"."""
    words = line.words
    if not _SHARES & set(words[max(0, vehicle.first - 3) : vehicle.first]):
        return ()
    left = [m.subject for m in missions if m.last <= vehicle.first]
    topic = current(line, topics, "mission")
    return (left[-1],) if left else (topic.subject,) if topic is not None else ()


_SHARES = word_set("shared sharing share shares")
_SHARED = word_set("rocket launcher booster ride launch flight")
_RIDE = trigger(_SHARED)


def _shared(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """On the rocket of another: "rode up on the same launcher", "shared the rocket": the rocket that the text named last."""
    words = line.words
    if not _SHARED & set(words):
        return
    at = next((n for n, w in enumerate(words) if w in _SHARED and (_is_the_same(words, n) or _bears(words, n))), None)
    if at is None:
        return
    here = list(line.of("vehicle"))
    vehicle = here[-1] if here and here[-1].last <= at else None if here else _last_named(scene, line)
    if vehicle is None or not missions:
        return
    item = min(missions, key=lambda m: line.between(m.last, at) if m.last <= at else line.between(at, m.first))
    start, end = stretch(line, [(at, at + 1)], [(item.first, item.last)])
    coming: Modality = "planned" if AHEAD & set(words[max(0, at - 8) : at]) else "actual"
    for subject in dict.fromkeys(i.subject for i in joined_items(line, item, missions)):
        yield Fact(
            subject, "launch_vehicle", vehicle_name(scene, vehicle), coming, start, end, line.number, 0.62,
            value_id=vehicle.id, cue="shared",
        )  # fmt: skip


def _is_the_same(words: Sequence[str], at: int) -> bool:
    """Whether "rocket" at this token is the one of before: "on the same type of rocket", "shared its rocket"."""
    front = [w for w in words[max(0, at - 5) : at] if w not in ("type", "kind", "of", "carrier")]
    if front[-2:-1] != [] and front[-2] in _SHARES and front[-1] in ("the", "a", "its", "that", "this"):
        return True
    same = front[-2:] == ["the", "same"] or front[-1:] == ["that"]
    return same and words[at] not in ("launch", "flight")


def _bears(words: Sequence[str], at: int) -> bool:
    """Whether "the rocket" of before carries something itself: "the burly rocket also launched X", "the rocket is carrying X"."""
    front = [w for w in words[max(0, at - 3) : at] if w not in _PRAISE]
    gap = [
        w
        for w in words[at + 1 : at + 5]
        if w not in ("also", "then", "is", "has", "had", "was", "successfully", "will")
    ]
    told = bool(gap) and gap[0] in _BEARS - {"with", "released", "releasing"}
    return words[at] in _ROCKETS and front == ["the"] and at < _OPENING and told


_PRAISE = word_set("burly giant powerful big two-stage same heavy-lift carrier mighty towering")
_OPENING = 5  # words


def _last_named(scene: Scene, line: Line) -> Item | None:
    """The rocket named last in front of a sentence, by the longest of its names there."""
    for other in reversed([other for other in scene.lines if other.number < line.number]):
        vehicles = list(other.of("vehicle"))
        if vehicles:
            return max((v for v in vehicles if v.id == vehicles[-1].id), key=lambda v: v.end - v.start)
    return None
