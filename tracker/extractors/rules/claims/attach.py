"""Attachment: which subject a cue speaks of.

Every candidate pair has a cost: the way between the two, more on the wrong side of the verb, more behind a preposition, more with
a rival in between. The cheapest pair wins, and a pair that is too dear is none.
"""

import itertools
from collections.abc import Mapping, Sequence

import msgspec

from tracker.extractors.lexicon import Cue
from tracker.extractors.rules.claims.asides import aside_start, is_beside_it, is_compared, is_other_craft
from tracker.extractors.rules.claims.clauses import PREPOSITIONS, stands_free
from tracker.extractors.rules.claims.cues import CueMatch, object_follows
from tracker.extractors.rules.claims.modality import Reading
from tracker.extractors.rules.claims.scene import Item, Line, Scene
from tracker.extractors.rules.claims.topics import (
    EVENT_NOUNS,
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

_GOVERNS = word_set("for on of to about at toward towards")
_RIGHT_BEHIND = 0.4
_COMPARED_COST = 2.0  # "since Apollo 17": what is compared is hardly ever what the sentence tells news of
_CRAFT_WORDS = word_set(
    """mission missions satellite satellites spacecraft probe probes orbiter lander rover telescope observatory craft module cubesat
    lunar moon mars martian solar landing orbiting space relay weather communications communication science research"""
)
_JOINTS = word_set(", and or & as well both the its a an another then twin satellites with")


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
    best: tuple[float, Item] | None = None
    named = any(not is_station(scene, i.subject) for i in items)
    for item in items:
        if named and is_station(scene, item.subject):
            continue
        cost = _theme_cost(scene, line, match, reading, item, items)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, item)
    if cue.near:
        best = None if best and cue.id == "under-it" and best[1].first < match.last else best
        return Read(match, reading, (best[1].subject,), best[1], best[0]) if best and best[0] <= 0.4 else None
    plan = planned(topics, line) if cue.kind == "mission" and speaks_of_plan(line, reading.first) else None
    if plan is not None and (best is None or best[0] > 0.5):
        return Read(match, reading, (plan.subject,), None, 0.75)
    section = topics.get("section " + cue.kind)
    if section and section.paragraph == line.paragraph and (best is None or best[0] > 0.75):
        return Read(match, reading, (section.subject,), None, 0.75)
    if best and best[0] <= weights["theme_limit"]:
        return Read(match, reading, _conjoined(line, best[1], items), best[1], best[0])
    return _from_topic(scene, line, match, reading, topics, items, found=best is not None)


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
    if topic is None or is_other_craft(scene, line, reading, topic.subject):
        return None
    pact = topics.get("agreement")
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
    if goes_on or has_generic_object(line, match, reading) or has_generic_subject(line, reading):
        return Read(match, reading, (topic.subject,), None, cost)
    return None


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
        adjoins = match.cue.near and item.last == match.first  # "on an arrangement of May 2014"
        if before in PREPOSITIONS and not relative and not adjoins:
            cost += _COMPARED_COST if is_compared(words, item) and reading.first > item.last + 1 else 0.45
        rivals = sum(1 for i in items if item.last <= i.first < match.first and i.subject != item.subject)
        opened = aside_start(words, reading.first)
        if opened is not None and opened - 2 <= item.last <= opened:
            return _with_side(line, match, reading, 0.1, left=True, relative=False, adjacent=False, weights=weights)
        if opened is not None and opened < item.first:  # "X, which rode on Y, was lost": Y stands aside
            if words[opened] != "," or any(i.last == opened for i in line.of("vehicle", "org")):
                return (
                    None  # "the rocket, which will launch Y, failed"; "the craft — two of them, X and Y — was launched"
                )
            cost += 1.0
        if not relative:
            between = [i for i in line.of("vehicle") if item.last <= i.first < match.first]
            cost += sum(2.4 if i.last == reading.first else 0.8 for i in between if _is_rival(words, i, reading))
    else:
        cost = line.between(match.last, item.first)
        before = words[item.first - 1]
        if match.cue.theme == "subject" and before in PREPOSITIONS:
            cost += 0.6
        cost += _COMPARED_COST if is_compared(words, item) else 0.0
        rivals = sum(1 for i in items if match.last <= i.first < item.first and i.subject != item.subject)
        relative = False
    own = not left or relative or _is_grammatical(line, reading)
    if is_beside_it(words, match, item, left=left) or (match.cue.id == "failed" and not own):
        return None  # "when a battery failed"
    if left and not own and match.cue.theme == "subject" and reading.bare and _is_plural_noun(line, reading):
        cost += _OTHER_SUBJECT
    cost += rivals * weights["rival"]
    adjacent = left and item.last == match.first and "participle" in match.forms
    return _with_side(line, match, reading, cost, left=left, relative=relative, adjacent=adjacent, weights=weights)


