"""Taking documents in: recognise each by its link, its id, its file or its words, and record what is new."""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import structlog

from tracker.capture.item import Item, Refused
from tracker.capture.place import Place, container, place_of
from tracker.domain import identity
from tracker.domain.copies import WHOLE
from tracker.domain.ids import DocumentId, event_uuid
from tracker.errors import ContractError
from tracker.events import codec
from tracker.events.envelope import NO_STREAM, NewEvent, RecordedEvent, StreamName, stream_name
from tracker.events.types import DocumentCaptured, DocumentDuplicateJudged, DocumentRevised, Rung
from tracker.store.store import Store, Transaction
from tracker.store.texts import SALT_BYTES, text_digest

CONSUMER = "capture"
"""The name under which inputs that are no documents are parked."""
_CHUNK = 50
_CHUNK_CHARACTERS = 4_000_000
"""An archive may hold fifty texts in a row of the largest size that is taken."""
_CAPTURES = ("document.captured", "document.revised")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ENTRY = re.compile(r"#[0-9]+\Z")
_LABELS = {"published": "publication date", "url": "link"}

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

    def take(
        self, items: Iterable[Item | Refused], *, keeps: Callable[[str], bool] = lambda _parked: False
    ) -> Iterator[list[Outcome]]:
        """Record what is new, and yield the outcomes of each transaction once it is durable.

        The same items a thousand times are recorded once. What is no document, or cannot be recorded, is parked with its
        reason under the path of its file, and the rest goes on; it is released when its file is taken in later, unless
        `keeps` says of its name that this run will not come to it again.
        """
        waiting = self._waiting()
        for chunk in _chunks(items):
            with self._store.transaction() as transaction:
                outcomes = [self._one(transaction, item, waiting, keeps) for item in chunk]
            for outcome in outcomes:
                if outcome.outcome == "parked":
                    log.info("input.parked", source=outcome.source, reason=outcome.reason)
            yield outcomes

    def _waiting(self) -> dict[str, list[str]]:
        """What is parked, by file or folder."""
        waiting: dict[str, list[str]] = {}
        with self._store.reading() as reading:
            for one in reading.parking.all():
                if one.consumer == CONSUMER:
                    waiting.setdefault(container(one.item), []).append(one.item)
        return waiting

    def _one(
        self,
        transaction: Transaction,
        item: Item | Refused,
        waiting: dict[str, list[str]],
        keeps: Callable[[str], bool],
    ) -> Outcome:
        place = place_of(item.source)
        if waiting:
            # A file is read anew as a whole, so what waits of it is decided anew; so is a folder that had nothing to read.
            here = container(place.name)
            for name in (here, *map(str, Path(here).parents)):
                for parked in waiting.pop(name, ()):
                    if not keeps(parked):
                        transaction.parking.release(CONSUMER, parked)
        if isinstance(item, Refused):
            if item.waits:
                transaction.parking.park(CONSUMER, place.name, item.reason)
            return Outcome(item.source, "parked", reason=item.reason)
        try:
            return self._take(transaction, item, place)
        except (ValueError, ContractError) as error:  # raised before anything is written, see `_record`
            reason = f"cannot be recorded: {' '.join(str(error).split())[:300]}"
            transaction.parking.park(CONSUMER, place.name, reason)
            return Outcome(item.source, "parked", reason=reason)

    def _take(self, transaction: Transaction, item: Item, place: Place) -> Outcome:
        keys = _keys(item, place)
        last = _last(transaction, keys.place) if place.whole else None
        if known := _said(transaction, keys, last):
            return _unchanged(item, known)
        if known := _find(transaction, *keys.names.values()):
            return self._again(transaction, item, known, keys, since=last)
        if keys.names and (known := _find(transaction, keys.here)):
            return self._revise(
                transaction, item, known, keys
            )  # it has got a name, under which it is found from now on
        if last and not keys.names and (known := _known(transaction, last.stream)):
            return self._again(transaction, item, known, keys, since=last)
        twin = _find(transaction, keys.text)
        if keys.names or twin is None:
            rung: Rung = next(iter(keys.names), "file" if place.whole else "content")
            # A file is found again by its path, but named after its words: paths differ from machine to machine.
            return self._capture(transaction, item, keys, rung, keys.names.get(rung, keys.text), twin)
        return self._nameless(transaction, item, twin, keys)

    def _nameless(self, transaction: Transaction, item: Item, twin: "_Versions", keys: "_Keys") -> Outcome:
        """Known words without a name: the document itself, a copy, or a correction by the place that delivered them."""
        name = identity.copy_key(keys.text, _facts(item))
        copy = _known(transaction, stream_name("document", identity.document_id(name)))
        # What can only become true goes first: what else this place delivers must not change the answer.
        if _among(transaction, item, twin):
            return _unchanged(item, twin)
        if copy:
            return _unchanged(item, copy)
        if known := _find(transaction, keys.here):
            return self._again(transaction, item, known, keys, since=None)
        return self._capture(transaction, item, keys, "content", name, twin)

    def _capture(
        self, transaction: Transaction, item: Item, keys: "_Keys", rung: Rung, name: str, twin: "_Versions | None"
    ) -> Outcome:
        id_ = identity.document_id(name)
        if twin is None:
            self._record(transaction, item, DocumentCaptured(**_values(item, id_, 1, rung)), keys)
            return _outcome(item, "captured", id_, 1)
        first = twin[-1].document
        judged = DocumentDuplicateJudged(
            document_id=id_,
            version=1,
            method="same_text",
            resemblance_ppm=WHOLE,
            contained_ppm=WHOLE,
            copy_of=first.document_id,
        )
        event = codec.encode(judged, id=event_uuid("duplicate", id_, first.document_id))
        self._record(transaction, item, DocumentCaptured(**_values(item, id_, 1, rung)), keys, event)
        return _outcome(item, "duplicate", id_, 1, reason=f"the same text as {first.ref.public_id}")

    def _again(
        self, transaction: Transaction, item: Item, known: "_Versions", keys: "_Keys", since: RecordedEvent | None
    ) -> Outcome:
        """What came from elsewhere may be an older version; a file that goes back on its own last word is a revision."""
        mine = since is not None and since.stream == stream_name("document", known[-1].document.document_id)
        after = since.position if since and mine else 0
        if _among(transaction, item, [version for version in known if version.position >= after]):
            return _unchanged(item, known)
        return self._revise(transaction, item, known, keys)

    def _revise(self, transaction: Transaction, item: Item, known: "_Versions", keys: "_Keys") -> Outcome:
        newest = known[-1].document
        values = _values(item, newest.document_id, newest.version + 1, newest.rung)
        reason = None
        if transaction.texts.matches(newest.text_digest, item.text):
            wrong = _differences(item, newest)
            reason = "; ".join(wrong.values()) or f"known as {item.external_id} from now on"
            # What the correction does not speak of stays.
            told = ("version", "source", *wrong, *(["external_id"] if item.id_declared else []))
            values = msgspec.structs.asdict(newest) | {key: values[key] for key in told}
            if "published" in wrong:
                values["published_basis"] = item.published_basis
        else:
            values["url"], values["publisher"] = item.url or newest.url, item.publisher or newest.publisher
            if newest.external_id and not item.id_declared:
                values["external_id"] = newest.external_id
        event = DocumentRevised(**values)
        self._record(transaction, item, event, keys)
        return Outcome(item.source, "revised", event.document_id, event.ref.public_id, event.version, reason)

    def _record(
        self, transaction: Transaction, item: Item, event: DocumentCaptured, keys: "_Keys", *more: NewEvent
    ) -> None:
        """Encode first, write then: an item that breaks the schema leaves nothing behind."""
        salt = self._salt()
        event = msgspec.structs.replace(event, text_digest=text_digest(salt, item.text), text_length=len(item.text))
        encoded = codec.encode(event, id=event_uuid("document", event.document_id, event.version), keys=keys.all)
        stream = stream_name("document", event.document_id)
        seen = transaction.log.stream_version(stream) if event.version > 1 else NO_STREAM
        transaction.texts.put(item.text, salt=salt)
        transaction.log.append(stream, [encoded, *more], expected_version=seen)


