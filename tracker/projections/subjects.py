"""Views of missions, agreements and meetings: collect what documents say of a subject, then judge what holds."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from tracker.domain import resolution, standing
from tracker.domain.change import Change, compare
from tracker.domain.claim import Claim
from tracker.domain.document import DocumentRef
from tracker.domain.ids import DocumentId, SubjectId, slug
from tracker.domain.origins import origins as origins_of
from tracker.domain.policy import Policy, weigh
from tracker.domain.said import Resolved, Said
from tracker.domain.slots import Slot, slot_of
from tracker.domain.values import disjoint
from tracker.domain.view import Conflict, Held, SubjectView, hold
from tracker.domain.vocabulary import Vocabulary
from tracker.events.envelope import Occurrence
from tracker.events.types import ClaimsExtracted, DocumentDuplicateJudged, Event
from tracker.projections.projection import Entry, Projection

VERSION = 2


class Reading(msgspec.Struct, frozen=True, omit_defaults=True, tag="read"):
    """What one reading of one document says of one subject; empty when it no longer says anything."""

    position: int
    recorded_at: str
    document: DocumentRef
    extractor: str
    claims: tuple[Claim, ...]
    copy_of: DocumentId | None = None


class Judged(msgspec.Struct, frozen=True, omit_defaults=True, tag="judged"):
    """A version of a document that speaks of the subject was judged to be a copy, or to be none."""

    position: int
    document_id: DocumentId
    version: int
    copy_of: DocumentId | None = None


Part = Reading | Judged
"""What one event adds to a subject."""

_encode = msgspec.json.Encoder(order="deterministic").encode
_part: msgspec.json.Decoder[Part] = msgspec.json.Decoder(Part)
_view = msgspec.json.Decoder(SubjectView).decode
_change = msgspec.json.Decoder(Change).decode


def projection(vocabulary: Vocabulary) -> Projection:
    """Return the projection of one kind of subject."""

    def collect(recorded: Occurrence, event: Event) -> Iterator[Entry]:
        if not isinstance(event, (ClaimsExtracted, DocumentDuplicateJudged)):
            return
        for subject in event.subjects:
            if not subject.startswith(vocabulary.kind + "/"):
                continue
            if isinstance(event, ClaimsExtracted):
                claims = tuple(claim for claim in event.claims if claim.entity_id == subject)
                place = (recorded.position, recorded.recorded_at, event.document, event.extractor)
                yield Entry(subject, _encode(Reading(*place, claims, event.copy_of)))
            else:
                judged = Judged(recorded.position, event.document_id, event.version, event.copy_of)
                yield Entry(subject, _encode(judged))

    def judged(key: str, entries: Sequence[bytes], policy: Policy) -> bytes | None:
        view = judge(vocabulary, SubjectId(key), read(entries), policy)
        return _encode(view) if view else None

    def changes(key: str, before: bytes | None, after: bytes | None, cause: Occurrence) -> Iterator[bytes]:
        old, new = (_view(body) if body else None for body in (before, after))
        for change in compare_views(vocabulary, SubjectId(key), old, new):
            yield _encode(msgspec.structs.replace(change, position=cause.position, recorded_at=cause.recorded_at))

    return Projection(vocabulary.plural, VERSION, collect, judged, changes)


def read(entries: Iterable[bytes]) -> list[Part]:
    """Return collected entries as values."""
    return [_part.decode(body) for body in entries]


def view_of(body: bytes) -> SubjectView:
    """Return a stored view as a value."""
    return _view(body)


def change_of(body: bytes) -> Change:
    """Return a stored change as a value."""
    return _change(body)


def heard(parts: Sequence[Part], *, published_by: dt.date | None = None) -> list[Said]:
    """Return the claims that stand: of every document the newest version, of that the newest reading of each extractor.

    `published_by` leaves out documents that are dated later; what a newer version says of the date counts.
    """
    newest: dict[tuple[str, str], Reading] = {}
    for reading in parts:
        if not isinstance(reading, Reading):
            continue
        slot = (reading.document.id, reading.extractor)
        other = newest.get(slot)
        if other is None or (reading.document.version, reading.position) > (other.document.version, other.position):
            newest[slot] = reading
    copies = _copies(newest.values(), (part for part in parts if isinstance(part, Judged)))
    origins = origins_of((reading.document for reading in newest.values()), copies)
    return [
        Said(claim, reading.document, origins[reading.document.id], reading.position, reading.recorded_at)
        for reading in newest.values()
        if published_by is None or reading.document.published_on <= published_by
        for claim in reading.claims
    ]


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


def steps(
    vocabulary: Vocabulary, slot: Slot, said: Sequence[Said], policy: Policy
) -> Iterator[tuple[dt.date, Resolved]]:
    """Yield what held in one slot after each publication day."""
    attribute = vocabulary.attributes[slot.attribute]
    if attribute.type == "status":
        return standing.steps(said, policy, vocabulary)
    return resolution.steps(said, policy, dates=attribute.type == "date")


def held_steps(
    vocabulary: Vocabulary, slot: Slot, said: Sequence[Said], policy: Policy
) -> Iterator[tuple[dt.date, Held | None]]:
    """Yield what is shown of one slot after each publication day; None for a party whose part is denied."""
    many = vocabulary.attributes[slot.attribute].many
    for day, resolved in steps(vocabulary, slot, said, policy):
        yield day, None if many and resolved.contested else hold(resolved)


def history(vocabulary: Vocabulary, subject: SubjectId, said: Sequence[Said], policy: Policy) -> list[Change]:
    """Return every change of the view on the published axis, in order. Arrival plays no part in it."""
    order = list(vocabulary.attributes)
    found: list[tuple[tuple[str, int, str], Change]] = []
    for slot, claims in by_slot(said).items():
        before: Held | None = None
        for day, after in held_steps(vocabulary, slot, claims, policy):
            change = compare(vocabulary, subject, vocabulary.attributes[slot.attribute], before, after)
            before = after
            if change and change.published_on != day:
                # What was said that day made an older claim hold: the change is of that day all the same.
                change = msgspec.structs.replace(change, published=day.isoformat())
            if change:
                found.append(((day.isoformat(), order.index(slot.attribute), slot.qualifier), change))
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


def judge(
    vocabulary: Vocabulary,
    subject: SubjectId,
    parts: Sequence[Part],
    policy: Policy,
    *,
    published_by: dt.date | None = None,
) -> SubjectView | None:
    """Return the view of a subject, now or as published by a day; None when no claim about it stands."""
    said = [s for s in heard(parts, published_by=published_by) if s.claim.attribute in vocabulary.attributes]
    attributes: dict[str, list[Held]] = defaultdict(list)
    conflicts: list[Conflict] = []
    slips = 0
    for slot, claims in sorted(by_slot(said).items(), key=lambda pair: pair[0].order):
        held: Held | None = None
        attribute = vocabulary.attributes[slot.attribute]
        for _, after in held_steps(vocabulary, slot, claims, policy):
            change = compare(vocabulary, subject, attribute, held, after) if attribute.type == "date" else None
            slips += change is not None and change.change == "slip"
            held = after
        if held is None:
            continue
        attributes[slot.attribute].append(held)
        if attribute.type == "date":
            conflicts.extend(_conflicts(attribute.name, held, claims, policy))
    if not attributes:
        return None
    name, aliases = _names(subject, said)
    return SubjectView(
        id=subject,
        kind=vocabulary.kind,
        name=name,
        aliases=aliases,
        attributes={a: tuple(attributes[a]) for a in vocabulary.attributes if a in attributes},
        conflicts=tuple(conflicts),
        slips=slips,
        updated_position=max(part.position for part in parts),
    )


def _conflicts(attribute: str, held: Held, claims: Sequence[Said], policy: Policy) -> Iterator[Conflict]:
    winner = next(s for s in claims if s.claim.id == held.claim_id)
    day = weigh(winner, policy).effective_on
    against = [
        s
        for s in claims
        if not s.claim.superseded
        and s.claim.modality != "denied"
        and s.origin != winner.origin
        and resolution.happened(s) == resolution.happened(winner)
        and abs((weigh(s, policy).effective_on - day).days) <= policy.conflict_window
        and disjoint(s.claim.value, held.value)
    ]
    if against:
        others = sorted(against, key=lambda s: s.order)
        values = tuple(dict.fromkeys([held.value, *(s.claim.value for s in others)]))
        yield Conflict(attribute, values, (winner.claim.id, *(s.claim.id for s in others)))


def compare_views(
    vocabulary: Vocabulary, subject: SubjectId, before: SubjectView | None, after: SubjectView | None
) -> Iterator[Change]:
    """Yield what differs between two views of one subject, attribute by attribute."""
    for name, attribute in vocabulary.attributes.items():
        old = {_slot_of(name, held): held for held in (before.attributes.get(name, ()) if before else ())}
        new = {_slot_of(name, held): held for held in (after.attributes.get(name, ()) if after else ())}
        for slot in sorted(old.keys() | new.keys(), key=lambda s: s.order):
            change = compare(vocabulary, subject, attribute, old.get(slot), new.get(slot))
            if change:
                yield change


def _slot_of(attribute: str, held: Held) -> Slot:
    return Slot.of(attribute, held.value, value_id=held.value_id, by=held.by)


def _names(subject: SubjectId, said: Sequence[Said]) -> tuple[str, tuple[str, ...]]:
    """The name that its id was made from, else the one most documents use; all others are aliases."""
    entity: Counter[str] = Counter()
    for _, name in {(s.document.id, s.claim.entity) for s in said}:
        entity[name] += 1
    every = {name for s in said for name in (s.claim.entity, *s.claim.aliases)}
    tail = subject.partition("/")[2]
    of_id = sorted((name for name in every if slug(name) == tail), key=lambda n: (-entity[n], n))
    name = of_id[0] if of_id else min(entity, key=lambda n: (-entity[n], -len(n), n))
    return name, tuple(sorted(every - {name}))
