"""Themes: what it costs to take one of the subjects of a sentence for the one that a cue speaks of.

The way between the two, more on the wrong side of the verb, more behind a preposition or in an aside, more with a rival in between.
"""

import itertools
from collections.abc import Mapping, Sequence

from tracker.extractors.rules.claims.scene.clauses import PREPOSITIONS, stands_free
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.asides import aside_start, is_beside_it, is_compared
from tracker.extractors.rules.claims.telling.cues import CueMatch, object_follows
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.claims.telling.topics import EVENT_NOUNS
from tracker.extractors.rules.subjects.page.crafts import NOUNS
from tracker.extractors.rules.words import word_set

_GOVERNS = word_set("for on of to about at toward towards")
_RIGHT_BEHIND = 0.4
_COMPARED_COST = 2.0  # "since Apollo 17": what is compared is hardly ever what the sentence tells news of
_BOUND_COST = 0.45  # behind a preposition
_CRAFTS = 0.3  # "the first flight of X" is itself the subject
_OPENING = 1  # words of an undertaking that may be its verb: "have agreed to"
_OTHER_SUBJECT = 1.5
_IN_ASIDE = 0.5  # "X, a twin of Y, was launched" tells of X
_OPENED = 1.0
_GRAVE = frozenset(("failed", "cancelled"))
_SECOND_VERB = 0.4
_RELATIVES = frozenset(("which", "that", "who"))
_ROCKET_IN_FRONT, _ROCKET_BETWEEN = 2.4, 0.8


def theme_cost(
    scene: Scene, line: Line, match: CueMatch, reading: Reading, item: Item, items: Sequence[Item]
) -> float | None:
    """Return what it costs to take this item for the cue's subject; None where grammar forbids it."""
    weights = scene.lexicon.weights
    words = line.words
    if match.forms and match.first < item.first and _is_agent(words[match.first + 1 : item.first]):
        return None  # "will bring the samples gathered by X home"
    if item.first < match.last and match.first < item.last:
        within = match.cue.kind == "agreement" and match.cue.sort == "verb" and match.first - item.first > _OPENING
        named = match.cue.sort == "state" and match.cue.kind == "mission"  # "followed by X in 2013" speaks of X
        return (
            None if within else 0.0 if named else _CRAFTS
        )  # "agreed to exchange data" tells of no exchange of signatures
    left = item.first < match.first
    relative = left and reading.first > 0 and words[reading.first - 1] in scene.lexicon.classes["relative"]
    if left and _closes_aside(line, reading, item):
        return _with_side(line, match, reading, 0.1, left=True, relative=False, adjacent=False, weights=weights)
    cost = _from_left(line, match, reading, item, relative=relative) if left else _from_right(line, match, item)
    if cost is None:
        return None
    own = not left or relative or _is_grammatical(line, reading)
    if is_beside_it(words, match, item, left=left) or (match.cue.id == "failed" and not own):
        return None  # "when a battery failed"
    if left and not own and match.cue.theme == "subject" and reading.bare and _is_plural_noun(line, reading):
        cost += _OTHER_SUBJECT
    low, high = (item.last, match.first) if left else (match.last, item.first)
    cost += weights["rival"] * sum(1 for i in items if low <= i.first < high and i.subject != item.subject)
    adjacent = left and item.last == match.first and "participle" in match.forms and not _has_object(line, match)
    return _with_side(line, match, reading, cost, left=left, relative=relative, adjacent=adjacent, weights=weights)


def _has_object(line: Line, match: CueMatch) -> bool:
    """Whether what can be a participle is the verb of the name in front: "X lost one of its wheels", not "the satellite lost"."""
    behind = line.words[match.last : match.last + _OBJECT]
    return "past" in match.forms and behind[:1] != () and behind[0] in _OBJECTS and NOUNS.keys().isdisjoint(behind)


_OBJECT = 4  # words: "X lost a lander" is a loss of its own
_OBJECTS = frozenset(("a", "an", "the", "its", "their", "his", "one", "two", "some", "all", "most", "half"))


