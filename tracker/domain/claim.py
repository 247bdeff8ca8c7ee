"""A claim: one document says one thing about one subject, and these are the words that say it."""

from typing import Literal

import msgspec

from tracker.domain.document import Document, Evidence
from tracker.domain.ids import ClaimId, SubjectId, short_id

Kind = Literal["mission", "agreement", "meeting"]
Modality = Literal["actual", "planned", "possible", "denied"]
Salience = Literal["title", "lead", "body", "background"]


class Claim(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a document says of a subject, with its evidence.

    `value` is an EDTF date, a status, `ORG: role`, a name or a few words, as the attribute wants. `confidence_ppm` says how
    sure the reading is, in parts per million; it is never a measure of truth.
    """

    id: ClaimId
    kind: Kind
    entity: str
    entity_id: SubjectId
    attribute: str
    value: str
    modality: Modality
    evidence: Evidence
    aliases: tuple[str, ...] = ()
    confidence_ppm: int = 1_000_000
    superseded: bool = False
    """The document itself calls this the old value."""
    change_reported: bool = False
    """The document announces it as a change."""
    salience: Salience = "body"
    since: str | None = None
    """EDTF: since when the state holds, where the text says so."""
    by: str | None = None
    """The party whose act it was: approved by Japan."""
    value_id: str | None = None
    """The catalog's id of the value, where it has one: `org/jaxa`."""
    attribution: str | None = None
    """Who says so inside the document."""


def make_claim(
    document: Document,
    *,
    kind: Kind,
    entity: str,
    entity_id: SubjectId,
    attribute: str,
    value: str,
    modality: Modality,
    evidence: Evidence,
    **details: object,
) -> Claim:
    """Return the claim with its id, which hangs on what is said and where, not on who read it (the extractor).

    Raises ValueError when the evidence is empty or lies outside the text.
    """
    if not 0 <= evidence.start < evidence.end <= len(document.text):
        raise ValueError(f"evidence {evidence.start}-{evidence.end} is not in the text of {document.ref.public_id}")
    ref = document.ref
    said = (
        ref.id,
        ref.version,
        kind,
        entity_id,
        attribute,
        value,
        modality,
        details.get("by"),
        details.get("attribution"),
    )
    claim_id = ClaimId(short_id("clm", *said, evidence.start, evidence.end))
    return msgspec.convert(
        {
            "id": claim_id,
            "kind": kind,
            "entity": entity,
            "entity_id": entity_id,
            "attribute": attribute,
            "value": value,
            "modality": modality,
            "evidence": evidence,
            **details,
        },
        Claim,
    )
