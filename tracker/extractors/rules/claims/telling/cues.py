"""Cues: where the words of the lexicon stand in a sentence.

The index knows the first word of every pattern, so a sentence costs one look-up per word. Where several patterns fit, the
longest wins for each kind of subject; a word inside a name is no cue.
"""

import itertools
from collections.abc import Sequence

import msgspec

from tracker.extractors.lexicon import Cue, Element, Lexicon
from tracker.extractors.rules.claims.scene.scene import Item, Line
from tracker.extractors.rules.subjects.page.crafts import NOUNS, SORTS
from tracker.extractors.rules.words import word_set

_SLOT_KINDS = {
    "place": ("place",),
    "vehicle": ("vehicle",),
    "org": ("org",),
    "date": ("date",),
    "destination": ("destination",),
}
_CRAFT = word_set(
    "mission spacecraft probe satellite orbiter lander rover telescope observatory craft project programme program"
)
_MARKS = frozenset('.,;:!?()[]"—–')


KINDS = frozenset({"mission", "agreement", "meeting", "other"})


class CueMatch(msgspec.Struct, frozen=True):
    """A cue in a sentence: tokens `first` to `last` (exclusive); `head` is its verb, else its first word."""

    cue: Cue
    first: int
    last: int
    head: int
    forms: frozenset[str]


def find_cues(line: Line, lexicon: Lexicon, kinds: frozenset[str] = KINDS) -> tuple[CueMatch, ...]:
    """Return the cues of a sentence for these kinds of subject, in order; for one kind none overlaps another."""
    blocked: bytearray | None = None
    found: list[CueMatch] = []
    words, index, cues = line.words, lexicon.index_of(kinds), lexicon.cues
    named = {at for item in line.items for at in (item.first - 1, item.first - 2)}
    for first, (word, behind) in enumerate(itertools.zip_longest(words, words[1:], fillvalue="")):
        branch = index.get(word)
        if branch is None:
            continue
        patterns = branch.others if first in named else branch.unnamed
        following = branch.by_second.get(behind)
        if following is not None:
            patterns = following + patterns
        for needed, pattern in branch.gapped:
            if not needed.isdisjoint(line.vocabulary):
                patterns += (pattern,)
        if not patterns:
            continue
        if blocked is None:
            blocked = _names(line)
        if blocked[first]:
            continue
        best: dict[tuple[str, bool], CueMatch] = {}
        for number, elements in patterns:
            cue = cues[number]
            last, head, forms = _matched(line, elements, first)
            if last <= first or (forms and head == first and not _may_be_verb(line, head, forms)):
                continue
            sort = cue.kind, _is_of_tense(cue)
            held = best.get(sort)
            if (held is None or last > held.last) and _wanted(line, cue):
                best[sort] = CueMatch(cue, first, last, head, forms)
        found.extend(best.values())
    return tuple(_apart(found))


_DETERMINERS = word_set(
    """a an the its their his her our this that these those no any of first second third next new soft lunar moon
    joint every each such some recent earlier 's polar planned successful failed"""
)
_BEFORE_ING = word_set(
    """is are was were be been being 're 's am not now still also already currently again then after before by while
    when of without for from since on in at about and , ( ; : has have had despite upon with like to as begin begins begun starts
    began start started stop stopped keep kept considering mulling planning delayed — –"""
)
_CLIPPED = word_set("it he she that what who there here this which where")
"""Before "'s" these are short for a verb: "it's landing"; another word owns what follows: "the rover's landing"."""
_SUBJECTS = word_set("and they we who which that all or it , ) both i you not")


