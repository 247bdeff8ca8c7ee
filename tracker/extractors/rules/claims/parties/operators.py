"""Operators: who runs a mission according to the catalog, where the sentence that speaks of it names them."""

from collections.abc import Iterator, Sequence

from tracker.extractors.catalog import KnownMission
from tracker.extractors.rules.claims.rides.launchers import owns_rocket
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene

_PARTS_GIVEN = frozenset(("lander", "rover", "orbiter"))


def operator_facts(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """Yield the operators that the catalog knows, when the same sentence names them: what is said of both joins them."""
    for subject, item in {m.subject: m for m in reversed(missions)}.items():
        entry = scene.catalog.get(scene.subjects[subject].catalog_id or "")
        if not isinstance(entry, KnownMission):
            continue
        for org in line.of("org"):
            if org.known is None or org.known.form in ("demonym", "adjective", "capital") or owns_rocket(line, org):
                continue
            given = _part_given(line, org, item)
            if given is not None:
                yield role_fact(
                    scene, line, subject, org, Part("part-of", given, "actual", 0.7), (org.first, item.last)
                )
                continue
            id_ = party_id(scene, org)
            agency = scene.catalog.agency_of(id_ or "") if id_ in scene.catalog.countries else id_
            if agency and agency in entry.operators:
                part = Part("operators", "lead", "actual", 0.58)
                yield role_fact(scene, line, subject, org, part, (item.first, item.last))


def _part_given(line: Line, org: Item, item: Item) -> str | None:
    """The part that the party has in the mission by its noun phrase: "ISRO's lander for LUPEX"; None without one."""
    gap = [w for w in line.words[org.last : item.first] if w not in ("the", "own", "planned")]
    parts = (
        len(gap) == 3 and gap[0] == "'s" and gap[1] in _PARTS_GIVEN and gap[2] in ("for", "of", "in", "on", "aboard")
    )
    return gap[1] if parts else None
