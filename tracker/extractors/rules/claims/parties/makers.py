"""Makers: who made, runs or ordered a spacecraft, and who is its contractor: "its prime contractor Thales"."""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.parties.agents import agent_facts
from tracker.extractors.rules.claims.parties.commissions import commission_facts
from tracker.extractors.rules.claims.parties.customers import customer_facts
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import Topics, current
from tracker.extractors.rules.triggers import trigger


def maker_facts(
    scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item], topics: Topics
) -> Iterator[Fact]:
    """Yield who made or runs the missions of a sentence; orgs are the parties in it that have a name."""
    yield from agent_facts(scene, line, missions, orgs, topics)
    if line.triggers & _CONTRACTOR:
        yield from _contractors(scene, line, missions, orgs, topics)
    yield from commission_facts(scene, line, missions, orgs)
    yield from customer_facts(scene, line, missions, orgs, topics)


_CONTRACTOR = trigger(("contractor", "contractors"))


def _contractors(
    scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item], topics: Topics
) -> Iterator[Fact]:
    """The prime contractor makes the spacecraft: "OHB, the prime contractor", "prime contractor Thales Alenia Space"."""
    words = line.words
    for org in orgs:
        at = _prime(words, org)
        if at is None:
            continue
        topic = current(line, topics, "mission") if not missions else None
        subject = topic.subject if topic else None
        if missions:
            subject = min(
                missions,
                key=lambda m: (
                    line.between(m.last, org.first) if m.last <= org.first else line.between(org.last, m.first)
                ),
            ).subject
        if subject is not None:
            part = Part("contractor", "spacecraft", "actual", 0.7)
            yield role_fact(scene, line, subject, org, part, (min(at, org.last), max(at + 1, org.first)))


def _prime(words: Sequence[str], org: Item) -> int | None:
    """Where the words "prime contractor" stand that call the organisation one; None where they call another."""
    low, high = max(0, org.first - 4), org.last + 6
    for at in range(low, min(high, len(words))):
        if words[at] not in ("contractor", "contractors") or words[at - 1] not in (
            "prime",
            "main",
            "lead",
            "industrial",
        ):
            continue
        if at >= org.last:
            gap = set(words[org.last : at])
            named = words[org.last] in (",", "(", "is", "was", "will", "has") and not {"as", "by", "with"} & gap
            return at if named or "is" in gap else None
        if set(words[at + 1 : org.first]) <= {",", "is", "was", "(", "and"}:
            return at
    return None