class _Keys(msgspec.Struct, frozen=True):
    """What an item can be recognised by."""

    names: dict[Rung, str]
    """Its link and the id it declares: they name it, wherever it lies."""
    place: str
    """The file it lies in; of a file with many documents, that one of its name there."""
    here: str
    """This text, in this place."""
    said: str
    """This text with what is declared of it, in this place."""
    text: str
    whole: bool

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.names.values(), *([self.place] if self.whole else []), self.here, self.said, self.text)


class _Version(msgspec.Struct, frozen=True):
    """One version of a document, and where it stands in the log."""

    position: int
    document: DocumentCaptured


_Versions = list[_Version]
"""The versions of a document, the newest last; never empty."""


def _keys(item: Item, place: Place) -> _Keys:
    names: dict[Rung, str] = {}
    if item.url and item.url_names:
        names["url"] = identity.url_key(item.url)
    if item.id_declared and item.external_id:
        names["declared"] = identity.declared_key(item.external_id, item.id_scope)
    # Entries move up and down in a feed, so the number is used for those without a name only.
    at = identity.file_key(place.path, "" if place.whole else " ".join(names.values()) or place.part)
    text = identity.text_key(item.text)
    said = identity.said_key(at, text, _facts(item) | {"id": names.get("declared", "")})
    return _Keys(names, at, identity.said_key(at, text), said, text, place.whole)


