"""When a message that did not arrive is sent again. Pure: the same message waits the same time, wherever that is worked out."""

from collections.abc import Sequence

from tracker.domain.ids import digest

WAITS: Sequence[float] = (5, 60, 300, 1800, 7200, 28_800, 86_400)
"""Seconds after the first failed attempt, the second, and so on; when the last was in vain too, the message is dead."""
ATTEMPTS = len(WAITS) + 1
_JITTER = 0.2
_LONGEST = 86_400.0
_REST = 300.0


def again_in(failed: int, id_: str, *, asked: float | None = None) -> float | None:
    """Return how many seconds to wait after so many failed attempts; None when it is enough.

    Up to a fifth is taken off, differently for each message and attempt, so that what failed together does not come back
    together. `asked` is what the receiver asked for (Retry-After), which is heeded up to a day.
    """
    if failed >= ATTEMPTS:
        return None
    early = int(digest(id_, failed)[:8], 16) / 0xFFFF_FFFF
    wait = WAITS[failed - 1] * (1 - _JITTER * early)
    return max(wait, min(asked or 0.0, _LONGEST))


def rests_for(failed: int, *, asked: float | None = None) -> float:
    """Return for how many seconds a receiver that failed so often is left alone with other messages too.

    At most five minutes, unless it asks for more: another message may be one that it can take.
    """
    wait = WAITS[min(failed, len(WAITS)) - 1]
    return max(min(wait, _REST), min(asked or 0.0, _LONGEST))
