"""A claim in context: who published it when, where the log has it, and what curators did about it."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from tracker.domain.act import Act
from tracker.domain.claim import Claim
from tracker.domain.document import DocumentRef


class Said(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One claim as the judge sees it. `origin` is whom it counts for: copies of one text share an origin.

    A corrected claim has its new value; `read_as` is what it said before, and `act` tells who corrected or retracted it.
    """

    claim: Claim
    document: DocumentRef
    origin: str
    position: int
    recorded_at: str
    act: Act | None = None
    read_as: Claim | None = None
    copy_of: str | None = None
    """The document that said the same in the same text before; a copy adds nothing, not even a newer date."""

    @property
    def pinned(self) -> bool:
        """Whether a curator has fixed this value."""
        return self.act is not None and self.act.kind == "pinned"

    @property
    def heard_on(self) -> dt.date:
        """The day on which it came up: that of publication, and for a pin the day on which it was set."""
        if self.act is not None and self.pinned:
            return dt.date.fromisoformat(self.act.recorded_at[:10])
        return self.document.published_on

    @property
    def order(self) -> tuple[str, str]:
        """The order in which claims are heard: by day, then by id, never by arrival."""
        return (self.heard_on.isoformat(), self.claim.id)

    @property
    def speaker(self) -> str | None:
        """Who is quoted, and when: the same words of one speaker are the same statement, whoever prints them."""
        who = self.claim.attribution
        return f"{who.casefold()} {self.document.published_on.isoformat()}" if who else None


class Loser(msgspec.Struct, frozen=True):
    """A claim that was not believed, and the reason in words."""

    said: Said
    code: str
    reason: str


class Resolved(msgspec.Struct, frozen=True):
    """What holds in one slot: the winning claim, all that support it, and what must be known about it.

    `flags` remark on the step of a status that led there.
    """

    winner: Said
    since: str | None
    supporters: tuple[Said, ...]
    rules: tuple[str, ...]
    contested: bool = False
    flags: tuple[str, ...] = ()

    @property
    def origins(self) -> int:
        """How many independent origins say so."""
        return independent([*self.supporters, self.winner])


def independent(said: Iterable[Said]) -> int:
    """Return how many origins there are among claims: what shares an origin, or quotes one statement, counts once."""
    leads_to: dict[str, str] = {}

    def root(name: str) -> str:
        while (next_ := leads_to.setdefault(name, name)) != name:
            name = next_
        return name

    origins: set[str] = set()
    for one in said:
        origin = f"origin {one.origin}"
        origins.add(origin)
        if one.speaker is not None:
            leads_to[root(origin)] = root(f"speaker {one.speaker}")
    return len({root(origin) for origin in origins})
