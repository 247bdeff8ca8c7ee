"""Agents: who did what to a spacecraft, told by a verb in either voice or by a noun for whoever does it.

"Built by Airbus and launched by SpaceX", "Maxar, which built X", "Brazil operates two satellites, X and Y", "its manufacturer OHB",
"ISRO is responsible for the design of X". Which deed gives which role stands in the lexicon (`deeds`).
"""

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from tracker.domain.claim import Modality
from tracker.extractors.lexicon import Deed
from tracker.extractors.rules.claims.parties.efforts import effort_facts, role_of
from tracker.extractors.rules.claims.parties.patients import Patient, Way, behind, in_front
from tracker.extractors.rules.claims.rides.launchers import owns_rocket
from tracker.extractors.rules.claims.rides.lifts import BUILDS
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import speaks_for
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.doer import TITLES
from tracker.extractors.rules.claims.telling.modality import read_verb
from tracker.extractors.rules.claims.telling.topics import Topics
from tracker.extractors.rules.words import word_set

_CONFIDENCE = 0.72
_BY = 8  # words from the participle to "by"
_BETWEEN = word_set(
    "and jointly together mainly primarily largely partly entirely in-house locally in under then itself already or"
)
_TITLES = TITLES | word_set(
    """companies partners firms institutes contractors two three four five six eight ten dozen several european state-run government-owned telecom communications of consortium group industrial led headed lead by
    subsidiary joint venture industry prime specialist small-satellite technology research centre center institute military army government
    authorities side both european asian african arab"""
)


class Deal(msgspec.Struct, frozen=True):
    """The verb at a token, what it does, and those who do it; `coming` where it is still to be done, `going` where it goes on."""

    at: int
    deed: Deed
    agents: tuple[Item, ...]
    coming: bool
    going: bool


def agent_facts(
    scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item], topics: Topics
) -> Iterator[Fact]:
    """Yield who built, designed, runs or owns the missions of a sentence; orgs are the parties in it that have a name."""
    deeds, words = scene.lexicon.deeds, line.words
    if not orgs or scene.lexicon.dealing.isdisjoint(words):
        return
    has = deeds["operates"]
    way = Way.of(scene, line, missions, orgs, topics)
    before: tuple[Patient, ...] = ()
    acting: tuple[Item, ...] = ()
    for at in [n for n, word in enumerate(words) if (word in deeds or _has(words, n)) and n not in way.named]:
        deed, forms = deeds.get(words[at], has)
        agents = _by(line, at, orgs, way) if "participle" in forms else ()
        if agents:
            patients = in_front(way, at) or (before if _goes_on(words, at) else ())
        else:
            coordinated = acting if _goes_on(words, at) and not words[at].endswith("ing") else ()
            agents = () if deed.passive else _doers(line, at, orgs, way, alone="participle" in forms)
            agents = agents or coordinated
            acting = agents or acting
            patients = behind(way, at, agents) if agents else ()
        before = patients or before
        if not patients or not agents:
            continue
        reading = read_verb(words, at, forms, scene.lexicon)
        if reading.modality == "denied":
            continue
        coming = reading.modality in ("planned", "possible")
        active = agents[0].last <= at
        going = active and (coming or words[at].endswith("ing"))
        other = _other_side(line, at, deed, orgs, patients)
        if other or not deed.to:
            yield from _facts(scene, line, Deal(at, deed, agents, coming, going), patients)
        for org in other:
            for patient in patients:
                part = Part("agents", deed.to or deed.source, "planned" if coming else "actual", _CONFIDENCE)
                yield role_fact(scene, line, patient.subject, org, part, (at, at + 1))
    yield from _named_so(way, orgs)
    yield from effort_facts(way, orgs)


def _facts(scene: Scene, line: Line, deal: Deal, patients: Sequence[Patient]) -> Iterator[Fact]:
    modality: Modality = "planned" if deal.coming else "actual"
    active = deal.agents[0].last <= deal.at
    shared = active and (len(deal.agents) > 1 or deal.going)
    for patient in patients:
        for org in deal.agents:
            role = role_of(scene, deal.deed, org, shared=shared)
            if patient.part and not deal.deed.passive:
                role = patient.part
            wish = (min(deal.at, org.last), max(deal.at + 1, org.first, patient.last if active else 0))
            cue = "doers" if deal.deed.passive else BUILDS if role == "lead" and deal.deed.state != "lead" else "agents"
            part = Part(cue, role, modality, _CONFIDENCE)
            yield role_fact(scene, line, patient.subject, org, part, wish)


