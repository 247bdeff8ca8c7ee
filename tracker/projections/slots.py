"""What holds in one slot, day by day: dates and names by their rules, a status by its steps, and a pin before all."""

import datetime as dt
from collections.abc import Iterator, Sequence

from tracker.domain import pins, resolution, standing
from tracker.domain.policy import Policy, set_aside
from tracker.domain.said import Loser, Resolved, Said
from tracker.domain.slots import Slot
from tracker.domain.view import Held, hold
from tracker.domain.vocabulary import Vocabulary


def steps(
    vocabulary: Vocabulary, slot: Slot, said: Sequence[Said], policy: Policy, *, on: dt.date | None = None
) -> Iterator[tuple[dt.date, Resolved]]:
    """Yield what held in one slot after each day on which something was said.

    `on` is the day on which one stands; a pin that has ended by then holds no longer. Without it, every pin holds.
    """
    attribute = vocabulary.attributes[slot.attribute]
    claims = [s for s in said if not s.pinned]
    if attribute.type == "status":
        plain = standing.steps(claims, policy, vocabulary)
    else:
        plain = resolution.steps(claims, policy, dates=attribute.type == "date")
    pin = next((s for s in said if s.pinned), None)
    return plain if pin is None else pins.pinned(pin, plain, claims, policy, on=on)


def held_steps(
    vocabulary: Vocabulary, slot: Slot, said: Sequence[Said], policy: Policy, *, on: dt.date | None = None
) -> Iterator[tuple[dt.date, Held | None]]:
    """Yield what is shown of one slot after each such day; None for a party whose part is denied, and where nothing is left."""
    many = vocabulary.attributes[slot.attribute].many
    resolved: Resolved | None = None
    for day, resolved in steps(vocabulary, slot, said, policy, on=on):
        yield day, None if many and resolved.contested else hold(resolved)
    if resolved is not None and resolved.winner.pinned and (ended := pins.ended(resolved.winner, on)):
        yield ended, None


def final(
    vocabulary: Vocabulary, slot: Slot, said: Sequence[Said], policy: Policy, *, on: dt.date | None = None
) -> Resolved | None:
    """Return what holds in one slot in the end, None when nothing does."""
    if not any(s.pinned for s in said):
        # Nobody asks what held on the way, which takes time that grows with its length.
        attribute = vocabulary.attributes[slot.attribute]
        if attribute.type == "status":
            return standing.walk(said, policy, vocabulary).resolved
        return resolution.last(said, policy, dates=attribute.type == "date")
    every = [resolved for _, resolved in steps(vocabulary, slot, said, policy, on=on)]
    resolved = every[-1] if every else None
    return None if resolved and resolved.winner.pinned and pins.ended(resolved.winner, on) else resolved


def shown(
    vocabulary: Vocabulary, slot: Slot, said: Sequence[Said], policy: Policy, *, on: dt.date | None = None
) -> Held | None:
    """Return what is shown of one slot in the end: the last of `held_steps`, without the way there."""
    resolved = final(vocabulary, slot, said, policy, on=on)
    many = vocabulary.attributes[slot.attribute].many
    return None if resolved is None or (many and resolved.contested) else hold(resolved)


def losers(
    vocabulary: Vocabulary, slot: Slot, said: Sequence[Said], policy: Policy, resolved: Resolved | None
) -> Sequence[Loser]:
    """Return every claim of a slot that neither won nor supports what holds, with the reason."""
    attribute = vocabulary.attributes[slot.attribute]
    claims = [s for s in said if not s.pinned]
    if resolved is not None and resolved.winner.pinned:
        agreeing = {s.claim.id for s in resolved.supporters}
        return [_beside_pin(s, policy) for s in claims if s.claim.id not in agreeing]
    if attribute.type == "status":
        return standing.walk(claims, policy, vocabulary).losers
    return resolution.losers(resolved, claims, policy, dates=attribute.type == "date") if resolved else ()


def _beside_pin(said: Said, policy: Policy) -> Loser:
    aside = set_aside(said, policy)
    return Loser(said, *(aside or ("R1_PINNED", "a curator has fixed another value")))
