"""Brackets: the day and the rocket that stand in parentheses right behind a mission: "X (2026) and Y (Falcon 9, March 2028)".

Nothing but the value stands there, so no verb says what it is: a day to come is the launch, as is any day beside a rocket or in a
sentence on launches.
"""

from collections.abc import Iterator

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import vehicle_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import is_station
from tracker.extractors.rules.words import word_set

_SURE = 0.72
_LONGEST = 12  # words
_CRAFT = word_set("mission probe orbiter lander rover satellite spacecraft telescope observatory")
_PLAIN = word_set(
    ", : launch launching in on by early mid late around aboard rocket due planned expected target from no earlier than"
)
_FLIGHTS = word_set("launch launches launched launching flown flew fly flies missions lift-off liftoff")


def bracket_of(scene: Scene, line: Line, item: Item) -> tuple[Item, bool] | None:
    """Return the mission of whose flight a value in parentheses tells, and whether it is still to come; None for any other value."""
    if "(" not in line.words[: item.first]:
        return None
    for mission in line.of("subject"):
        span = _bracket(line, mission)
        if span is not None and span[0] < item.first and item.last <= span[1]:
            flies = scene.subjects[mission.subject].kind == "mission" and not is_station(scene, mission.subject)
            coming = _is_ahead(scene, line, *span) if flies and _is_plain(line, *span) else None
            return (mission, coming) if coming is not None else None
    return None


def bracket_facts(scene: Scene, line: Line) -> Iterator[Fact]:
    """Yield the days of launch and the rockets that stand in parentheses behind the missions of a sentence."""
    if "(" not in line.words:
        return
    for item in line.of("date", "vehicle"):
        told = bracket_of(scene, line, item)
        if told is None:
            continue
        mission, coming = told
        start, end = stretch(line, [(mission.first, item.last)])
        modality: Modality = "planned" if coming else "actual"
        shared = (modality, start, end, line.number, _SURE)
        if item.date is not None:
            yield Fact(mission.subject, "launch_date", item.date.span.edtf, *shared, cue="bracket")
        else:
            name = vehicle_name(scene, item)
            yield Fact(mission.subject, "launch_vehicle", name, *shared, value_id=item.id, cue="bracket")


def _bracket(line: Line, mission: Item) -> tuple[int, int] | None:
    """The tokens of the parentheses right behind a name, marks left out."""
    at = mission.last
    while line.words[at : at + 1] and line.words[at] in _CRAFT:
        at += 1
    if line.words[at : at + 1] != ("(",):
        return None
    close = next((n for n in range(at + 1, min(at + _LONGEST, len(line.words))) if line.words[n] == ")"), None)
    return (at, close) if close is not None else None


def _is_plain(line: Line, first: int, last: int) -> bool:
    """Whether nothing but days, rockets and the words that belong to them stands in the parentheses."""
    told = {n for i in line.of("date", "vehicle") for n in range(i.first, i.last)}
    return all(n in told or line.words[n] in _PLAIN for n in range(first + 1, last))


def _is_ahead(scene: Scene, line: Line, first: int, last: int) -> bool | None:
    """Whether the flight is still to come; None where nothing tells that the day is that of a flight."""
    dates = [i.date.span for i in line.of("date") if i.date and first < i.first < last]
    published = scene.document.published
    if not dates:
        return None
    if dates[0].first > published.last or dates[0].latest is None:
        return True
    rocket = any(first < v.first < last for v in line.of("vehicle"))
    return False if (rocket or _FLIGHTS & set(line.words)) and dates[0].last <= published.last else None
