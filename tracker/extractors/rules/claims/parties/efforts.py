"""Efforts: whose work a spacecraft is, told by a noun: "construction of X by Peruvian engineers", "responsible for its design"."""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.lexicon import Deed
from tracker.extractors.rules.claims.parties.patients import Way
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id, party_name
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.doer import by_in_front
from tracker.extractors.rules.words import word_set

_CONFIDENCE = 0.7
_INSTITUTE = re.compile(
    r"\b(?:Institut|Universit|Agency|Ministry|Department|Cent(?:er|re)\b|Laborator|Academy|Council|Commission|Observatory|School|College|"
    r"Office|Authority|Administration|Government|Force)"
)


def role_of(scene: Scene, deed: Deed, org: Item, *, shared: bool) -> str:
    """Return the role that a deed gives to a party; a state that builds together with others, or is about to, leads."""
    entry = scene.catalog.organisations.get(org.id)
    if entry is not None:
        state = entry.kind in ("agency", "institute", "international")
    else:
        state = org.id in scene.catalog.countries or bool(
            _INSTITUTE.search(party_name(scene, org)) or scene.catalog.countries.get(party_id(scene, org) or "")
        )
    if not state:
        return deed.firm
    return "lead" if shared and deed.name == "build" else deed.state


def effort_facts(way: Way, orgs: Sequence[Item]) -> Iterator[Fact]:
    """Yield whose work the missions of a sentence are, by the nouns of that work."""
    if way.scene.lexicon.works.keys().isdisjoint(way.line.words):
        return
    yield from _by_whom(way, orgs)
    yield from _answerable(way, orgs)


def _by_whom(way: Way, orgs: Sequence[Item]) -> Iterator[Fact]:
    """The work on it by somebody: "the construction of X by B", "production of another satellite, X, by Peruvian engineers"."""
    words, works = way.line.words, way.scene.lexicon.works
    for at in [n for n, w in enumerate(words) if w in works and words[n + 1 : n + 2] == ("of",)]:
        item = next((m for m in way.missions if at < m.first <= at + _REACH), None)
        if item is None or not set(words[at + 2 : item.first]) <= _WHAT:
            continue
        for org in orgs:
            by = by_in_front(words, org)
            if by is not None and item.last <= by and set(words[item.last : by]) <= _WHAT:
                part = Part("agents", role_of(way.scene, works[words[at]], org, shared=False), "actual", _CONFIDENCE)
                for one in joined_items(way.line, org, list(orgs)):
                    yield role_fact(way.scene, way.line, item.subject, one, part, (at, item.last))
                break


_WHAT = word_set(
    "the a an its another new first second third two satellite satellites spacecraft probe mission lander rover , own"
)
_RESPONSIBLE = frozenset(("responsible", "responsibility", "charge"))
_SPEARHEADS = word_set(
    "spearheading spearheads spearheaded leading leads led heading heads headed handling handles overseeing oversees"
)


def _answerable(way: Way, orgs: Sequence[Item]) -> Iterator[Fact]:
    """Who answers for it: "A was responsible for the design and construction of X", "B is spearheading its development"."""
    words, works = way.line.words, way.scene.lexicon.works
    at = next((n for n, w in enumerate(words) if w in _RESPONSIBLE or w in _SPEARHEADS), None)
    left = [o for o in orgs if at is not None and o.last <= at and "not" not in words[max(0, o.first - 2) : o.first]]
    org = left[-1] if left else None  # "MHI, not the agency, is in charge"
    if at is None or org is None or ("not" in words[max(org.last, at - 3) : at]) or "by" in words[org.last : at]:
        return
    work = [n for n in range(at + 1, min(at + _REACH, len(words))) if words[n] in works]
    if not work or not set(words[at + 1 : work[0]]) <= _LINKS:
        return
    subject = _worked_on(way, at, work)
    for one in joined_items(way.line, org, list(orgs)) if subject is not None else ():
        deed = works[words[work[-1]]]
        role = deed.firm if deed.passive else role_of(way.scene, deed, one, shared=False)
        part = Part("agents", role, "actual", _CONFIDENCE)
        yield role_fact(way.scene, way.line, subject or 0, one, part, (at, work[-1] + 1))


def _worked_on(way: Way, at: int, work: Sequence[int]) -> int | None:
    """The mission that the work is done on: named inside the phrase or behind "of", else the one that is spoken of."""
    near = next((m for m in way.missions if m.last > at), None)
    if near is None:
        named = {m.subject for m in way.missions}
        return named.pop() if len(named) == 1 else way.spoken_of() if not named else None
    between = set(way.line.words[work[-1] + 1 : near.first])
    return near.subject if between <= {"of", "the", "both", "and", "build", "'s"} else None


_REACH = 9  # words
_LINKS = word_set("for of the its their overall and satellite spacecraft mission 's design development")
