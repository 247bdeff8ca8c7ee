"""Flights: the launch that an article is about, told in its lead with no name of what flew.

"A rocket with two satellites on board blasted off on Wednesday … The first to be released was X": whoever is told to have been
aboard left on that day, on that rocket. Only the news of one launch lends its day; what lies further back has days of its own.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import vehicle_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import is_station
from tracker.extractors.rules.words import word_set

_NEWS = 14  # days before publication
_SURE = 0.64
_ROSE = word_set(
    """launched launches launch lifted blasted soared rose roared took fired sent put placed thundered streaked carried lofted orbited
    liftoff lift-off blast-off blastoff"""
)
_ROCKET = word_set("rocket rockets launcher booster satellites satellite spacecraft")
_NOT_YET = word_set(
    """will would to scheduled planned due set slated expected postponed delayed originally earlier previous since ago anniversary scrubbed
    another next failed fails aborted before"""
)
_REACH = 1.7


class Flight(msgspec.Struct, frozen=True):
    """A launch: its day, and the rocket where its sentence names it."""

    line: Line
    verb: int
    date: Item
    vehicle: Item | None


def with_flights(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, and the day and the rocket of the article's one launch for those that it tells to have been aboard."""
    told = list(facts)
    dated = {f.subject for f in told if f.attribute == "launch_date"}
    flight = _only(_flights(scene, {f.line for f in told if f.attribute == "launch_date"}))
    if flight is None:
        return told
    carried = {f.subject for f in told if f.attribute == "launch_vehicle"}
    new: dict[tuple[int, str], Fact] = {}
    for line in scene.lines:
        for item in _aboard(scene, line, flight):
            if item.subject in dated or is_station(scene, item.subject):
                continue
            for fact in _facts(scene, flight, item.subject):
                if fact.attribute != "launch_vehicle" or item.subject not in carried:
                    new.setdefault((item.subject, fact.attribute), fact)
    return [*told, *new.values()]


def _only(flights: Iterable[Flight]) -> Flight | None:
    """The first of them, where all tell of one day and one rocket."""
    found = list(flights)
    days = {f.date.date.span.edtf for f in found if f.date.date}
    rockets = {f.vehicle.id for f in found if f.vehicle}
    if len(days) != 1 or len(rockets) > 1:
        return None
    return next((f for f in found if f.vehicle), found[0])


def _flights(scene: Scene, taken: set[int]) -> Iterator[Flight]:
    """The sentences that tell of a launch of these days, and give its day to nobody."""
    published = scene.document.published
    for line in scene.lines:
        if line.number in taken or _ROSE.isdisjoint(line.words):
            continue
        vehicle = next(iter(line.of("vehicle")), None)
        if vehicle is None and _ROCKET.isdisjoint(line.words):
            continue
        for date in line.of("date"):
            span = date.date.span if date.date else None
            if span is None or span.days != 1 or not 0 <= (published.last - span.first).days <= _NEWS:
                continue
            verb = next((n for n, w in enumerate(line.words) if w in _ROSE and _goes_with(line, n, date)), None)
            if verb is not None and _NOT_YET.isdisjoint(line.words[max(0, verb - 6) : max(verb, date.last)]):
                yield Flight(line, verb, date, vehicle)
                break


def _goes_with(line: Line, verb: int, date: Item) -> bool:
    return line.between(min(verb + 1, date.first), max(verb, date.first)) < _REACH


_LOAD = word_set("payload payloads passenger passengers co-passenger co-passengers cargo luggage")
_IS = word_set("is are was were included includes include including : named called being")
_ABOARD = frozenset(("aboard", "onboard", "board", "piggybacking", "piggyback"))
_RELEASED = word_set("deployed released separated injected ejected inserted placed put delivered dropped let set")
_AFTER = word_set("minutes seconds hours hour orbit")
_BORE = word_set(
    """carried carrying carries lofted lofting delivered delivering injected injecting placed placing put putting deployed deploying released
    releasing bore bearing sent sending orbited orbiting"""
)
_BEARER = word_set("rocket launcher vehicle booster")
_FRONT, _BEHIND, _VERB = 16, 14, 4  # words


def _aboard(scene: Scene, line: Line, flight: Flight) -> Iterator[Item]:
    """The missions that a sentence tells to have been on the flight."""
    words = line.words
    if any(d.date != flight.date.date for d in line.of("date")) or not _told(words, 0, len(words)):
        return
    for item in line.of("subject"):
        if scene.subjects[item.subject].kind != "mission":
            continue
        low, high = max(0, item.first - _FRONT), min(len(words), item.last + _BEHIND)
        front, behind = words[low : item.first], words[item.last : high]
        if _released(behind) or _listed(front) or _borne(line, item, flight):
            yield item


_LATER = frozenset(
    ("will", "would", "earlier", "previous", "previously", "last", "after", "since", "follows", "following")
)


def _told(words: Sequence[str], low: int, high: int) -> bool:
    """Whether a stretch has a word at all of being carried: the rest need not be looked at."""
    stretch_ = set(words[low:high])
    return bool(stretch_ & (_LOAD | _ABOARD | _RELEASED | _BORE))


def _released(behind: Sequence[str]) -> bool:
    """Whether it came off the rocket: "X was deployed 27 minutes into the mission"."""
    verb = next((n for n, w in enumerate(behind) if w in _RELEASED), None)
    if verb is None or verb > _VERB or not {"was", "were", "had", "has"} & set(behind[:verb]):
        return False
    return bool(_AFTER & set(behind[verb:]))


def _listed(front: Sequence[str]) -> bool:
    """Whether it is told as what was on board: "the primary payload was X", "also on board were X and Y"."""
    at = max((n for n, w in enumerate(front) if w in _LOAD or w in _ABOARD), default=-1)
    rest = front[at + 1 :]
    return (
        at >= 0
        and bool(_IS & set(rest[:3]))
        and not (_LATER & set(front))
        and ";" not in rest
        and "the station" not in " ".join(rest)
    )


def _borne(line: Line, item: Item, flight: Flight) -> bool:
    """Whether the rocket of the flight carried it: "the rocket carried X", "the Vega placed X in orbit"."""
    words = line.words
    verb = max((n for n in range(max(0, item.first - _FRONT), item.first) if words[n] in _BORE), default=-1)
    if verb < 0 or _LATER & set(words[: item.first]) or {",", ";"} & set(words[verb : item.first]):
        return False
    rocket = any(v.last <= verb and flight.vehicle and v.id == flight.vehicle.id for v in line.of("vehicle"))
    return rocket or any(
        w in _BEARER and words[n - 1] in ("the", "this") for n, w in enumerate(words[:verb]) if 0 < n <= _BEHIND
    )


def _facts(scene: Scene, flight: Flight, subject: int) -> Iterator[Fact]:
    line, date, vehicle = flight.line, flight.date, flight.vehicle
    start, end = stretch(line, [(flight.verb, flight.verb + 1), (date.first, date.last)])
    value = date.date.span.edtf if date.date else ""
    yield Fact(subject, "launch_date", value, "actual", start, end, line.number, _SURE, cue="flight")
    if vehicle is not None:
        start, end = stretch(line, [(vehicle.first, vehicle.last)], [(flight.verb, flight.verb + 1)])
        yield Fact(
            subject, "launch_vehicle", vehicle_name(scene, vehicle), "actual", start, end, line.number, _SURE,
            value_id=vehicle.id, cue="flight",
        )  # fmt: skip
