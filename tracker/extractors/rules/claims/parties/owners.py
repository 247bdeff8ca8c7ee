"""Owners: whose mission it is, told by the noun phrase around its name.

"JAXA's orbiter Selene", "India's first lunar mission", "Hera, a mission of ESA", "its Mars probe": no verb is needed.
"""

import itertools
from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.parties.appositions import CRAFT, LEAD, NOT_IN_PHRASE, apposed_facts
from tracker.extractors.rules.claims.parties.commissions import CHOOSES
from tracker.extractors.rules.claims.parties.operators import operator_facts
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.roles import Part, compound_role, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.topics import Topics, current
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import word_set

_OF_CRAFT = trigger(CRAFT)


def owner_facts(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield who leads the missions of a sentence, as far as possessives, appositions and adjectives tell."""
    if missions:
        yield from _possessive(scene, line, missions)
    if line.triggers & _OF_CRAFT:
        yield from _craft_of(scene, line, missions, topics)
    if missions:
        yield from operator_facts(scene, line, missions)


def _possessive(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """JAXA's Hayabusa; the Indian orbiter; the ESA-NASA probe; Hera, a mission of ESA."""
    orgs = list(line.of("org"))
    last: tuple[Item, Item] | None = None
    for item in missions:
        where = (item.first, item.last)
        yield from _within(scene, line, item, orgs)
        owners = _phrase_owners(line, item, orgs)
        if not owners:
            pronoun = _pronoun_owner(line.words, item, orgs)
            anaphor = item.mention is None or item.mention.form == "anaphor"
            if pronoun is None and not anaphor and _opens_with_its(line, item):
                before = _spoken_of(scene, line)
                if before is not None:
                    told, org = before
                    part = Part("possessive", "lead", "actual", LEAD - 0.1)
                    yield role_fact(scene, told, item.subject, org, part, (org.first, org.last))
            owners = {"lead": pronoun} if pronoun is not None else {}
        for role, owner in owners.items():
            for org in [owner] if compound_role(line, owner) else _joint_owners(line, owner, orgs):
                yield role_fact(scene, line, item.subject, org, Part("possessive", role, "actual", LEAD), where)
        yield from apposed_facts(scene, line, item, orgs)
        if not owners and last is not None and _goes_on(line, last[0], item):
            owners = {"lead": last[1]}
            part = Part("possessive", "lead", "actual", LEAD - 0.12)
            yield role_fact(scene, line, item.subject, last[1], part, where)
        last = (item, owners["lead"]) if "lead" in owners else None


def _within(scene: Scene, line: Line, item: Item, orgs: Sequence[Item]) -> Iterator[Fact]:
    """Who stands inside the phrase that is the mission's name or points back to it: "the Chinese-built satellite"."""
    form = item.mention.form if item.mention is not None else "proper"
    for org in orgs if form in ("descriptive", "anaphor") else ():
        inside = item.first <= org.first and org.last <= item.last
        ranked = line.words[org.first - 1 : org.first] in _FIRST and line.words[item.last : item.last + 1] != ("to",)
        whose = form == "descriptive" or ranked  # not "the first American spacecraft to land since"
        role = compound_role(line, org) or ("lead" if whose else None)
        if inside and role is not None:
            part = Part("possessive", role, "actual", LEAD)
            yield role_fact(scene, line, item.subject, org, part, (item.first, item.last))


_FIRST = tuple((word,) for word in ("first", "second", "third", "fourth", "fifth", "new", "next", "latest"))


def _goes_on(line: Line, one: Item, other: Item) -> bool:
    """Whether a list goes on from one mission to the other: "NASA's X probe and Y", "two satellites of Kenya, X and Y"."""
    gap = [w for w in line.words[one.last : other.first] if w not in CRAFT]
    return (
        "and" in gap
        and len(gap) <= _LIST
        and set(gap) <= {",", "and", "the", "its", "asteroid", "lunar", "mars", "weather"}
    )


_LIST = 3  # words


def _joint_owners(line: Line, owner: Item, orgs: Sequence[Item]) -> list[Item]:
    """Who owns it with this one; "X of China and Brazil, Russia's Y" begins anew behind the comma."""
    group = joined_items(line, owner, orgs)
    kept, ended = [group[0]], False
    for one, other in itertools.pairwise(group):
        link = line.words[one.last : other.first]
        if ended and "," in link:
            if owner in kept:
                return kept
            kept = []
        ended = ended or "and" in link
        kept.append(other)
    return kept


def _phrase_owners(line: Line, item: Item, orgs: Sequence[Item]) -> dict[str, Item]:
    """By role, who stands in the noun phrase in front of a mission: "ESA's Airbus-built X" has two of them."""
    words = line.words
    found: dict[str, Item] = {}
    for org in orgs:
        between = (i for i in line.of("vehicle", "subject") if i.subject != item.subject or i.kind == "vehicle")
        if org.last > item.first or any(org.last <= i.first < item.first for i in between):
            continue  # "aboard a Chinese Long March, the satellite", "like India's X, the lander Y"
        gap = words[org.last : item.first]
        if _is_noun_phrase(gap, org, line) or (set(gap) <= {",", "the"} and _craft_before(words, org)):
            found[compound_role(line, org) or "lead"] = org
    return found


def _pronoun_owner(words: Sequence[str], item: Item, orgs: Sequence[Item]) -> Item | None:
    """Whose "its orbiter Selene" is: the last organisation named before it in the sentence."""
    low = max(0, item.first - 6)
    front = list(words[low : item.first])
    behind = list(words[item.last : item.last + 2])
    its = max((n for n, w in enumerate(front) if w in ("its", "their")), default=-1)
    if its >= 0 and not any(w in NOT_IN_PHRASE for w in front[its:]) and front[-1:] != [","]:
        where = low + its
    elif behind == [",", "its"] and any(w in CRAFT for w in words[item.last + 2 : item.last + 6]):
        where = item.first
    else:
        return None
    before = [o for o in orgs if o.last <= where and not (o.known and o.known.form in ("demonym", "adjective"))]
    free = [o for o in before if o.first == 0 or words[o.first - 1] not in _GOVERNED | CHOOSES]
    return (free or before)[-1] if before else None


def _opens_with_its(line: Line, item: Item) -> bool:
    """Whether the sentence begins with what belongs to the party spoken of: "Its last attempt, Mars 96, …"."""
    words = line.words
    gap = words[1 : item.first]
    near = words[:1] in (("its",), ("their",)) and len(gap) <= _ITS
    return near and not any(w in NOT_IN_PHRASE for w in gap) and gap.count(",") <= 1


_ITS = 6  # words


def _spoken_of(scene: Scene, line: Line) -> tuple[Line, Item] | None:
    """The agency or state that a sentence shortly before is about, in the same paragraph."""
    for told in reversed([other for other in scene.lines if line.number - _BACK <= other.number < line.number]):
        if told.paragraph != line.paragraph:
            return None
        for org in told.of("org"):
            entry = scene.catalog.organisations.get(org.id)
            state = org.id in scene.catalog.countries or (entry is not None and entry.kind == "agency")
            free = org.first == 0 or told.words[org.first - 1] not in _GOVERNED | {"'s"}
            if state and free and org.known is not None and org.known.form not in ("demonym", "adjective", "capital"):
                return told, org
    return None


_BACK = 3  # sentences
_GOVERNED = word_set("with for from by of to at in on under")


def _is_noun_phrase(gap: Sequence[str], org: Item, line: Line) -> bool:
    """Whether the words between an owner and a mission are only adjectives and nouns of the mission."""
    if len(gap) > 7:
        return False
    words = line.words
    adjective = compound_role(line, org) is not None or (
        org.known is not None and org.known.form in ("demonym", "adjective")
    )
    owned = (
        (bool(gap) and gap[0] in ("'s", "'", "’s", "’")) or adjective or words[org.last - 1].endswith("s'") or not gap
    )
    craft = (bool(gap) and gap[-1] in CRAFT) or (len(gap) > 1 and gap[-1] == "," and gap[-2] in CRAFT)
    if not (owned or craft):
        return False
    return not any(w in NOT_IN_PHRASE for w in gap)


def _craft_before(words: Sequence[str], org: Item) -> bool:
    """Whether "two satellites of the" stands in front of the organisation."""
    front = words[max(0, org.first - 4) : org.first]
    return any(w in ("of", "from") for w in front[-2:]) and any(
        w.rstrip("s") in CRAFT or w.endswith("satellites") for w in front
    )


def _is_craft_of(scene: Scene, line: Line, org: Item) -> bool:
    """Whether a noun of a craft, in small letters, stands behind an agency: "the NASA orbiter", not "the SAARC Satellite"."""
    entry = scene.catalog.organisations.get(org.id)
    noun = line.words[org.last : org.last + 1] in _CRAFT_NOUNS
    return (
        noun and entry is not None and entry.kind == "agency" and scene.document.text[line.starts[org.last]].islower()
    )


_PART_NOUNS = (("lander",), ("rover",), ("orbiter",))
_CRAFT_NOUNS = frozenset((noun,) for noun in CRAFT - {"mission", "project", "programme", "program"})


def _craft_of(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """NASA's next Mars lander: the craft of an owner in a sentence that names no mission is the topic's."""
    topic = current(line, topics, "mission")
    proper = [m for m in missions if m.mention and m.mention.form == "proper"]
    if topic is None or (proper and not topics.get("section mission")):
        return
    subject = proper[0].subject if proper and proper[0].first <= 1 else topic.subject
    words = line.words
    for org in line.of("org"):
        adjective = org.known is not None and org.known.form in ("demonym", "adjective")
        if compound_role(line, org) is not None or not (
            (adjective and words[org.last : org.last + 1] in _PART_NOUNS)
            or words[org.last : org.last + 1] == ("'s",)
            or words[org.last : org.last + 1] in (("craft",), ("spacecraft",), ("probe",))
            or (words[max(0, org.first - 1)] == "the" and _is_craft_of(scene, line, org))
        ):
            continue
        behind = words[org.last : org.last + 6]
        craft = next((n for n, w in enumerate(behind) if w in CRAFT), None)
        if (
            craft is not None
            and not any(w in NOT_IN_PHRASE or w == "," for w in behind[:craft])
            and behind[craft] not in ("programme", "program", "mission", "project")
        ):
            one = scene.subjects[subject]
            called = " ".join((one.name, *one.aliases, *(m.text for m in one.mentions))).lower()
            if _names_another(scene, line, org.last + craft) or (
                behind[craft] in _KINDS and behind[craft] not in called
            ):
                return
            part_of = adjective and (behind[craft],) in _PART_NOUNS and behind[craft] not in called
            role = behind[craft] if part_of else "lead"
            part = Part("craft-of", role, "actual", 0.6)
            yield role_fact(scene, line, subject, org, part, (org.last, org.last + craft + 1))
            return


_KINDS = frozenset(("satellite", "telescope", "observatory", "capsule"))


def _names_another(scene: Scene, line: Line, at: int) -> bool:
    """Whether a name stands behind the noun, so that it is another's: "the Kenyan spacecraft Taifa-9"."""
    return at + 1 < len(line.words) and scene.document.text[line.starts[at + 1]].isupper()
