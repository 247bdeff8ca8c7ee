"""Where a mission goes."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tracker.extractors.catalog import Destination, KnownMission
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import Topics, current, is_station
from tracker.extractors.rules.words import word_set

_TOWARDS = word_set(
    """to at around about on of near from into towards toward for orbiting circling reach reached reaching study
    explore exploring mapping orbit behind past circle visit visiting visits visited intercept intercepting hit hitting strike struck striking
    survey surveying sample sampling observe observing orbits orbited entered entering enter chase chasing investigate investigating"""
)


def destination_facts(scene: Scene, line: Line, topics: Topics) -> Iterator[Fact]:
    """Yield the destinations that a sentence gives to missions.

    A destination counts when it stands in the mission's own phrase ("lunar orbiter Selene", "to the Moon"), or when the catalog
    knows that this mission goes there and the sentence says the word.
    """
    targets = [_of_moon(line, target) for target in line.of("destination")]
    missions = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "mission"]
    if not targets and not missions:
        return
    yield from _in_name(scene, line, missions)
    yield from _to_stations(scene, line, missions, topics)
    for target in targets:
        known = [m for m in missions if _same_body(scene, scene.subjects[m.subject].catalog_id, target.id)]
        known = [m for m in known if not is_station(scene, m.subject)]
        if len(known) > 1 and scene.catalog.body_of(target.id) not in (None, target.id):
            known = [
                min(known, key=lambda m: line.between(m.last, target.first) + (0 if m.last <= target.first else 1))
            ]
        if known:
            for item in {m.subject: m for m in known}.values():
                yield _fact(scene, line, item.subject, target, 0.84, (item.first, item.last))
            continue
        near = _nearest(scene, line, missions, target)
        if near is not None:
            cost, item = near
            yield _fact(scene, line, item.subject, target, 0.8 - 0.15 * cost, (item.first, item.last))
            continue
        topic = current(line, topics, "mission")
        if topic and not missions:
            if _same_body(scene, scene.subjects[topic.subject].catalog_id, target.id):
                yield _fact(scene, line, topic.subject, target, 0.74, None)
            elif _goes_there(line, target) and line.paragraph == topic.paragraph:
                yield _fact(scene, line, topic.subject, target, 0.56, None)


_POINTS = {f"destination/sun-earth-l{n}": f"destination/earth-moon-l{n}" for n in (1, 2)}


def _of_moon(line: Line, target: Item) -> Item:
    """The point of the Earth and the Moon where the words say so: "a Lagrange point of the Earth-Moon system"."""
    near = set(line.words[max(0, target.first - 5) : target.last + 7])
    point = _POINTS.get(target.id)
    if point is None or target.known is None or not near & {"earth-moon", "moon"} or near & {"sun-earth", "sun"}:
        return target
    return msgspec.structs.replace(target, known=msgspec.structs.replace(target.known, id=point))


def _goes_there(line: Line, target: Item) -> bool:
    """Whether the words in front lead there: "to the Moon", "in a sun-synchronous orbit"."""
    front = [w for w in line.words[max(0, target.first - 6) : target.first] if not _is_adjective(w)][-4:]
    if target.id in _HARBOURS and front[-1:] == ["with"]:
        return bool(_DOCKS & set(front))
    if target.id in _HARBOURS and front[-1:] == ["from"]:
        return False  # "was deployed from the station"
    orbit = front[-1:] in (["in"], ["from"], ["for"]) and "orbit" in line.words[target.first : target.last]
    return bool(front) and (front[-1] in _TOWARDS or orbit) and not _MEASURED & set(front)


def _is_adjective(word: str) -> bool:
    """Whether a word in front of a destination only tells its sort or its height: "a circular 550-km polar orbit"."""
    return word in _BEFORE_NAMES or word[0].isdigit()


_BEFORE_NAMES = word_set(
    """a an the its planet asteroid comet asteroids comets moon dwarf circular elliptical high-altitude preset target intended final designated nominal
    near-circular inclined stable metal-rich near-earth distant little giant gas ice ringed icy neighbouring nearby red km kilometre kilometer mile -"""
)
_DOCKS = word_set(
    "dock docks docked docking rendezvous rendezvoused berth berthed berths link linked links mated coupled hooked"
)
_HARBOURS = frozenset(("destination/iss", "destination/tiangong"))
_MEASURED = frozenset(("relative", "respect", "compared", "close", "similar"))


def _fact(
    scene: Scene, line: Line, subject: int, target: Item, confidence: float, wish: tuple[int, int] | None
) -> Fact:
    entry = scene.catalog.destinations.get(target.id) or scene.catalog.missions.get(target.id)
    start, end = stretch(line, [(target.first, target.last)], [wish] if wish else [])
    value = entry.name if entry else scene.document.text[target.start : target.end]
    return Fact(
        subject,
        "destination",
        value,
        "actual",
        start,
        end,
        line.number,
        confidence,
        value_id=target.id,
        cue="destination",
    )


def _same_body(scene: Scene, mission_id: str | None, destination: str) -> bool:
    entry = scene.catalog.get(mission_id) if mission_id else None
    if not isinstance(entry, KnownMission) or entry.destination is None:
        return False
    catalog = scene.catalog
    return (catalog.body_of(entry.destination) or entry.destination) == (catalog.body_of(destination) or destination)


def _nearest(scene: Scene, line: Line, missions: Sequence[Item], target: Item) -> tuple[float, Item] | None:
    """The mission in whose phrase the destination stands, when the catalog knows no other destination for it."""
    best: tuple[float, Item] | None = None
    reach = _REACH_ALONE if len({m.subject for m in missions}) == 1 else _REACH
    for item in missions:
        entry = scene.catalog.get(scene.subjects[item.subject].catalog_id or "")
        if isinstance(entry, KnownMission) and entry.destination and not _same_body(scene, entry.id, target.id):
            continue
        if item.first <= target.first < item.last or _is_sort_of(line, item, target):
            return 0.0, item
        if target.last <= item.first:
            gap = line.words[target.last : item.first]
            if len(gap) > 5 or any(w in _BREAKS for w in gap) or target.id in _HARBOURS:
                continue
            cost = line.between(target.last, item.first)
        else:
            if not _goes_there(line, target):
                continue
            cost = line.between(item.last, target.first)
        if cost < reach and (best is None or cost < best[0]):
            best = (cost, item)
    return best


_REACH, _REACH_ALONE = 1.5, 2.3
_CRAFTS = word_set(
    "orbiter lander rover probe mission spacecraft satellite craft capsule explorer telescope observatory flyby"
)
_EQUALS = frozenset((",", "is", "was", "as", "-", "–", "—", "be", "becomes"))
_RANKS = word_set(
    "a an the its first second third next new latest also will be - 's own only planned uncrewed robotic private small"
)


def _is_sort_of(line: Line, item: Item, target: Item) -> bool:
    """Whether the destination tells what sort of craft it is: "X, a Mars orbiter", "Y will be Peru's first lunar lander"."""
    words = line.words
    behind = words[target.last : target.last + 3]
    gap = words[item.last : target.first]
    owners = {n for o in line.of("org") for n in range(o.first, o.last)}
    told = [w for n, w in enumerate(gap[1:], item.last + 1) if n not in owners]
    craft = next((n for n, w in enumerate(behind) if w in _CRAFTS), None)
    return craft is not None and "," not in behind[:craft] and gap[:1] != () and _starts(gap) and set(told) <= _RANKS


def _starts(gap: Sequence[str]) -> bool:
    return gap[0] in _EQUALS or gap[:2] == ("will", "be")


_BREAKS = word_set("is are was were has had will would and but of to in on at from which that ; :")


_BODIES: Mapping[str, str] = {
    "lunar": "destination/moon",
    "martian": "destination/mars",
    "solar": "destination/sun",
    "jovian": "destination/jupiter",
}


def _in_name(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """The Emirates Mars Mission, Venus Express: the name itself says where."""
    catalog = scene.catalog
    for item in missions:
        if item.mention is None or item.mention.form == "anaphor" or is_station(scene, item.subject):
            continue
        for at in range(item.first, min(item.last, len(line.words))):
            written = scene.document.text[line.starts[at] : line.ends[at]]
            entry = next((e for e in catalog.named(written) if isinstance(e, Destination)), None)
            entry = entry or catalog.destinations.get(_BODIES.get(line.words[at], ""))
            if entry is not None and (catalog.body_of(entry.id) or entry.id) == entry.id:
                start, end = line.starts[item.first], line.ends[min(item.last, len(line.ends)) - 1]
                yield Fact(
                    item.subject, "destination", entry.name, "actual", start, end, line.number, 0.78, value_id=entry.id,
                    cue="name",
                )  # fmt: skip
                break


def _to_stations(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """A flight to the International Space Station: a station is where others go."""
    flights = [m for m in missions if not is_station(scene, m.subject)]
    topic = current(line, topics, "mission")
    for item in missions:
        before = [w for w in line.words[max(0, item.first - 3) : item.first] if w not in ("the", "a")]
        if not is_station(scene, item.subject) or before[-1:] not in (
            ["to"],
            ["at"],
            ["with"],
            ["for"],
            ["on"],
            ["visit"],
            ["reached"],
        ):
            continue
        left = [m for m in flights if m.last <= item.first]
        here = topic is not None and topic.paragraph == line.paragraph
        subject = left[-1].subject if left else topic.subject if topic and here and not flights else None
        if subject is not None and subject != item.subject and not is_station(scene, subject):
            name = scene.subjects[item.subject].name
            start, end = line.starts[item.first], line.ends[min(item.last, len(line.ends)) - 1]
            yield Fact(
                subject, "destination", name, "actual", start, end, line.number, 0.7,
                value_id=scene.subjects[item.subject].catalog_id, cue="station",
            )  # fmt: skip
