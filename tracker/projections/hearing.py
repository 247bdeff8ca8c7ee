"""What is said of a subject, put together from its entries: claims with their origins, and what curators did about them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from tracker.domain.claim import Claim
from tracker.domain.document import DocumentRef, Evidence
from tracker.domain.ids import ClaimId, DocumentId
from tracker.domain.origins import origins as origins_of
from tracker.domain.origins import texts
from tracker.domain.said import Said
from tracker.domain.slots import Slot, slot_of
from tracker.events.curation import ClaimCorrected, ValuePinned
from tracker.projections.decisions import Decisions, day_of, decisions, signed
from tracker.projections.entries import Acted, Judged, Part, Reading


def newest_readings(parts: Iterable[Part]) -> list[Reading]:
    """Return of every document the newest version, of that the newest reading of each extractor."""
    newest: dict[tuple[str, str, str], Reading] = {}
    for reading in parts:
        if not isinstance(reading, Reading):
            continue
        place = (reading.subject, reading.document.id, reading.extractor)
        other = newest.get(place)
        if other is None or (reading.document.version, reading.position) > (other.document.version, other.position):
            newest[place] = reading
    return list(newest.values())


class Told(msgspec.Struct, frozen=True):
    """All claims of the newest readings and the values that are pinned, with what follows from the rest of the entries."""

    said: Sequence[Said]
    decided: Decisions
    copies: Mapping[DocumentId, DocumentId]
    documents: Mapping[DocumentId, DocumentRef]
    judged: frozenset[DocumentId]
    """Those of which a judgement speaks, also before anything was read of them."""


def told(parts: Sequence[Part]) -> Told:
    """Return what entries tell.

    Retracted claims are among it, so that it can be told what became of them; `policy.set_aside` knows them. A pin is heard
    like a claim, from the day on which it was set.
    """
    readings = newest_readings(parts)
    judged = [part for part in parts if isinstance(part, Judged)]
    copies = _copies(readings, judged)
    origins = origins_of((reading.document for reading in readings), copies)
    decided = decisions(parts)
    every = [
        _decided(
            Said(claim, reading.document, origins[reading.document.id], reading.position, reading.recorded_at), decided
        )
        for reading in readings
        for claim in reading.claims
    ]
    every = _without_echo(every, copies)
    every += _pinned(decided, every)
    documents = {reading.document.id: reading.document for reading in readings}
    spoken_of = frozenset(id_ for one in judged for id_ in (one.document_id, one.copy_of) if id_ is not None)
    return Told(every, decided, copies, documents, spoken_of)


def heard(parts: Sequence[Part], *, published_by: dt.date | None = None) -> list[Said]:
    """Return all that is said. `published_by` leaves out what is dated later; what a newer version says of the date counts."""
    return [said for said in told(parts).said if published_by is None or said.heard_on <= published_by]


def _decided(said: Said, decided: Decisions) -> Said:
    """A claim with what a curator did about it; one that is corrected has its new value."""
    last = decided.of_claim(said.claim.id)
    if last is None:
        return said
    part, event = last
    claim = said.claim
    if isinstance(event, ClaimCorrected):
        # The catalog's id was that of the old value.
        changed = {"value": event.value, "modality": event.modality or claim.modality, "value_id": None}
        claim = msgspec.structs.replace(claim, **changed)
    return msgspec.structs.replace(said, claim=claim, read_as=said.claim, act=signed(part, event))


def _without_echo(every: list[Said], copies: Mapping[DocumentId, DocumentId]) -> list[Said]:
    """The claims, with those marked that only repeat, in a copy, what the text said when it was first published."""
    if not copies:
        return every
    text = texts(copies)
    first: dict[tuple[object, ...], Said] = {}
    in_order = sorted(
        every, key=lambda s: (s.document.published_on, s.document.id in copies, s.document.id, s.claim.id)
    )
    for said in in_order:
        first.setdefault(_statement(said, text), said)
    return [
        said
        if (before := first[_statement(said, text)]).document.id == said.document.id
        else msgspec.structs.replace(said, copy_of=before.document.public_id)
        for said in every
    ]


def _statement(said: Said, text: Callable[[DocumentId], DocumentId]) -> tuple[object, ...]:
    """What is said, and in which text, whoever prints it."""
    return (text(said.document.id), *statement(said))


def statement(said: Said) -> tuple[object, ...]:
    """Return what is said, as the document says it, so that it is known again in a copy."""
    claim = said.read_as or said.claim
    return (
        claim.entity_id,
        slot_of(claim),
        claim.value,
        claim.modality,
        claim.by,
        claim.superseded,
    )


def _pinned(decided: Decisions, every: Sequence[Said]) -> Iterator[Said]:
    by_id = {said.claim.id: said for said in every}
    for part, event in decided.pins.values():
        act = signed(part, event)
        witness = by_id.get(event.claim_id) if event.claim_id else None
        if witness is None:
            yield _own_word(part, event, act.actor)
            continue
        value = {"value": event.value, "modality": event.modality, "by": event.by, "value_id": event.value_id}
        claim = msgspec.structs.replace(witness.claim, **value)
        yield msgspec.structs.replace(witness, claim=claim, read_as=witness.claim, act=act)


def _own_word(part: Acted, event: ValuePinned, actor: str) -> Said:
    """A pinned value that no document says: the curator's own word, of the day on which it was given."""
    name = f"pinned by {actor}"
    document = DocumentRef(DocumentId(""), 0, day_of(part.recorded_at).isoformat(), "given", external_id=name)
    kind, _, tail = event.subject.partition("/")
    claim = Claim(
        id=ClaimId(f"pin_{part.position}"),
        kind=kind,  # type: ignore[arg-type]  # the schema of the event lets no other kinds in
        entity=tail,
        entity_id=event.subject,
        attribute=event.attribute,
        value=event.value,
        modality=event.modality,
        evidence=Evidence(0, 0),
        by=event.by,
        value_id=event.value_id,
    )
    return Said(claim, document, name, part.position, part.recorded_at, act=signed(part, event))


def _copies(readings: Collection[Reading], judged: Iterable[Judged]) -> dict[DocumentId, DocumentId]:
    """Whose copy each document is by its last judgement: one that its reading knew already, or a later one.

    A judgement is of one version: a copy that is rewritten is one no more, unless it is judged so again.
    """
    newest: dict[DocumentId, int] = {}
    for reading in readings:
        newest[reading.document.id] = max(newest.get(reading.document.id, 0), reading.document.version)
    known = [(r.position, r.document.id, r.document.version, r.copy_of) for r in readings if r.copy_of is not None]
    later = [(one.position, one.document_id, one.version, one.copy_of) for one in judged]
    in_order = sorted([*known, *later], key=lambda each: each[0])
    last = {id_: copy_of for _, id_, version, copy_of in in_order if newest.get(id_) == version}
    return {id_: copy_of for id_, copy_of in last.items() if copy_of is not None}


def by_slot(said: Iterable[Said]) -> Mapping[Slot, list[Said]]:
    """Group claims by what they compete for."""
    slots: dict[Slot, list[Said]] = defaultdict(list)
    for one in said:
        slots[slot_of(one.claim)].append(one)
    return slots
