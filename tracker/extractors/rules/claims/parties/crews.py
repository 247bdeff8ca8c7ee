"""Crews: whose astronauts fly a mission, and whose capsule they ride in.

"The crew of X includes an ESA astronaut": an agency with a seat takes part. "They will ride in a SpaceX Dragon": whoever builds the
capsule brings the spacecraft.
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.topics import Topics, current, is_station
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import word_set

_FLYERS = word_set("astronaut astronauts cosmonaut cosmonauts taikonaut taikonauts gaganyatri gaganyatris vyomanaut")
_GO = word_set(
    """crew crews aboard board fly flies flew flying flown seat seats pilot commander carry carries carrying carried includes include including
    ride rides riding launch launches launched launching assigned members completed onboard"""
)
_CAPSULES = word_set("dragon starliner cygnus capsule capsules spaceship spaceplane orion")
_CREW = trigger(_FLYERS | _CAPSULES)
_SORTS = word_set("crew cargo space crewed uncrewed reusable new cst-100 own")
_NEAR = 1.6


def crew_facts(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield the parties whose people or capsules a sentence puts on a mission."""
    words = line.words
    if not line.triggers & _CREW:
        return
    orgs = list(line.of("org"))
    for org in orgs:
        behind = words[org.last : org.last + 4]
        seat = next((n for n, w in enumerate(behind) if w in _FLYERS), None)
        listed = joined_items(line, org, orgs)
        front = [w for w in words[max(0, org.first - 8) : org.first] if w not in ("the", "and", "of")]
        if seat is None and _sent(words, org) and _FLYERS & set(front):
            seat = 0  # "astronauts of the Turkish Space Agency and of Saudi Arabia"
        if seat is not None and "," not in behind[:seat] and "of" not in behind[:seat] and _GO & set(words):
            subject = _flight(scene, line, missions, topics, org)
            if subject is not None:
                part = Part("crews", "partner", "actual", 0.66)
                for one in listed if not seat else [org]:
                    yield role_fact(scene, line, subject, one, part, (org.first, org.last + seat + 1))
        capsule = _capsule(words, org)
        if capsule is not None and not any(m.first <= capsule < m.last for m in missions):
            subject = _flight(scene, line, missions, topics, org)
            if subject is not None:
                part = Part("crews", "spacecraft", "actual", 0.66)
                yield role_fact(scene, line, subject, org, part, (org.first, capsule + 1))


def _sent(words: Sequence[str], org: Item) -> bool:
    """Whether "of" or "from" stands right in front of the party."""
    front = [w for w in words[max(0, org.first - 2) : org.first] if w != "the"]
    return front[-1:] in (["of"], ["from"])


def _capsule(words: Sequence[str], org: Item) -> int | None:
    """Where the capsule stands that belongs to a party: "SpaceX's Crew Dragon", "a Crew Dragon of SpaceX"."""
    at = org.last + (words[org.last : org.last + 1] == ("'s",))
    while at < len(words) and words[at] in _SORTS:
        at += 1
    if at < len(words) and words[at] in _CAPSULES:
        return at
    front = words[max(0, org.first - 2) : org.first]
    return org.first - 2 if front[1:] == ("of",) and front[0] in _CAPSULES else None


def _flight(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics, org: Item) -> int | None:
    """The mission that the party flies: the nearest in the sentence that is no station, else what is spoken of."""
    flights = [m for m in missions if not is_station(scene, m.subject)]
    if flights:
        way = {id(m): line.between(min(m.last, org.first), max(m.first, org.last)) for m in flights}
        best = min(flights, key=lambda m: way[id(m)])
        only = len({m.subject for m in flights}) == 1
        return best.subject if only or way[id(best)] < _NEAR else None
    topic = current(line, topics, "mission")
    here = topic is not None and line.paragraph == topic.paragraph and not is_station(scene, topic.subject)
    return topic.subject if topic is not None and here else None
