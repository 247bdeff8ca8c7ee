"""Parties of missions: who leads, alone or with others.

The noun phrase (`owners`), the verb ("launched by ISRO", "the outpost that NASA wants to build"), the joint venture ("NASA and ISRO
are working on"), and what each brings (`providers`) all tell of parties; the document as a whole decides later.
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.parties.commissions import BUYS
from tracker.extractors.rules.claims.parties.crews import crew_facts
from tracker.extractors.rules.claims.parties.owners import owner_facts
from tracker.extractors.rules.claims.parties.partners import partner_facts
from tracker.extractors.rules.claims.parties.providers import provider_facts
from tracker.extractors.rules.claims.parties.stations import station_facts
from tracker.extractors.rules.claims.rides.launchers import owns_rocket
from tracker.extractors.rules.claims.scene.clauses import stands_free
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import is_actor
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read, joined_items
from tracker.extractors.rules.claims.telling.doer import doer_of
from tracker.extractors.rules.claims.telling.topics import Topics, current, is_station
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import word_set

_INTENT = word_set(
    """plans plan planned wants want wanted hopes hope hoped intends intend intended aims aim aimed means mean is are
    prepares seeks"""
)
_INTENDS = trigger(_INTENT)


_DEEDS = word_set(
    """launch send fly land put reach build operate place set return bring explore study orbit lift assemble have
    show"""
)


def party_facts(scene: Scene, line: Line, reads: Sequence[Read], topics: Topics) -> Iterator[Fact]:
    """Yield the parties of missions that a sentence tells."""
    if not line.of("org") and line.words[0] not in ("its", "their"):
        return
    missions = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "mission"]
    told = [m for m in missions if not _is_harbour(scene, line, m)]
    yield from owner_facts(scene, line, told, topics)
    yield from _doers(scene, line, reads)
    yield from _joint(scene, line, missions)
    yield from _intending(scene, line, told, topics)
    yield from station_facts(scene, line, missions, topics)
    yield from crew_facts(scene, line, missions, topics)
    yield from partner_facts(scene, line, missions, topics)
    yield from provider_facts(scene, line, missions, topics)


def _is_harbour(scene: Scene, line: Line, item: Item) -> bool:
    """Whether a station only stands there as where others go: "to the station (ISS)"."""
    aside = line.words[max(0, item.first - 1)] == "(" or not stands_free(line.words, item)
    return is_station(scene, item.subject) and aside


def _intending(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Who wants to fly it: "the outpost that NASA wants to assemble", "ISRO hopes to send up both next year"."""
    words = line.words
    orgs = [o for o in line.of("org") if is_actor(line, o)] if line.triggers & _INTENDS else ()
    for org in orgs:
        behind = [
            w for w in words[org.last : org.last + 7] if w not in ("(", ")", "still", "now", "also", "had", "has")
        ]
        if len(behind) < 3 or behind[0] not in _INTENT or "to" not in behind[1:3] or not _DEEDS & set(behind[2:4]):
            continue
        entry = scene.catalog.organisations.get(org.id)
        if entry is not None and entry.kind == "company" and "launch" in behind:
            continue
        near = [
            m
            for m in missions
            if (m.last <= org.first and line.between(m.last, org.first) < 0.8)
            or (m.first >= org.last and line.between(org.last, m.first) < 1.2)
        ]
        topic = current(line, topics, "mission") if not _ANOTHER & set(behind[2:5]) else None
        subjects = (
            [near[0].subject]
            if near
            else [topic.subject, *(topic.others if "both" in behind or "both" in words else ())]
            if topic and not missions
            else []
        )
        for subject in subjects:
            for one in joined_items(line, org, orgs):
                yield role_fact(
                    scene,
                    line,
                    subject,
                    one,
                    Part("intending", "lead", "actual", 0.66),
                    (org.last, min(org.last + 4, len(words))),
                )


_ANOTHER = word_set("a an another two three more its")


_CONTROLS = frozenset(
    [
        "shift", "scrubbed", "stalled", "on-hold", "cancelled", "ended", "farewell", "extended", "declared-lost", "lost", "lost-contact",
        "returned", "put-down", "made-ready",
    ]
)  # fmt: skip
"""What only those do who run a mission: move its date, call it off, switch it off, lose contact with it."""


