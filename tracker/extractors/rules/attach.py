"""Attachment: which subject a cue speaks of, and which cue a date belongs to.

Every candidate pair has a cost: the way between the two, more on the wrong side of the verb, more behind a preposition, more with
a rival in between. The cheapest pair wins, and a pair that is too dear is none.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tracker.domain.claim import Kind
from tracker.extractors.catalog import KnownMission
from tracker.extractors.lexicon import Cue
from tracker.extractors.rules.cues import CueMatch
from tracker.extractors.rules.modality import Reading
from tracker.extractors.rules.scene import Item, Line, Scene
from tracker.extractors.rules.subject import Subject

_PREPOSITIONS = frozenset(
    ["of", "for", "to", "with", "than", "from", "by", "after", "in", "on", "since", "as", "unlike", "like", "before", "behind", "over", "about", "at", "via", "under", "between", "into", "following"]
)
_INTRANSITIVE = frozenset(
    ["in", "on", "at", "from", "by", "aboard", "atop", "with", "into", "to", "for", "as", "after", "before", "during", "late", "early", "later", "last", "next", "this", "yesterday", "today", "tomorrow", "and", "but", "while", "which", "who", "when", "where", ",", ".", ";", ":", ")", "(", "-", "–", "—", "again", "together", "successfully", "separately", "back", "no", "not", "within", "around", "between", "until", "since", "under", "using", "alongside", "soon"]
)
_JOINTS = frozenset(
    (",", "and", "or", "&", "as", "well", "both", "the", "its", "a", "an", "then", "twin", "satellites", "with")
)


class Read(msgspec.Struct, frozen=True):
    """A cue with how it is meant, whom it speaks of and what that costs."""

    match: CueMatch
    reading: Reading
    subjects: tuple[int, ...]
    item: Item | None
    cost: float

    @property
    def cue(self) -> Cue:
        """The row of the lexicon."""
        return self.match.cue


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


def find_theme(scene: Scene, line: Line, match: CueMatch, reading: Reading, topics: Topics) -> Read | None:
    """Return the cue with its subject, or None where it has none in reach."""
    cue = match.cue
    weights = scene.lexicon.weights
    if cue.kind == "other":
        return Read(match, reading, (), None, 0.0)
    items = [i for i in line.of("subject") if scene.subjects[i.subject].kind == cue.kind]
    best: tuple[float, Item] | None = None
    named = any(not is_station(scene, i.subject) for i in items)
    for item in items:
        if named and is_station(scene, item.subject):
            continue
        cost = _theme_cost(scene, line, match, reading, item, items)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, item)
    if cue.near:
        return Read(match, reading, (best[1].subject,), best[1], best[0]) if best and best[0] <= 0.4 else None
    section = topics.get("section " + cue.kind)
    if section and section.paragraph == line.paragraph and (best is None or best[0] > 0.75):
        return Read(match, reading, (section.subject,), None, 0.75)
    if best and best[0] <= weights["theme_limit"]:
        return Read(match, reading, _conjoined(line, best[1], items), best[1], best[0])
    topic = current(line, topics, cue.kind)
    if topic is None:
        return None
    plural = line.words[match.last : match.last + 1] in (("both",), ("them",)) or _plural(line, reading)
    if plural and topic.others and not named:
        return Read(match, reading, (topic.subject, *topic.others), None, weights["topic"])
    firm = [i for i in items if not is_station(scene, i.subject)]
    if not firm and _may_continue(line, match, reading):
        return Read(match, reading, (topic.subject,), None, weights["topic"])
    if _generic_object(line, match, reading) or _generic_subject(line, reading):
        return Read(match, reading, (topic.subject,), None, weights["topic"])
    return None


def is_station(scene: Scene, subject: int) -> bool:
    """Whether the subject is a station: more often where others go than what the news is about."""
    entry = scene.catalog.get(scene.subjects[subject].catalog_id or "")
    return isinstance(entry, KnownMission) and entry.kind == "station"


def _generic_subject(line: Line, reading: Reading) -> bool:
    """Whether "the project" or "the mission" right in front of the verb stands for the topic."""
    front = line.words[max(0, reading.first - 2) : reading.first]
    return len(front) == 2 and front[0] in ("the", "this", "its", "whole") and front[1] in _GENERIC


def _theme_cost(
    scene: Scene, line: Line, match: CueMatch, reading: Reading, item: Item, items: Sequence[Item]
) -> float | None:
    """What it costs to take this item for the cue's subject; None where grammar forbids it."""
    weights = scene.lexicon.weights
    words = line.words
    if item.first < match.last and match.first < item.last:  # "the first flight of X" is itself the subject
        return 0.3
    left = item.first < match.first
    if left:
        cost = line.between(item.last, max(reading.first, item.last))
        relative = reading.first > 0 and words[reading.first - 1] in scene.lexicon.classes["relative"]
        before = words[item.first - 1] if item.first else ""
        if before in ("the", "its", "their", "a", "an") and item.first > 1:
            before = words[item.first - 2]
        if before in _PREPOSITIONS and not relative:
            cost += 0.45
        rivals = sum(1 for i in items if item.last <= i.first < match.first and i.subject != item.subject)
        cost += 0.8 * sum(
            1 for i in line.of("vehicle") if item.last <= i.first < match.first and _free(words, i) and not relative
        )
    else:
        cost = line.between(match.last, item.first)
        before = words[item.first - 1]
        if match.cue.theme == "subject" and before in _PREPOSITIONS:
            cost += 0.6
        rivals = sum(1 for i in items if match.last <= i.first < item.first and i.subject != item.subject)
        relative = False
    cost += rivals * weights["rival"]
    return _with_side(line, match, reading, cost, left=left, relative=relative, weights=weights)


