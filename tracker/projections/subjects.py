"""Views of missions, agreements and meetings: collect what is said and decided of a subject, then judge what holds."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal, TypedDict

import msgspec

from tracker.domain import resolution
from tracker.domain.change import Change, compare
from tracker.domain.ids import SubjectId, slug
from tracker.domain.pins import last_day, over
from tracker.domain.policy import Policy, set_aside, weigh
from tracker.domain.said import Said
from tracker.domain.slots import Slot
from tracker.domain.values import disjoint
from tracker.domain.view import Conflict, Held, SubjectView
from tracker.domain.vocabulary import Vocabulary
from tracker.events.envelope import Occurrence
from tracker.projections import families
from tracker.projections.decisions import Decisions, day_of, decisions, ruled, signed
from tracker.projections.entries import Acted, Judged, Part, Reading, acts, collect, read
from tracker.projections.hearing import by_slot, heard
from tracker.projections.projection import Projection
from tracker.projections.slots import final, held_steps, losers, shown, steps

__all__ = [
    "ACTS", "Acted", "Judged", "Part", "Reading", "by_slot", "change_of", "compare_views", "final", "heard", "held_steps", "history",
    "judge", "losers", "policy_in_force", "projection", "read", "steps", "view_of",
]  # fmt: skip

VERSION = 5

ACTS: Mapping[str, Literal["corrected", "retracted"]] = {
    "claim.corrected": "corrected",
    "claim.retracted": "retracted",
}
"""What the changes that an event of this type brings about are called."""

_encode = msgspec.json.Encoder(order="deterministic").encode
_view = msgspec.json.Decoder(SubjectView).decode
_change = msgspec.json.Decoder(Change).decode


def projection(vocabulary: Vocabulary) -> Projection:
    """Return the projection of one kind of subject."""

    def judged(key: str, entries: Sequence[bytes], policy: Policy) -> bytes | None:
        view = judge(vocabulary, SubjectId(key), read(entries), policy)
        return _encode(view) if view else None

    def changes(key: str, before: bytes | None, after: bytes | None, cause: Occurrence) -> Iterator[bytes]:
        old, new = (_view(body) if body else None for body in (before, after))
        for change in compare_views(vocabulary, SubjectId(key), old, new, act=ACTS.get(cause.type)):
            yield _encode(msgspec.structs.replace(change, position=cause.position, recorded_at=cause.recorded_at))

    return Projection(
        vocabulary.plural,
        VERSION,
        partial(collect, vocabulary),
        judged,
        changes,
        gather=families.gather,
        rules=policy_in_force,
        names=_asked_by,
    )


def _asked_by(body: bytes) -> set[str]:
    view = _view(body)
    return {slug(name) for name in (view.name, *view.aliases)}


def policy_in_force(policy: Policy, rules: Sequence[bytes]) -> Policy:
    """Return the policy that follows from what is collected under RULES; `policy` holds where that says nothing."""
    return ruled(policy, acts(rules)) if rules else policy


def view_of(body: bytes) -> SubjectView:
    """Return a stored view as a value."""
    return _view(body)


def change_of(body: bytes) -> Change:
    """Return a stored change as a value."""
    return _change(body)


def history(
    vocabulary: Vocabulary,
    subject: SubjectId,
    said: Sequence[Said],
    policy: Policy,
    *,
    on: dt.date | None = None,
) -> list[Change]:
    """Return every change of the view on the published axis, in order. Arrival plays no part in it.

    `on` is the day on which one stands: a pin that has ended by then is a change too.
    """
    order = list(vocabulary.attributes)
    found: list[tuple[tuple[str, int, str], Change]] = []
    for slot, claims in by_slot(said).items():
        before: Held | None = None
        for day, after in held_steps(vocabulary, slot, claims, policy, on=on):
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
    on: dt.date | None = None,
) -> SubjectView | None:
    """Return the view of a subject, now or as published by a day; None when no claim about it stands.

    `on` is the day on which one stands, by which pins have ended or not. Without it, that of the newest entry: so the view
    that is kept depends on the log alone, and `pinned_until` tells how long it may be shown.
    """
    on = on or max((day_of(part.recorded_at) for part in parts), default=None)
    said = [s for s in heard(parts, published_by=published_by) if s.claim.attribute in vocabulary.attributes]
    decided = decisions(parts)
    attributes: dict[str, list[Held]] = defaultdict(list)
    conflicts: list[Conflict] = []
    slips = 0
    for slot, claims in sorted(by_slot(said).items(), key=lambda pair: pair[0].order):
        held: Held | None = None
        attribute = vocabulary.attributes[slot.attribute]
        if attribute.type != "date":
            held = shown(vocabulary, slot, claims, policy, on=on)
        else:
            for _, after in held_steps(vocabulary, slot, claims, policy, on=on):
                change = compare(vocabulary, subject, attribute, held, after)
                slips += change is not None and change.change == "slip"
                held = after
        if held is None:
            continue
        attributes[slot.attribute].append(held)
        if attribute.type == "date":
            conflicts.extend(_conflicts(attribute.name, held, claims, policy, decided))
    if not attributes:
        return None
    name, aliases = _names(subject, [s for s in said if set_aside(s, policy) is None], decided)
    ends = [last for s in said if s.pinned and not over(s, on) and (last := last_day(s))]
    return SubjectView(
        id=subject,
        kind=vocabulary.kind,
        name=name,
        aliases=aliases,
        attributes={a: tuple(attributes[a]) for a in vocabulary.attributes if a in attributes},
        conflicts=tuple(conflicts),
        slips=slips,
        updated_position=max([decided.position, *(p.position for p in parts if _moves(p))]),
        pinned_until=min(ends).isoformat() if ends else None,
        **_kin(parts),
    )


def _moves(part: Part) -> bool:
    """Whether an entry is of the subject itself: what is said of its parts alone, it does not share."""
    return not isinstance(part, Acted) and not (isinstance(part, Reading) and part.parts and not part.claims)


class _Kin(TypedDict):
    part_of: SubjectId | None
    parts: tuple[SubjectId, ...]


def _kin(parts: Sequence[Part]) -> _Kin:
    """What the subject is a part of by its last reading, and its parts of which documents speak."""
    readings = sorted((part for part in parts if isinstance(part, Reading)), key=lambda reading: reading.position)
    wholes = [reading.part_of for reading in readings if reading.claims]
    return {
        "part_of": wholes[-1] if wholes else None,
        "parts": tuple(sorted({part for reading in readings for part in reading.parts})),
    }


def _conflicts(
    attribute: str, held: Held, claims: Sequence[Said], policy: Policy, decided: Decisions
) -> Iterator[Conflict]:
    if held.act is not None and held.act.kind == "pinned":
        return  # decided
    winner = next(s for s in claims if s.claim.id == held.claim_id and not s.pinned)
    day = weigh(winner, policy).effective_on
    against = [
        s
        for s in claims
        if set_aside(s, policy) is None
        and not s.pinned
        and s.claim.modality != "denied"
        and s.origin != winner.origin
        and resolution.happened(s) == resolution.happened(winner)
        and abs((weigh(s, policy).effective_on - day).days) <= policy.conflict_window
        and disjoint(s.claim.value, held.value)
    ]
    if against:
        others = sorted(against, key=lambda s: s.order)
        values = tuple(dict.fromkeys([held.value, *(s.claim.value for s in others)]))
        ids = (winner.claim.id, *(s.claim.id for s in others))
        part, seen = decided.acknowledged.get(attribute, (None, None))
        let_be = signed(part, seen) if part and seen and set(ids) <= set(seen.claim_ids) else None
        yield Conflict(attribute, values, ids, let_be)


def compare_views(
    vocabulary: Vocabulary,
    subject: SubjectId,
    before: SubjectView | None,
    after: SubjectView | None,
    *,
    act: Literal["corrected", "retracted"] | None = None,
) -> Iterator[Change]:
    """Yield what differs between two views of one subject, attribute by attribute; `act` is what brought it about."""
    for name, attribute in vocabulary.attributes.items():
        old = _by_slot(name, before)
        new = _by_slot(name, after)
        for slot in sorted(old.keys() | new.keys(), key=lambda s: s.order):
            change = compare(vocabulary, subject, attribute, old.get(slot), new.get(slot), act=act)
            if change:
                yield change


def _by_slot(attribute: str, view: SubjectView | None) -> Mapping[Slot, Held]:
    values: Iterable[Held] = view.attributes.get(attribute, ()) if view else ()
    return {Slot.of(attribute, held.value, value_id=held.value_id, by=held.by): held for held in values}


def _names(subject: SubjectId, said: Sequence[Said], decided: Decisions) -> tuple[str, tuple[str, ...]]:
    """The name a curator gave, else that which its id was made from, else the one most documents use; others are aliases."""
    # A curator's pin says what holds, and not how the subject is called.
    said = [s for s in said if not s.pinned] or said
    entity: Counter[str] = Counter()
    for _, name in {(s.document.id, s.claim.entity) for s in said}:
        entity[name] += 1
    every = {name for s in said for name in (s.claim.entity, *s.claim.aliases)}
    tail = subject.partition("/")[2]
    given = decided.names.get(subject)
    of_id = sorted((name for name in every if slug(name) == tail), key=lambda n: (-entity[n], n))
    if given is not None and given[1].name is not None:
        name = given[1].name
    else:
        name = of_id[0] if of_id else min(entity, key=lambda n: (-entity[n], -len(n), n), default=tail)
    return name, tuple(sorted(every - {name}))
