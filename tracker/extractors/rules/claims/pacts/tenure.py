"""Tenure: an agreement signed some time ago, under which work goes on, is in force; its signing is history.

On the day of a signing "under the agreement" speaks of what will follow from it, and the news is that it was signed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.pacts.passing import without_passing
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Scene
from tracker.extractors.rules.subjects.pacts.plurals import PLURAL

HISTORY = "dates-from"
"""The cue of a signing that only dates the agreement: no status follows from it."""
DONE = "done"
"""The cue of a status that a verb in the past tells."""
_SIGNING = frozenset({"signed", "joined", "awarded"})
_WEAK = "under-it"
"""The cue of "under an agreement": beside the signing it tells no more than that it was signed."""
_FRESH_DAYS = 120  # a signing is still the news so long


def in_force(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts with the signing of agreements that are long in force as mere dates: their status is that they are in force."""
    told = [
        f for f in _without_late_dates(scene, without_passing(scene, list(facts))) if not _goes_on_without(scene, f)
    ]
    told += _same_day(scene, told)
    by_subject: dict[int, list[Fact]] = defaultdict(list)
    for fact in told:
        if scene.subjects[fact.subject].kind == "agreement":
            by_subject[fact.subject].append(fact)
    settled = {number for number, own in by_subject.items() if _is_settled(scene, own)}
    return [
        msgspec.structs.replace(f, cue=HISTORY) if f.attribute == "signed_date" and f.subject in settled else f
        for f in told
        if f.subject not in settled or f.attribute != "status" or f.value != "signed"
    ]


_SAME = re.compile(r"\b(?:on|at|during) (?:the|that) same (?:occasion|day|ceremony|event|time|visit)\b", re.IGNORECASE)


def _same_day(scene: Scene, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the day of what was signed "on the same occasion" as what the sentences before tell of."""
    days = [f for f in facts if f.attribute == "signed_date" and f.modality == "actual"]
    dated = {f.subject for f in days}
    for fact in facts:
        if fact.attribute != "status" or fact.value != "signed" or fact.modality != "actual" or fact.subject in dated:
            continue
        line = next(one for one in scene.lines if one.number == fact.line)
        told = _SAME.search(scene.document.text, line.start, line.end)
        before = [d for d in days if 0 < fact.line - d.line <= _NEAR and d.subject != fact.subject]
        summed = [
            d for d in days if 0 < fact.line - d.line <= _SUMMED_UP and d.subject != fact.subject and _sums_up(scene, d)
        ]
        alone = not any(i.date for i in line.of("date"))
        before = before if told else summed if alone else []
        if before:
            dated.add(fact.subject)
            yield msgspec.structs.replace(
                fact, attribute="signed_date", value=before[-1].value, confidence=fact.confidence - 0.16
            )


def _sums_up(scene: Scene, fact: Fact) -> bool:
    """Whether the sentence of a day speaks of several agreements, which those behind it then tell: "signed two accords on Friday"."""
    line = next(one for one in scene.lines if one.number == fact.line)
    return bool(PLURAL & set(line.words))


_NEAR = 2  # sentences
_SUMMED_UP = 4  # sentences from what sums them up to the last of them
_MANY = frozenset({"treaty", "accord"})
"""Types of agreements that are between many: one that leaves does not end them."""


def _goes_on_without(scene: Scene, fact: Fact) -> bool:
    """Whether a status only tells that one of many has left: "Riyadh withdraws from the treaty"."""
    left = fact.attribute == "status" and fact.cue == "withdrew" and fact.value == "terminated"
    return left and scene.subjects[fact.subject].type in _MANY


def _without_late_dates(scene: Scene, facts: list[Fact]) -> list[Fact]:
    """Leave out a coming date as that of a signing that is done, and the talks that would follow from it."""
    done = {(f.subject, f.line) for f in facts if f.cue == DONE}
    return [
        f
        for f in facts
        if not _is_past_end(scene, f)
        and (
            (f.subject, f.line) not in done
            or not (
                (f.attribute == "signed_date" and f.modality == "planned")
                or (f.attribute == "status" and f.value == "under_discussion" and f.cue in _SIGNING)
            )
        )
    ]


def _is_past_end(scene: Scene, fact: Fact) -> bool:
    """Whether an end that is told as coming has passed: "was extended through 2030 last year" ended no year ago."""
    ends = fact.attribute == "expiry_date" and fact.modality == "planned"
    return ends and DateSpan.parse(fact.value).last < scene.document.published.first


def _is_settled(scene: Scene, facts: Iterable[Fact]) -> bool:
    """Whether the agreement works and its signing lies well back, by its date or by where the text tells of it."""
    actual = [f for f in facts if f.modality == "actual"]
    signings = {f.line for f in actual if f.attribute == "signed_date" or f.value == "signed"}
    if not any(f.value == "in_force" and (f.cue != _WEAK or f.line not in signings) for f in actual):
        return False
    published = scene.document.published.first
    signed = [DateSpan.parse(f.value) for f in actual if f.attribute == "signed_date"]
    if signed:
        return all((published - span.last).days > _FRESH_DAYS for span in signed)
    heads = {line.number for line in scene.lines if line.block in ("title", "lead")}
    return not any(f.attribute == "status" and f.value == "signed" and f.line in heads for f in actual)
