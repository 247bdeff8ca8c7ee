"""Customers: for whom a spacecraft is built or flown, and from whom it was ordered.

"Built by Boeing for SES", "the X satellite for Intelsat", "launched on behalf of the Philippines", "X, ordered from Maxar".
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.topics import Topics, current
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import word_set

_CRAFT = word_set("satellite satellites spacecraft probe probes craft payload lander rover orbiter telescope")
_DONE = word_set(
    "built made manufactured assembled constructed produced designed developed launched orbited flown lofted ordered led managed operated run"
)
_TITLES = word_set(
    """the a an its satellite satellites operator operators company firm provider services service communications customer client owner
    telecommunications state-owned government-owned private commercial national broadcaster start-up startup state agency based"""
)
_REACH = 9  # words


def customer_facts(
    scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item], topics: Topics
) -> Iterator[Fact]:
    """Yield for whom the missions of a sentence were built or flown; orgs are the parties in it that have a name."""
    if line.triggers & _FOR:
        yield from _for_whom(scene, line, missions, orgs, topics)
    if line.triggers & _ORDER:
        yield from _ordered(scene, line, missions, orgs)


_ORDERS = frozenset(("ordered", "bought", "purchased", "procured", "commissioned"))


_ORDER = trigger(_ORDERS)
_FOR = trigger(("for", "behalf"))


def _ordered(scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item]) -> Iterator[Fact]:
    """From whom it was ordered: "the X satellite, ordered from Thales Alenia Space"."""
    words = line.words
    for org in orgs:
        front = words[max(0, org.first - 2) : org.first]
        before = [m for m in missions if m.last <= org.first]
        if (
            before
            and front[1:] == ("from",)
            and front[0] in _ORDERS
            and not _OTHER & set(words[before[-1].last : org.first])
        ):
            part = Part("customers", "spacecraft", "actual", 0.7)
            yield role_fact(scene, line, before[-1].subject, org, part, (org.first - 2, org.first))


def _for_whom(
    scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item], topics: Topics
) -> Iterator[Fact]:
    words = line.words
    for org in orgs:
        at = _for(words, org)
        if at is None or words[org.last : org.last + 1] in (("'s",), ("'",)):
            continue
        before = [m for m in missions if m.last <= at]
        gap = words[before[-1].last : at] if before else words[:at]
        beside = bool(before) and all(w in _CRAFT for w in gap)
        done = bool(_DONE & set(gap[-_REACH:])) and not _OTHER & set(gap)
        if not (beside or done):
            continue
        topic = current(line, topics, "mission") if not missions else None
        subject = before[-1].subject if before else topic.subject if topic else None
        if subject is not None:
            for one in joined_items(line, org, orgs):
                part = Part("customers", "lead", "actual", 0.68)
                yield role_fact(scene, line, subject, one, part, (at, org.first))


_OTHER = word_set(
    "; : said says which that who while but after before and instrument instruments camera radar payload payloads carries carrying engine part parts"
)


def _for(words: Sequence[str], org: Item) -> int | None:
    """Where "for" or "on behalf of" stands that reaches the organisation over its titles only."""
    at = org.first - 1
    while at > 0 and (words[at] in _TITLES or words[at] == "'s" or words[at].endswith("-based")):
        at -= 3 if words[at] == "based" else 1  # "for U.K.-based …"
    if words[at] == "for" and at > 0:
        return at
    return at - 2 if at > 1 and tuple(words[at - 2 : at + 1]) == ("on", "behalf", "of") else None
