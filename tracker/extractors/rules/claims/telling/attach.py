"""Attachment: which subject a cue speaks of.

Every candidate pair has a cost: the way between the two, more on the wrong side of the verb, more behind a preposition, more with
a rival in between. The cheapest pair wins, and a pair that is too dear is none.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

import msgspec

from tracker.extractors.lexicon import Cue
from tracker.extractors.rules.claims.scene.clauses import stands_free
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.asides import is_other_craft
from tracker.extractors.rules.claims.telling.cues import CueMatch
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.claims.telling.theme import theme_cost
from tracker.extractors.rules.claims.telling.topics import (
    Topics,
    current,
    has_generic_object,
    has_generic_subject,
    has_part_subject,
    is_plural,
    is_station,
    may_continue,
    planned,
    speaks_of_plan,
)
from tracker.extractors.rules.words import word_set

_CRAFT_WORDS = word_set(
    """mission missions satellite satellites spacecraft probe probes orbiter lander rover telescope observatory craft module cubesat
    lunar moon mars martian solar landing orbiting space relay weather communications communication science research"""
)
_FLIGHTS = word_set(
    "launch launches flight flights lift-off liftoff mission missions satellite satellites rocket rockets probe spacecraft lander"
)
_JOINTS = word_set(", and or & as well both the its a an another then twin satellites with two three four several")


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


def find_theme(scene: Scene, line: Line, match: CueMatch, reading: Reading, topics: Topics) -> Read | None:
    """Return the cue with its subject, or None where it has none in reach."""
    cue = match.cue
    weights = scene.lexicon.weights
    if cue.kind == "other":
        return Read(match, reading, (), None, 0.0)
    items = [i for i in line.of("subject") if scene.subjects[i.subject].kind == cue.kind]
    if cue.kind == "meeting":
        items = [i for i in items if "anniversary" not in line.words[max(0, i.first - 4) : i.first]]
    if cue.kind == "meeting" and cue.sort == "schedule":
        items = [i for i in items if stands_free(line.words, i)]  # "since the forum, a probe is due to fly"
    best: tuple[float, Item] | None = None
    named = any(not is_station(scene, i.subject) for i in items)
    for item in items:
        if named and is_station(scene, item.subject):
            continue
        cost = theme_cost(scene, line, match, reading, item, items)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, item)
    if cue.near:
        best = None if best and _stands_before(line, match, best[1]) else best
        return (
            Read(match, reading, (best[1].subject,), best[1], best[0]) if best and best[0] <= _NEAR[cue.kind] else None
        )
    plan = planned(topics, line) if cue.kind == "mission" and speaks_of_plan(line, reading.first) else None
    if plan is not None and (best is None or best[0] > 0.5):
        return Read(match, reading, (plan.subject,), None, 0.75)
    section = topics.get("section " + cue.kind)
    here = section is not None and section.paragraph == line.paragraph
    own = best is not None and best[1].first < match.first and stands_free(line.words, best[1])
    own = own or (best is not None and match.first - 1 <= best[1].last <= match.first)
    if section and here and (best is None or (best[0] > 0.75 and not own)):
        if is_other_craft(scene, line, reading, section.subject):
            return None
        return Read(match, reading, (section.subject,), None, 0.75)
    if best and best[0] <= weights["theme_limit"]:
        one = _is_said_of_one(line, reading)
        return Read(match, reading, (best[1].subject,) if one else _conjoined(line, best[1], items), best[1], best[0])
    return _from_topic(scene, line, match, reading, topics, items, found=best is not None)


def _stands_before(line: Line, match: CueMatch, item: Item) -> bool:
    """Whether what a preposition should govern stands in front of it: "is to visit Oslo in May" is not "in a visit"."""
    if match.cue.id == "under-it":
        return item.first < match.last
    return (
        match.cue.id == "met-at"
        and item.last <= match.first
        and not _TO_COME.isdisjoint(line.words[item.first : item.last])
    )


_TO_COME = frozenset(("will", "to"))


_NEAR = {"mission": 0.6, "agreement": 0.4, "meeting": 0.4}
"""What the way to its subject may cost for a cue that counts only beside it."""
_FLOWN = frozenset(("launch_date", "landing_date"))


def _from_topic(
    scene: Scene,
    line: Line,
    match: CueMatch,
    reading: Reading,
    topics: Topics,
    items: Sequence[Item],
    *,
    found: bool,
) -> Read | None:
    """Return the cue with the topic for its subject, where the sentence goes on about it."""
    topic = current(line, topics, match.cue.kind)
    cost = scene.lexicon.weights["topic"]
    plan = planned(topics, line) if match.cue.kind == "mission" and not items else None
    if plan is not None and has_part_subject(line, reading):
        return Read(match, reading, (plan.subject,), None, cost)
    if topic is None or is_other_craft(scene, line, reading, topic.subject) or _is_another_flight(line, match):
        return None
    if match.cue.date in _FLOWN and match.cue.sort == "verb" and is_station(scene, topic.subject):
        return None  # what flies or lands in an article on a station is hardly the station
    pact = topics.get("agreement")
    if _is_other_matter(line, match, items):
        return None
    if match.cue.kind == "meeting" and pact is not None and pact.line > topic.line:
        return None  # "joined it" of an accord that was named after the summit
    if match.cue.kind != "mission" and any(i.last == reading.first for i in line.of("subject")):
        return None  # "a full agreement may follow" tells nothing of the meeting before
    behind = line.words[match.last : match.last + 1]
    firm = [i for i in items if not is_station(scene, i.subject)]
    if not found and items and behind in (("it",), ("them",)):
        return Read(match, reading, (topic.subject,), None, cost)
    if topic.others and not firm and (behind in (("both",), ("them",)) or is_plural(line, reading)):
        return Read(match, reading, (topic.subject, *topic.others), None, cost)
    goes_on = not firm and may_continue(line, match, reading)
    owned = bool(firm) and "its" in line.words[max(0, reading.first - 4) : reading.first]  # that of the one just named
    if goes_on or has_generic_object(line, match, reading) or (has_generic_subject(line, reading) and not owned):
        return Read(match, reading, (topic.subject,), None, cost)
    return None


def _is_another_flight(line: Line, match: CueMatch) -> bool:
    """Whether the words speak of flights to come in general: "plans two more launches this year", "another launch is set for May"."""
    words = line.words
    if match.cue.kind != "mission" or match.cue.date != "launch_date":
        return False
    for at in range(max(1, match.first - _BESIDE), min(match.last + _BESIDE, len(words))):
        front = words[max(0, at - 3) : at]
        behind = words[at + 1 : at + 2]
        if words[at] in _FLIGHT_PLURALS and (_COUNTS & set(front) or any(w.isdigit() for w in front[-2:])):
            return True
        if words[at] in _ONE_FLIGHT and behind not in _TRIES:
            of_rocket = any(front and at - 2 <= v.last <= at for v in line.of("vehicle"))
            if "another" in front or ({"next", "following"} & set(front) and of_rocket):
                return True
    return False


_BESIDE = 4  # words
_FLIGHT_PLURALS = frozenset(("launches", "flights"))
_ONE_FLIGHT = frozenset(("launch", "flight"))
_TRIES = (("attempt",), ("try",), ("opportunity",), ("window",), ("date",), ("bid",), ("slot",))
_COUNTS = word_set("more further additional other several many two three four five six seven eight nine ten dozen")


def _is_other_matter(line: Line, match: CueMatch, items: Sequence[Item]) -> bool:
    """Whether a cue goes on about nothing: "the launch went well; the next one is due", "A and B agreed in June to merge"."""
    if match.cue.kind == "meeting":
        return bool(_FLIGHTS & set(line.words[: match.first]))
    undertaking = line.words[match.head] == "agreed" and "to" in line.words[match.last : match.last + 4]
    return match.cue.id == "agreed" and undertaking and not items


def _is_said_of_one(line: Line, reading: Reading) -> bool:
    """Whether a relative clause in the singular tells of the last of a list: "A and B, which is due next year"."""
    first = reading.first
    return line.words[max(0, first - 1) : first] == ("which",) and line.words[first] in ("is", "was", "has")


def _conjoined(line: Line, item: Item, items: Sequence[Item]) -> tuple[int, ...]:
    """The subject with those it is coordinated with: "A, B and C were launched"."""
    at = items.index(item)
    low = high = at
    while low > 0 and _joined(line, items[low - 1], items[low]):
        low -= 1
    while high + 1 < len(items) and _joined(line, items[high], items[high + 1]):
        high += 1
    group = items[low : high + 1]
    if low != high and not any("and" in _between(line, a, b) for a, b in itertools.pairwise(group)):
        return (item.subject,)
    return tuple(dict.fromkeys(i.subject for i in group))


def _joined(line: Line, one: Item, other: Item) -> bool:
    gap = _between(line, one, other)
    while gap and gap[0] in _CRAFT_WORDS:  # "the X lunar mission and the Y orbiter"
        gap = gap[1:]
    while gap and gap[-1] in _CRAFT_WORDS:
        gap = gap[:-1]
    return bool(gap) and len(gap) <= 3 and all(w in _JOINTS for w in gap) and any(w in (",", "and", "&") for w in gap)


def _between(line: Line, one: Item, other: Item) -> list[str]:
    """The words between two items: quotation marks left out, "as well as" read as "and"."""
    gap = [w for w in line.words[one.last : other.first] if w not in ('"', "“", "”")]
    return ["and" if w == "well" else w for w in gap if w != "as"] if "well" in gap else gap


def joined_items(line: Line, item: Item, items: Sequence[Item]) -> list[Item]:
    """The items of one list with this one: "India, Japan and Vietnam"."""
    at = items.index(item)
    low = high = at
    while low > 0 and _near(line, items[low - 1], items[low]):
        low -= 1
    while high + 1 < len(items) and _near(line, items[high], items[high + 1]):
        high += 1
    group = list(items[low : high + 1])
    linked = any(
        {"and", "&", "or", "with"} & set(line.words[a.last : b.first]) or a.last >= b.first
        for a, b in itertools.pairwise(group)
    )
    linked = linked or line.block == "title"  # "ISRO, CNES to hold talks"
    return group if linked else [item]  # "approved by Tokyo, NASA said" is no list


def _outside(words: Sequence[str]) -> Iterator[str]:
    """The words of a gap that stand in no parentheses."""
    depth = 1 if ")" in words and "(" not in words[: words.index(")")] else 0
    for word in words:
        if depth == 0 and word not in ("(", ")"):
            yield word
        depth = max(0, depth + (word == "(") - (word == ")"))


def _near(line: Line, one: Item, other: Item) -> bool:
    if other.start - one.end == 1 and one.last >= other.first:  # "the ESA-NASA probe"
        return True
    if line.words[one.last : other.first] == ("(",) and one.id == other.id:  # "the Space Agency (ASA)"
        return True
    gap = [w for w in _outside(line.words[one.last : other.first]) if w not in ("the", "government", "governments")]
    return (
        bool(gap)
        and len(gap) <= 3
        and gap != [",", "with"]  # "…, with B providing the rover"
        and all(w in (",", "and", "&", "as", "well", "both", "or", "with", "together", "its", "their") for w in gap)
    )


_TO_DO = re.compile(
    r"\bto (?:meet|gather|convene|confer|hold|visit|travel|fly|go|tour|launch|build|develop|design|provide|deliver|supply|land|put|send|operate)\b"
)
_SHORT = 4  # words


def holds_verbs(item: Item) -> bool:
    """Whether a subject is told in a whole phrase: "a contract with A to launch B", "agreed to meet" have a verb of their own."""
    if item.mention is None or item.mention.form != "descriptive":
        return False
    return item.last - item.first > _SHORT or _TO_DO.search(item.mention.text) is not None


def as_planned(line: Line, reads: Sequence[Read]) -> Iterator[Read]:
    """Yield the reads, with "at the forum" as a plan behind a verb that is one: "agreed to meet in person at the forum in May"."""
    plans = [r for r in reads if line.words[r.match.head] in _MEETING and r.reading.modality == "planned"]
    for read in reads:
        passing = read.cue.id == "met-at" and read.reading.modality == "actual"
        ahead = passing and any(0 <= read.match.first - p.match.last <= _GOVERNED for p in plans)
        meant = msgspec.structs.replace(read.reading, modality="planned") if ahead else read.reading
        yield msgspec.structs.replace(read, reading=meant)


_MEETING = frozenset(("meet", "gather", "convene", "confer"))
_GOVERNED = 8  # words from a plan's verb to what it plans
