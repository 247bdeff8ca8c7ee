"""Providers: who brings or makes what for a mission.

"ISRO will provide the lander, JAXA the rover", "an antenna from the Netherlands", "built by Airbus": a verb of giving or making, a
thing whose noun has a role in the lexicon, and a party. The verb may be left out the second time.
"""

import itertools
from collections.abc import Iterator, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.catalog import KnownMission
from tracker.extractors.rules.claims.parties.aboard import aboard_facts
from tracker.extractors.rules.claims.parties.makers import maker_facts
from tracker.extractors.rules.claims.parties.things import DETERMINERS, find_things
from tracker.extractors.rules.claims.scene.clauses import stands_free
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import is_actor, speaks_for
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.doer import by_in_front
from tracker.extractors.rules.claims.telling.modality import read_verb
from tracker.extractors.rules.claims.telling.topics import Topics, current, planned, speaks_of_plan
from tracker.extractors.rules.words import word_set


def provider_facts(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield what the parties of a sentence bring to its missions, or to the one that it goes on about."""
    named = [o for o in line.of("org") if is_actor(line, o)]
    yield from maker_facts(scene, line, missions, named, topics)
    yield from _providers(scene, line, missions, topics)
    yield from aboard_facts(scene, line, missions, topics)


# "Will be responsible for launching" is a plan, whatever its gerund looks like.
_BY_PRECEDENCE: tuple[Modality, ...] = ("possible", "planned", "actual")
_VERB_FORMS = frozenset(("base", "s", "past"))


def _providers(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Who brings what: verbs of giving with a thing whose noun has a role; the verb may be left out the second time."""
    words, lexicon = line.words, scene.lexicon
    things = find_things(line, lexicon)
    if not things:
        return
    orgs = list(line.of("org"))
    giving = lexicon.words_of(("provide", "send"))
    verb = next((n for n, w in enumerate(words) if w in giving), -1)
    if verb < 0:
        yield from _from(scene, line, missions, topics, things, orgs)
        return
    governed = False
    for number, (at, last, role) in enumerate(things):
        gap = set(words[things[number - 1][1] : at]) if number else set()
        governed = _governed(line, at) or (governed and bool(gap) and gap <= {"and", ",", "the", "a", "an", "its"})
        if (
            (words[last - 1] in _WHOLE and not lexicon.deeds.keys().isdisjoint(words))
            or _is_itself(words, missions, at)
            or words[max(0, at - 1)] in _VAGUE
            or words[last - 1] == "rockets"  # many: "meant to compete with European and U.S.-built rockets"
            or governed
            or any(m.mention and m.mention.form != "anaphor" and m.first < last and at <= m.last for m in missions)
        ):
            continue  # what stands behind "for the", and the mission itself, are not what is given
        verbs = lexicon.classes["provide"] | (lexicon.classes["send"] if role == "payload" else frozenset())
        if words[last : last + 1] == ("from",) and any(last < o.first <= last + 2 for o in orgs):
            continue  # "China will carry payloads from France": they are of France
        givers = [
            org for org in (_maker(line, at, orgs, verbs), _giver(scene, line, at, orgs, verbs)) if org is not None
        ]
        subject = _bearer(line, missions, last)
        subject = _receiver(scene, line, missions, topics, at, things) if subject is None else subject
        if subject is None or _goes_elsewhere(scene, line, missions, subject, last):
            continue
        for org in givers:
            start, end = min(org.first, at), max(org.last, last)
            spoken = [n for n in range(start, end) if words[n] in verbs] or [verb]
            meant = {read_verb(words, n, _VERB_FORMS, lexicon).modality for n in spoken}
            if "denied" in meant:
                continue
            modality: Modality = next((m for m in _BY_PRECEDENCE if m in meant), "actual")
            craft = scene.subjects[subject]
            called = " ".join((craft.name, *craft.aliases)).lower()
            launched = bool(_LAUNCHING & set(words[max(0, at - 3) : at]))  # "is responsible for launching the rover"
            itself = words[last - 1] == "telescope" and "telescope" in called
            part = Part("providers", "launch_vehicle" if launched else "spacecraft" if itself else role, modality, 0.72)
            for one in joined_items(line, _head(words, org, orgs), orgs):
                yield role_fact(scene, line, subject, one, part, (start, end))
    yield from _from(scene, line, missions, topics, things, orgs)


def _is_itself(words: Sequence[str], missions: Sequence[Item], at: int) -> bool:
    """Whether the thing only says what the mission in front is: "SORA-Q, a ball-shaped robot supplied by JAXA"."""
    gaps = (words[m.last : at] for m in missions if 1 < at - m.last <= _PHRASE and stands_free(words, m))
    return any(gap[0] == "," and gap[1] in ("a", "an", "the") and "," not in gap[1:] for gap in gaps)


_WHOLE = word_set("satellite satellites spacecraft probe probes craft cubesats")
"""What is no part of a mission but all of it: who built or runs that is told by the verb (`agents`)."""
_LAUNCHING = frozenset(("launching", "lofting", "lifting"))
_VAGUE = word_set("many several all most few more other such numerous some any no these those dozens of")
_RUNS = word_set(
    "led operated managed run owned headed carried launched lifted flown overseen named called chosen selected used hosted transported delivered"
)


def _head(words: Sequence[str], org: Item, orgs: Sequence[Item]) -> Item:
    """The institute of "the Appleton Laboratory of the United Kingdom", not the country behind its name."""
    for other in orgs:
        gap = [w for w in words[other.last : org.first] if w not in ("the", "(", ")")]
        if other.last <= org.first and gap in (["of"], ["in"]):
            return other
    return org


_GOVERNING = word_set("to for on of aboard in from into with onto by atop using via carrying")
_PHRASE = 6  # words
_ANSWERS = word_set("charge responsible responsibility answers answer answerable care")


def _governed(line: Line, at: int) -> bool:
    """Whether the thing stands behind a preposition: in "instruments for the lander" the lander is not what is given."""
    words = line.words
    if _ANSWERS & set(words[max(0, at - 4) : at]):
        return False  # who is in charge of the lander gives it
    names = {n for i in line.of("vehicle", "org") for n in range(i.first, i.last)}
    for n in range(at - 1, max(-1, at - _PHRASE), -1):
        if words[n] in _GOVERNING and n not in names:
            return True
        if words[n] in DETERMINERS:
            before = [w for w in words[max(0, n - 3) : n] if w not in DETERMINERS]
            return bool(before) and before[-1] in _GOVERNING
        if not (n in names or words[n] in _SORTS or words[n].isdigit()):
            return False
    return False


_SORTS = word_set(
    """new small scientific science lunar moon mars solar heavy main own key robotic advanced different sensitive highly powerful joint
    flight orbiting on-board onboard high-resolution infrared optical miniature shared japanese indian chinese european american russian"""
)


_CARRIERS = word_set("will carry carries carried carrying with has holds includes")
_FLYERS = word_set("rover lander orbiter instrument instruments camera telescope rocket")


def _maker(line: Line, at: int, orgs: Sequence[Item], provide: frozenset[str]) -> Item | None:
    """The organisation behind the thing: "a seismometer supplied by the French agency"."""
    org = next((o for o in orgs if o.first > at), None)
    if org is not None and not is_actor(line, org):
        return None  # "built by Japanese researchers"
    end = by_in_front(line.words, org) if org else None
    gap = line.words[at : end + 1] if end is not None else ()
    by = len(gap) > 1
    if line.words[at] in ("ride", "lift", "launch") and {"built", "made", "developed"} & set(gap):
        return None  # nobody builds a ride
    told = [w for n, w in enumerate(gap) if n and not (w == "will" and gap[n + 1 : n + 2] == ("be",))]
    if any(w in _CARRIERS or w in _FLYERS for w in told):
        return None  # in "the lander carries a rover built by X" nobody is named who built the lander
    made = any(w in provide or (w.endswith("ed") and w not in _RUNS) for w in gap)
    return org if by and len(gap) <= 8 and made else None


def _has_its_own_doer(scene: Scene, line: Line, first: int, verb: int) -> bool:
    """Whether a name that nobody knows stands between "and" and the verb: "A leads it, and Omnisys provides the imager"."""
    start = max((n for n in range(first, verb) if line.words[n] == "and"), default=None)
    if start is None:
        return False
    text = scene.document.text
    return any(text[line.starts[n]].isupper() for n in range(start + 1, verb))


def _giver(scene: Scene, line: Line, at: int, orgs: Sequence[Item], provide: frozenset[str]) -> Item | None:
    """The organisation that gives the thing at this token: before it with a verb of giving, or with the verb left out."""
    words = line.words
    before = [o for o in orgs if o.last <= at and is_actor(line, o)]
    for org in reversed(before):
        gap = words[org.last : at]
        if any(w in (";", "while") for w in gap) or any(
            a in ("her", "his", "our") and b in ("agency", "country", "company") for a, b in itertools.pairwise(gap)
        ):
            break
        if "which" in gap and gap[:2] != (",", "which") and gap[:5].count("which") == 0:
            break
        if org.last < len(words) and words[org.last] == "'s":
            continue
        spelt = next((o for o in orgs if o.last == org.first - 1 and words[o.last] == "("), org)  # "the agency (ESA)"
        front = [w for w in words[max(0, spelt.first - 3) : spelt.first] if w not in ("the", "a", "an", "its")]
        staff = speaks_for(words, spelt)
        if (front[-1:] and front[-1] in _NO_SUBJECT and "which" not in gap[:6] and not staff) or front[-2:] in (
            ["rather", "than"],
            ["instead", "of"],
        ):
            continue  # "MHI, not JAXA, runs the launch"
        carried = next((n for n, w in enumerate(gap) if w in _CARRYING), 0)
        if "," in gap[:carried]:
            continue  # "the probe, managed by A for B, carries a camera": the probe does
        gives = next((n for n, w in enumerate(gap) if w in provide and gap[n + 1 : n + 2] != ("out",)), None)
        if gives is not None:  # not "carry out an experiment"
            own = not _has_its_own_doer(scene, line, org.last, org.last + gives)
            return org if own and line.between(org.last, at) < 2.0 else None
        if (
            len([w for w in gap if w.isalpha()]) <= 3
            and any(w in provide for w in words[: org.first])
            and "by" not in words[max(0, _head_of_list(line, org, before).first - 2) : org.first]
            and set(gap) <= {"the", "a", "an", "its", "(", ")", ",", "lunar"}
        ):
            return org
    return None


_NO_SUBJECT = frozenset(("not", "with", "from", "for", "to"))
_CARRYING = word_set("carry carries carried carrying flies fly")


def _head_of_list(line: Line, org: Item, orgs: Sequence[Item]) -> Item:
    """The first of the list that an organisation stands in."""
    return joined_items(line, org, list(orgs))[0]


_CRAFTS = frozenset(("lander", "rover", "orbiter", "telescope", "satellite", "capsule"))
_ONTO = frozenset(("to", "for", "on", "aboard"))
_BEHIND = 5


def _bearer(line: Line, missions: Sequence[Item], last: int) -> int | None:
    """The mission that "to the lander" behind a thing points back to."""
    for item in missions:
        craft = item.mention is not None and item.mention.form == "anaphor" and line.words[item.last - 1] in _CRAFTS
        if craft and last < item.first <= last + _BEHIND:
            return item.subject if line.words[item.first - 1] in _ONTO else None
    return None


def _goes_elsewhere(scene: Scene, line: Line, missions: Sequence[Item], subject: int, last: int) -> bool:
    """Whether "to the lander" behind a thing speaks of a craft that the mission is never called."""
    words = line.words
    for at in range(last, min(last + _BEHIND, len(words) - 2)):
        noun = words[at + 2]
        if words[at] in _ONTO and words[at + 1] in ("the", "its") and noun in _CRAFTS:
            one = scene.subjects[subject]
            called = " ".join((one.name, *one.aliases, *(m.text for m in one.mentions))).lower()
            return noun not in called and not any(m.first <= at + 2 < m.last for m in missions)
    return False


_GOES_ON = 2  # sentences


def _is_shared(scene: Scene, subject: int) -> bool:
    """Whether the text or the catalog gives the mission to several parties."""
    entry = scene.catalog.get(scene.subjects[subject].catalog_id or "")
    return len(scene.subjects[subject].parties) > 1 or (isinstance(entry, KnownMission) and len(entry.operators) > 1)


def _receiver(
    scene: Scene,
    line: Line,
    missions: Sequence[Item],
    topics: Topics,
    at: int,
    things: Sequence[tuple[int, int, str]],
) -> int | None:
    """The mission that gets the thing: named after "for" or "of", else the nearest, else the topic."""
    plan = planned(topics, line) if speaks_of_plan(line, min(4, len(line.words))) else None
    if plan is not None and not any(m.mention and m.mention.form == "proper" for m in missions):
        return plan.subject
    meant = next((m for m in missions if m.mention and m.mention.form == "anaphor" and m.first <= at < m.last), None)
    topic = current(line, topics, "mission")
    last = topics.get("mission")
    if (
        topic is not None
        and last is not None
        and line.number - last.line <= _GOES_ON
        and _is_shared(scene, last.subject)
    ):
        topic = last
    part = line.words[at] in ("lander", "rover", "orbiter")
    named = any(m.mention and m.mention.form == "proper" for m in missions)
    if meant is not None and part and topic is not None and topic.line >= line.number - 1 and not named:
        return topic.subject  # "the lander" is that of the mission just spoken of
    if meant is not None:
        return meant.subject  # "X built the spacecraft"
    outside = [
        m
        for m in missions
        if not any(m.first < last and first < m.last for first, last, _ in things)
        or (m.mention and m.mention.form == "proper")
    ]
    outside = [m for m in outside if not m.first <= at < m.last]
    carry = next((n for n in range(at - 1, -1, -1) if line.words[n] in _CARRYING), -1)
    carriers = [m for m in outside if 0 <= carry - m.last <= _AUXILIARIES]
    if carriers:
        return carriers[-1].subject  # "X will carry Y and a reflector from Z"
    if outside:
        best = min(outside, key=lambda m: line.between(m.last, at) if m.last <= at else line.between(at, m.first))
        return best.subject
    if topic is not None and topic != topics.get("joint mission") and _GIVES & set(line.words):
        topic = planned(topics, line) or topic  # what is being given now goes to what is still to fly
    return topic.subject if topic else None


_AUXILIARIES = 3  # words: "lander will also"
_GIVES = frozenset(("will", "contributes", "provides", "supplies", "contribute", "provide", "supply"))


_FALLS = frozenset(
    [("falls", "to"), ("fall", "to"), ("lies", "with"), ("rests", "with"), ("is", "up", "to"), ("will", "fall", "to")]
)


_OF_MISSION = 9  # words: "instruments for the X orbiter come from"


def _from(
    scene: Scene,
    line: Line,
    missions: Sequence[Item],
    topics: Topics,
    things: Sequence[tuple[int, int, str]],
    orgs: Sequence[Item],
) -> Iterator[Fact]:
    """A camera from Saudi Arabia; the radar comes from ISRO; the lander of Astrobotic."""
    words, provide = line.words, scene.lexicon.classes["provide"]
    for at, last, role in things:
        for org in orgs:
            gap = words[last : org.first]
            if not is_actor(line, org):
                continue
            end = org.first - (words[org.first - 1] == "the")
            source = words[end - 1 : end] == ("from",) or words[last:end] in _FALLS
            if words[last - 1] in _WHOLE and not source:
                continue  # whoever built all of it is told by the verb
            linked = source or (words[end - 1 : end] == ("by",) and (end - 1 == last or provide & set(gap)))
            far = source and bool({"come", "comes", "came"} & set(gap)) and bool({"for", "on", "aboard"} & set(gap))
            if org.first < last or len(gap) > (_OF_MISSION if far else 4) or not linked or _RUNS & set(gap):
                continue
            if (source and role == "spacecraft" and words[last - 1] in _WHOLE) or _is_itself(words, missions, at):
                continue  # "satellites from Chile were on board too", "the satellite rose from Chile"
            if any(m.mention and m.mention.form == "proper" and m.first < last and at <= m.last for m in missions):
                continue
            subject = _receiver(scene, line, missions, topics, at, things)
            if subject is None:
                continue
            coming: Modality = "planned" if {"will", "to"} & set(gap) else "actual"
            for one in joined_items(line, org, orgs):
                yield role_fact(scene, line, subject, one, Part("from", role, coming, 0.7), (at, last))