def _free(words: Sequence[str], item: Item) -> bool:
    """Whether a name stands without a preposition, so that it can be the subject of the verb behind it."""
    before = [w for w in words[max(0, item.first - 3) : item.first] if w not in ("a", "an", "the", "its")]
    return not before or before[-1] not in _PREPOSITIONS | {"aboard", "atop"}


def _with_side(
    line: Line,
    match: CueMatch,
    reading: Reading,
    cost: float,
    *,
    left: bool,
    relative: bool,
    weights: Mapping[str, float],
) -> float | None:
    theme = match.cue.theme
    wrong = weights["wrong_side"]
    if match.cue.sort == "schedule" and left and not relative and match.forms and not _is_grammatical(line, reading):
        cost += 0.7
    if reading.voice == "noun":
        following = line.words[match.last] if match.last < len(line.words) else ""
        if theme == "of" and not left and (following in ("of", "for") or match.cue.patterns[0].endswith(" of")):
            return cost * 0.5
        if theme == "subject" and not left:
            return cost + wrong
        return cost + (0.1 if left else 0.35)
    if theme == "object" and reading.voice == "active":
        pronoun = line.words[match.last : match.last + 1] in (("it",), ("them",))
        if left:
            return cost + 0.3 if relative or pronoun or not object_follows(line, match) else None
        return None if pronoun else cost
    if theme in ("subject", "object") and not left:
        return cost + wrong * (1.0 if theme == "subject" and not reading.bare else 0.8)
    return cost


def _is_grammatical(line: Line, reading: Reading) -> bool:
    """Whether the word in front of a verb group can belong to its subject being a mission or an event of one."""
    at = reading.first
    before = line.words[at - 1] if at else ""
    if before in _EVENT_NOUNS or not before.isalpha():
        return True
    return any(i.last in (at, at - 1) and i.kind in ("subject", "org", "date") for i in line.items)


_EVENT_NOUNS = frozenset(
    ["launch", "launches", "launching", "lift-off", "liftoff", "landing", "touchdown", "flight", "mission", "project", "spacecraft", "probe", "satellite", "craft", "it", "they", "them", "both", "which", "who", "now", "departure", "attempt", "try", "voyage", "journey", "trip", "start", "talk", "date", "arrival", "team", "agency", "officials", "engineers", "managers", "lander", "rover", "orbiter"]
)


def object_follows(line: Line, match: CueMatch) -> bool:
    """Return whether an object stands behind the verb, so that the subject in front of it cannot be what was launched."""
    at = match.last
    if at >= len(line.words) or line.words[at] in _INTRANSITIVE:
        return False
    return not any(i.kind == "date" and i.first == at for i in line.items)


