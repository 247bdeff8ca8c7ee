"""The story of one subject, event by event: its view after each, without judging again what was judged before.

What a story gives is what judging all entries at once gives, byte for byte; a property test holds it to that. Most events
are news: one more document that nobody has heard of. These a story takes in, and only the slots they speak of are looked at.
Whatever else comes (a new version or reading of a known document, an act of a curator, a judgement of copies) makes it begin
anew from all entries.
"""

import bisect
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tracker.domain.asof import latest_publication
from tracker.domain.ids import DocumentId, SubjectId, slug
from tracker.domain.pins import last_day, over
from tracker.domain.policy import Policy, set_aside
from tracker.domain.said import Said
from tracker.domain.slots import Slot, slot_of
from tracker.domain.view import Conflict, Held, SubjectView
from tracker.domain.vocabulary import Vocabulary
from tracker.projections.decisions import day_of, signed
from tracker.projections.entries import Acted, Part, Reading
from tracker.projections.hearing import told
from tracker.projections.reprints import Reprints
from tracker.projections.strands import Strand

_ONE_DAY = dt.timedelta(days=1)


class Story:
    """All that is said of a subject so far, and the view that follows.

    `on` is the day on which one stands, by which pins have ended or not, and `published_by` the last day of publication that
    counts. Without them both follow from the day of the newest entry, so that the view depends on the log alone.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        subject: SubjectId,
        parts: Sequence[Part],
        policy: Policy,
        *,
        published_by: dt.date | None = None,
        on: dt.date | None = None,
    ) -> None:
        self._vocabulary, self._subject, self._policy = vocabulary, subject, policy
        self._given = (on, published_by)
        self._strands: dict[Slot, Strand] = {}
        self._order: list[tuple[str, str]] = []
        self._names = _Names(subject)
        self._pins: list[Said] = []
        self._ahead: list[Said] = []
        self._kin = _Kin()
        everything = told(parts)
        self._decided = everything.decided
        self._reprints = Reprints(everything)
        self._moved = self._decided.position
        self._day = dt.date.min
        self.weight = len(everything.said)
        """How many claims it holds: what it takes of memory is in proportion."""
        for part in parts:
            self._note(part)
        self._hear(everything.said)

    def take(self, parts: Sequence[Part]) -> bool:
        """Take in what one event adds, if that is news. Otherwise change nothing and return False: begin anew."""
        if len(parts) != 1 or not isinstance(reading := parts[0], Reading) or self._is_decided(reading):
            return False
        said = self._reprints.news(reading)
        if said is None:
            return False
        self._note(reading)
        self.weight += len(said)
        self._hear(said)
        return True

    def _is_decided(self, reading: Reading) -> bool:
        """Whether a curator has acted on one of the claims already: it was read before, of another id of the subject."""
        pinned = {pin.claim_id for _, pin in self._decided.pins.values()}
        return any(self._decided.of_claim(claim.id) or claim.id in pinned for claim in reading.claims)

    def view(self) -> SubjectView | None:
        """Return the view; None when no claim about the subject stands."""
        attributes: dict[str, list[Held]] = defaultdict(list)
        conflicts: list[Conflict] = []
        slips = 0
        for _, strand in self._in_order():
            held = strand.shown(self._on)
            slips += strand.slips
            if held is not None:
                attributes[strand.slot.attribute].append(held)
                conflicts += self._conflicts(strand, held)
        if not attributes:
            return None
        name, aliases = self._names.chosen(self._given_name)
        part_of, parts = self._kin.shown
        return SubjectView(
            id=self._subject,
            kind=self._vocabulary.kind,
            name=name,
            aliases=aliases,
            attributes={a: tuple(attributes[a]) for a in self._vocabulary.attributes if a in attributes},
            conflicts=tuple(conflicts),
            slips=slips,
            updated_position=self._moved,
            part_of=part_of,
            parts=parts,
            right_until=self._right_until(),
        )

    @property
    def _on(self) -> dt.date | None:
        return self._given[0] or (self._day if self._day > dt.date.min else None)

    @property
    def _published_by(self) -> dt.date | None:
        on, given = self._on, self._given[1]
        return given if given is not None or on is None else latest_publication(on, None)

    @property
    def _given_name(self) -> str | None:
        given = self._decided.names.get(self._subject)
        return given[1].name if given else None

    def _note(self, part: Part) -> None:
        self._day = max(self._day, day_of(part.recorded_at))
        self._kin.note(part)
        # An entry that is of a part of the subject alone does not move it; an act does if it stands.
        if not isinstance(part, Acted) and not (isinstance(part, Reading) and part.parts and not part.claims):
            self._moved = max(self._moved, part.position)

    def _hear(self, said: Iterable[Said]) -> None:
        """Let every strand hear what belongs to it, but for what is dated later than one can know."""
        until = self._published_by
        come = [*self._ahead, *(s for s in said if s.claim.attribute in self._vocabulary.attributes)]
        self._ahead = []
        for one in come:
            if until is not None and one.heard_on > until:
                self._ahead.append(one)
                continue
            slot = slot_of(one.claim)
            strand = self._strands.get(slot)
            if strand is None:
                strand = self._strands[slot] = Strand(self._vocabulary, self._subject, slot, self._policy)
                bisect.insort(self._order, slot.order)
            strand.hear(one)
            self._pins += [one] if one.pinned else []
            if set_aside(one, self._policy) is None:
                self._names.hear(one)

    def _in_order(self) -> Iterator[tuple[Slot, Strand]]:
        for attribute, qualifier in self._order:
            slot = Slot(attribute, qualifier)
            yield slot, self._strands[slot]

    def _conflicts(self, strand: Strand, held: Held) -> Iterator[Conflict]:
        against = strand.against(held)
        if against:
            values = tuple(dict.fromkeys([held.value, *(s.claim.value for s in against)]))
            ids = (held.claim_id, *(s.claim.id for s in against))
            part, seen = self._decided.acknowledged.get(strand.slot.attribute, (None, None))
            let_be = signed(part, seen) if part and seen and set(ids) <= set(seen.claim_ids) else None
            yield Conflict(strand.slot.attribute, values, ids, let_be)

    def _right_until(self) -> str | None:
        """The last day on which the view is right: then a pin ends, or what is dated in the future counts."""
        ends = [last for pin in self._pins if not over(pin, self._on) and (last := last_day(pin))]
        if self._given[1] is None:
            ends += [said.heard_on - 2 * _ONE_DAY for said in self._ahead]
        return min(ends).isoformat() if ends else None


class _Names:
    """By which names documents call a subject."""

    def __init__(self, subject: SubjectId) -> None:
        self._tail = subject.partition("/")[2]
        self._counted: set[tuple[DocumentId, str]] = set()
        self._entity: Counter[str] = Counter()
        self._every: dict[str, bool] = {}
        self._pinned: list[Said] = []

    def hear(self, said: Said) -> None:
        # A curator's pin says what holds, and not how the subject is called.
        if said.pinned:
            self._pinned.append(said)
            return
        mention = (said.document.id, said.claim.entity)
        if mention not in self._counted:
            self._counted.add(mention)
            self._entity[said.claim.entity] += 1
        for name in (said.claim.entity, *said.claim.aliases):
            if name not in self._every:
                self._every[name] = slug(name) == self._tail

    def chosen(self, given: str | None) -> tuple[str, tuple[str, ...]]:
        """The name a curator gave, else that which the id was made from, else the one most documents use; and the others."""
        entity, every = self._entity, self._every
        if not every:
            entity = Counter(said.claim.entity for said in self._pinned)
            named = {name for said in self._pinned for name in (said.claim.entity, *said.claim.aliases)}
            every = {name: slug(name) == self._tail for name in named}
        of_id = sorted((name for name, of_id in every.items() if of_id), key=lambda n: (-entity[n], n))
        best = of_id[0] if of_id else min(entity, key=lambda n: (-entity[n], -len(n), n), default=self._tail)
        name = best if given is None else given
        return name, tuple(sorted(every.keys() - {name}))


class _Kin:
    """What a subject is a part of by its last reading, and its parts of which documents speak."""

    def __init__(self) -> None:
        self._part_of: tuple[int, SubjectId | None] = (0, None)
        self._parts: set[SubjectId] = set()

    def note(self, part: Part) -> None:
        if isinstance(part, Reading):
            self._parts.update(part.parts)
            if part.claims and part.position >= self._part_of[0]:
                self._part_of = (part.position, part.part_of)

    @property
    def shown(self) -> tuple[SubjectId | None, tuple[SubjectId, ...]]:
        return self._part_of[1], tuple(sorted(self._parts))