def _may_be_verb(line: Line, head: int, forms: frozenset[str]) -> bool:
    """Whether a form that can be a noun too ("launch", "orbits", "landing") is a verb here."""
    before = line.words[head - 1] if head else ""
    if forms == {"ing"}:
        owned = before == "'s" and line.words[head - 2 : head - 1] and line.words[head - 2] not in _CLIPPED
        return not before or (before in _BEFORE_ING and not owned) or before.endswith("ly")
    if not forms <= {"base", "s"}:
        return True
    if before in _DETERMINERS or not before:
        return before == "that" and forms == {"s"}  # "an agreement that runs until 2030"
    if before == ")" and forms == {"s"} and line.words[head + 1 : head + 2] and line.words[head + 1] in _NO_SUBJECTS:
        return False  # "the (CLPS) awards in November"
    if any(
        i.kind == "subject" and i.first == head and i.mention and i.mention.form == "descriptive" for i in line.items
    ):
        return True  # "the minister visits Oslo" has been found to tell of a visit
    if forms == {"s"} and before.isalpha() and (line.words[head] in _NO_PLURALS or _takes_object(line, head + 1)):
        return True  # "cabinet approves the mission", "the crew splashes down"
    if forms == {"base"} and any(i.last == head for i in line.of("destination")):
        return False  # "reached Mars orbit"
    named = any(
        i.last == head and not (i.known and i.known.form in ("demonym", "adjective"))
        for i in line.items
        if i.kind != "date"
    )
    named = named or (forms == {"s"} and _ends_name(line, head))
    if named and forms == {"base"} and before not in ("and", ","):
        named = _are_several(line, head) or _takes_object(line, head + 1)
    helped = before.endswith("ly") or before in _HELPERS
    plural = before.endswith("s") and not before.endswith(("ss", "us", "is"))
    return named or helped or before in _SUBJECTS or (forms == {"base"} and plural)


def _are_several(line: Line, head: int) -> bool:
    """Whether the name in front of a verb closes a list: "A and B launch X"; in "X launch on Falcon 9" the word is a noun."""
    first = min((i.first for i in line.items if i.last == head), default=head)
    return first > 0 and line.words[first - 1] in ("and", ",", "&", "to", "will", "may")


def _ends_name(line: Line, head: int) -> bool:
    """Whether a name and what sort of craft it is stand right in front: "the X private astronaut mission slips to June"."""
    at = head - 1
    while at > 0 and head - at <= _SORTED and (line.words[at] in SORTS or line.words[at] in NOUNS):
        at -= 1
    return at < head - 1 and any(i.last == at + 1 for i in line.of("subject"))


_SORTED = 4  # words
_NO_PLURALS = word_set(
    "splashes touches enters begins fails sends completes resumes reaches approves cancels clears suspends postpones celebrates commemorates"
)
_OBJECTS = word_set("the a an its their his her joint second third new another")
_NO_SUBJECTS = word_set("of for from in on at by with to after before as like and or")


def _takes_object(line: Line, at: int) -> bool:
    """Whether what stands here can be the object of a verb in the present: a name, or a noun with its article."""
    if at >= len(line.words) or line.words[at - 2] in _NO_SUBJECTS:
        return False
    if line.words[at] in _OBJECTS or any(i.first == at and i.kind in ("subject", "org") for i in line.items):
        return True
    named = next((i for i in line.of("subject") if at < i.first <= at + _ADJECTIVES), None)
    return named is not None and _NO_ADJECTIVES.isdisjoint(line.words[at : named.first])


_ADJECTIVES = 3  # words: "rocket launches record-breaking X"
_NO_ADJECTIVES = _NO_SUBJECTS | word_set(
    "is are was were will would may has have said says set due that which , ; : . ( ) -"
)


_HELPERS = word_set(
    """to will would shall should may might can could must do does did not n't won't wouldn't never also now then
    still once again first ever even soon instead cannot couldn't didn't doesn't don't yet therefore both jointly together"""
)


_NOT = frozenset(("not", "n't", "never"))
_UNTIL = frozenset(("before", "until", "till"))


def _names(line: Line) -> bytearray:
    """Mark the tokens that belong to a name; the last word of a described subject may still be a cue's neighbour, not a cue."""
    blocked = bytearray(len(line.words))
    for item in line.items:
        named = item.kind in ("vehicle", "org", "date", "place") or (
            item.mention is not None and item.mention.form == "proper"
        )
        if named:
            first = item.first
            if item.kind == "date" and line.words[first] in _NOT:  # "not fly before 2028" holds a verb
                first = next((n for n in range(first, item.last) if line.words[n] in _UNTIL), first)
            for number in range(first, min(item.last, len(blocked))):
                blocked[number] = 1
    return blocked


