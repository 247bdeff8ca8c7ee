"""Asides: what stands near a verb of which it does not speak.

The part of a craft ("the lander of X"), an event of it ("a test of X was cancelled"), what is told between commas ("X, which rode
on Y, was lost"), a craft of another sort than the topic ("the rover" beside an orbiter).
"""

from collections.abc import Sequence

from tracker.extractors.rules.claims.scene.clauses import PREPOSITIONS
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.besides import (
    EVENTS,
    UNDERTAKINGS,
    is_of_carrier,
    is_of_ground,
    is_of_other_object,
    is_of_thing,
    is_said_of_noun,
    is_whither,
)
from tracker.extractors.rules.claims.telling.cues import CueMatch
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.subjects.page.crafts import NOUNS, SORTS
from tracker.extractors.rules.words import word_set

_OPENERS = word_set("a an which who whose built developed launched led operated flown run sent owned")


_DASHES = frozenset(("—", "–", "--"))


def aside_start(words: Sequence[str], first: int, openers: frozenset[str] = _OPENERS) -> int | None:
    """Where the relative clause or the participle between commas begins that ends right in front of the verb; None without one."""
    if first and words[first - 1] in _DASHES:
        return max((n for n in range(first - 1) if words[n] in _DASHES), default=None)
    if not first or words[first - 1] != ",":
        return None
    for at in range(first - 2, 0, -1):
        if words[at] in (";", ".", ":") or (words[at] == "and" and words[at - 1] == ","):
            return None  # "X, launched in 2011, and Y, launched in 2013" is a list
        if words[at - 1] == "," and words[at] in openers:
            return at - 1
    return None


def stands_in_aside(words: Sequence[str], at: int, first: int) -> bool:
    """Whether a noun only stands in what is told between commas in front of a verb: "the launch of X, the landing mission, moves"."""
    opened = aside_start(words, first, _NAMING)
    return opened is not None and opened < at < first


_NAMING = _OPENERS | {"the", "its", "their"}


def is_beside_it(words: Sequence[str], match: CueMatch, item: Item, *, left: bool) -> bool:
    """Whether the cue speaks of something that only belongs to the mission: an instrument for it, its lander, a test of it."""
    cue, gap = match.cue, words[match.last : item.first]
    if cue.status == "approved" and words[match.head] in _PICKED:
        behind = words[item.last : match.first]
        if left:
            named = bool(behind) and behind[0] in _PARTS  # "X landing site chosen"
            return named or is_of_thing(words, match, item)  # "the rocket for X was chosen"
        return bool((PREPOSITIONS | _STOPS) & set(_without_heading(gap)))  # "selected astronauts for X"
    if _of_another_craft(words, match, item) if left else _of_another_object(words, match, item, gap):
        return True
    if cue.status == "failed" and left and _of_own_part(words, match, item):
        return True
    if not left and cue.date == "launch_date" and is_whither(words, item):
        return True
    if not left and cue.status == "approved" and is_of_other_object(words, match, item):
        return True
    if left and _is_of_what_serves_it(words, match, item):
        return True
    if (cue.status == "failed" and _of_part(words, item)) or (cue.date == "launch_date" and _of_ground(words, item)):
        return True
    coming = cue.date == "landing_date"  # "the return to Earth in June of X"
    return not coming and cue.status in _ENDINGS and _of_event(words, match, item, left=left)


def _is_of_what_serves_it(words: Sequence[str], match: CueMatch, item: Item) -> bool:
    """Whether it is a thing, a rocket or a place for the mission that ended or is being made."""
    if match.cue.status == "in_development":
        return is_of_ground(words, item) or is_of_carrier(words, item)
    grave = match.cue.status in _GRAVE
    return grave and (
        is_said_of_noun(words, match, item) or is_of_thing(words, match, item) or is_of_carrier(words, item)
    )


def _of_another_craft(words: Sequence[str], match: CueMatch, item: Item) -> bool:
    """Whether a craft between the item in front and the verb is what the verb speaks of, or only an event of the item is proposed."""
    if match.cue.status in _IDEAS and EVENTS & set(words[item.last : item.last + 1]):
        return True  # "a new X launch date would be proposed"
    if match.head and words[match.head - 1] == "it" and _new_craft(words, item.last, match.head - 1) is not None:
        return True
    return "participle" in match.forms and _tells_of_noun(words, item, match.first)


