"""Hedges: words further off that take back what a verb says, or leave it open.

The verb group tells "is not cancelled" and "may be cancelled" by itself. "Denied that X has been cancelled", "there are no plans to
cancel X", "rumours of its cancellation are false", "faces cancellation" tell it from outside, in front of the clause or behind it.
"""

from collections.abc import Sequence

import msgspec

from tracker.extractors.rules.claims.scene.scene import Line
from tracker.extractors.rules.claims.telling.cues import CueMatch
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.words import word_set

_DENIES = word_set(
    """denied denies deny denying reject dismiss refute rejected rejects rejecting dismissed dismisses dismissing refuted refutes refuting rebutted rebuts
    scotched scotches quashed quashes contradicted contradicts disputed disputes debunked debunks rubbished rubbishes"""
)
_SAYINGS = word_set(
    """report reports rumour rumours rumor rumors claim claims suggestion suggestions speculation talk allegations news idea notion
    stories gossip whispers"""
)
_INTENTS = word_set(
    "plan plans intention intentions decision move moves wish desire proposal proposals reason need question truth"
)
_SPARED = word_set(
    "avoids avoided avoid escapes escaped escape survives survived averts averted dodges dodged spared saved rescued"
)
_FALSE = word_set(
    "false untrue wrong baseless unfounded incorrect mistaken groundless fabricated nonsense premature inaccurate"
)
_OPEN = word_set(
    """rumour rumours rumor rumors speculation fear fears feared fearing worry worries warned warns warning warnings threat threats
    threatened threatens risk risks risked danger whether if unless possible possibility prospect unconfirmed allegations calls called urged
    urges demands demanded demand petition recommended recommends suggested suggests proposal proposals proposed proposes bill faces facing
    facing faced considers considering considered weighs weighing mulls mulling debates wants against could might may"""
)
_UNTOLD = word_set("said say confirmed confirm announced announce decided decide disclosed revealed known clear")
_NO = word_set("no zero")
_NOT = word_set("not n't never nor hasn't didn't isn't wasn't haven't doesn't")
_ENDS = word_set("; but although though while after because since — – (")
_REACH = 18
_NOUN_GAP = 4
_DECIDED = word_set(
    "cancelled approved on_hold failed completed terminated signed agreed launched operating postponed in_development"
)
_FLIGHTS = frozenset(("launched", "operating"))
_NEARLY = word_set("nearly almost narrowly")
_INVERTED = frozenset(("had", "were", "should"))


