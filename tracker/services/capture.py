"""Taking documents in: recognise each by its link, its id, its file or its words, and record what is new."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec
import structlog

from tracker.capture.item import Item, Refused
from tracker.domain import identity
from tracker.domain.ids import DocumentId, event_uuid
from tracker.events import codec
from tracker.events.envelope import NO_STREAM, stream_name
from tracker.events.types import DocumentCaptured, DocumentDuplicateJudged, DocumentRevised, Rung
from tracker.store.store import Store, Transaction
from tracker.store.texts import SALT_BYTES

CONSUMER = "capture"
"""The name under which inputs that are no documents are parked."""
_CHUNK = 50

log = structlog.get_logger(__name__)

OutcomeKind = Literal["captured", "unchanged", "revised", "duplicate", "parked"]


class Outcome(msgspec.Struct, frozen=True):
    """What became of one input. `document` is our id, `document_id` the one that people know."""

    source: str
    outcome: OutcomeKind
    document: DocumentId | None = None
    document_id: str | None = None
    version: int | None = None
    reason: str | None = None


class Capture:
    """Takes items in, a few dozen to a transaction."""

    def __init__(self, store: Store, *, salt: Callable[[], bytes] = lambda: secrets.token_bytes(SALT_BYTES)) -> None:
        self._store, self._salt = store, salt

    def take(self, items: Iterable[Item | Refused]) -> Iterator[list[Outcome]]:
        """Record what is new, and yield the outcomes of each transaction once it is durable.

        The same item a thousand times is recorded once. What is no document is parked with its reason, and released when the
        same source is taken in later.
        """
        for chunk in _chunks(items):
            with self._store.transaction() as transaction:
                outcomes = [self._one(transaction, item) for item in chunk]
            for outcome in outcomes:
                if outcome.outcome == "parked":
                    log.info("input.parked", source=outcome.source, reason=outcome.reason)
            yield outcomes

    def _one(self, transaction: Transaction, item: Item | Refused) -> Outcome:
        name = item.source[:1000]
        if isinstance(item, Refused):
            transaction.parking.park(CONSUMER, name, item.reason)
            return Outcome(item.source, "parked", reason=item.reason)
        transaction.parking.release(CONSUMER, name)
        strong, weak = _keys(item)
        found = _find(transaction, [*strong.values(), *([] if strong else weak.values())])
        if found is not None:
            return self._again(transaction, item, found, (*strong.values(), *weak.values()))
        twin = _find(transaction, [weak["content"]])
        known_by = {**strong, **weak}
        rung: Rung = next(iter(known_by))
        # A file is found again by its path, but named after its words: paths differ from machine to machine.
        id_ = identity.document_id(known_by["content"] if rung == "file" else known_by[rung])
        self._record(transaction, item, id_, 1, rung, tuple(known_by.values()))
        if twin is None:
            return _outcome(item, "captured", id_, 1)
        judged = DocumentDuplicateJudged(document_id=id_, copy_of=twin.document_id, method="same_text")
        event = codec.encode(judged, id=event_uuid("duplicate", id_, twin.document_id))
        transaction.log.append(stream_name("document", id_), [event], expected_version=1)
        return _outcome(item, "duplicate", id_, 1, reason=f"the same text as {twin.ref.public_id}")

    def _again(self, transaction: Transaction, item: Item, known: DocumentCaptured, keys: tuple[str, ...]) -> Outcome:
        same_text = transaction.texts.matches(known.text_digest, item.text)
        corrected = item.published_basis == "given" and item.published != known.published
        if same_text and not corrected:
            return _outcome(item, "unchanged", known.document_id, known.version)
        version = known.version + 1
        self._record(transaction, item, known.document_id, version, known.rung, keys)
        reason = None if not same_text else f"publication date corrected from {known.published} to {item.published}"
        return _outcome(item, "revised", known.document_id, version, reason=reason)

    def _record(
        self, transaction: Transaction, item: Item, id_: DocumentId, version: int, rung: Rung, keys: tuple[str, ...]
    ) -> None:
        kind = DocumentCaptured if version == 1 else DocumentRevised
        event = kind(
            document_id=id_,
            version=version,
            rung=rung,
            # The name alone: a path tells about the machine it lies on.
            source=Path(item.source).name or item.source,
            media_type=item.media_type,
            language=item.language,
            published=item.published,
            published_basis=item.published_basis,
            text_digest=transaction.texts.put(item.text, salt=self._salt()),
            text_length=len(item.text),
            external_id=item.external_id,
            url=item.url,
            title=item.title,
            publisher=item.publisher,
        )
        stream = stream_name("document", id_)
        encoded = codec.encode(event, id=event_uuid("document", id_, version), keys=keys)
        seen = transaction.log.stream_version(stream) if version > 1 else NO_STREAM
        transaction.log.append(stream, [encoded], expected_version=seen)


def _keys(item: Item) -> tuple[dict[Rung, str], dict[Rung, str]]:
    """What an item can be recognised by: strong keys name the document, weak ones its place and words."""
    strong: dict[Rung, str] = {}
    if item.url:
        strong["url"] = identity.url_key(item.url)
    if item.id_declared and item.external_id:
        strong["declared"] = identity.declared_key(item.external_id)
    weak: dict[Rung, str] = {}
    path = Path(item.source)
    if not strong and path.is_file():
        weak["file"] = identity.file_key(str(path.resolve()))
    weak["content"] = identity.text_key(item.text)
    return strong, weak


def _find(transaction: Transaction, keys: Iterable[str]) -> DocumentCaptured | None:
    """Return the newest version of the document that the first matching key leads to."""
    for key in keys:
        for recorded in transaction.log.read_key(key, limit=1):
            versions = [
                event
                for each in transaction.log.read(stream=recorded.stream)
                if isinstance(event := codec.decode(each), DocumentCaptured)
            ]
            return versions[-1]
    return None


def _outcome(item: Item, kind: OutcomeKind, id_: DocumentId, version: int, reason: str | None = None) -> Outcome:
    return Outcome(item.source, kind, id_, item.external_id or id_, version, reason)


def _chunks(items: Iterable[Item | Refused]) -> Iterator[list[Item | Refused]]:
    chunk: list[Item | Refused] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