def _facts(item: Item) -> dict[str, str]:
    """What somebody declared, and the text's own words did not give: only that can correct what is known."""
    facts = {key: value for key in item.declared if (value := getattr(item, key))}
    if item.published_basis == "given":
        facts["published"] = item.published
    if item.url:
        facts["url"] = identity.canonical_url(item.url)
    return facts


def _differences(item: Item, known: DocumentCaptured) -> dict[str, str]:
    """What is declared otherwise than it is known, each with the words for it."""
    wrong: dict[str, str] = {}
    for key, value in _facts(item).items():
        before = getattr(known, key)
        if value != (identity.canonical_url(before) if key == "url" and before else before):
            was = f"corrected from {before}" if before else "given:"
            wrong[key] = f"{_LABELS.get(key, key)} {was}{' to' if before else ''} {getattr(item, key)}"
    return wrong


def _said(transaction: Transaction, keys: _Keys, last: RecordedEvent | None) -> _Versions | None:
    """Return the document of which this place said the very same: a file the last time, any other source ever."""
    for recorded in transaction.log.read_key(keys.said):
        if not keys.whole or (last and recorded.position == last.position):
            return _known(transaction, recorded.stream)
    return None


def _last(transaction: Transaction, key: str) -> RecordedEvent | None:
    return max(transaction.log.read_key(key), key=lambda recorded: recorded.position, default=None)


def _find(transaction: Transaction, *keys: str) -> _Versions | None:
    """Return the document that the first matching key leads to."""
    for key in keys:
        for recorded in transaction.log.read_key(key, limit=1):
            return _known(transaction, recorded.stream)
    return None


def _known(transaction: Transaction, stream: StreamName) -> _Versions | None:
    return [
        _Version(each.position, event)
        for each in transaction.log.read(stream=stream)
        if each.type in _CAPTURES and isinstance(event := codec.decode(each), DocumentCaptured)
    ] or None


def _among(transaction: Transaction, item: Item, versions: _Versions) -> bool:
    """Whether one of the versions has this text and nothing that is declared otherwise."""
    return any(
        not _differences(item, version.document) and transaction.texts.matches(version.document.text_digest, item.text)
        for version in reversed(versions)
    )


def _values(item: Item, id_: DocumentId, version: int, rung: Rung) -> dict[str, Any]:
    return {
        "document_id": id_,
        "version": version,
        "rung": rung,
        "source": _source(item.source),
        "media_type": item.media_type,
        "language": item.language,
        "published": item.published,
        "published_basis": item.published_basis,
        "text_digest": "",
        "text_length": 0,
        "external_id": item.external_id,
        "url": item.url,
        "title": item.title,
        "publisher": item.publisher,
    }


def _source(name: str) -> str:
    """The address of a page or feed; of a file the name alone, since a path tells about the machine it lies on."""
    return _ENTRY.sub("", name) if _ADDRESS.match(name) else Path(name).name or name


def _unchanged(item: Item, known: _Versions) -> Outcome:
    newest = known[-1].document
    # A twin under another name is told by our id, which nobody else has.
    shown = newest.ref.public_id if item.external_id == newest.external_id else newest.document_id
    return Outcome(item.source, "unchanged", newest.document_id, shown, newest.version)


def _outcome(item: Item, kind: OutcomeKind, id_: DocumentId, version: int, reason: str | None = None) -> Outcome:
    return Outcome(item.source, kind, id_, item.external_id or id_, version, reason)


def _chunks(items: Iterable[Item | Refused]) -> Iterator[list[Item | Refused]]:
    chunk: list[Item | Refused] = []
    held = 0
    for item in items:
        chunk.append(item)
        held += len(item.text) if isinstance(item, Item) else 0
        if len(chunk) == _CHUNK or held >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