def _matched(line: Line, elements: Sequence[Element], first: int) -> tuple[int, int, frozenset[str]]:
    """Return the end, the head and the head's forms of a pattern that begins here; an end of -1 where it does not fit."""
    at, head, forms = first, first, _NO_FORMS
    words = line.words
    for number, element in enumerate(elements):
        if element.forms:
            told = element.forms.get(words[at]) if at < len(words) else None
            if told is None:
                return -1, first, forms
            if element.verb and not forms:
                head, forms = at, told
            at += 1
        elif element.gap:
            return _after_gap(line, elements[number + 1 :], at, element.gap, head, forms)
        else:
            item = _slot(line, element.slot, at)
            if item is None:
                return -1, first, forms
            at = item.last
            if element.slot == "mission" and words[at : at + 1] and words[at] in _CRAFT:
                at += 1
    return at, head, forms


_NO_FORMS: frozenset[str] = frozenset()


def _after_gap(
    line: Line, rest: Sequence[Element], at: int, gap: int, head: int, forms: frozenset[str]
) -> tuple[int, int, frozenset[str]]:
    """Try the rest of the pattern after one to `gap` words; a name counts as one word."""
    where = at
    for _ in range(gap + 1):
        where = next((ended for begun, ended in line.asides if begun == where), where)
        if where >= len(line.words) or line.words[where] in _MARKS:
            break
        if where > at:
            end, _, _ = _matched(line, rest, where)
            if end > where:
                return end, head, forms
        name = next((item for item in line.items if item.first == where and item.kind != "destination"), None)
        where = name.last if name else where + 1
    return -1, head, forms


def _slot(line: Line, slot: str, at: int) -> Item | None:
    kinds = _SLOT_KINDS.get(slot)
    for item in line.items:
        if slot == "mission" and item.kind == "subject" and item.first in (at, at + 1):
            return item
        if (
            kinds
            and item.kind in kinds
            and (item.first == at or (item.first == at + 1 and line.words[at] in ("the", "a")))
        ):
            return item
    return None


def _wanted(line: Line, cue: Cue) -> bool:
    if not cue.needs:
        return True
    words = line.words
    for need in cue.needs:
        if need.startswith("{"):
            kind = "subject" if need == "{mission}" else need.strip("{}")
            if any(item.kind == kind for item in line.items):
                return True
        elif need in words:
            return True
    return False


def _is_of_tense(cue: Cue) -> bool:
    """Whether a cue counts in one tense only: beside it another reading of the same words may hold."""
    return cue.ongoing or cue.progressive


def _apart(found: list[CueMatch]) -> list[CueMatch]:
    """Drop a cue that overlaps a longer or an earlier one of the same kind."""
    if len(found) < 2:
        return found
    kept: list[CueMatch] = []
    for match in sorted(found, key=lambda m: (m.first - m.last, m.first)):
        if not any(
            k.cue.kind == match.cue.kind
            and k.first < match.last
            and match.first < k.last
            and (_is_of_tense(k.cue) == _is_of_tense(match.cue) or k.last - k.first > match.last - match.first)
            for k in kept
        ):
            kept.append(match)
    return sorted(kept, key=lambda m: m.first)


_INTRANSITIVE = word_set(
    """in on at from by aboard atop with into to for as after before during late early later last next this yesterday
    today tomorrow and but while which who when where , . ; : ) ( - – — again together successfully separately
    only just nearly almost barely roughly some more less over early recently
    back no not within around between until since under using alongside soon here there jointly formally in-between up
    halfway midway mid-flight en prior"""
)
_QUOTED = (('"',), ("”",), ("’",))  # had "retired"
_UNITS = word_set("seconds minutes moments hours days weeks months years decades")
_LY_NOUNS = frozenset(("family", "assembly", "supply", "anomaly", "italy"))


def object_follows(line: Line, match: CueMatch) -> bool:
    """Return whether an object stands behind the verb, so that the subject in front of it cannot be what was launched."""
    at = match.last + (line.words[match.last : match.last + 1] in _QUOTED)
    if at >= len(line.words) or line.words[at] in _INTRANSITIVE or _UNITS & set(line.words[at : at + 2]):
        return False  # "failed two minutes after liftoff"
    if line.words[at].endswith("ly") and len(line.words[at]) > 4 and line.words[at] not in _LY_NOUNS:
        return False
    return not any(i.kind == "date" and i.first == at for i in line.items)
