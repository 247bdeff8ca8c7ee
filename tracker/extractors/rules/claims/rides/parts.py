"""Parts: what the lander of a mission does, the mission does.

"The Vikram lander of Chandrayaan-3 touched down": the mission has landed too. What befalls a part alone (a lander that is lost while
its orbiter works) stays with the part.
"""

from collections.abc import Iterable

import msgspec

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Scene

_LESS = 0.06


def with_landings_of_parts(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, and the landing of each mission whose only part in the text has landed."""
    told = list(facts)
    by_id = {subject.id: number for number, subject in enumerate(scene.subjects)}
    landed = {f.subject for f in told if f.attribute == "landing_date"}
    lost = {f.subject for f in told if f.attribute == "status" and f.value in ("failed", "cancelled")}
    new: list[Fact] = []
    for fact in told:
        parent = scene.subjects[fact.subject].parent
        whole = by_id.get(parent) if parent is not None else None
        if fact.attribute != "landing_date" or fact.modality == "denied" or whole is None or whole in landed:
            continue
        parts = {n for n, subject in enumerate(scene.subjects) if subject.parent == parent and n in landed | lost}
        if parts == {fact.subject} and not lost & {whole, fact.subject} and _goes_along(scene, fact.subject, whole):
            new.append(msgspec.structs.replace(fact, subject=whole, confidence=fact.confidence - _LESS))
    return [*told, *new]


def _goes_along(scene: Scene, part: int, whole: int) -> bool:
    """Whether a part goes where its mission goes: Huygens landed on Titan, and Cassini stayed at Saturn."""
    known = (scene.catalog.missions.get(scene.subjects[n].catalog_id or "") for n in (part, whole))
    said = {mission.destination for mission in known if mission is not None and mission.destination}
    return len(said) <= 1
