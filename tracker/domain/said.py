"""A claim in context: who published it when, and where the log has it."""

import msgspec

from tracker.domain.claim import Claim
from tracker.domain.document import DocumentRef


class Said(msgspec.Struct, frozen=True):
    """One claim as the judge sees it. `origin` is whom it counts for: copies of one text share an origin."""

    claim: Claim
    document: DocumentRef
    origin: str
    position: int
    recorded_at: str

    @property
    def order(self) -> tuple[str, str]:
        """The order in which claims are heard: by publication day, then by id, never by arrival."""
        return (self.document.published_on.isoformat(), self.claim.id)


class Loser(msgspec.Struct, frozen=True):
    """A claim that was not believed, and the reason in words."""

    said: Said
    code: str
    reason: str


class Resolved(msgspec.Struct, frozen=True):
    """What holds in one slot: the winning claim, all that support it, and what must be known about it."""

    winner: Said
    since: str | None
    supporters: tuple[Said, ...]
    rules: tuple[str, ...]
    contested: bool = False

    @property
    def origins(self) -> int:
        """How many independent origins say so."""
        return len({said.origin for said in self.supporters} | {self.winner.origin})
