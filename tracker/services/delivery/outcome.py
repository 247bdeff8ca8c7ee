"""What became of one attempt to send."""

from typing import Literal

import msgspec


class Outcome(msgspec.Struct, frozen=True):
    """`gone` says that nothing must be sent there ever again. `reason` is a sentence of ours without anything secret in it.

    `retry_after` is in seconds, as the receiver asked.
    """

    kind: Literal["sent", "failed", "gone"]
    reason: str | None = None
    retry_after: float | None = None


SENT = Outcome("sent")


def failed(reason: str, *, retry_after: float | None = None) -> Outcome:
    """Return that an attempt was in vain, and why."""
    return Outcome("failed", reason, retry_after)
