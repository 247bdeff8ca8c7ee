"""The view of a document: its newest version, every version before it, and whose copy it is."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tracker.domain.ids import DocumentId
from tracker.domain.policy import Policy
from tracker.events.envelope import Occurrence
from tracker.events.types import (
    CheckpointPublished,
    CheckpointTimestamped,
    ClaimsExtracted,
    ContentRedacted,
    DocumentCaptured,
    DocumentDuplicateJudged,
    DocumentRevised,
    Event,
    FeedMoved,
    FeedRegistered,
    FeedRetired,
)
from tracker.projections.projection import Entry, Projection


class Captured(msgspec.Struct, frozen=True, tag="captured"):
    """One version of the document, and when it came in."""

    position: int
    recorded_at: str
    document: DocumentCaptured


class Copied(msgspec.Struct, frozen=True, tag="copied"):
    """A judgement of one version: whose copy it is, or that it is none."""

    position: int
    version: int
    copy_of: DocumentId | None


class Redacted(msgspec.Struct, frozen=True, tag="redacted"):
    """Its texts were taken down."""

    position: int
    reason: str


class Read(msgspec.Struct, frozen=True, tag="read"):
    """One reading of one version."""

    position: int
    version: int
    extractor: str
    extractor_version: str
    claims: int


class DocumentView(msgspec.Struct, frozen=True):
    """The current view of a document."""

    id: DocumentId
    newest: DocumentCaptured
    versions: tuple[Captured, ...]
    copy_of: DocumentId | None
    readings: tuple[Read, ...]
    redacted: str | None
    """Why its texts were taken down, None while they are held."""
    updated_position: int

    @property
    def claims(self) -> int:
        """How many claims the newest reading of the newest version found, over all extractors."""
        newest = {read.extractor: read.claims for read in self.readings if read.version == self.newest.version}
        return sum(newest.values())


_encode = msgspec.json.Encoder(order="deterministic").encode
_entry: msgspec.json.Decoder[Captured | Copied | Redacted | Read] = msgspec.json.Decoder(
    Captured | Copied | Redacted | Read
)
_view = msgspec.json.Decoder(DocumentView).decode


def view_of(body: bytes) -> DocumentView:
    """Return a stored view as a value."""
    return _view(body)


def _collect(recorded: Occurrence, event: Event) -> Iterator[Entry]:
    position = recorded.position
    match event:
        case DocumentCaptured() | DocumentRevised():
            # Revised is Captured in another role; the position tells the versions apart.
            same = msgspec.convert(msgspec.structs.asdict(event), DocumentCaptured)
            yield Entry(event.document_id, _encode(Captured(position, recorded.recorded_at, same)))
        case DocumentDuplicateJudged():
            yield Entry(event.document_id, _encode(Copied(position, event.version, event.copy_of)))
        case ContentRedacted():
            yield Entry(event.document_id, _encode(Redacted(position, event.reason)))
        case ClaimsExtracted():
            ref = event.document
            read = Read(position, ref.version, event.extractor, event.extractor_version, len(event.claims))
            yield Entry(ref.id, _encode(read))
        case CheckpointPublished() | CheckpointTimestamped() | FeedRegistered() | FeedMoved() | FeedRetired():
            return


def _judge(key: str, entries: Sequence[bytes], _policy: Policy) -> bytes | None:
    view = judge(DocumentId(key), entries)
    return _encode(view) if view else None


def judge(id_: DocumentId, entries: Sequence[bytes]) -> DocumentView | None:
    """Return the view of a document, None before its capture."""
    parts = sorted((_entry.decode(body) for body in entries), key=lambda part: part.position)
    versions = tuple(part for part in parts if isinstance(part, Captured))
    if not versions:
        return None
    redacted = [part for part in parts if isinstance(part, Redacted)]
    # A version that came after the taking down is held again.
    held_again = redacted and versions[-1].position > redacted[-1].position
    newest = versions[-1].document
    copies = [part.copy_of for part in parts if isinstance(part, Copied) and part.version == newest.version]
    return DocumentView(
        id=id_,
        newest=newest,
        versions=versions,
        copy_of=copies[-1] if copies else None,
        readings=tuple(part for part in parts if isinstance(part, Read)),
        redacted=redacted[-1].reason if redacted and not held_again else None,
        updated_position=parts[-1].position,
    )


def _no_changes(_key: str, _before: bytes | None, _after: bytes | None, _cause: Occurrence) -> Iterable[bytes]:
    return ()


def _asked_by(body: bytes) -> Iterable[str]:
    own = _view(body).newest.external_id
    return () if own is None else (own,)


PROJECTION = Projection("documents", 4, _collect, _judge, _no_changes, names=_asked_by)
