"""What a language model answers, and how much of it is believed: what is in the form, in the vocabulary, and in the text."""

from collections.abc import Iterator

import msgspec

from tracker.domain.claim import Claim, Kind, Modality, make_claim
from tracker.domain.dates import DateSpan
from tracker.domain.document import Document, Evidence
from tracker.domain.ids import SubjectId, slug
from tracker.domain.vocabulary import AGREEMENT_TYPES, MISSION_ROLES, VOCABULARIES
from tracker.extractors.catalog import Catalog

MOST_CLAIMS = 200
"""How many claims of one document are looked at: an article has a few dozen."""
_LONGEST_QUOTE = 300
_MOST_SURE = 0.85  # a model is never surer than the rules that were measured
_NAMES = ("party", "destination", "launch_vehicle", "place")


class Told(msgspec.Struct, frozen=True):
    """One claim as the model gives it."""

    kind: Kind
    entity: str
    attribute: str
    value: str
    modality: Modality
    quote: str
    aliases: tuple[str, ...] = ()
    superseded: bool = False
    by: str | None = None
    since: str | None = None
    speaker: str | None = None
    confidence: float = 0.5


class Graded(msgspec.Struct, frozen=True):
    """The claims that are believed, and for each other one the reason why it is not."""

    claims: tuple[Claim, ...]
    refused: tuple[str, ...] = ()


class _Answer(msgspec.Struct, frozen=True):
    claims: list[msgspec.Raw]


def grade(answer: str, document: Document, catalog: Catalog) -> Graded:
    """Return what of an answer is believed. Raises ValueError when it is not in the form at all."""
    try:
        told = msgspec.json.decode(_json(answer).encode(), type=_Answer).claims
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise ValueError(str(error)[:200]) from None
    claims: dict[str, Claim] = {}
    refused = [f"{len(told) - MOST_CLAIMS} claims too many"] if len(told) > MOST_CLAIMS else []
    for raw in told[:MOST_CLAIMS]:
        try:
            claim = _claim(msgspec.json.decode(raw, type=Told), document, catalog)
        except ValueError as error:  # msgspec's are ValueErrors too
            refused.append(" ".join(str(error).split())[:200])
        else:
            claims.setdefault(claim.id, claim)
    return Graded(tuple(sorted(claims.values(), key=_place)), tuple(refused))


def _json(answer: str) -> str:
    """The outermost object: some models wrap it in a fence or a sentence."""
    start, end = answer.find("{"), answer.rfind("}")
    return answer[start : end + 1] if 0 <= start < end else answer


def _claim(told: Told, document: Document, catalog: Catalog) -> Claim:
    """Return the claim. Raises ValueError that says what is wrong with it."""
    text = document.text
    quote = told.quote.strip()
    start = text.find(quote) if 0 < len(quote) <= _LONGEST_QUOTE else -1
    if start < 0:
        raise ValueError("its quote is not in the document letter for letter")
    names = [name for each in (told.entity, *told.aliases) if (name := " ".join(each.split()))]
    if not told.entity.strip() or not _stands(names[0], text):
        raise ValueError(f"the document does not name {told.entity[:60]!r}")
    _check(told, text)
    known = next((entry for entry in _entries(names[0], told.kind, catalog)), None)
    details = {
        "aliases": tuple(name for name in dict.fromkeys(names[1:]) if _stands(name, text) and name != names[0]),
        "confidence_ppm": round(min(max(told.confidence, 0.0), _MOST_SURE) * 1_000_000),
        "superseded": told.superseded,
        "by": told.by,
        "since": told.since,
        "attribution": told.speaker,
        "value_id": _value_id(told, catalog),
    }
    return make_claim(
        document,
        kind=told.kind,
        entity=names[0],
        entity_id=SubjectId(known or f"{told.kind}/{slug(names[0])}"),
        attribute=told.attribute,
        value=told.value.strip(),
        modality=told.modality,
        evidence=Evidence(start, start + len(quote)),
        **{key: value for key, value in details.items() if value not in (None, False, ())},
    )


def _check(told: Told, text: str) -> None:
    known = VOCABULARIES[told.kind]
    attribute = known.attributes.get(told.attribute)
    value = told.value.strip()
    if attribute is None or not value:
        raise ValueError(f"a {told.kind} has no {told.attribute[:40]!r} of {value[:40]!r}")
    if told.since is not None:
        DateSpan.parse(told.since)
    if attribute.type == "date":
        DateSpan.parse(value)
    elif attribute.type == "status" and value not in known.statuses:
        raise ValueError(f"{value[:40]!r} is no status of a {told.kind}")
    elif told.attribute == "type" and value not in AGREEMENT_TYPES:
        raise ValueError(f"{value[:40]!r} is no type of agreement")
    elif told.attribute in _NAMES:
        name, _, role = value.partition(": ")
        if told.attribute == "party" and (told.kind == "mission") != (role in MISSION_ROLES):
            raise ValueError(f"{value[:60]!r} is no party of a {told.kind}")
        if not all(_stands(word, text) for word in name.split()):
            raise ValueError(f"the document does not name {name[:60]!r}")


def _stands(words: str, text: str) -> bool:
    return words.casefold() in text.casefold()


def _entries(name: str, kind: Kind, catalog: Catalog) -> Iterator[str]:
    yield from (entry.id for entry in catalog.named(name) if entry.id.startswith(f"{kind}/"))


def _value_id(told: Told, catalog: Catalog) -> str | None:
    if told.attribute not in _NAMES:
        return None
    return next((entry.id for entry in catalog.named(told.value.partition(": ")[0])), None)


def _place(claim: Claim) -> tuple[int, int, str]:
    return (claim.evidence.start, claim.evidence.end, claim.id)