def _of_another_object(words: Sequence[str], match: CueMatch, item: Item, gap: Sequence[str]) -> bool:
    """Whether the verb has another object than the item behind it: an instrument, another craft, a rocket."""
    if match.cue.progressive and PREPOSITIONS & set(gap):
        return True  # who is building an instrument for a craft is not building the craft
    if match.cue.status == "under_study" and _MEANS & set(gap):
        return True  # "a study on using another rocket for X" studies the rocket
    return _has_own_object(words, match, item) or _in_another_clause(words, match, item)


_APPOSING = frozenset((",", "(", "is", "was", "as", "—", "–", "-"))


def _tells_of_noun(words: Sequence[str], item: Item, verb: int) -> bool:
    """Whether a participle right behind a noun tells of that one: "X is to replace the first satellite launched in 1999"."""
    between = words[item.last : verb]
    if not between or between[-1] not in _ANY_CRAFT or between[0] in _APPOSING:
        return False  # "X, a satellite launched in 1999"
    return not all(w in SORTS or w in NOUNS for w in between)


_DEFINING = word_set("named called dubbed known , ( \" ' - – —")
_OBJECT = 6  # words


def _has_own_object(words: Sequence[str], match: CueMatch, item: Item) -> bool:
    """Whether the verb has another craft for its object: "lost contact with a small probe launched to test the orbit for X"."""
    if words[match.last : match.last + 1] not in (("a",), ("an",), ("another",)):
        return False
    noun = next((n for n in range(match.last, min(item.first, match.last + _OBJECT)) if words[n] in _ANY_CRAFT), None)
    if noun is None or noun + 1 >= item.first:
        return False  # "launched a probe X"
    return words[noun + 1] not in _DEFINING and not _DEFINING & set(words[item.first - 1 : item.first])


_CLAUSES = word_set("that which who will would is are was were has have had said says ;")


def _in_another_clause(words: Sequence[str], match: CueMatch, item: Item) -> bool:
    """Whether a verb stands between an event and the craft behind it: "said after the launch that 2027 is the year of X"."""
    return match.cue.sort == "noun" and bool(_CLAUSES & set(words[match.last : item.first]))


_GROUND = word_set("center centre team teams control controllers operations engineers scientists managers data website")


def _of_ground(words: Sequence[str], item: Item) -> bool:
    """Whether only those on the ground are spoken of: "commands were sent from X's operations center"."""
    behind = [w for w in words[item.last : item.last + 3] if w != "'s"]
    at = 1 if behind[:1] in (["mission"], ["flight"]) else 0
    return behind[at : at + 1] != [] and behind[at] in _GROUND


_STOPS = frozenset((":", ";", ","))
_MANY = frozenset(("missions", "satellites", "projects", "spacecraft", "probes", "proposals", "concepts"))


def _without_heading(gap: Sequence[str]) -> Sequence[str]:
    """The words between a verb and a list of names, without what only announces it: "selected two missions: X and Y"."""
    announced = gap[-1:] in ((",",), (":",)) and (len(gap) == 1 or gap[-2] in _MANY)
    return gap[:-1] if announced else gap


_PARTS = word_set(
    "'s landing site sites crew astronauts instrument instruments payload payloads rocket team name contractor contractors"
)
_MEANS = word_set("using use launching rocket rockets launcher launchers switching")
_PREPARING = word_set("preparations preparation work development construction")
_PICKED = word_set("select selects selected selecting choose chooses chose chosen pick picks picked")
_MEASURES = word_set("since than unlike like")
_OWNING = 4  # words between the two: "since NASA's final Apollo mission"


def is_compared(words: Sequence[str], item: Item) -> bool:
    """Whether a mission is only what another is measured against: "the first landing since Apollo 17", "unlike X"."""
    front = words[max(0, item.first - _OWNING) : item.first]
    at = max((n for n, w in enumerate(front) if w in _MEASURES), default=-1)
    return at >= 0 and not any(w in (",", "and", "is", "was", "has", "in", "when") for w in front[at + 1 :])


_ENDINGS = frozenset(("cancelled", "completed", "on_hold"))
_IDEAS = frozenset(("proposed", "under_study"))


def _of_event(words: Sequence[str], match: CueMatch, item: Item, *, left: bool) -> bool:
    """Whether it is only an event or a part of the mission that ended: "the launch of X was cancelled", "cancelled a test of X"."""
    if left:
        behind = [w for w in words[item.last : match.first] if w != "'s"]
        if match.cue.status == "on_hold" and _OPEN_ENDED & set(words[match.first : match.last + 1]):
            return False  # "the launch of X has been put off indefinitely"
        if behind and behind[0] in EVENTS - {"part", "operations"}:
            return True  # "X launch rehearsal cancelled"
        if _PREPARING & set(words[max(0, item.first - 7) : item.first]):
            return False  # "preparations for the launch of X have been suspended"
        front = words[max(0, item.first - 3) : item.first]
        return "of" in front and words[item.first - 1 - front[::-1].index("of") - 1] in EVENTS
    gap = words[match.last : item.first]
    return bool(PREPOSITIONS & set(gap)) and not UNDERTAKINGS & set(gap)


