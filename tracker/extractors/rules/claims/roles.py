"""A role: the part that a party has in a mission, as a fact."""

import msgspec

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.evidence import stretch
from tracker.extractors.rules.claims.fact import Fact
from tracker.extractors.rules.claims.naming import party_id, party_name
from tracker.extractors.rules.claims.scene import Item, Line, Scene


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