def _closes_aside(line: Line, reading: Reading, item: Item) -> bool:
    """Whether nothing but an aside stands between the item and the verb."""
    opened = aside_start(line.words, reading.first)
    return opened is not None and opened - 2 <= item.last <= opened


def _from_left(line: Line, match: CueMatch, reading: Reading, item: Item, *, relative: bool) -> float | None:
    """What the way costs from an item in front of the verb."""
    words = line.words
    cost = line.between(item.last, max(reading.first, item.last))
    before = words[item.first - 1] if item.first else ""
    if before in ("the", "its", "their", "a", "an") and item.first > 1:
        before = words[item.first - 2]
    begun = next((a for a, b in line.asides if 0 <= a - item.last <= 1 and a < reading.first < b), None)
    if begun is not None and words[begun + 1] in _RELATIVES and not relative:
        return _SECOND_VERB  # "X, which was built in Oslo and lost in 2020"
    adjoins = match.cue.near and item.last == match.first  # "on an arrangement of May 2014"
    if before in PREPOSITIONS and not relative and not adjoins:
        cost += _COMPARED_COST if is_compared(words, item) and reading.first > item.last + 1 else _BOUND_COST
    if reading.first and words[reading.first - 1] == "and" and not stands_free(words, item):
        cost += _BOUND_COST  # "it rests on X and was signed in May": the second verb has the subject of the first
    beside = item.last == reading.first - 1 and reading.first == match.first and match.forms != {"s"}
    if not beside and not relative and any(a < item.first < b <= reading.first for a, b in line.asides):
        cost += _IN_ASIDE
    opened = aside_start(words, reading.first)
    if opened is not None and opened < item.first:  # "X, which rode on Y, was lost": Y stands aside
        if words[opened] != "," or any(i.last == opened for i in line.of("vehicle", "org")):
            return None  # "the rocket, which will launch Y, failed"; "the craft — two of them, X and Y — was launched"
        cost += _OPENED
    pronoun = match.cue.theme == "object" and words[match.last : match.last + 1] in (("it",), ("them",))
    if not relative and not pronoun:  # "X has been at work since a Soyuz lofted it": the rocket is no rival
        between = [i for i in line.of("vehicle") if item.last <= i.first < match.first]
        cost += sum(
            _ROCKET_IN_FRONT if i.last == reading.first else _ROCKET_BETWEEN
            for i in between
            if _is_rival(words, i, reading)
        )
    return cost


def _from_right(line: Line, match: CueMatch, item: Item) -> float | None:
    """What the way costs to an item behind the verb."""
    cost = line.between(match.last, item.first)
    if match.cue.theme == "subject" and line.words[item.first - 1] in PREPOSITIONS:
        cost += 0.6
    cost += _COMPARED_COST if is_compared(line.words, item) else 0.0
    gap = line.words[match.last : item.first]
    if match.cue.status in _GRAVE and any(w == "," and n.endswith("ing") for w, n in itertools.pairwise(gap)):
        return None  # "ended in a crash, giving its next lander the name X"
    over = match.cue.status == "completed" and match.cue.theme == "subject" and match.cue.sort == "state"
    if over and not {",", "and", ";"}.isdisjoint(gap):
        return None  # "the winter is over, and X will be shipped"
    bare = match.cue.status in _GRAVE and match.cue.theme == "subject" and "past" in match.forms
    if bare and "," in gap and match.head and line.words[match.head - 1] not in _OPENINGS:
        return None  # "after the rocket failed in March, the launch of X was put off"
    return cost


_OPENINGS = frozenset(("having", "it", "he", "after", "when", "since", ",", "which"))


def _is_agent(gap: Sequence[str]) -> bool:
    """Whether what follows is only whoever did something to the object: "the stones collected by the rover"."""
    rest = [w for w in gap if w not in ("the", "its", "a", "an")]
    return len(rest) > 2 and rest[-1] == "by" and rest[-2].endswith(("ed", "en", "wn", "ade", "ilt", "aken"))


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
        if match.cue.kind == "mission" and not _is_object(line, match):
            return None
        return None if pronoun else cost
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