_COUNTS = word_set("one two three four five six seven eight nine ten twelve twin both several its")
_FLEET = word_set(
    "satellite satellites spacecraft probe probes cubesats cubesat microsatellites nanosatellites orbiters"
)


def _has(words: Sequence[str], at: int) -> bool:
    """Whether "has" tells of satellites that somebody owns: "Azercosmos has two satellites in orbit, X and Y"."""
    if words[at] not in ("has", "have") or words[at + 1 : at + 2] == () or words[at + 1] not in _COUNTS:
        return False
    return bool(_FLEET & set(words[at + 2 : at + 5]))


def _other_side(line: Line, at: int, deed: Deed, orgs: Sequence[Item], patients: Sequence[Patient]) -> tuple[Item, ...]:
    """To whom it goes or from whom it is: "delivered X to Intelsat", "X, ordered from Maxar", "received X from China"."""
    link = "to" if deed.to else "from" if deed.source else ""
    last = max((patient.last for patient in patients), default=0)
    for org in orgs if link else ():
        front = [w for w in line.words[max(at + 1, org.first - _LINKED) : org.first] if w not in TITLES - {"from"}]
        near = org.first - max(at, last) <= _LINKED
        if org.first > at and near and front[-1:] == [link] and line.words[org.last : org.last + 1] != ("'s",):
            return tuple(joined_items(line, org, list(orgs)))
    return ()


_LINKED = 6  # words


def _by(line: Line, at: int, orgs: Sequence[Item], way: Way) -> tuple[Item, ...]:
    """Whoever follows "by" behind the participle: "built in Turin by Thales", "built and operated by a team led by OHB"."""
    words, n = line.words, at + 1
    deed = way.scene.lexicon.deeds[words[at]][0]
    made = deed.work and not deed.passive
    while n < len(words) and n - at <= _BY and words[n] != "by":
        if made and words[n] == "at":
            break  # "assembled at the University of Luxembourg"
        if not (n in way.beside or words[n] in _BETWEEN or words[n].endswith(("ed", "ly")) or words[n] == "built"):
            return ()
        n += 1
    if words[n : n + 1] not in (("by",), ("at",)):
        return ()
    for org, next_one in itertools.zip_longest(orgs, orgs[1:]):
        if org.first <= n:
            continue
        told = [w for m, w in enumerate(words[n + 1 : org.first], n + 1) if m not in way.named]
        if not all(w in _TITLES or w.endswith("based") or w.isdigit() or w in ("-", "'s") for w in told):
            return ()
        if owns_rocket(line, org):
            return ()  # "launched by Japan's H3"
        owner = words[org.last : org.last + 1] == ("'s",)
        inside = next_one is not None and owner and next_one.first == org.last + 1  # "NASA's Jet Propulsion Laboratory"
        return tuple(joined_items(line, next_one if next_one is not None and inside else org, list(orgs)))
    return ()


_HELPS = word_set(
    """has have had will would also is are jointly together and to that now already itself largely in turn currently has which both already
    still plans plan planned wants hopes intends aims expects , ( ) previously recently successfully itself committed agreed pledged promised decided contracted started begun began continues continued set due about team teams engineers scientists researchers experts specialists students space aerospace systems co- once originally formerly initially"""
)
_BE = frozenset(("is", "are", "was", "were", "been", "be", "being"))
_BOUND = word_set("with by for of from to at in on under between aboard than like")


