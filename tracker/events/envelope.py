"""The envelope an event travels in, and what seals it.

A stream is at version 0 before its first event. Positions count every event of the log from 1 without a gap. The *entry*
of an event is its envelope in canonical JSON with the digest of the payload in place of the payload; the *leaf hash* is the
Merkle tree leaf over that entry (RFC 9162, section 2.1.1). Payloads of any size therefore have short entries.
"""

import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256 as _sha256
from typing import NewType

import msgspec

StreamName = NewType("StreamName", str)

NO_STREAM = 0
"""Expected version: the stream must not exist."""
EXISTS = -1
"""Expected version: the stream must exist, at any version."""
ANY = -2
"""Expected version: no expectation."""

_NAME = re.compile(r"[a-z0-9_.-]+(?:/[a-z0-9_.-]+)*")
_TYPE = re.compile(r"[a-z_]+\.[a-z_]+")


def stream_name(category: str, id_: str = "") -> StreamName:
    """Return `category/id`. Raises ValueError for characters that an entry could not hold unescaped."""
    name = f"{category}/{id_}" if id_ else category
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no stream name: lower-case letters, digits, _ . - and /")
    return StreamName(name)


class NewEvent(msgspec.Struct, frozen=True):
    """An event about to be appended; `keys` are what it can be found by (its subjects, its document's identity)."""

    id: str
    type: str
    schema_version: int
    payload: bytes
    keys: tuple[str, ...] = ()


class Occurrence(msgspec.Struct, frozen=True, gc=False):
    """What happened, and when it was recorded: all of an event that a view is worked out from.

    It holds strings, bytes and numbers only, so the garbage collector need not look at a million of them.
    `recorded_at` is UTC in RFC 3339 with microseconds.
    """

    position: int
    type: str
    schema_version: int
    recorded_at: str
    payload: bytes


class RecordedEvent(Occurrence, frozen=True, gc=False):
    """An event as it stands in the log: also what makes it that event, and what proves it."""

    id: str
    stream: StreamName
    version: int
    leaf_hash: bytes

    def as_json(self) -> Mapping[str, object]:
        """Return the event as programs see it."""
        return {
            "position": self.position,
            "id": self.id,
            "stream": self.stream,
            "version": self.version,
            "type": self.type,
            "schema_version": self.schema_version,
            "recorded_at": self.recorded_at,
            "payload": msgspec.Raw(self.payload),
        }


def seal(position: int, stream: StreamName, version: int, recorded_at: str, event: NewEvent) -> RecordedEvent:
    """Return the event with its place in the log and its leaf hash."""
    _check_type(event.type)
    payload = event.payload
    hashed = _sha256(payload).hexdigest()
    leaf = _ENTRY % (hashed, position, recorded_at, event.schema_version, stream, event.type, version)
    return RecordedEvent(
        position, event.type, event.schema_version, recorded_at, payload, event.id, stream, version,
        _sha256(f'\0{{"id":"{event.id}",{leaf}'.encode()).digest(),
    )  # fmt: skip


@cache
def _check_type(type_: str) -> None:
    if not _TYPE.fullmatch(type_):
        raise ValueError(f"{type_!r} is no event type: word.word in lower case")


# Written out by hand since it runs once per event: every field is free of characters that JSON escapes.
_ENTRY = (
    '"payload_sha256":"%s","position":%d,"recorded_at":"%s","schema_version":%d,"stream":"%s","type":"%s","version":%d}'
)


def entry(event: RecordedEvent) -> bytes:
    """Return the canonical bytes that the leaf hash covers."""
    hashed = _sha256(event.payload).hexdigest()
    fields = (hashed, event.position, event.recorded_at, event.schema_version, event.stream, event.type, event.version)
    return f'{{"id":"{event.id}",{_ENTRY % fields}'.encode()


def leaf_hash(event: RecordedEvent) -> bytes:
    """Return SHA-256(0x00 ‖ entry)."""
    return _sha256(b"\x00" + entry(event)).digest()
