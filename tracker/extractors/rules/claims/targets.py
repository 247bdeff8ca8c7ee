"""Where a mission goes and what it flies on."""

from collections.abc import Iterator, Mapping, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.catalog import Destination, KnownMission
from tracker.extractors.rules.claims.attach import Read
from tracker.extractors.rules.claims.evidence import stretch
from tracker.extractors.rules.claims.fact import Fact
from tracker.extractors.rules.claims.naming import party_name, vehicle_name
from tracker.extractors.rules.claims.scene import Item, Line, Scene
from tracker.extractors.rules.claims.topics import Topics, current, is_station
from tracker.extractors.rules.words import word_set

_BY = word_set("on by aboard atop with using of for onto riding via")
_TOWARDS = word_set(
    """to at around about on of near from into towards toward for orbiting circling reach reached reaching study
    explore exploring mapping orbit behind past circle"""
)


def vehicle_facts(scene: Scene, line: Line, reads: Sequence[Read], topics: Topics) -> Iterator[Fact]:
    """Yield the rockets that a sentence gives to missions, and who makes or flies them."""
    for vehicle in line.of("vehicle"):
        read = _launch_beside(line, reads, vehicle) if _carries(line, vehicle) else None
        if read is not None:
            subjects, cost = read.subjects, read.cost + 0.4 * line.between(vehicle.last, read.match.first)
        else:
            found = _beside(scene, line, vehicle, topics)
            if found is None:
                continue
            subjects, cost = (found,), 1.6
        name = vehicle_name(scene, vehicle)
        coming = read is not None and (read.reading.modality in ("planned", "possible") or read.cue.sort in _COMING)
        former = _is_former(line, vehicle) or (read is not None and read.reading.old_plan)
        modality: Modality = "planned" if coming or former else "actual"
        wish = [(read.match.first, read.match.last)] if read else []
        start, end = stretch(line, [(vehicle.first, vehicle.last)], wish)
        for subject in subjects:
            confidence = 0.82 - 0.08 * cost - (0.2 if former else 0.0)
            yield Fact(
                subject,
                "launch_vehicle",
                name,
                modality,
                start,
                end,
                line.number,
                confidence,
                value_id=vehicle.id,
                old=former,
                cue="vehicle",
            )
            maker = _maker(line, vehicle)
            if maker is not None:
                value = f"{party_name(scene, maker)}: launch_vehicle"
                begin, stop = stretch(line, [(maker.first, maker.last)], [(vehicle.first, vehicle.last)])
                yield Fact(
                    subject, "party", value, modality, begin, stop, line.number, 0.7, value_id=maker.id, cue="maker"
                )


_FORMERLY = word_set("originally initially first formerly")


def _is_former(line: Line, vehicle: Item) -> bool:
    """Whether the rocket is only the one of an earlier plan: "was originally to fly on a Soyuz"."""
    before = line.words[max(0, vehicle.first - 9) : vehicle.first]
    return bool(_FORMERLY & set(before)) and bool({"was", "were", "had", "planned", "scheduled"} & set(before))


def _carries(line: Line, vehicle: Item) -> bool:
    """Whether the rocket stands as what carries something: the subject, or behind "on", "by", "aboard", "atop"."""
    before = [w for w in line.words[max(0, vehicle.first - 4) : vehicle.first] if w not in _ARTICLES]
    return not before or before[-1] not in (
        "after",
        "since",
        "than",
        "unlike",
        "like",
        "as",
        "before",
        "for",
        "from",
        "until",
        "while",
    )


_COMING = frozenset(("schedule", "shift", "scrub"))
_ARTICLES = word_set("a an the its new japanese russian chinese indian american european human-rated")


def _launch_beside(line: Line, reads: Sequence[Read], vehicle: Item) -> Read | None:
    """The launch cue with the least way to the rocket."""
    best: tuple[float, Read] | None = None
    for read in reads:
        if (
            read.cue.kind != "mission"
            or read.cue.date != "launch_date"
            or not read.subjects
            or read.reading.modality == "denied"
        ):
            continue
        if vehicle.first >= read.match.last:
            cost = line.between(read.match.last, vehicle.first)
        else:
            cost = line.between(vehicle.last, max(read.reading.first, vehicle.last)) + 0.1
        if cost < 1.6 and (best is None or cost < best[0]):
            best = (cost, read)
    return best[1] if best else None


def _beside(scene: Scene, line: Line, vehicle: Item, topics: Topics) -> int | None:
    """The mission that a rocket with "on a" in front belongs to when no word of launching is near."""
    before = [
        w
        for w in line.words[max(0, vehicle.first - 4) : vehicle.first]
        if w not in ("a", "an", "the", "its", "human-rated")
    ]
    if not before or before[-1] not in _BY - {"of"}:
        return None
    missions = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "mission"]
    if missions:
        best = min(
            missions,
            key=lambda m: (
                line.between(m.last, vehicle.first) if m.last <= vehicle.first else line.between(vehicle.last, m.first)
            ),
        )
        return best.subject
    topic = topics.get("mission")
    if topic is None or line.words[0] not in ("it", "the", "its", "they", "launch", "lift-off", "liftoff", "both"):
        return None
    return topic.subject if line.paragraph == topic.paragraph and line.number - topic.line <= 2 else None


def _maker(line: Line, vehicle: Item) -> Item | None:
    """SpaceX's Falcon 9, a Japanese H-IIA; "the rocket that MHI builds" is left to the parties."""
    for org in line.of("org"):
        gap = line.words[org.last : vehicle.first]
        if org.last <= vehicle.first and len(gap) <= 2 and (not gap or gap[0] == "'s"):
            return org
    return None


def destination_facts(scene: Scene, line: Line, topics: Topics) -> Iterator[Fact]:
    """Yield the destinations that a sentence gives to missions.

    A destination counts when it stands in the mission's own phrase ("lunar orbiter Selene", "to the Moon"), or when the catalog
    knows that this mission goes there and the sentence says the word.
    """
    targets = list(line.of("destination"))
    missions = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "mission"]
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
            elif line.words[max(target.first - 1, 0)] in _TOWARDS and line.paragraph == topic.paragraph:
                yield _fact(scene, line, topic.subject, target, 0.56, None)


def _fact(
    scene: Scene, line: Line, subject: int, target: Item, confidence: float, wish: tuple[int, int] | None
) -> Fact:
    entry = scene.catalog.destinations.get(target.id)
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
    before = line.words[target.first - 1] if target.first else ""
    if before in ("the", "planet", "asteroid", "comet") and target.first > 1:
        before = line.words[target.first - 2]
    for item in missions:
        entry = scene.catalog.get(scene.subjects[item.subject].catalog_id or "")
        if isinstance(entry, KnownMission) and entry.destination and not _same_body(scene, entry.id, target.id):
            continue
        if item.first <= target.first < item.last:
            return 0.0, item
        if target.last <= item.first:
            gap = line.words[target.last : item.first]
            if len(gap) > 5 or any(w in _BREAKS for w in gap):
                continue
            cost = line.between(target.last, item.first)
        else:
            if before not in _TOWARDS:
                continue
            cost = line.between(item.last, target.first)
        if cost < 1.5 and (best is None or cost < best[0]):
            best = (cost, item)
    return best


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