def _doers(line: Line, at: int, orgs: Sequence[Item], way: Way, *, alone: bool) -> tuple[Item, ...]:
    """The subject of the active verb: "Maxar built", "ISRO and JAXA are developing", "OHB, which has built"."""
    words = line.words
    org = next((o for o in reversed(orgs) if o.last <= at), None)
    if org is None:
        return ()
    gap = [w for n, w in enumerate(words[org.last : at], org.last) if n not in way.beside]
    known = _HELPS | way.scene.lexicon.deeds.keys()
    if not all(w in known or w.endswith(("ly", "llion")) or w.isdigit() for w in gap) or (
        alone and _BE & set(gap) and gap[-1] != "and"
    ):
        return ()
    relative = "which" in gap or "that" in gap
    group = joined_items(line, org, list(orgs))
    front = [w for w in words[max(0, group[0].first - 3) : group[0].first] if w not in _TITLES]
    front = [w for w in front if w not in ("its", "the")]
    last = words[max(0, group[0].first - 1)] if group[0].first else ""
    if (
        not relative
        and not speaks_for(words, group[0])
        and (last in _BOUND or (front and front[-1] in _BOUND and last in _TITLES))
    ):
        return ()
    if last == "'s" and any(o.last == group[0].first - 1 for o in orgs):
        return ()  # "NASA's Jet Propulsion Laboratory": the owner has its part already
    if gap and gap[0] == "," and not relative and gap.count(",") == 1:
        return ()  # "…, said Airbus, built"
    return tuple(group)


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether the verb goes on from the one before: "was built by A and launched by B", "…, operated by B"."""
    front = [w for w in words[max(0, at - 3) : at] if w not in ("will", "be", "is", "was", "then", "later", "to")]
    return front[-1:] in (["and"], [","])


def _named_so(way: Way, orgs: Sequence[Item]) -> Iterator[Fact]:
    """Who is called so: "X operator Hispasat", "OHB, the maker of X", "its manufacturer, Maxar", "X's owner is Intelsat"."""
    scene, line = way.scene, way.line
    words, doers = line.words, scene.lexicon.doers
    for at in [n for n, w in enumerate(words) if w in doers]:
        org = _called(line, at, orgs)
        subject = _whose(way, at) if org is not None else None
        if org is None or subject is None:
            continue
        role = role_of(scene, doers[words[at]], org, shared=False)
        part = Part("agents", role, "actual", _CONFIDENCE)
        for one in joined_items(line, org, list(orgs)):
            yield role_fact(scene, line, subject, one, part, (at, at + 1))


_PLAIN = frozenset((",", "the", "is", "was", "are", "company", "firm", "(", "-", "and", "u.s.", "a", "its"))
_KINDS = word_set(
    "satellite spacecraft prime main commercial private state-owned telecom telecommunications fleet mission lander rover"
)


def _called(line: Line, at: int, orgs: Sequence[Item]) -> Item | None:
    """Who is called what the noun at this token says: the party right behind it, or the one that it stands in apposition to."""
    words = line.words
    of = words[at + 1 : at + 2] == ("of",)
    for org in orgs:
        if org.first > at and not of and org.first - at <= _CALLED and set(words[at + 1 : org.first]) <= _PLAIN:
            return org
    for org in reversed(orgs):
        gap = words[org.last : at]
        if org.last <= at and gap[:1] in ((",",), ("is",), ("was",)) and len(gap) <= _APPOSED:
            return org if not any(w in _SPLITS for w in gap[1:]) else None
    return None


_CALLED, _APPOSED = 4, 8  # words
_SPLITS = word_set(", said says and with by which that who from ; :")


def _whose(way: Way, at: int) -> int | None:
    """Whose operator or maker it is: that of the mission in front ("X's operator", "X operator"), behind "of", or of "its"."""
    words, missions = way.line.words, way.missions
    start = at
    while start > 0 and words[start - 1] in _KINDS and not any(m.first <= start - 1 < m.last for m in missions):
        start -= 1
    for item in missions:
        if item.last in (start, start - 1) and words[item.last : start] in ((), ("'s",), ("'",)):
            return item.subject
    if words[at + 1 : at + 2] == ("of",):
        near = next((m for m in missions if m.first > at and set(words[at + 2 : m.first]) <= _NEAR), None)
        return near.subject if near is not None else None
    if words[max(0, start - 1)] in ("its", "their"):
        left = [m for m in missions if m.last <= start]
        return left[-1].subject if left else way.spoken_of()
    return None


_NEAR = word_set("the a both new latest first two")
