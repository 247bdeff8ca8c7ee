"""Why a request goes no further: raised inside this room, an answer at its door."""

from tracker.fetch.answer import Kind


class Refusal(Exception):  # noqa: N818 - it ends a request, and leaves the room as a value
    """The request ends here; `reason` is one sentence for people, `retry_after` in seconds."""

    def __init__(self, kind: Kind, reason: str, *, status: int | None = None, retry_after: int | None = None) -> None:
        self.kind, self.reason, self.status, self.retry_after = kind, reason, status, retry_after
        super().__init__(reason)


def shown(text: str, limit: int = 120) -> str:
    """Return what a stranger wrote, quoted for a message: escaped, and short."""
    return ascii(text if len(text) <= limit else text[:limit] + "…")
