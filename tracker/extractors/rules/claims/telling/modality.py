"""Modality: whether a cue is reported as done, planned, possible or not so; read from the verb group in front of it.

English puts it all to the left of the verb: auxiliaries, "to", words of intent, negation ("is to be", "hopes to", "was to have",
"has yet to", "could be"). The group is collected leftwards while the words belong to one of these small classes.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from tracker.domain.claim import Modality
from tracker.extractors.lexicon import Lexicon

Voice = Literal["active", "passive", "noun"]
_GROUP = 12
_CLASSES = ("be", "have", "do", "future", "possible", "plan", "negation", "failing", "adverb")
_CUTS = frozenset((",", ";", ".", "and", "but", ":", "which", "that", "—", "–"))
_MODAL_NOUNS = frozenset(("possible", "potential", "proposed"))


class Reading(msgspec.Struct, frozen=True):
    """How a cue is meant. `first` is the token where its verb group begins.

    `old_plan` marks the plan of the past ("was to have"), `bare` a verb with nothing in front of it, and `now` the word that
    sets a value against an older one.
    """

    modality: Modality
    voice: Voice
    first: int
    old_plan: bool = False
    bare: bool = False
    now: bool = False
    perfect: bool = False
    negated: bool = False
    infinitive: bool = False


def read_verb(
    words: Sequence[str],
    head: int,
    forms: frozenset[str],
    lexicon: Lexicon,
    dates: frozenset[int] = frozenset(),
    names: frozenset[int] = frozenset(),
) -> Reading:
    """Return how the verb at `head` is meant; `forms` are the forms that its spelling can be, `dates` and `names` are their tokens."""
    first = _group_start(words, head, lexicon, dates, names)
    group = [words[n] for n in range(first, head) if n not in dates]
    classes = lexicon.classes
    if "to" not in group and lexicon.words_of(_AUXILIARY).isdisjoint(group):
        group = [*_shared(words, first, forms, lexicon), *group]
    be = [n for n, w in enumerate(group) if w in classes["be"]]
    have = not classes["have"].isdisjoint(group)
    to = "to" in group and not _is_reported(words, first)
    negated = not classes["negation"].isdisjoint(group) or ("yet" in group and to and have)
    negated = negated or (to and not classes["failing"].isdisjoint(group))
    if not group and "participle" in forms:  # "would not have it called a failure"
        clause = words[max(0, head - 6) : head]
        negated = not classes["negation"].isdisjoint(clause)
        if negated:
            cut = max((n for n, w in enumerate(clause) if w in _CUTS), default=-1)
            negated = not classes["negation"].isdisjoint(clause[cut + 1 :])
    passive = "participle" in forms and bool(be) and not _between(group, be[-1], lexicon)
    opens = head == 0  # "Launched in 2023, it …"
    if "participle" in forms and not be and not have and not to and not group and ("past" not in forms or opens):
        passive = True
    voice: Voice = "passive" if passive else "active"
    modality: Modality = "actual"
    future = not classes["future"].isdisjoint(group)
    planned = to or any(w in classes["plan"] for w in group if w not in ("set", "about") or to)
    possible = not classes["possible"].isdisjoint(group)
    past_be = not classes["be_past"].isdisjoint(group)
    resolved = not RESOLVED.isdisjoint(group)  # "had decided to launch it in 2028" is the plan that holds
    old_plan = (past_be or "had" in group) and planned and not future and not resolved
    if possible:
        modality = "possible"
    elif future or planned:
        modality = "planned"
    elif forms <= {"base"} and classes["do"].isdisjoint(group) and not group:
        modality = "actual"
    if negated and not (planned and "no" in group):
        modality = "denied"
    return Reading(
        modality=modality,
        voice=voice,
        first=first,
        old_plan=old_plan,
        bare=not group or (forms == {"ing"} and not be and not have),
        now=not classes["new"].isdisjoint(group),
        perfect=have,
        negated=negated,
        infinitive=to and not (be or have or future or possible) and classes["plan"].isdisjoint(group),
    )


RESOLVED = frozenset(("decided", "agreed", "ordered", "committed", "promised", "opted"))
"""What was resolved holds, be it told in the pluperfect."""
_AUXILIARY = ("be", "have", "do", "future", "possible", "plan")
_LINKS = frozenset((",", "and", "or", "then"))


def _shared(words: Sequence[str], first: int, forms: frozenset[str], lexicon: Lexicon) -> list[str]:
    """The auxiliaries that a verb has in common with the one before it: "would land there and bring samples back"."""
    if "participle" in forms and first and words[first - 1] in ("and", "or"):
        return _shared_passive(words, first, lexicon)
    if "base" not in forms or "past" in forms or not first or words[first - 1] not in _LINKS:
        return []
    for at in range(first - 1, max(-1, first - _FAR), -1):
        word = words[at]
        if word in _STOPS:
            break
        if word == "to" or word in lexicon.classes["future"] or word in _MAY:
            start = _group_start(words, at, lexicon)
            return [*words[start:at], word]
    return []


def _shared_passive(words: Sequence[str], first: int, lexicon: Lexicon) -> list[str]:
    """Those of a participle that goes on with a passive to come: "will be built in Italy and launched by India"."""
    for at in range(first - 2, max(0, first - _FAR), -1):
        word = words[at]
        if word in _STOPS:
            break
        if word == "be":
            start = _group_start(words, at, lexicon)
            return list(words[start : at + 1]) if start < at else []
    return []


_FAR = 22
_STOPS = frozenset((".", ";", ":", "which", "that", "who", "but", "—", "–", "is", "are", "was", "were", "has", "had"))
_MAY = frozenset(("may", "might", "could", "can"))


def read_noun(words: Sequence[str], first: int, lexicon: Lexicon) -> Reading:
    """Return how a noun or a state is meant: by the verb group in front ("could be under study") or the word beside it."""
    start = _group_start(words, first, lexicon)
    group = words[start:first]
    classes = lexicon.classes
    clause = words[max(0, first - 8) : first]
    negated = not classes["negation"].isdisjoint(clause)
    if negated:
        cut = max((n for n, w in enumerate(clause) if w in _CUTS), default=-1)
        negated = not classes["negation"].isdisjoint(clause[cut + 1 :])
    future = not classes["future"].isdisjoint(group) or not _SET.isdisjoint(group)
    possible = not classes["possible"].isdisjoint(group) or not _MODAL_NOUNS.isdisjoint(group)
    told = "to" in group and not _is_reported(words, start)
    planned = future or (told and not lexicon.words_of(_TO_BE).isdisjoint(group))
    before = [w for w in words[max(0, start - 3) : start] if w not in _ARTICLES]
    planned = (
        planned or (before[-1:] in _AWAITED and "responsible" not in before) or before[-2:] in _AHEAD
    )  # "prepared for launch in November"
    past_be = not classes["be_past"].isdisjoint(group)
    modality: Modality = "possible" if possible else "planned" if planned else "actual"
    if negated:
        modality = "denied"
    return Reading(
        modality,
        "noun",
        start,
        old_plan=past_be and planned,
        now=not classes["new"].isdisjoint(group),
        negated=negated,
    )


_REPORTED = frozenset(
    (
        "believed", "thought", "said", "reported", "estimated", "known", "understood", "presumed", "found", "confirmed", "seen", "shown", "assumed", "considered",
        "reckoned", "judged", "declared", "deemed", "feared", "appears", "seems", "appeared", "seemed",
    )
)  # fmt: skip


def _is_reported(words: Sequence[str], first: int) -> bool:
    """Whether "to be" and "to have" tell what is so and not what is to come: "is believed to have crashed"."""
    return first > 0 and words[first - 1] in _REPORTED and words[first : first + 2] in (("to", "be"), ("to", "have"))


_SET = frozenset(("planned", "scheduled", "upcoming", "expected", "future", "targeted"))
_TO_BE = ("be", "plan")
_ARTICLES = frozenset(("a", "an", "the", "its", "their"))
_AWAITED = (["for"], ["until"], ["towards"], ["toward"], ["awaiting"], ["await"], ["awaits"], ["pending"])
_AHEAD = (["ahead", "of"], ["anticipation", "of"], ["expectation", "of"], ["preparation", "for"], ["time", "for"])


def _group_start(
    words: Sequence[str],
    head: int,
    lexicon: Lexicon,
    dates: frozenset[int] = frozenset(),
    names: frozenset[int] = frozenset(),
) -> int:
    """Return where the verb group in front of a token begins."""
    helping = lexicon.words_of(_CLASSES)
    at = head
    while at > 0 and head - at < _GROUP and at - 1 not in names:
        word = words[at - 1]
        if word in _PLAN_NOUNS and at > 1 and words[at - 2] in _OWNERS:
            break  # in "the plan was approved" the plan is what was approved
        if (
            at - 1 in dates
            or (word in ("in", "on") and at in dates and at < head)
            or word == "to"
            or word in helping
            or (word.endswith("ly") and len(word) > 4)
        ):
            at -= 1
        else:
            break
    return at


_PLAN_NOUNS = frozenset(("plan", "plans", "target", "aim", "hope", "hopes", "set", "budget"))
_OWNERS = frozenset(("the", "a", "this", "that", "its", "their", "his", "her", "'s", "new", "joint"))


def _between(group: Sequence[str], be: int, lexicon: Lexicon) -> bool:
    """Whether an infinitive stands between the last form of `be` and the verb: "is to launch" is active."""
    rest = group[be + 1 :]
    return "to" in rest or any(w in lexicon.classes["plan"] and "to" in rest for w in rest)
