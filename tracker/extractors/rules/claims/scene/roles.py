"""A role: the part that a party has in a mission, as a fact."""

import msgspec

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id, party_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene


class Part(msgspec.Struct, frozen=True):
    """What a rule says of a party: its role, how it is meant, and how sure the rule is."""

    rule: str
    role: str
    modality: Modality
    confidence: float


def role_fact(scene: Scene, line: Line, subject: int, org: Item, part: Part, wish: tuple[int, int]) -> Fact:
    """Return the fact that an organisation has this part in a mission; `wish` are tokens that the evidence had better hold."""
    start, end = stretch(line, [(org.first, org.last)], [wish])
    value = f"{party_name(scene, org)}: {part.role}"
    return Fact(
        subject,
        "party",
        value,
        part.modality,
        start,
        end,
        line.number,
        part.confidence,
        value_id=party_id(scene, org),
        cue=part.rule,
    )


_COMPOUNDS = {
    **dict.fromkeys(("built", "made", "manufactured", "assembled"), "spacecraft"),
    **dict.fromkeys(("led", "run", "operated", "managed", "owned", "funded", "developed", "sponsored"), "lead"),
    **dict.fromkeys(("launched",), "launch_vehicle"),
}
_HYPHENS = ("-", "‐", "‑", "–")


def compound_role(line: Line, org: Item) -> str | None:
    """Return the role that a compound gives: "Airbus-built", "ESA-led", "the SpaceX-launched"; None where there is none."""
    last = line.words[org.last - 1]
    for hyphen in _HYPHENS:
        if hyphen in last:
            return _COMPOUNDS.get(last.rpartition(hyphen)[2])
    if line.words[org.last : org.last + 1] and line.words[org.last] in _HYPHENS:
        return _COMPOUNDS.get("".join(line.words[org.last + 1 : org.last + 2]))
    return None
