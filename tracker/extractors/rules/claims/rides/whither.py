"""Whither: a destination that stands in the sentence beside that of a mission which is known to go there.

"Chandrayaan-1 found water. It is frozen in the dark craters of the Moon": the catalog knows where the mission goes, and the text says
the word. A heading says it for all that stands below it ("Mars watch"). Orbits round the Earth are left out: what is said of them
beside a mission is more often said of another.
"""

from collections.abc import Iterable, Iterator, Mapping

from tracker.extractors.catalog import KnownMission
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Line, Scene

_CONFIDENCE = 0.56
_ORBITS = frozenset(
    f"destination/{name}"
    for name in ("leo", "sso", "meo", "geo", "gto", "heo", "sun-earth-l1", "sun-earth-l2", "iss", "tiangong")
)


def neighbour_facts(scene: Scene) -> Iterator[Fact]:
    """Yield for each known mission the destination that the sentence before or behind names, its own one."""
    by_number = {line.number: line for line in scene.lines}
    bodies = _bodies(scene)
    for line in scene.lines if bodies else ():
        here = {i.subject for i in line.of("subject") if i.subject in bodies}
        for subject in sorted(here):
            fact = next(
                (
                    f
                    for step in (1, -1)
                    for f in _named(scene, by_number.get(line.number + step), subject, bodies[subject])
                ),
                None,
            )
            if fact is not None:
                yield fact
    if bodies:
        yield from _below_headings(scene, bodies)


_HEADING = 10  # words


def _below_headings(scene: Scene, bodies: Mapping[int, str]) -> Iterator[Fact]:
    """Yield for the known missions below a heading the destination that it names, theirs; the first line heads the whole text."""
    over: Line | None = None
    for number, line in enumerate(scene.lines):
        heads = len(line.words) <= _HEADING and line.words[-1] not in (".", "!", "?", '"', ":", ";", ",")
        if heads and not any(line.of("subject")):
            over = line if number else over
            first = line if not number else None
            if first is not None:
                yield from _below(scene, first, scene.lines[1:], bodies)
        elif over is not None:
            yield from _below(scene, over, [line], bodies)


def _below(scene: Scene, heading: Line, lines: Iterable[Line], bodies: Mapping[int, str]) -> Iterator[Fact]:
    for subject in sorted({i.subject for line in lines for i in line.of("subject") if i.subject in bodies}):
        yield from _named(scene, heading, subject, bodies[subject])


def _bodies(scene: Scene) -> Mapping[int, str]:
    """By subject, the body that the catalog sends a known mission to."""
    found: dict[int, str] = {}
    for number, subject in enumerate(scene.subjects):
        entry = scene.catalog.get(subject.catalog_id or "")
        body = (
            scene.catalog.body_of(entry.destination) if isinstance(entry, KnownMission) and entry.destination else None
        )
        if body is not None and body not in _ORBITS:
            found[number] = body
    return found


def _named(scene: Scene, line: Line | None, subject: int, body: str) -> Iterator[Fact]:
    for target in line.of("destination") if line is not None else ():
        if line is not None and scene.catalog.body_of(target.id) == body:
            name = scene.catalog.destinations[target.id].name
            yield Fact(
                subject, "destination", name, "actual", target.start, target.end, line.number, _CONFIDENCE,
                value_id=target.id, cue="neighbour",
            )  # fmt: skip
