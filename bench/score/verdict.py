"""What became of each gold fact and of each claim, and at which stage of reading it went wrong."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from bench.score.corpus import Corpus, Fact

Outcome = Literal["hit", "missed", "spurious"]
STAGES = ("subject", "status", "dates", "names", "attachment", "modality", "cues")
"""Where a fact is lost: its subject was not found or is none; another status was chosen; the date or the name was not seen;
the value went elsewhere; the modality differs; nothing was said although all of its parts were there."""


class Verdict(msgspec.Struct, frozen=True):
    """One fact that counts: right, missed, or claimed without ground. `confidence` is that of a claim."""

    document: str
    outcome: Outcome
    attribute: str
    fact: Fact
    stage: str = ""
    confidence: float | None = None


def judge(corpus: Corpus, claims: Mapping[str, Sequence[Fact]]) -> Iterator[Verdict]:
    """Yield the verdicts of a corpus; `claims` are those of each document by its id."""
    for document, gold in corpus.gold.items():
        yield from _document(corpus, document, gold, _unrepeated(corpus, claims.get(document, ())))


def _document(corpus: Corpus, document: str, gold: Sequence[Fact], said: Sequence[Fact]) -> Iterator[Verdict]:
    scorer = corpus.scorer
    hits, missed, spurious = scorer.score_document(gold, said)
    ours, theirs = scorer.group_entities(said), scorer.group_entities(gold)
    matches = scorer.align(theirs, ours)
    # The claims of the subject that stands for a gold subject, and the other way round, by the identity of the fact.
    answered = {id(f): ours[matches[i]]["facts"] for i, g in enumerate(theirs) if i in matches for f in g["facts"]}
    meant = {id(p): theirs[i]["facts"] for i, j in matches.items() for p in ours[j]["facts"]}
    for fact, claim in hits:
        yield Verdict(document, "hit", _attribute(fact), fact, confidence=claim.get("confidence"))
    for fact in missed:
        stage = _stage(corpus, fact, answered.get(id(fact)), said)
        yield Verdict(document, "missed", _attribute(fact), fact, stage)
    for claim in spurious:
        stage = _stage(corpus, claim, meant.get(id(claim)), gold)
        yield Verdict(document, "spurious", _attribute(claim), claim, stage, claim.get("confidence"))


def _stage(corpus: Corpus, fact: Fact, same: Sequence[Fact] | None, every: Sequence[Fact]) -> str:
    """Compare a fact with those of the other side about the same subject, and with all of them."""
    scorer, attribute = corpus.scorer, fact["attribute"]
    if same is None:
        return "subject"
    beside = [other for other in same if other["attribute"] == attribute]
    if any(scorer.values_agree(attribute, fact["value"], other["value"]) for other in beside):
        return "modality"
    if attribute == "status":
        return "status" if beside else "cues"
    elsewhere = (other for other in every if other["attribute"].endswith("_date") == attribute.endswith("_date"))
    if any(_same_value(scorer, attribute, fact, other) for other in elsewhere):
        return "attachment"
    if attribute.endswith("_date"):
        return "dates"
    return "names" if attribute in ("party", "place", "destination", "launch_vehicle") else "cues"


def _same_value(scorer: object, attribute: str, fact: Fact, other: Fact) -> bool:
    if not attribute.endswith("_date") and other["attribute"] != attribute:
        return False
    if attribute == "party":
        # The organisation is there, in another role or with another subject.
        return bool(scorer.as_party(fact["value"])[0] == scorer.as_party(other["value"])[0])  # type: ignore[attr-defined]  # a module of the corpus
    return bool(scorer.values_agree(attribute, fact["value"], other["value"]))  # type: ignore[attr-defined]  # the same


def _unrepeated(corpus: Corpus, claims: Sequence[Fact]) -> list[Fact]:
    seen: dict[tuple[str, ...], Fact] = {}
    for claim in claims:
        name = corpus.scorer.key(claim["entity"])
        seen.setdefault((claim["kind"], name, claim["attribute"], str(claim["value"]), claim["modality"]), claim)
    return list(seen.values())


def _attribute(fact: Fact) -> str:
    return f"{fact['kind']}.{fact['attribute']}"
