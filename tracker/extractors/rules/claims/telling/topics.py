"""Topics: what a sentence speaks of that names nothing.

News says a name once and goes on with "it", "the craft", "the launch" or nothing at all. The topic is what the sentence before was
about, the head of its section ("Psyche. One more week."), or the mission that the whole article is about.
"""

from collections.abc import Sequence

import msgspec

from tracker.domain.claim import Kind
from tracker.extractors.catalog import KnownMission
from tracker.extractors.rules.claims.scene.clauses import stands_free
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.asides import aside_start
from tracker.extractors.rules.claims.telling.belongings import LINKS, WITH_PARTS, is_own_part
from tracker.extractors.rules.claims.telling.cues import CueMatch, object_follows
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.subjects.pacts.plurals import PLURAL
from tracker.extractors.rules.subjects.page.crafts import NOUNS as CRAFTS
from tracker.extractors.rules.subjects.page.subject import Subject
from tracker.extractors.rules.words import word_set

EVENT_NOUNS = word_set(
    """launch launches launching lift-off liftoff landing touchdown flight mission project spacecraft probe satellite
    craft it they them both which who now departure attempt try voyage journey trip start talk date arrival team
    agency officials engineers managers lander rover orbiter rotorcraft telescope observatory"""
)
_CLAUSE = word_set(", ; : and but that which when after before while then because — – -- (")
_GENERAL = word_set("all every any most half countries nations past history many few several")
_PLAN = word_set("plan plans proposal scheme project venture")
_PLAN_REACH = 4  # paragraphs
_GENERIC = word_set(
    """mission project plan programme program spacecraft probe satellite craft lander orbiter rover telescope
    observatory scheme venture agreement deal pact memorandum mou accord contract meeting summit"""
)


_STANDING = _GENERIC | word_set("launch flight liftoff lift-off landing touchdown")


class Topic(msgspec.Struct, frozen=True):
    """What the sentences before were about, by kind: the subject, and the line and paragraph that named it.

    `others` are what was named shortly before it: with it they are "both" and "the two spacecraft".
    """

    subject: int
    line: int
    paragraph: int
    others: tuple[int, ...] = ()


Topics = dict[str, Topic]
"""By kind, what the sentence before was about; by `main` and kind, what the article is."""


def is_station(scene: Scene, subject: int) -> bool:
    """Whether the subject is a station: more often where others go than what the news is about."""
    entry = scene.catalog.get(scene.subjects[subject].catalog_id or "")
    return isinstance(entry, KnownMission) and entry.kind == "station"


def has_generic_subject(line: Line, reading: Reading) -> bool:
    """Whether "the project" or "the mission" right in front of the verb stands for the topic."""
    front = line.words[max(0, reading.first - 4) : reading.first]
    the = max((n for n, w in enumerate(front) if w in ("the", "this", "its", "whole")), default=-1)
    named = any(
        i.kind in ("subject", "vehicle") and i.last > reading.first - len(front) + the
        for i in line.items
        if i.first < reading.first
    )
    return the >= 0 and front[-1] in _STANDING and the < len(front) - 1 and not named


