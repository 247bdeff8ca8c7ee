"""Parties of missions: who leads, who brings what.

Three ways lead from a name to a role: the possessive ("JAXA's orbiter Selene", "India's first lunar mission"), the predicate ("ISRO
will provide the lander, JAXA the rover", "built by Airbus"), and the joint venture ("NASA and ISRO are working on").
"""

from collections.abc import Iterator, Mapping, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.rules.attach import Read, Topics, current, joined_items
from tracker.extractors.rules.evidence import stretch
from tracker.extractors.rules.fact import Fact
from tracker.extractors.rules.modality import read_verb
from tracker.extractors.rules.naming import party_id, party_name
from tracker.extractors.rules.scene import Item, Line, Scene

_LEAD = 0.8
_VERB_FORMS = frozenset(("base", "s", "past"))


def party_facts(scene: Scene, line: Line, reads: Sequence[Read], topics: Topics) -> Iterator[Fact]:
    """Yield the parties of missions that a sentence tells."""
    missions = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "mission"]
    yield from _possessive(scene, line, missions)
    yield from _agents(scene, line, reads)
    yield from _joint(scene, line, missions)
    yield from _intending(scene, line, missions, topics)
    yield from _makers(scene, line, reads, missions)
    yield from _craft_of(scene, line, missions, topics)
    yield from _providers(scene, line, missions, topics)


def _fact(
    rule: str,
    scene: Scene,
    line: Line,
    subject: int,
    org: Item,
    role: str,
    modality: Modality,
    confidence: float,
    wish: tuple[int, int],
) -> Fact:
    start, end = stretch(line, [(org.first, org.last)], [wish])
    value = f"{party_name(scene, org)}: {role}"
    return Fact(
        subject,
        "party",
        value,
        modality,
        start,
        end,
        line.number,
        confidence,
        value_id=party_id(scene, org),
        cue=rule,
    )


