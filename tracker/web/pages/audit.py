"""The audit: what was signed, the newest events of the log, and proofs to take home."""

from starlette.responses import Response

from tracker.errors import AuditError, NotFoundError
from tracker.transparency import checkpoint
from tracker.transparency.proof import SUFFIX
from tracker.web.desk import desk_of
from tracker.web.pages.visit import Visit

ROWS = 50
_TEXT = "text/plain"


def page(visit: Visit) -> Response:
    """Return what an auditor begins with."""
    app = visit.app
    last = app.records.last_position()
    upto = min(visit.number("upto", last), last)
    after = max(0, upto - ROWS)
    notes = app.seal.notes()
    newest = next(iter(notes.items()), None)
    signed = checkpoint.read(newest[1].encode()) if newest else None
    return visit.page(
        "audit.html",
        last=last,
        upto=upto,
        rows=ROWS,
        events=list(app.records.events(after=after, limit=upto - after))[::-1],
        note=newest[1] if newest else None,
        noted_at=newest[0] if newest else None,
        signed=signed,
        signings=len(notes),
        bundle=desk_of(visit.request).bundle,
    )


def note(visit: Visit) -> Response:
    """Return the newest signed checkpoint as a file. Raises NotFoundError while there is none."""
    found = next(iter(visit.app.seal.notes().values()), None)
    if found is None:
        raise NotFoundError("checkpoint", "newest", "nothing has been signed yet")
    return _file(visit, found.encode(), "checkpoint.txt")


def proof(visit: Visit) -> Response:
    """Return the proof that an event is in what was signed, as a file that is verified without this server."""
    position = visit.number("position", 0)
    try:
        found = visit.app.seal.prove(position)
    except AuditError:
        raise NotFoundError("proof", str(position), "no signed checkpoint covers this event yet") from None
    return _file(visit, found, f"event-{position}{SUFFIX}")


def _file(visit: Visit, content: bytes, name: str) -> Response:
    headers = {"ETag": visit.answering.tag, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type=_TEXT)