def _conjoined(line: Line, item: Item, items: Sequence[Item]) -> tuple[int, ...]:
    """The subject with those it is coordinated with: "A, B and C were launched"."""
    at = items.index(item)
    low = high = at
    while low > 0 and _joined(line, items[low - 1], items[low]):
        low -= 1
    while high + 1 < len(items) and _joined(line, items[high], items[high + 1]):
        high += 1
    group = items[low : high + 1]
    if low != high and not any("and" in line.words[a.last : b.first] for a, b in itertools.pairwise(group)):
        return (item.subject,)
    return tuple(dict.fromkeys(i.subject for i in group))


def _joined(line: Line, one: Item, other: Item) -> bool:
    gap = line.words[one.last : other.first]
    return bool(gap) and len(gap) <= 3 and all(w in _JOINTS for w in gap) and any(w in (",", "and", "&") for w in gap)


def joined_items(line: Line, item: Item, items: Sequence[Item]) -> list[Item]:
    """The items of one list with this one: "India, Japan and Vietnam"."""
    at = items.index(item)
    low = high = at
    while low > 0 and _near(line, items[low - 1], items[low]):
        low -= 1
    while high + 1 < len(items) and _near(line, items[high], items[high + 1]):
        high += 1
    return list(items[low : high + 1])


def _near(line: Line, one: Item, other: Item) -> bool:
    if other.start - one.end == 1 and one.last >= other.first:  # "the ESA-NASA probe"
        return True
    gap = [w for w in line.words[one.last : other.first] if w not in ("(", ")", "the")]
    if "(" in line.words[one.last : other.first]:
        gap = [w for w in gap if (w.isalpha() and w in ("and", "as", "well")) or w in (",", "&")]
    return (
        bool(gap)
        and len(gap) <= 3
        and all(w in (",", "and", "&", "as", "well", "both", "or", "with", "together") for w in gap)
    )