def _doers(scene: Scene, line: Line, reads: Sequence[Read]) -> Iterator[Fact]:
    """Who launched it, or moved, ended or lost it: the subject of the active verb, or whoever follows "by"."""
    orgs = list(line.of("org"))
    for read in reads:
        runs = read.cue.id in _CONTROLS
        if read.cue.kind != "mission" or not (read.cue.doer == "lead" or runs) or not read.subjects:
            continue
        harbour = read.cue.date == "launch_date" and read.item is not None and _is_harbour(scene, line, read.item)
        if read.reading.modality == "denied" or harbour:
            continue  # "to send a crew to the station" flies no station
        doer = doer_of(line, read, orgs)
        if doer is None or line.words[max(0, doer.first - 1)] in _CHARGES or BUYS & set(_chain(line, read)):
            continue  # "it charged ESA a fortune to launch X"
        for org in joined_items(line, doer, orgs):
            entry = scene.catalog.organisations.get(org.id)
            company = entry is not None and entry.kind == "company"
            if owns_rocket(line, org) or (runs and (entry is None or entry.kind not in ("agency", "institute"))):
                continue  # "launched by Japan's H3": the rocket launches it
            role = "launch_vehicle" if company and not _sends_its_own(line, read, doer) else "lead"
            sure = 0.7 if runs else 0.74
            for subject in _own_turn(line, org, joined_items(line, doer, orgs), read.subjects):
                yield role_fact(
                    scene,
                    line,
                    subject,
                    org,
                    Part("runs" if runs else "doers", role, read.reading.modality, sure - 0.06 * read.cost),
                    (read.match.first, read.match.last),
                )


_EACH = frozenset(("respective", "respectively", "first", "second", "their"))


def _own_turn(line: Line, org: Item, doers: Sequence[Item], subjects: Sequence[int]) -> Sequence[int]:
    """The missions of one of several who each launched their own: "Benin and Togo launched their first satellites, X and Y"."""
    each = len(doers) > 1 and len(doers) == len(subjects) and _EACH & set(line.words)
    return [subjects[doers.index(org)]] if each else subjects


def _chain(line: Line, read: Read) -> Sequence[str]:
    """The verbs that the verb is joined to: "to procure and launch X", which who makes X hardly does itself."""
    at = read.match.first
    return line.words[max(0, at - 3) : at] if line.words[at - 1 : at] == ("and",) else ()


def _sends_its_own(line: Line, read: Read, doer: Item) -> bool:
    """Whether what is launched belongs to who launches it: "Planet launched its Pelican-4"; or is to be made by it first."""
    words = line.words
    head = read.match.head
    built = _BUILDS & set(words[max(0, head - 4) : head])
    bought = any(v.first > head and _RIDES & set(words[max(head, v.first - 4) : v.first]) for v in line.of("vehicle"))
    if read.cue.id in _SENDS and bought:
        return True  # "NSIL will send X into space on a Falcon 9": whoever sends it has bought the ride
    given = _CONTRACTS & set(words[doer.last : read.match.first]) and "to" in words[doer.last : read.match.first]
    if given or words[doer.last : doer.last + 1] == ("to",):
        return bool(built)  # "A selected B to launch its probe": the probe of A
    return bool(built) or words[read.match.last : read.match.last + 1] in (("its",), ("their",))


_CHARGES = word_set("charge charges charged charging cost costs bill billed")
_CONTRACTS = word_set("contract contracts order orders deal deals award task")
_SENDS = frozenset(("send-up", "send", "fly", "into-orbit"))
_RIDES = frozenset(("on", "aboard", "atop"))
_BUILDS = word_set("build develop design built developed designed building developing")

_PARTS = word_set(
    "rover lander orbiter instrument instruments payload camera radar telescope spectrometer module capsule antenna"
)


def _made_a_part(words: Sequence[str], item: Item, first: Item) -> bool:
    """Whether a list names who made a part of the mission together: "X carries a rover jointly developed by A and B"."""
    anaphor = item.mention is not None and item.mention.form == "anaphor"
    gap = words[item.last - anaphor : first.first]  # "X will carry the rover Y, built jointly by A and B"
    return "by" in gap and bool(_PARTS & set(gap))


def _joint(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """A joint venture: NASA and ISRO are collaborating on NISAR; NISAR, a venture of NASA and ISRO."""
    words = line.words
    marks = scene.lexicon.classes["lead_noun"]
    if not missions or marks.isdisjoint(line.vocabulary):
        return
    orgs = [o for o in line.of("org") if is_actor(line, o)]
    harbours = {m.subject for m in missions if is_station(scene, m.subject) and not stands_free(words, m)}
    for item in missions:
        if item.subject in harbours:
            continue
        lists = [group for o in orgs if len(group := joined_items(line, o, orgs)) > 1]
        for group in lists:
            first, last = group[0], group[-1]
            if _made_a_part(words, item, first):
                continue
            reach = (
                line.between(last.last, item.first) if item.first >= last.last else line.between(item.last, first.first)
            )
            low, high = min(first.first, item.first), max(last.last + 4, item.last)
            if reach < 1.3 and any(w in marks for w in words[low:high]):
                for org in group:
                    yield role_fact(
                        scene,
                        line,
                        item.subject,
                        org,
                        Part("joint", "lead", "actual", 0.74 - 0.08 * reach),
                        (item.first, item.last),
                    )
                break
