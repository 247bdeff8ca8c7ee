"""Ground stations: whose antennas a mission uses, and who tracks it.

"The orbiter uses the antennas of the Indian Deep Space Network", "let the probe use ESA's ground stations": whoever owns the dish on
the ground has the role of the ground segment.
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import Topics, current
from tracker.extractors.rules.words import word_set

_USES = word_set(
    "use uses used using utilise utilises utilised utilize utilizes utilized borrow borrows borrowed through via"
)
_DISHES = word_set("antenna antennas antennae dish dishes station stations network")
_BREAKS = word_set("that which who while but because said , ; :")
_REACH = 12


def station_facts(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield whose ground stations the missions of a sentence use."""
    words = line.words
    if (_DISHES | _CONTROLS).isdisjoint(words):
        return
    yield from _controlled(scene, line, missions, topics)
    yield from _tracking(scene, line, missions)
    for org in line.of("org"):
        if org.known is None or org.known.form in ("demonym", "adjective"):
            continue
        low = max(0, org.first - _REACH)
        verb = max((n for n in range(low, org.first) if words[n] in _USES), default=-1)
        if verb < 0 or any(w in _BREAKS for w in words[verb + 1 : org.first]):
            continue
        owned = words[org.last : org.last + 1] == ("'s",)
        dishes = words[verb + 1 : org.last] + (words[org.last : org.last + 5] if owned else ())
        users = [m for m in missions if m.last <= verb]
        if users and _DISHES & set(dishes):
            part = Part("stations", "ground_segment", "actual", 0.7)
            yield role_fact(scene, line, users[-1].subject, org, part, (verb, verb + 1))


_CONTROLS = word_set("controlled operated run commanded monitored steered managed control operations")
_CENTRES = word_set("centre center room team facility headquarters")
_WHERE = word_set(
    "the a an its mission flight satellite spacecraft ground own main national control operations centre center room facility at of in by from and"
)


def _controlled(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """From where it is flown: "it is controlled from a centre at B", "its operations centre is at C"."""
    words = line.words
    for org in line.of("org"):
        front = words[max(0, org.first - _REACH) : org.first]
        at = max((n for n, w in enumerate(front) if w in ("from", "at", "of", "in")), default=-1)
        begun = at
        while begun > 0 and (front[begun - 1] in _WHERE or front[begun] == ")"):
            begun -= 1
        if at < 0 or not set(front[at:]) <= _WHERE:
            continue
        told = front[begun:]
        flown = begun > 0 and front[begun - 1] in _CONTROLS and told[0] == "from"
        centre = bool(_CENTRES & set(told)) and bool({"control", "operations"} & set(told)) and front[-1] != "of"
        before = [m.subject for m in missions if m.last <= org.first]
        topic = current(line, topics, "mission") if not missions else None
        subject = before[-1] if before else topic.subject if topic is not None else None
        if (flown or centre) and subject is not None:
            part = Part("stations", "ground_segment", "actual", 0.68)
            yield role_fact(scene, line, subject, org, part, (org.first - 1, org.last))


_TRACKS = word_set(
    "track tracks tracked tracking support supports supported supporting follow follows followed receive receives received receiving download downloads"
)


def _tracking(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """Whose stations track it: "NASA's Deep Space Network already tracks X", "the antennas of ESA will support X"."""
    words = line.words
    for org in line.of("org"):
        verb = next((n for n in range(org.last, min(org.last + _REACH, len(words))) if words[n] in _TRACKS), -1)
        if verb < 0 or any(w in _BREAKS for w in words[org.last : verb]):
            continue
        owned = words[org.last : org.last + 1] == ("'s",)
        dishes = words[org.last : verb] if owned else words[max(0, org.first - 4) : org.first]
        behind = [m for m in missions if verb < m.first <= verb + 4]
        if behind and _DISHES & set(dishes) and (owned or "of" in words[max(0, org.first - 2) : org.first]):
            part = Part("stations", "ground_segment", "actual", 0.7)
            yield role_fact(scene, line, behind[0].subject, org, part, (verb, verb + 1))