def _possessive(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """JAXA's Hayabusa; the Indian orbiter; the ESA-NASA probe; Hera, a mission of ESA."""
    words = line.words
    orgs = list(line.of("org"))
    for item in missions:
        owner = None
        for org in orgs:
            if org.first >= item.first and org.last <= item.last and scene.subjects[item.subject].kind == "mission":
                if item.mention and item.mention.form == "descriptive":
                    yield _fact(
                        "possessive", scene, line, item.subject, org, "lead", "actual", _LEAD, (item.first, item.last)
                    )
                continue
            if org.last > item.first:
                continue
            gap = words[org.last : item.first]
            if _is_noun_phrase(gap, org, words) or (set(gap) <= {",", "the"} and _craft_before(words, org)):
                owner = org
        if owner is None:
            owner = _pronoun_owner(words, item, orgs)
        if owner is not None:
            for org in joined_items(line, owner, orgs):
                yield _fact(
                    "possessive", scene, line, item.subject, org, "lead", "actual", _LEAD, (item.first, item.last)
                )
        yield from _apposed(scene, line, item, orgs)


def _pronoun_owner(words: Sequence[str], item: Item, orgs: Sequence[Item]) -> Item | None:
    """Whose "its orbiter Selene" is: the last organisation named before it in the sentence."""
    low = max(0, item.first - 6)
    front = list(words[low : item.first])
    behind = list(words[item.last : item.last + 2])
    its = max((n for n, w in enumerate(front) if w in ("its", "their")), default=-1)
    if its >= 0 and not any(w in _NOT_IN_PHRASE for w in front[its:]) and front[-1:] != [","]:
        where = low + its
    elif behind == [",", "its"] and any(w in _CRAFT for w in words[item.last + 2 : item.last + 6]):
        where = item.first
    else:
        return None
    before = [o for o in orgs if o.last <= where and not (o.known and o.known.form in ("demonym", "adjective"))]
    return before[-1] if before else None


def _is_noun_phrase(gap: Sequence[str], org: Item, words: Sequence[str]) -> bool:
    """Whether the words between an owner and a mission are only adjectives and nouns of the mission."""
    if len(gap) > 7:
        return False
    adjective = org.known is not None and org.known.form in ("demonym", "adjective")
    owned = (
        (bool(gap) and gap[0] in ("'s", "'", "’s", "’")) or adjective or words[org.last - 1].endswith("s'") or not gap
    )
    craft = (bool(gap) and gap[-1] in _CRAFT) or (len(gap) > 1 and gap[-1] == "," and gap[-2] in _CRAFT)
    if not (owned or craft):
        return False
    return not any(w in _NOT_IN_PHRASE for w in gap)


_CRAFT = frozenset(
    ["spacecraft", "satellite", "probe", "orbiter", "lander", "rover", "mission", "telescope", "observatory", "craft", "explorer", "project", "programme", "program", "veteran", "scout", "capsule", "spaceship", "mapper", "inspector"]
)
_NOT_IN_PHRASE = frozenset(
    ["is", "are", "was", "were", "has", "have", "had", "will", "would", "said", "says", "and", "or", "but", "for", "of", "to", "in", "on", "at", "with", "by", "from", "that", "which", "who", "as", "launched", "after", "before", "when", "while", ";", ":", "(", ")", "."]
)


def _apposed(scene: Scene, line: Line, item: Item, orgs: Sequence[Item]) -> Iterator[Fact]:
    """Hera, a mission of ESA; XRISM, a project of JAXA; a craft run by Axiom Space."""
    words = line.words
    for org in orgs:
        if org.first < item.last:
            continue
        gap = words[item.last : org.first]
        if len(gap) > 9:
            break
        text = [w for w in gap if w not in ("the", "a", "an", ",")]
        link = text[-1] if text else ""
        if (link == "of" and len(text) >= 2 and text[-2] in _CRAFT and not any(w in _VERBS for w in text)) or (link == "by" and len(text) >= 2 and text[-2] in scene.lexicon.classes["run"]):
            yield _fact(
                "apposed", scene, line, item.subject, org, "lead", "actual", _LEAD - 0.04, (item.first, item.last)
            )
        elif text[-2:] == ["belongs", "to"] or (
            2 <= len(gap) <= 5
            and gap[0] == ","
            and set(gap[1:]) <= {"the", "a", "an", "another"}
            and _craft_after(words, org)
        ):
            yield _fact("apposed", scene, line, item.subject, org, "lead", "actual", _LEAD, (item.first, item.last))
        elif (
            len(text) <= 2
            and (gap[:1] in (("--",), ("–",), ("—",), (":",), ("-",)) or text in (["is"], ["was"], ["is", "one", "of"]))
            and words[org.last : org.last + 1] == ("'s",)
        ):
            yield _fact(
                "apposed", scene, line, item.subject, org, "lead", "actual", _LEAD - 0.04, (item.first, item.last)
            )
        elif (gap == ("(",) and org.last < len(words) and words[org.last] == "'s") or (text == ["is"] and org.last < len(words) and words[org.last] == "'s"):
            yield _fact("apposed", scene, line, item.subject, org, "lead", "actual", _LEAD, (item.first, item.last))


_VERBS = frozenset(["is", "are", "was", "were", "has", "have", "had", "will", "would"])


def _craft_before(words: Sequence[str], org: Item) -> bool:
    """Whether "two satellites of the" stands in front of the organisation."""
    front = words[max(0, org.first - 4) : org.first]
    return any(w in ("of", "from") for w in front[-2:]) and any(
        w.rstrip("s") in _CRAFT or w.endswith("satellites") for w in front
    )


def _craft_after(words: Sequence[str], org: Item) -> bool:
    return any(w in _CRAFT for w in words[org.last : org.last + 4])


_INTENT = frozenset(
    ["plans", "plan", "planned", "wants", "want", "wanted", "hopes", "hope", "hoped", "intends", "intend", "intended", "aims", "aim", "aimed", "means", "mean", "is", "are", "prepares", "seeks"]
)
_DEEDS = frozenset(
    ["launch", "send", "fly", "land", "put", "reach", "build", "operate", "place", "set", "return", "bring", "explore", "study", "fly", "orbit", "lift", "assemble", "have", "show"]
)


def _intending(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Who wants to fly it: "the outpost that NASA wants to assemble", "ISRO hopes to send up both next year"."""
    words = line.words
    orgs = [o for o in line.of("org") if not (o.known and o.known.form in ("demonym", "adjective"))]
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
        topic = current(line, topics, "mission")
        subjects = (
            [near[0].subject]
            if near
            else [topic.subject, *(topic.others if "both" in behind or "both" in words else ())]
            if topic and not missions
            else []
        )
        for subject in subjects:
            for one in joined_items(line, org, orgs):
                yield _fact(
                    "intending",
                    scene,
                    line,
                    subject,
                    one,
                    "lead",
                    "actual",
                    0.66,
                    (org.last, min(org.last + 4, len(words))),
                )


def _makers(scene: Scene, line: Line, reads: Sequence[Read], missions: Sequence[Item]) -> Iterator[Fact]:
    """Who builds it: "ESA is building it with the Chinese Academy", "was built by Airbus", "carried by Arianespace"."""
    words = line.words
    orgs = [o for o in line.of("org") if not (o.known and o.known.form in ("demonym", "adjective"))]
    for read in reads:
        if read.cue.id != "building" or not read.subjects or read.reading.voice != "active":
            continue
        agent = agent_of(line, read, orgs)
        partners = [
            o
            for o in orgs
            if o.first >= read.match.last and any(w == "with" for w in words[max(0, o.first - 3) : o.first])
        ]
        for org in [*(joined_items(line, agent, orgs) if agent else ()), *(partners if agent else ())]:
            entry = scene.catalog.organisations.get(org.id)
            role = "spacecraft" if entry is not None and entry.kind == "company" else "lead"
            for subject in read.subjects:
                yield _fact(
                    "makers", scene, line, subject, org, role, "actual", 0.72, (read.match.first, read.match.last)
                )
    yield from _contractors(scene, line, missions, orgs)
    for item in missions:
        for org in orgs:
            gap = words[item.last : org.first]
            if org.first < item.last or len(gap) > 11 or not (gap[-1:] == ("by",) or gap[-2:] == ("by", "the")):
                continue
            made = next((w for w in reversed(gap) if w in _MADE), None)
            if made is None or any(w in ("which", "that", "and", "but") for w in gap[gap.index(made) :]):
                continue
            for one in joined_items(line, org, orgs):
                yield _fact(
                    "makers", scene, line, item.subject, one, _MADE[made], "actual", 0.7, (item.first, item.last)
                )


def _contractors(scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item]) -> Iterator[Fact]:
    """The prime contractor of a mission makes its spacecraft."""
    words = line.words
    for org in orgs:
        behind = words[org.last : org.last + 6]
        if "contractor" in behind and any(w in ("prime", "main", "lead") for w in behind) and missions:
            near = min(
                missions,
                key=lambda m: (
                    line.between(m.last, org.first) if m.last <= org.first else line.between(org.last, m.first)
                ),
            )
            yield _fact(
                "contractor",
                scene,
                line,
                near.subject,
                org,
                "spacecraft",
                "actual",
                0.7,
                (org.last, min(org.last + 4, len(words))),
            )


_MADE = {
    "built": "spacecraft", "made": "spacecraft", "manufactured": "spacecraft", "assembled": "spacecraft", "constructed": "spacecraft",
    "carried": "launch_vehicle", "lifted": "launch_vehicle",
}  # fmt: skip


def _craft_of(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """NASA's next Mars lander: the craft of an owner in a sentence that names no mission is the topic's."""
    topic = current(line, topics, "mission")
    proper = [m for m in missions if m.mention and m.mention.form == "proper"]
    if topic is None or (proper and not topics.get("section mission")):
        return
    words = line.words
    for org in line.of("org"):
        adjective = org.known is not None and org.known.form in ("demonym", "adjective")
        if not (
            adjective
            or words[org.last : org.last + 1] == ("'s",)
            or words[org.last : org.last + 1] in (("craft",), ("spacecraft",), ("probe",))
        ):
            continue
        behind = words[org.last : org.last + 6]
        craft = next((n for n, w in enumerate(behind) if w in _CRAFT), None)
        if (
            craft is not None
            and not any(w in _NOT_IN_PHRASE or w == "," for w in behind[:craft])
            and behind[craft] not in ("programme", "program", "mission", "project")
        ):
            yield _fact(
                "craft-of", scene, line, topic.subject, org, "lead", "actual", 0.6, (org.last, org.last + craft + 1)
            )
            return


def _agents(scene: Scene, line: Line, reads: Sequence[Read]) -> Iterator[Fact]:
    """Who launched, sent or approved it: the subject of the active verb, or whoever follows "by"."""
    orgs = list(line.of("org"))
    for read in reads:
        if read.cue.kind != "mission" or read.cue.agent != "lead" or not read.subjects:
            continue
        if read.reading.modality == "denied":
            continue
        agent = agent_of(line, read, orgs)
        if agent is None:
            continue
        for org in joined_items(line, agent, orgs):
            entry = scene.catalog.organisations.get(org.id)
            company = entry is not None and entry.kind == "company"
            role = "launch_vehicle" if company else "lead"
            for subject in read.subjects:
                yield _fact(
                    "agents",
                    scene,
                    line,
                    subject,
                    org,
                    role,
                    read.reading.modality,
                    0.74 - 0.06 * read.cost,
                    (read.match.first, read.match.last),
                )


def agent_of(line: Line, read: Read, orgs: Sequence[Item]) -> Item | None:
    """Return who does what the verb says: its subject in the active voice, whoever follows "by" in the passive."""
    if read.reading.voice == "passive":
        for org in orgs:
            gap = line.words[read.match.last : org.first]
            if org.first >= read.match.last and len(gap) < 9 and (gap[-1:] == ("by",) or gap[-2:] == ("by", "the")):
                return org
        return None
    best: tuple[float, Item] | None = None
    for org in orgs:
        if org.last > read.reading.first:
            continue
        if org.last < len(line.words) and line.words[org.last] in ("'s", "'"):
            continue
        if org.known is not None and org.known.form in ("demonym", "adjective"):
            continue
        if org.first and line.words[org.first - 1] in ("of", "from", "in", "with", "by", "for", "at", "to"):
            continue
        cost = line.between(org.last, read.reading.first)
        if cost < 1.0 and (best is None or cost < best[0]):
            best = (cost, org)
    return best[1] if best else None


def _joint(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """A joint venture: NASA and ISRO are collaborating on NISAR; NISAR, a venture of NASA and ISRO."""
    words = line.words
    orgs = [o for o in line.of("org") if not (o.known and o.known.form in ("demonym", "adjective"))]
    marks = scene.lexicon.classes["lead_noun"]
    for item in missions:
        if not any(w in marks for w in words):
            continue
        lists = [group for o in orgs if len(group := joined_items(line, o, orgs)) > 1]
        for group in lists:
            first, last = group[0], group[-1]
            reach = (
                line.between(last.last, item.first) if item.first >= last.last else line.between(item.last, first.first)
            )
            low, high = min(first.first, item.first), max(last.last + 4, item.last)
            if reach < 1.3 and any(w in marks for w in words[low:high]):
                for org in group:
                    yield _fact(
                        "joint",
                        scene,
                        line,
                        item.subject,
                        org,
                        "lead",
                        "actual",
                        0.74 - 0.08 * reach,
                        (item.first, item.last),
                    )
                break


def _providers(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Who brings what: verbs of giving with a thing whose noun has a role; the verb may be left out the second time."""
    words, lexicon = line.words, scene.lexicon
    things = _things(line, lexicon.providers)
    if not things:
        return
    orgs = list(line.of("org"))
    giving = lexicon.classes["provide"] | lexicon.classes["send"]
    verb = next((n for n, w in enumerate(words) if w in giving), -1)
    if verb < 0:
        yield from _from(scene, line, missions, topics, things, orgs)
        return
    governed = False
    for number, (at, last, role) in enumerate(things):
        gap = set(words[things[number - 1][1] : at]) if number else set()
        governed = _governed(words, at) or (governed and bool(gap) and gap <= {"and", ",", "the", "a", "an", "its"})
        if governed or any(
            m.mention and m.mention.form != "anaphor" and m.first < last and at < m.last for m in missions
        ):
            continue  # what stands behind "for the", and the mission itself, are not what is given
        verbs = lexicon.classes["provide"] | (lexicon.classes["send"] if role == "payload" else frozenset())
        org = _giver(line, at, orgs, verbs)
        if org is None:
            continue
        subject = _receiver(scene, line, missions, topics, at, things)
        if subject is None:
            continue
        start, end = min(org.first, at), max(org.last, last)
        verb = next((n for n in range(end - 1, start - 1, -1) if words[n] in verbs), verb)
        reading = read_verb(words, verb, _VERB_FORMS, lexicon)
        if reading.modality == "denied":
            continue
        modality: Modality = reading.modality
        for one in joined_items(line, _head(words, org, orgs), orgs):
            yield _fact("providers", scene, line, subject, one, role, modality, 0.72, (start, end))
    yield from _from(scene, line, missions, topics, things, orgs)


def _head(words: Sequence[str], org: Item, orgs: Sequence[Item]) -> Item:
    """The institute of "the Appleton Laboratory of the United Kingdom", not the country behind its name."""
    for other in orgs:
        gap = [w for w in words[other.last : org.first] if w not in ("the", "(", ")")]
        if other.last <= org.first and gap in (["of"], ["in"]):
            return other
    return org


def _governed(words: Sequence[str], at: int) -> bool:
    """Whether the thing stands behind a preposition: in "instruments for the lander" the lander is not what is given."""
    before = [w for w in words[max(0, at - 4) : at] if w not in ("the", "a", "an", "its", "their", "both", "this")]
    return bool(before) and before[-1] in (
        "to",
        "for",
        "on",
        "of",
        "aboard",
        "in",
        "from",
        "into",
        "with",
        "onto",
        "by",
    )


def _things(line: Line, providers: Mapping[str, str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(line.words):
        for size in (3, 2, 1):
            noun = " ".join(line.words[at : at + size])
            if noun in providers and at + size <= len(line.words):
                found.append((at, at + size, providers[noun]))
                at += size - 1
                break
        at += 1
    return found


def _giver(line: Line, at: int, orgs: Sequence[Item], provide: frozenset[str]) -> Item | None:
    """The organisation that gives the thing at this token: before it with a verb of giving, or with the verb left out."""
    words = line.words
    before = [o for o in orgs if o.last <= at and not (o.known and o.known.form in ("demonym", "adjective"))]
    after = [o for o in orgs if o.first > at]
    for org in after[:1]:
        gap = words[at : org.first]
        if (
            len(gap) <= 8
            and (gap[-1:] == ("by",) or gap[-2:] == ("by", "the"))
            and any(w in provide or w.endswith("ed") for w in gap)
        ):
            return org
    for org in reversed(before):
        gap = words[org.last : at]
        if any(w in (";", "while") for w in gap) or (
            "which" in gap and gap[:2] != (",", "which") and gap[:5].count("which") == 0
        ):
            break
        if org.last < len(words) and words[org.last] == "'s":
            continue
        if any(w in provide for w in gap):
            return org if line.between(org.last, at) < 2.0 else None
        if (
            len([w for w in gap if w.isalpha()]) <= 3
            and any(w in provide for w in words[: org.first])
            and set(gap) <= {"the", "a", "an", "its", "(", ")", ",", "lunar"}
        ):
            return org
    return None


def _receiver(
    scene: Scene,
    line: Line,
    missions: Sequence[Item],
    topics: Topics,
    at: int,
    things: Sequence[tuple[int, int, str]],
) -> int | None:
    """The mission that gets the thing: named after "for" or "of", else the nearest, else the topic."""
    outside = [
        m
        for m in missions
        if not any(m.first < last and first < m.last for first, last, _ in things)
        or (m.mention and m.mention.form == "proper")
    ]
    outside = [m for m in outside if not m.first <= at < m.last]
    if outside:
        best = min(outside, key=lambda m: line.between(m.last, at) if m.last <= at else line.between(at, m.first))
        return best.subject
    topic = current(line, topics, "mission")
    return topic.subject if topic else None


def _from(
    scene: Scene,
    line: Line,
    missions: Sequence[Item],
    topics: Topics,
    things: Sequence[tuple[int, int, str]],
    orgs: Sequence[Item],
) -> Iterator[Fact]:
    """A camera from Saudi Arabia; the radar comes from ISRO; the lander of Astrobotic."""
    for at, last, role in things:
        for org in orgs:
            gap = line.words[last : org.first]
            linked = gap[-1:] in (("from",), ("by",)) or gap[-2:] in (("from", "the"), ("by", "the"))
            if org.first < last or len(gap) > 4 or not linked:
                continue
            subject = _receiver(scene, line, missions, topics, at, things)
            if subject is not None:
                yield _fact("from", scene, line, subject, org, role, "actual", 0.7, (at, last))