_OTHER_SUBJECT = 1.5


def _is_plural_noun(line: Line, reading: Reading) -> bool:
    """Whether a plural right in front of a bare verb is its subject: "will watch meteorites hit the Moon"."""
    before = line.words[reading.first - 1] if reading.first else ""
    return before.isalpha() and before.endswith("s") and not before.endswith(("ss", "us", "is")) and len(before) > 3


def _is_rival(words: Sequence[str], vehicle: Item, reading: Reading) -> bool:
    """Whether a rocket between the two can be the subject of the verb: free, or right in front of it."""
    return stands_free(words, vehicle) or vehicle.last == reading.first


def _with_side(
    line: Line,
    match: CueMatch,
    reading: Reading,
    cost: float,
    *,
    left: bool,
    relative: bool,
    adjacent: bool,
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
        if theme == "any" and not left and cost <= _RIGHT_BEHIND and line.words[match.last - 1] in _GOVERNS:
            return cost * 0.5  # "gearing up for X", "are collaborating on X"
        if theme == "subject" and not left:
            return cost + wrong
        return cost + (0.1 if left else 0.35)
    if theme == "object" and reading.voice == "active":
        pronoun = line.words[match.last : match.last + 1] in (("it",), ("them",))
        if adjacent:
            return cost  # "an agreement signed here": a participle without its auxiliary
        if left:
            return cost + 0.3 if relative or pronoun or not object_follows(line, match) else None
        return None if pronoun or (match.cue.kind == "mission" and not _is_object(line, match)) else cost
    if theme in ("subject", "object") and not left:
        return cost + wrong * (1.0 if theme == "subject" and not reading.bare else 0.8)
    return cost


def _is_object(line: Line, match: CueMatch) -> bool:
    """Whether an object follows the verb, be it after a date ("launched on Monday the third satellite")."""
    date = next((i for i in line.of("date") if 0 <= i.first - match.last <= 1), None)
    return object_follows(line, match) or (
        date is not None and line.words[date.last : date.last + 1] in (("a",), ("the",), ("its",))
    )


def _is_grammatical(line: Line, reading: Reading) -> bool:
    """Whether the word in front of a verb group can belong to its subject being a mission or an event of one."""
    at = reading.first
    before = line.words[at - 1] if at else ""
    if before in EVENT_NOUNS or not before.isalpha():
        return True
    return any(i.last in (at, at - 1) and i.kind in ("subject", "org", "date") for i in line.items)


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


def _near(line: Line, one: Item, other: Item) -> bool:
    if other.start - one.end == 1 and one.last >= other.first:  # "the ESA-NASA probe"
        return True
    gap = [w for w in line.words[one.last : other.first] if w not in ("(", ")", "the")]
    if "(" in line.words[one.last : other.first]:
        gap = [w for w in gap if (w.isalpha() and w in ("and", "as", "well")) or w in (",", "&")]
    return (
        bool(gap)
        and len(gap) <= 3
        and gap != [",", "with"]  # "…, with B providing the rover"
        and all(w in (",", "and", "&", "as", "well", "both", "or", "with", "together", "its", "their") for w in gap)
    )
