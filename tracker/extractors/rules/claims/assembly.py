"""Assembly: settled facts become claims, each with its evidence, its place in the article and whoever says it."""

import re
from collections.abc import Iterator, Sequence

from tracker.domain.claim import Claim, Salience, make_claim
from tracker.domain.dates import DateSpan
from tracker.domain.document import Evidence
from tracker.extractors.confidence import calibrated
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Line, Scene

_NAME = r"(?:[A-ZÀ-Þ][\w'’.-]*)(?: (?:[A-ZÀ-Þ][\w'’.-]*|of|and|de)){0,5}"
_SPEAKER = re.compile(
    rf"(?P<a>{_NAME})(?:, [^,.]{{3,80}},)? (?:said|says|told|announced|confirmed|reported)\b|\b(?:said|told) (?P<b>{_NAME})|\b[Aa]ccording to (?:the |an? )?(?P<c>{_NAME})"
)
_SAYS = ("said", "says", "told", "announced", "confirmed", "reported", "ccording to")
"""Of these stands one wherever a speaker is named; the pattern is dear."""
_BACKGROUND_DAYS = 730


def assemble(scene: Scene, facts: Sequence[Fact]) -> Iterator[Claim]:
    """Yield the claims of a document in the order of its text."""
    lines = {line.number: line for line in scene.lines}
    first = min((line.number for line in scene.lines if not line.heading), default=0)
    newest = _newest(facts)
    speakers = {number: _speaker(scene, lines[number]) for number in {fact.line for fact in facts}}
    for fact in facts:
        subject = scene.subjects[fact.subject]
        line = lines[fact.line]
        shared: dict[str, object] = {
            "aliases": subject.aliases,
            "confidence_ppm": round(calibrated(fact.confidence, scene.lexicon.confidence) * 1_000_000),
            "superseded": fact.old,
            "change_reported": fact.change,
            "salience": _salience(scene, line, newest.get(fact.subject), first),
            "since": fact.since,
            "value_id": fact.value_id,
            "attribution": speakers[fact.line],
        }
        for by in (fact.by, *fact.also):  # what two approved is a claim of each
            details = {**shared, "by": by}
            yield make_claim(
                scene.document,
                kind=subject.kind,
                entity=subject.name,
                entity_id=subject.id,
                attribute=fact.attribute,
                value=fact.value,
                modality=fact.modality,
                evidence=Evidence(fact.start, fact.end),
                **{name: value for name, value in details.items() if value not in (None, False, ())},
            )


def _newest(facts: Sequence[Fact]) -> dict[int, DateSpan]:
    """The latest date that the document gives for each subject."""
    newest: dict[int, DateSpan] = {}
    for fact in facts:
        if fact.attribute.endswith("_date"):
            span = DateSpan.parse(fact.value)
            if fact.subject not in newest or span.last > newest[fact.subject].last:
                newest[fact.subject] = span
    return newest


def _salience(scene: Scene, line: Line, newest: DateSpan | None, first: int) -> Salience:
    """Where it stands; a subject of which nothing is younger than two years is background, wherever it stands after the lead."""
    if line.block == "title":
        return "title"
    if line.block == "lead" and line.number <= first + 1:
        return "lead"
    if newest is not None and (scene.document.published.first - newest.last).days > _BACKGROUND_DAYS:
        return "background"
    return "body"


def _speaker(scene: Scene, line: Line) -> str | None:
    """Who says it, where the sentence names a speaker."""
    text = scene.document.text
    if all(text.find(word, line.start, line.end) < 0 for word in _SAYS):
        return None
    match = _SPEAKER.search(text, line.start, line.end)
    return next((who for who in match.groups() if who), None) if match else None