_OPEN_ENDED = frozenset(("indefinitely", "indefinite", "date", "further"))
_GRAVE = frozenset(("failed", "completed", "cancelled"))


def _of_own_part(words: Sequence[str], match: CueMatch, item: Item) -> bool:
    """Whether it is a part of the mission that failed: "X said that its lander and rover had been destroyed"."""
    front = words[max(item.last, match.first - _OWNING - 4) : match.first]
    own = next((n for n, w in enumerate(front) if w in ("its", "their")), None)
    return own is not None and bool(_CRAFTS & set(front[own : own + 3]))


def _of_part(words: Sequence[str], item: Item) -> bool:
    """Whether it is only a part of it that is spoken of: "the lander of its Chandrayaan-2 mission"."""
    front = words[max(0, item.first - 4) : item.first]
    return "of" in front and any(
        w in ("lander", "rover", "probe", "orbiter", "capsule", "module", "stage") for w in front
    )


def _is_of_others(scene: Scene, line: Line, at: int, subject: int) -> bool:
    """Whether the craft that ends in front of a token is called another country's than that of a mission."""
    known = scene.catalog.missions.get(scene.subjects[subject].catalog_id or "")
    operators = known.operators if known else scene.subjects[subject].parties
    if not operators:
        return False
    whose = {i.country for i in line.of("org") if i.country and at - _PHRASE <= i.last < at}
    whose &= {i.country for i in line.of("org") if "," not in line.words[i.last : at]}
    return bool(whose) and not whose & {scene.catalog.country_of(id_) or id_ for id_ in operators}


_INDEFINITE = frozenset(("a", "an", "another"))
_PHRASE = 4  # words


def _phrase_before(words: Sequence[str], noun: int) -> list[str]:
    """The determiner and the modifiers of a noun."""
    phrase: list[str] = []
    for word in reversed(words[max(0, noun - _PHRASE) : noun]):
        if not word.replace("-", "").isalpha() or word in PREPOSITIONS:
            break
        phrase.append(word)
        if word in _INDEFINITE or word in ("the", "its", "and"):
            break
    return phrase


_ANY_CRAFT = word_set(
    "rover lander orbiter telescope observatory capsule satellite helicopter probe spacecraft craft mission"
)
_CRAFTS = word_set("rover lander orbiter telescope observatory capsule satellite helicopter")


def _takes_up_another(line: Line, at: int) -> bool:
    """Whether "it" takes up a craft that the sentence brings in: "the damage a NASA probe did when it smashed into the rock"."""
    new = _new_craft(line.words, 0, at)
    return new is not None and not any(new < i.first < at for i in line.of("subject"))


def _new_craft(words: Sequence[str], first: int, last: int) -> int | None:
    """The last craft that a stretch brings in without a name: "a NASA probe"; None where there is none."""
    crafts = (n for n in range(first, last) if words[n] in _ANY_CRAFT and _INDEFINITE & set(_phrase_before(words, n)))
    return max(crafts, default=None)


def is_other_craft(scene: Scene, line: Line, reading: Reading, subject: int) -> bool:
    """Whether "the rover" stands in front of the verb, and the topic is never called one."""
    at = next((begun for begun, ended in line.asides if ended == reading.first), reading.first)
    noun = line.words[at - 1] if at else ""
    if noun == "it" and _takes_up_another(line, at - 1):
        return True
    if noun not in _ANY_CRAFT:
        return False
    if _is_of_others(scene, line, at, subject) or line.words[max(0, at - 2) : at - 1] == ("their",):
        return True  # "the Japanese probe" beside one of NASA
    if noun not in _CRAFTS:
        return False
    if _INDEFINITE & set(_phrase_before(line.words, at - 1)):
        return True  # "a lander could leave in 2030"
    one = scene.subjects[subject]
    known = scene.catalog.missions.get(one.catalog_id or "")
    called = [one.name, *one.aliases, *(m.text for m in one.mentions), *(known.aliases if known else ())]
    other = any(any(w in name.lower() for w in _CRAFTS - {noun}) for name in called)
    return other and not any(noun in name.lower() for name in called)
