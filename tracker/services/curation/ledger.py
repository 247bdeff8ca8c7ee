"""Every claim of the newest readings, with what became of it: what a curator goes through."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

import msgspec

from tracker.domain.act import Act
from tracker.domain.asof import AsOf
from tracker.domain.ids import ClaimId
from tracker.domain.policy import set_aside
from tracker.domain.said import Loser, Said
from tracker.domain.slots import Slot
from tracker.errors import ConfigError
from tracker.projections import subjects
from tracker.projections.hearing import newest_readings
from tracker.services.queries.claims import ClaimLine, claim_line
from tracker.services.queries.look import Heard, Look
from tracker.services.queries.query import Query
from tracker.services.queries.quotes import Quotes

Status = Literal["standing", "retracted", "held", "below-floor", "superseded"]
STATUSES: tuple[Status, ...] = get_args(Status)


class LedgerLine(ClaimLine, frozen=True):
    """A claim with what became of it.

    It stands, was retracted, is held for review, was read with too little confidence, or is called old by its document.
    `entity_id` is the subject that the claim was read of, `subject` the one that it counts for. `reason` tells why it
    does not stand; `act` is what a curator did about it, and `read_as` what it said before it was corrected.
    """

    subject: str
    published: str
    status: Status
    reason: str | None
    act: Act | None
    read_as: str | None
    position: int


class Ledger:
    """Lists claims."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def claims(
        self,
        *,
        subject: str | None = None,
        document: str | None = None,
        attribute: str | None = None,
        status: str | None = None,
        as_of: AsOf | None = None,
    ) -> list[LedgerLine]:
        """Return the claims of one subject or of all, the oldest publication first; the others narrow it down.

        `document` is an id, ours or its own. `as_of` goes back to what was known then, or published by then. Raises ConfigError
        for an unknown status, NotFoundError for an unknown subject.
        """
        if status is not None and status not in STATUSES:
            raise ConfigError("--status", f"{status!r} is none of {', '.join(STATUSES)}")
        with self._query.looking(as_of) as look:
            ids = [look.identify(subject)] if subject is not None else [view.id for view in look.views()]
            found = [line for id_ in ids for line in _lines(look, look.heard(id_), document, attribute)]
        return [line for line in found if status in (None, line.status)]


def _lines(look: Look, heard: Heard, document: str | None, attribute: str | None) -> Iterator[LedgerLine]:
    chosen = [
        said
        for said in subjects.heard(heard.parts, published_by=look.as_of.published_by)
        if not said.pinned
        and document in (None, said.document.id, said.document.public_id)
        and attribute in (None, said.claim.attribute)
    ]
    readers = _readers(heard)
    waiting = _held(heard)
    quotes = Quotes(look.reading, ((said.document.id, said.document.version) for said in chosen))
    for said in sorted(chosen, key=lambda each: each.order):
        text = quotes.text((said.document.id, said.document.version))
        line = claim_line(said.claim, said.document, text, readers[said.claim.id])
        status, reason = _state(said, heard, waiting)
        yield LedgerLine(
            **msgspec.structs.asdict(line),
            subject=heard.id,
            published=said.document.published,
            status=status,
            reason=reason,
            act=said.act,
            read_as=said.read_as.value if said.read_as and said.read_as.value != said.claim.value else None,
            position=said.position,
        )


def _readers(heard: Heard) -> Mapping[ClaimId, tuple[str, str]]:
    return {
        claim.id: (reading.extractor, reading.extractor_version)
        for reading in newest_readings(heard.parts)
        for claim in reading.claims
    }


def _held(heard: Heard) -> Mapping[ClaimId, str]:
    """The claims of steps that cannot be, which wait for a second voice."""
    found: dict[ClaimId, str] = {}
    for slot, claims in subjects.by_slot(heard.said).items():
        found |= {loser.said.claim.id: loser.reason for loser in _losers(heard, slot, claims)}
    return found


def _losers(heard: Heard, slot: Slot, claims: Sequence[Said]) -> Iterator[Loser]:
    if heard.vocabulary.attributes[slot.attribute].type == "status":
        resolved = subjects.final(heard.vocabulary, slot, claims, heard.policy, on=heard.on)
        lost = subjects.losers(heard.vocabulary, slot, claims, heard.policy, resolved)
        yield from (loser for loser in lost if loser.code == "IMPOSSIBLE")


def _state(said: Said, heard: Heard, waiting: Mapping[ClaimId, str]) -> tuple[Status, str | None]:
    aside = set_aside(said, heard.policy)
    match aside:
        case ("R0_RETRACTED", reason):
            return "retracted", reason
        case ("R0_BELOW_FLOOR", reason):
            return "below-floor", reason
        case ("R0_COPY", reason):
            return "standing", reason
        case (_, reason):
            return "superseded", reason
        case None:
            reason_held = waiting.get(said.claim.id)
            return ("held", reason_held) if reason_held else ("standing", None)