def may_continue(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a sentence that names no subject of the kind goes on about the topic: near it, with the cue in its first clause."""
    opened = aside_start(line.words, reading.first)
    way = line.between(0, match.first) if opened is None else line.between(0, opened)
    if line.heading or way > 2.6 or any(w in _GENERAL for w in line.words[max(0, reading.first - 3) : match.last + 3]):
        return False
    others = any(
        i.kind in ("vehicle", "org")
        and not _owns_subject(line, i, reading)
        and i.last <= (match.first if opened is None else opened)
        and not (i.known and i.known.form in ("demonym", "adjective"))
        for i in line.items
    )
    if match.cue.sort == "noun" or (match.cue.sort in ("schedule", "shift", "scrub") and not match.forms):
        return True
    if (
        match.cue.kind == "mission"
        and match.cue.sort in ("schedule", "shift")
        and _is_of_managers(line, match, reading)
    ):
        return True
    if match.cue.status in WITH_PARTS and is_own_part(line, reading):
        return not others  # "the payload is being built"
    if match.cue.theme != "object" or reading.voice != "active":
        if not _elliptic(line, reading, match.cue.kind):
            return False
        if match.cue.sort in ("schedule", "shift", "scrub"):
            return True
    if match.cue.theme == "object" and reading.voice == "active":
        if {"it", "them"} & set(line.words[match.first : match.last]):
            return True  # "a Soyuz put it into orbit"
        if match.cue.kind == "mission" and not object_follows(line, match):
            return not others and _elliptic(line, reading, match.cue.kind)  # "it was meant to fly in 2004"
        signs = match.cue.kind == "agreement" and not object_follows(line, match)
        return signs or line.words[match.last : match.last + 1] in (("it",), ("them",), ("both",))
    return not others


def _owns_subject(line: Line, item: Item, reading: Reading) -> bool:
    """Whether a name only tells whose craft is the subject of the verb: "the Acme Corp. spacecraft was launched"."""
    between = [w for w in line.words[item.last : reading.first] if w not in (".", "'s", "'")]
    the = line.words[max(0, item.first - 1) : item.first] == ("the",)
    return item.kind == "org" and the and 0 < len(between) <= _OWNED and between[-1] in CRAFTS


_OWNED = 3  # words
_MANAGERS = word_set(
    "agency company operator firm officials managers engineers planners team teams ministry organisation organization controllers"
)


def _is_of_managers(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether those who run the mission are said to aim for a day: "the agency is now targeting 23 September"."""
    if reading.voice == "passive" or not reading.first or line.words[match.last : match.last + 1] == ("to",):
        return False
    orgs = (i for i in line.of("org") if i.last == reading.first)
    named = any(not i.first or line.words[i.first - 1] not in ("that", "which") for i in orgs)
    return named or line.words[reading.first - 1] in _MANAGERS


_NONE = word_set("no any every each neither")
_TWINS = word_set("satellites probes orbiters landers rovers cubesats microsatellites twins missions telescopes crafts")
_ANOTHER = word_set(
    "second third fourth another other next future previous earlier predecessor successor forerunner rival sister"
)


def is_plural(line: Line, reading: Reading) -> bool:
    """Whether the subject of the verb is "both", "the two spacecraft", "the pair"."""
    low = max(0, reading.first - 4)
    front = line.words[low : reading.first]
    if "both" in front or "pair" in front:
        return True
    if len(front) > 1 and front[-1] in _TWINS | PLURAL and front[-2] in ("the", "these", "both"):
        return True
    at = next((n for n, w in enumerate(front, low) if w in ("two", "twin")), 0)
    return at > 0 and line.words[at - 1] in ("the", "these", "those", "its", "all")


def _elliptic(line: Line, reading: Reading, kind: str) -> bool:
    """Whether what stands in front of the verb can stand for the topic: a pronoun, "the craft", an event of it, or nothing."""
    front: list[str] = []
    opened = aside_start(line.words, reading.first)
    for word in reversed(line.words[: reading.first if opened is None else opened]):
        if word in _CLAUSE or len(front) == 5:
            break
        front.append(word)
    near = front[:2]
    if not front and reading.first > 1 and line.words[reading.first - 1] == ",":  # "its next craft, Y, has slipped"
        start = max((n for n in range(reading.first - 1) if line.words[n] == ","), default=0)
        if _ANOTHER & set(line.words[max(0, start - 6) : start]):
            return False
    if _ANOTHER & set(front[:4]) or (kind != "mission" and _NONE & set(front[:4])):
        return False  # "its second mission", "another probe", "no agreement"
    if kind == "mission" and line.words[reading.first] in LINKS:
        return True  # "a year later contact was lost"
    if near and near[0] in _TWINS:
        return kind == "mission" and "the" in front
    if kind != "mission" and near[:1] and near[0] in ("it", "this", "that"):
        return True  # no agency is signed, and none takes place
    if not front or any(w in _GENERIC for w in near) or (kind == "mission" and any(w in EVENT_NOUNS for w in near)):
        return True
    return any(i.kind == "date" and i.last == reading.first for i in line.items)


def current(line: Line, topics: Topics, kind: str) -> Topic | None:
    """Return what a sentence that names nothing goes on about: the topic of the sentences just before, else of the article."""
    topic = topics.get(kind)
    section = topics.get("section " + kind)
    if section is not None and section.paragraph == line.paragraph:
        return section
    joint = topics.get("joint " + kind)
    here = topic is not None and topic.paragraph == line.paragraph
    if joint is not None and not here and len({i.country for i in line.of("org") if i.country}) > 1:
        return joint  # who brings what to a venture of two countries
    if topic is not None and line.number - topic.line <= 3 and line.paragraph - topic.paragraph <= 1:
        return topic
    main = topics.get("main " + kind) if kind == "mission" else None
    return main if main is not None and line.number >= main.line else None  # not before the text has named it


def has_generic_object(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether the verb's object is "the plan" or "the project", which stands for the topic."""
    if reading.voice != "active" or match.cue.theme != "object":
        return False
    behind = line.words[match.last : match.last + 4]
    return (
        len(behind) > 1
        and behind[0] in ("the", "this", "its", "their", "that")
        and any(w in _GENERIC for w in behind[1:3])
    )


def first_topics(scene: Scene) -> Topics:
    """Return what the article as a whole is about: of each kind its only subject, or the one that it speaks of most."""
    topics: Topics = {}
    if not scene.lines:
        return topics
    first = scene.lines[0]
    for kind in ("mission",):
        counts = sorted(
            (
                (len(s.mentions), -s.mentions[0].start, n)
                for n, s in enumerate(scene.subjects)
                if s.kind == kind and s.mentions and not is_station(scene, n)
            ),
            reverse=True,
        )
        title = (scene.document.ref.title or "").casefold()
        titled = [c for c in counts if any(name.casefold() in title for name in _names(scene.subjects[c[2]]))]
        if titled:
            counts = titled[:1]
        if counts and (len(counts) == 1 or (counts[0][0] >= 3 and counts[0][0] > counts[1][0])):
            named = next((line.number for line in scene.lines if _names_it(line, counts[0][2])), first.number)
            topics["main " + kind] = Topic(counts[0][2], first.number if titled else named, first.paragraph)
        joint = [
            n
            for _, _, n in counts
            if any("joint" in name for name in _names(scene.subjects[n])) or len(scene.subjects[n].parties) > 1
        ]
        if joint:
            topics["joint " + kind] = Topic(joint[0], first.number, first.paragraph)
    return topics


_COMING = frozenset(("proposed", "under_study", "approved", "in_development"))


def remember_plans(scene: Scene, line: Line, topics: Topics, told: Sequence[Fact]) -> Topics:
    """Return the topics with the mission of which a sentence told plans: later "the plan" and "a rover is to land" speak of it."""
    for fact in told:
        coming = fact.value in _COMING if fact.attribute == "status" else fact.modality in ("planned", "possible")
        if coming and scene.subjects[fact.subject].kind == "mission":
            topic = Topic(fact.subject, line.number, line.paragraph)
            named = any(scene.subjects[i.subject].kind == "mission" for i in line.of("subject"))
            return {**topics, "plan mission": topic, **({} if named else {"mission": topic})}
    return topics


def planned(topics: Topics, line: Line) -> Topic | None:
    """Return the mission that "the plan" means, told of not long before."""
    topic = topics.get("plan mission")
    return topic if topic is not None and line.paragraph - topic.paragraph <= _PLAN_REACH else None


def speaks_of_plan(line: Line, at: int) -> bool:
    """Whether "the plan" stands in front of the token, as a subject or with its relative: "under the plan, which was …"."""
    front = [w for w in line.words[max(0, at - 4) : at] if w not in (",", "which", "that", "also", "already")]
    return len(front) >= 2 and front[-1] in _PLAN and front[-2] in ("the", "this", "that", "its", "their")


def has_part_subject(line: Line, reading: Reading) -> bool:
    """Whether a part that nobody has named yet is the subject of a plan: "a rover is to land there by 2030"."""
    if reading.modality not in ("planned", "possible"):
        return False
    front = line.words[max(0, reading.first - 4) : reading.first]
    return bool(front) and front[-1] in _PARTS and any(w in ("a", "an", "one", "another") for w in front)


_PARTS = word_set("rover lander orbiter probe spacecraft craft capsule")


def _names_it(line: Line, subject: int) -> bool:
    return any(i.subject == subject for i in line.of("subject"))


def _names(subject: Subject) -> tuple[str, ...]:
    return (subject.name, *subject.aliases)


_LABEL = 6  # words
_SAYS = word_set("is are was were has have had will would can could may might")


def _is_label(line: Line, item: Item) -> bool:
    """Whether a name heads a paragraph of a round-up: "Juno. Still at Jupiter.", "HERA: the probe …", "Hera -- ESA's probe …"."""
    if item.first > 1:
        return False
    short = len([w for w in line.words if w.isalnum()]) <= _LABEL and line.words[-1] in (".", ":")
    short = short and not _SAYS & set(line.words)
    return short or (item.first == 0 and line.words[item.last : item.last + 1] in ((":",), ("--",), ("—",), ("–",)))


_HEADED = 6  # words


def _heads_of(line: Line, at: int) -> bool:
    """Whether the sentence begins with what is somebody's: "The two craft of X left" speaks of X."""
    front = line.words[:at]
    last = max((n for n, w in enumerate(front) if w == "of"), default=0)
    return last > 0 and at <= _HEADED and "," not in front and line.way[last] < line.way[0] + _HEADED * _STEP


_STEP = 0.1  # a word, with none among them that breaks a clause


def update_topics(scene: Scene, line: Line, topics: Topics) -> Topics:
    """Return the topics after a sentence: its first subject of each kind, and none of a heading's past."""
    named = line.of("subject")
    if not named:
        return topics
    after = dict(topics)
    seen: set[Kind] = set()
    if line.heading or _is_label(line, named[0]):
        item = named[0]
        after["section " + scene.subjects[item.subject].kind] = Topic(item.subject, line.number, line.paragraph)
    for item in named:
        kind = scene.subjects[item.subject].kind
        held = topics.get(kind)
        aside = item.first > 0 and not stands_free(line.words, item) and not _heads_of(line, item.first)
        if is_station(scene, item.subject) and held:
            continue
        if kind in seen or (aside and held and line.number - held.line <= 2):
            continue  # what is only mentioned ("with the data of X") does not become the topic
        seen.add(kind)
        before = (held.subject, *held.others) if held and line.number - held.line <= 3 else ()
        with_it = tuple(
            i.subject for i in named if scene.subjects[i.subject].kind == kind and i.subject != item.subject
        )
        others = tuple(dict.fromkeys((*with_it, *before)))
        after[kind] = Topic(
            item.subject, line.number, line.paragraph, tuple(n for n in others if n != item.subject)[:1]
        )
    return after
