"""Views of missions, agreements and meetings: collect what is said and decided of a subject, then judge what holds."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal

import msgspec

from tracker.domain.change import Change, compare
from tracker.domain.ids import SubjectId, slug
from tracker.domain.policy import Policy
from tracker.domain.said import Said
from tracker.domain.slots import Slot
from tracker.domain.view import Held, SubjectView
from tracker.domain.vocabulary import Vocabulary
from tracker.events.envelope import Occurrence
from tracker.projections import families
from tracker.projections.decisions import ruled
from tracker.projections.entries import Acted, Judged, Part, Reading, acts, collect, read
from tracker.projections.hearing import by_slot, heard
from tracker.projections.projection import Projection
from tracker.projections.slots import final, held_steps, losers, steps
from tracker.projections.story import Story

__all__ = [
    "ACTS", "Acted", "Judged", "Part", "Reading", "by_slot", "change_of", "compare_views", "final", "heard", "held_steps", "history",
    "judge", "losers", "policy_in_force", "projection", "read", "steps", "view_of",
]  # fmt: skip

VERSION = 6

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
        follow=partial(_Followed, vocabulary),
    )


class _Followed:
    """A story in bytes."""

    def __init__(self, vocabulary: Vocabulary, key: str, entries: Sequence[bytes], policy: Policy) -> None:
        self._story = Story(vocabulary, SubjectId(key), read(entries), policy)

    @property
    def weight(self) -> int:
        """How many claims it holds."""
        return self._story.weight

    def take(self, added: Sequence[bytes]) -> bool:
        """Take in what one event adds, if that is news."""
        return self._story.take(read(added))

    def view(self) -> bytes | None:
        """Return the view."""
        view = self._story.view()
        return _encode(view) if view else None


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
    that is kept depends on the log alone, and `right_until` tells how long it may be shown.
    """
    return Story(vocabulary, subject, parts, policy, published_by=published_by, on=on).view()


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
