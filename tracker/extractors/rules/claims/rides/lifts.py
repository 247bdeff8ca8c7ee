"""Lifts: an agency that launches or builds a craft of another country brings the rocket or the craft, and does not lead.

"India launched Singapore's TeLEOS-3", "SARAL, which India shares with France, will be launched by ISRO": who sends it up is told by the
verb, whose it is by the noun.
"""

from collections.abc import Iterable

import msgspec

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Scene

_OWNS = frozenset(
    ("possessive", "apposed", "customers", "joint", "partners", "commissions", "makers", "agents", "operators")
)
_LEAD = ": lead"
BUILDS = "builds"
"""The rule of a state that builds a mission together with others, or is about to: it leads, unless the mission is another's."""
_WORK = {"doers": ": launch_vehicle", BUILDS: ": spacecraft"}


def with_lifts(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, with the rocket or the craft for whoever only launches or builds what the text calls another country's."""
    told = list(facts)
    owners: dict[int, set[str]] = {}
    for fact in told:
        if fact.attribute == "party" and fact.cue in _OWNS and fact.value.endswith((_LEAD, ": partner")):
            owners.setdefault(fact.subject, set()).add(_country(scene, fact))
        elif fact.cue in _WORK and _country(scene, fact) not in (known := _operators(scene, fact.subject)):
            owners.setdefault(fact.subject, set()).update(known)
    lifting = {n: {_country(scene, f) for f in told if f.subject == n and f.cue in _WORK} for n in owners}
    shared = {n: own for n, own in owners.items() if not own <= lifting[n]}  # not where all of them launch it together
    own = {
        (f.subject, _country(scene, f)) for f in told if f.cue == "possessive" and f.value.endswith(_LEAD)
    }  # "Pakistan launched its X on a probe of China"
    return [_lifting(scene, fact, shared.get(fact.subject, set()), own) for fact in told]


def _operators(scene: Scene, subject: int) -> set[str]:
    """The countries whose mission it is by the catalog."""
    entry = scene.catalog.missions.get(scene.subjects[subject].catalog_id or "")
    return {scene.catalog.country_of(id_) or id_ for id_ in entry.operators} if entry is not None else set()


def _country(scene: Scene, fact: Fact) -> str:
    return scene.catalog.country_of(fact.value_id or "") or fact.value_id or fact.value


def _lifting(scene: Scene, fact: Fact, owners: set[str], own: set[tuple[int, str]]) -> Fact:
    if fact.attribute != "party" or fact.cue not in _WORK or not fact.value.endswith(_LEAD) or not owners:
        return fact
    also = fact.cue == BUILDS and _country(scene, fact) in owners
    if also or owners == {_country(scene, fact)} or (fact.subject, _country(scene, fact)) in own:
        return fact
    return msgspec.structs.replace(fact, value=fact.value.removesuffix(_LEAD) + _WORK[fact.cue])
