"""Heads: whose mission the article is about, where no sentence says so.

"NASA said on Friday … The probe will lift off in May": nobody needs to be told who sends it when the text speaks of whoever the
catalog knows to run the mission. Who is told to lead it by a guess gives way to who is told so in words.
"""

from collections.abc import Iterable, Iterator

from tracker.extractors.catalog import KnownMission
from tracker.extractors.rules.claims.rides.launchers import owns_rocket
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import first_topics

_PART = Part("heads", "lead", "actual", 0.55)
_LEADS = (": lead", ": partner")
_OPENING, _OFTEN = 2, 3  # sentences, mentions
_SAYS_WHOSE = ("demonym", "adjective", "capital")


def with_heads(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, and who leads the mission that the article is about where none of them says it."""
    told = list(_without_guesses(scene, facts))
    topic = first_topics(scene).get("main mission")
    about = [f for f in told if topic is not None and f.subject == topic.subject]
    if topic is None or all(f.attribute == "party" for f in about):
        return told
    if topic.line > _OPENING and len(scene.subjects[topic.subject].mentions) < _OFTEN:
        return told  # a mission in passing
    parties = [f for f in about if f.attribute == "party"]
    if any(f.value.endswith(_LEADS) or not _is_firm(scene, f) for f in parties):
        return told  # where it is told who brings what, nobody is left out by chance
    heads = list(_known_operators(scene, topic.subject))
    return [*told, *(role_fact(scene, line, topic.subject, org, _PART, (org.first, org.last)) for line, org in heads)]


_GUESSES = frozenset(("runs", "craft-of", "intending"))
"""Rules that take for the head of a mission who speaks of its dates, its craft or its future."""


def _without_guesses(scene: Scene, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield the facts but for guesses about who leads a mission that the text or the catalog gives to others."""
    told = list(facts)
    leads = [f for f in told if f.attribute == "party" and f.value.endswith(_LEADS)]
    sure: dict[int, set[str]] = {}
    for fact in leads:
        if fact.cue not in _GUESSES:
            sure.setdefault(fact.subject, set()).add(_country(scene, fact.value_id or fact.value))
    for fact in told:
        guess = fact.attribute == "party" and fact.cue in _GUESSES and fact.value.endswith(_LEADS)
        known = {_country(scene, id_) for id_ in _operators(scene, fact.subject)} if guess else set()
        heads = known | sure.get(fact.subject, set()) if guess else set()
        if not heads or _country(scene, fact.value_id or fact.value) in heads:
            yield fact


def _operators(scene: Scene, subject: int) -> tuple[str, ...]:
    entry = scene.catalog.get(scene.subjects[subject].catalog_id or "")
    return tuple(entry.operators) if isinstance(entry, KnownMission) else ()


def _country(scene: Scene, id_: str) -> str:
    return scene.catalog.country_of(id_) or id_


def _is_firm(scene: Scene, fact: Fact) -> bool:
    entry = scene.catalog.organisations.get(fact.value_id or "")
    return entry is not None and entry.kind == "company"


def _known_operators(scene: Scene, subject: int) -> Iterator[tuple[Line, Item]]:
    """The first mention of each party that runs the mission according to the catalog; of a country where it has the agency."""
    wanted = set(_operators(scene, subject))
    for line in scene.lines if wanted else ():
        for org in line.of("org"):
            if org.known is None or org.known.form in _SAYS_WHOSE or owns_rocket(line, org):
                continue
            id_ = party_id(scene, org) or ""
            runs = scene.catalog.agency_of(id_) if id_ in scene.catalog.countries else id_
            if runs in wanted:
                wanted.discard(runs)
                yield line, org