def _may_continue(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a sentence that names no subject of the kind goes on about the topic: near it, with the cue in its first clause."""
    if line.heading or line.between(0, match.first) > 2.6 or any(w in _GENERAL for w in line.words):
        return False
    others = any(i.kind in ("vehicle", "org") and i.last <= match.first for i in line.items)
    if match.cue.sort == "noun" or (match.cue.sort in ("schedule", "shift", "scrub") and not match.forms):
        return True
    if match.cue.theme != "object" or reading.voice != "active":
        if not _elliptic(line, reading, match.cue.kind):
            return False
        if match.cue.sort in ("schedule", "shift", "scrub"):
            return True
    if match.cue.theme == "object" and reading.voice == "active":
        signs = match.cue.kind == "agreement" and not object_follows(line, match)
        return signs or line.words[match.last : match.last + 1] in (("it",), ("them",), ("both",))
    return not others


def _plural(line: Line, reading: Reading) -> bool:
    """Whether the subject of the verb is "both", "the two spacecraft", "the pair"."""
    front = line.words[max(0, reading.first - 4) : reading.first]
    return any(w in ("both", "two", "pair", "twin") for w in front)


def _elliptic(line: Line, reading: Reading, kind: str) -> bool:
    """Whether what stands in front of the verb can stand for the topic: a pronoun, "the craft", an event of it, or nothing."""
    front: list[str] = []
    for word in reversed(line.words[: reading.first]):
        if word in _CLAUSE or len(front) == 5:
            break
        front.append(word)
    if not front or any(w in _GENERIC for w in front) or (kind == "mission" and any(w in _EVENT_NOUNS for w in front)):
        return True
    return any(i.kind == "date" and i.last == reading.first for i in line.items)


_CLAUSE = frozenset(
    (
        ",",
        ";",
        ":",
        "and",
        "but",
        "that",
        "which",
        "when",
        "after",
        "before",
        "while",
        "then",
        "because",
        "—",
        "–",
        "--",
        "(",
    )
)


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
    return topics.get("main " + kind) if kind == "mission" else None


_GENERAL = frozenset(
    ("all", "every", "any", "most", "half", "countries", "nations", "past", "history", "many", "few", "several")
)


_GENERIC = frozenset(
    ["mission", "project", "plan", "programme", "program", "spacecraft", "probe", "satellite", "craft", "lander", "orbiter", "rover", "telescope", "observatory", "scheme", "venture", "agreement", "deal", "pact", "memorandum", "mou", "accord", "contract", "meeting", "summit"]
)


def _generic_object(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether the verb's object is "the plan" or "the project", which stands for the topic."""
    if reading.voice != "active" or match.cue.theme != "object":
        return False
    behind = line.words[match.last : match.last + 4]
    return (
        len(behind) > 1
        and behind[0] in ("the", "this", "its", "their", "that")
        and any(w in _GENERIC for w in behind[1:3])
    )


def assign_dates(line: Line, reads: Sequence[Read], limit: float) -> dict[int, list[tuple[Item, float]]]:
    """Give every date of the sentence to the cue that is nearest to it; return the dates by the number of the cue."""
    given: dict[int, list[tuple[Item, float]]] = {}
    for date in line.of("date"):
        best: tuple[float, int] | None = None
        for number, read in enumerate(reads):
            cost = date_cost(line, read, date)
            if best is None or cost < best[0]:
                best = (cost, number)
        if best and best[0] <= limit:
            given.setdefault(best[1], []).append((date, best[0]))
            if date.first <= 1:
                _share(line, reads, given, best[1], date, limit)
    return given


def _share(
    line: Line, reads: Sequence[Read], given: dict[int, list[tuple[Item, float]]], owner: int, date: Item, limit: float
) -> None:
    """Let a date that opens the sentence hold for the other events of it: "In March the flight failed and destroyed the craft"."""
    for number, read in enumerate(reads):
        own = number != owner and number not in given and read.subjects and read.cue.sort in ("verb", "noun")
        if own and read.cue.date and read.subjects == reads[owner].subjects and date_cost(line, read, date) <= limit:
            later = [d for d in line.of("date") if d.first > date.first]
            if not any(date_cost(line, read, d) <= limit for d in later):
                given.setdefault(number, []).append((date, date_cost(line, read, date) + 0.4))


def date_cost(line: Line, read: Read, date: Item) -> float:
    """What it costs to take this date for the time of this cue; a date that opens the sentence reaches further."""
    match = read.match
    if match.first <= date.first < match.last:
        return 0.0
    if date.first >= match.last:
        return line.between(match.last, date.first)
    extra = 0.6 if read.cue.sort in ("schedule", "shift") else 0.2
    cost = line.between(date.last, max(read.reading.first, date.last)) + extra
    opens = date.first <= 1 or line.words[date.first - 1] in (":", ";", "—", "–", "--")
    return min(cost, 0.4 + 0.5 * cost) if opens else cost


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
            topics["main " + kind] = Topic(counts[0][2], first.number, first.paragraph)
        joint = [
            n
            for _, _, n in counts
            if any("joint" in name for name in _names(scene.subjects[n])) or len(scene.subjects[n].parties) > 1
        ]
        if joint:
            topics["joint " + kind] = Topic(joint[0], first.number, first.paragraph)
    return topics


def _names(subject: Subject) -> tuple[str, ...]:
    return (subject.name, *subject.aliases)


def update_topics(scene: Scene, line: Line, topics: Topics) -> Topics:
    """Return the topics after a sentence: its first subject of each kind, and none of a heading's past."""
    after = dict(topics)
    seen: set[Kind] = set()
    named = list(line.of("subject"))
    if (
        (named
        and len([w for w in line.words if w.isalnum()]) <= 6
        and named[0].first <= 1
        and line.words[-1:] in ((".",), (":",)))
        or line.heading
    ):
        for item in named[:1]:
            after["section " + scene.subjects[item.subject].kind] = Topic(item.subject, line.number, line.paragraph)
    for item in line.of("subject"):
        kind = scene.subjects[item.subject].kind
        held = topics.get(kind)
        aside = item.first > 0 and not _free(line.words, item)
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


def first_of(items: Iterable[Item]) -> Item | None:
    """The first item, or None."""
    return next(iter(items), None)