def is_untold(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a state is only asked for, missed by a hair or imagined: "was X cancelled?", "nearly lost", "had X been lost, …".

    So is work that years are counted from.
    """
    words = line.words
    tried = match.cue.date == "launch_date" and words[max(0, reading.first - 1) : reading.first] in _TRIED
    if tried and not _FAILED.isdisjoint(words):
        return True  # "an attempt to launch X failed"
    if match.cue.kind != "mission" or match.cue.status not in _DECIDED or reading.modality != "actual":
        return False
    if match.cue.status == "operating" and _is_counted_from(words, reading.first):
        return True
    nearly = not _NEARLY.isdisjoint(words[max(0, reading.first - 1) : match.head])
    return nearly or "?" in words[match.last :] or (words[0] in _INVERTED and "," in words[match.last :])


_TRIED = (("attempt",), ("bid",), ("effort",), ("attempts",))
_FAILED = word_set("failed fails unsuccessful")


def _is_counted_from(words: Sequence[str], first: int) -> bool:
    """Whether years are counted from the event: "fifty years after X landed" is history, not X at work."""
    front = words[max(0, first - _REACH) : first]
    at = max((n for n, w in enumerate(front) if w in ("after", "since") and n and front[n - 1] in _AGES), default=-1)
    return at >= 0 and "," not in front[at:]


_AGES = word_set("years decades year decade century")


def hedged(line: Line, match: CueMatch, reading: Reading) -> Reading:
    """Return the reading as denied or possible where words outside the verb group say so; else as it is."""
    if match.cue.kind == "other" or reading.modality == "denied" or not (match.cue.status or match.cue.sort == "shift"):
        return reading
    front = _front(_without_months(line), reading.first)
    bare = reading.voice == "noun" or match.forms == {"ing"}
    headline = (line.block == "title" or line.number == 0) and not _DENIES.isdisjoint(front)
    if headline and any(
        w in _DENIES and any(i.first == reading.first - len(front) + n + 1 for i in line.of("subject"))
        for n, w in enumerate(front)
    ):
        return msgspec.structs.replace(reading, modality="denied", negated=True)  # "agency denies X scrapped"
    if _is_denied(front, line.words, match, reading) or _is_false(line.words, match):
        return msgspec.structs.replace(reading, modality="denied", negated=True)
    decided = match.cue.status in _DECIDED - (_FLIGHTS if reading.voice == "noun" else frozenset())
    if reading.modality == "actual" and decided and _is_open(front, bare=bare):
        return msgspec.structs.replace(reading, modality="possible")
    return reading


def _without_months(line: Line) -> Sequence[str]:
    """The words of a sentence with its dates left blank: on the seventh of May nothing is left open."""
    if "may" not in line.vocabulary:
        return line.words
    dated = {n for i in line.of("date") for n in range(i.first, i.last)}
    return ["" if n in dated else w for n, w in enumerate(line.words)]


def _front(words: Sequence[str], first: int) -> Sequence[str]:
    """The words of the sentence in front of the verb group, back to where another thought ends."""
    front = words[max(0, first - _REACH) : first]
    for cut in range(len(front) - 1, -1, -1):
        if front[cut] in _ENDS:
            return front[cut + 1 :]
    return front


def _is_denied(front: Sequence[str], words: Sequence[str], match: CueMatch, reading: Reading) -> bool:
    """Whether somebody denies it, there is no plan for it, or it was escaped."""
    if not _DENIES.isdisjoint(front):
        at = max(n for n, w in enumerate(front) if w in _DENIES)
        rest = front[at + 1 :]
        told = bool({"that", "having", "it"} & set(rest[:1])) or bool(_SAYINGS & set(rest[:_NOUN_GAP]))
        if told or not rest or (_INTENTS & set(rest[:_NOUN_GAP]) and "," not in rest):
            return True
    group = words[max(0, reading.first - 2) : match.head + 1]
    if not _NO.isdisjoint(group) and any(
        w in _NO and _INTENTS & set(group[n + 1 : n + 3]) for n, w in enumerate(group)
    ):
        return True  # "no plans to cancel"
    if not _NO.isdisjoint(front) and any(
        w in _NO and _INTENTS & set(front[n + 1 : n + 3]) and "," not in front[n:] for n, w in enumerate(front)
    ):
        return True  # "no truth in reports that X was cancelled"
    if reading.voice == "noun" and _SPARED & set(front[-3:]):
        return True
    return _is_untrue(front)


def _is_untrue(front: Sequence[str]) -> bool:
    """Whether "it is not true that", "false claims that" stands in front."""
    for at, word in enumerate(front) if not _TRUTH.isdisjoint(front) else ():
        if (
            word in ("true", "correct", "case")
            and _NOT & set(front[max(0, at - 3) : at])
            and "that" in front[at : at + 2]
        ):
            return True
        if word in _FALSE and ("that" in front[at : at + 3] or _SAYINGS & set(front[at : at + 2])):
            return True
    return False


_TRUTH = _FALSE | {"true", "correct", "case"}


def _is_false(words: Sequence[str], match: CueMatch) -> bool:
    """Whether what is told is called false behind it: "reports that X was cancelled are untrue"."""
    if _SAYINGS.isdisjoint(words[: match.first]):
        return False
    behind = words[match.last :]
    at = next((n for n, w in enumerate(behind) if w in _FALSE or w in ("denied", "dismissed", "rejected")), None)
    return at is not None and bool({"is", "are", "was", "were", "as"} & set(behind[max(0, at - 4) : at]))


def _is_open(front: Sequence[str], *, bare: bool) -> bool:
    """Whether it is only feared, asked for or rumoured; a finite verb needs "that", "whether" or "if" to hang on such a word."""
    if not _UNTOLD.isdisjoint(front) and any(
        w in _UNTOLD and _NOT & set(front[max(0, n - 3) : n]) and "," not in front[n:] for n, w in enumerate(front)
    ):
        return True  # "has not said that X was cancelled"
    if _OPEN.isdisjoint(front):
        return False
    open_at = max(n for n, w in enumerate(front) if w in _OPEN)
    rest = front[open_at + 1 :]
    if "," in rest:
        return False
    if bare:
        return len(rest) <= _NOUN_GAP + 2
    return front[open_at] in ("whether", "if", "unless") or "that" in rest[:2]
