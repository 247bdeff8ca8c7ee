"""A curator's word: who decided, when, and why. It stands beside what documents say, and never in place of it."""

from typing import Literal

import msgspec


class Act(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a curator did about a claim, a value or a conflict."""

    kind: Literal["pinned", "corrected", "retracted", "acknowledged"]
    actor: str
    reason: str
    position: int
    recorded_at: str
    expires_on: str | None = None
    """ISO date: the last day of a pin."""
    stale: bool = False
    """Something newer has been said since the pin."""
