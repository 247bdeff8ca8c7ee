"""Agreements named in passing: nothing says that they were signed, or hold, or are talked of, and no day is told.

Such a name mostly takes up another agreement of the document, between the same parties; a partnership of which no more is told than
that it is one is a way of speaking.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Scene

_NAMES = ("type", "subject")
"""What a name tells by itself; of an agreement that is told again the fuller name has told it."""


def without_passing(scene: Scene, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts with those of agreements named in passing given to the agreement that they take up, or left out."""
    own: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if scene.subjects[fact.subject].kind == "agreement":
            own[fact.subject].append(fact)
    told = [n for n, some in own.items() if any(f.attribute == "status" or f.attribute.endswith("_date") for f in some)]
    meant: dict[int, int | None] = {}
    for number, said in own.items():
        one = scene.subjects[number]
        named = one.catalog_id or any(m.form == "proper" for m in one.mentions)
        if number in told or named:
            continue
        whose = _parties(scene, said)
        here = {f.line for f in said}
        others = [n for n in told if here.isdisjoint(f.line for f in own[n])]  # one sentence names one thing once
        same = next((n for n in others if whose and _fit(whose, _parties(scene, own[n]))), None)
        if same is not None or one.type == "partnership":
            meant[number] = same
    if not meant:
        return list(facts)
    kept: list[Fact] = []
    for fact in facts:
        other = meant.get(fact.subject, fact.subject)
        if other == fact.subject:
            kept.append(fact)
        elif other is not None and fact.attribute not in _NAMES:
            kept.append(msgspec.structs.replace(fact, subject=other))
    return kept


def _parties(scene: Scene, facts: Sequence[Fact]) -> frozenset[str]:
    """Return the parties, an agency as the state it speaks for."""
    ids = (f.value_id or f.value.casefold() for f in facts if f.attribute == "party")
    return frozenset(_state(scene, id_) for id_ in ids)


def _state(scene: Scene, id_: str) -> str:
    entry = scene.catalog.organisations.get(id_)
    firm = entry is not None and entry.kind not in ("agency", "government")
    return id_ if firm else scene.catalog.country_of(id_) or id_


def _fit(some: frozenset[str], others: frozenset[str]) -> bool:
    return bool(others) and (some <= others or others <= some)
