"""When a claim agrees with a gold fact: the judge of a corpus that brings none of its own.

Facts about one thing are gathered under its names, the things of the gold are paired with those that were read, and within a
pair facts are ticked off: first those with the same value letter for letter, then those whose values agree. What stays unticked
in the gold is missed, and a claim that agrees with nothing in its pair is groundless. Two losses are forgiven: a gold fact that
another counted claim already says, and a claim that repeats what was counted.

Pure. The functions are those that the `score.py` of a corpus offers, so that either can judge.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import Any, TypedDict

from bench.score.values import as_party, key, values_agree

__all__ = ["align", "as_party", "group_entities", "key", "score_document", "values_agree"]

Fact = dict[str, Any]

_WHO_AND_WHERE = frozenset(("party", "destination", "launch_vehicle", "subject", "type", "place"))
_SAME_NAME = 0.5
"""Names that share so much of their words are names of one thing, whatever is said of it."""
_LIKE_NAME = 0.2
"""With this much, one common fact decides; an agreement or a meeting is known by two common facts under any name."""
_NAME_WEIGHT = 3


class Thing(TypedDict):
    """One mission, agreement or meeting of a document: its names as they stand, their keys, and what is said of it."""

    kind: str
    keys: set[str]
    names: set[str]
    facts: list[Fact]


def score_document(
    gold: Sequence[Fact], claimed: Sequence[Fact]
) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Return what is right (gold fact and claim), what was missed, and what was claimed without ground.

    Optional gold facts are in none of the three, and neither is a claim that agrees with one.
    """
    things, read = group_entities(gold), group_entities(claimed)
    pairs = align(things, read)
    right: list[tuple[Fact, Fact]] = []
    missed: list[Fact] = []
    grounded: set[int] = set()
    for number, thing in enumerate(things):
        answers = read[pairs[number]]["facts"] if number in pairs else []
        ticked = _tick(thing["facts"], answers)
        taken = [answer for _, answer in ticked]
        right += [(fact, answer) for fact, answer in ticked if not fact.get("optional")]
        done = {id(fact) for fact, _ in ticked}
        missed += [
            fact
            for fact in thing["facts"]
            if id(fact) not in done and not fact.get("optional") and not _any_agrees(fact, taken)
        ]
        grounded |= {id(answer) for answer in answers if any(_agree(fact, answer) for fact in thing["facts"])}
    return right, missed, [claim for claim in claimed if id(claim) not in grounded]


def _tick(facts: Sequence[Fact], answers: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Pair facts with answers one to one; what may be left out, or is superseded, takes what others leave."""
    waiting = sorted(facts, key=lambda fact: bool(fact.get("optional") or fact.get("superseded")))
    free = list(answers)
    ticked = []
    for to_the_letter in (True, False):
        for fact in list(waiting):
            for place, answer in enumerate(free):
                if _agree(fact, answer) and (not to_the_letter or _same_letters(fact, answer)):
                    ticked.append((fact, free.pop(place)))
                    waiting = [other for other in waiting if other is not fact]
                    break
    return ticked


def _any_agrees(fact: Fact, answers: Iterable[Fact]) -> bool:
    return any(_agree(fact, answer) for answer in answers)


def _same_letters(fact: Fact, answer: Fact) -> bool:
    return str(fact["value"]).lower() == str(answer["value"]).lower()


def _agree(fact: Fact, claim: Fact) -> bool:
    attribute = fact["attribute"]
    if attribute != claim["attribute"]:
        return False
    if _force(attribute, fact["modality"]) != _force(attribute, claim["modality"]):
        return False
    good = [fact["value"], *fact.get("accept", ())]
    return any(values_agree(attribute, value, claim["value"]) for value in good)


def _force(attribute: str, modality: str) -> str:
    """What of a modality counts: a possible plan is a plan, and of who, where and what only a denial matters."""
    if attribute in _WHO_AND_WHERE:
        return "denied" if modality == "denied" else "said"
    return "planned" if modality == "possible" else modality


def group_entities(facts: Iterable[Fact]) -> list[Thing]:
    """Gather the facts of a document under the things they speak of: one kind, and a name that is known for it."""
    things: list[Thing] = []
    for fact in facts:
        own, names = key(fact["entity"]), {fact["entity"], *(fact.get("aliases") or ())}
        thing = next((each for each in things if each["kind"] == fact["kind"] and own in each["keys"]), None)
        if thing is None:
            thing = Thing(kind=fact["kind"], keys=set(), names=set(), facts=[])
            things.append(thing)
        thing["keys"] |= {key(name) for name in names}
        thing["names"] |= names
        thing["facts"].append(fact)
    return things


def align(gold: Sequence[Thing], claimed: Sequence[Thing]) -> dict[int, int]:
    """Return which claimed thing stands for which of the gold, by number; the likest pairs are taken first."""
    likely = []
    for (mine, thing), (yours, other) in product(enumerate(gold), enumerate(claimed)):
        if thing["kind"] != other["kind"]:
            continue
        likeness = _likeness(thing["names"], other["names"])
        shared = sum(_any_agrees(fact, other["facts"]) for fact in thing["facts"])
        known_by_facts = thing["kind"] != "mission" and shared >= 2
        if likeness >= _SAME_NAME or (likeness >= _LIKE_NAME and shared) or known_by_facts:
            likely.append((likeness * _NAME_WEIGHT + shared, mine, yours))
    pairs: dict[int, int] = {}
    for _, mine, yours in sorted(likely, reverse=True):
        if mine not in pairs and yours not in pairs.values():
            pairs[mine] = yours
    return pairs


def _likeness(ours: Collection[str], theirs: Collection[str]) -> float:
    """The greatest share of words that a name of the one has in common with a name of the other, from 0 to 1."""
    return max((_shared(key(a), key(b)) for a, b in product(ours, theirs)), default=0.0)


def _shared(one: str, other: str) -> float:
    if one == other:
        return 1.0
    ours, theirs = set(one.split()), set(other.split())
    numbers = [{word for word in side if word.isdigit()} for side in (ours, theirs)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return 0.0  # the third dialogue is not the fourth, nor Chang'e-5 Chang'e-6
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0
