"""Ids made from content: the same thing found twice has the same id, so repetition does no harm."""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterable
from typing import NewType

from tracker.serial import canonical

DocumentId = NewType("DocumentId", str)
ClaimId = NewType("ClaimId", str)
SubjectId = NewType("SubjectId", str)
FeedId = NewType("FeedId", str)

_APOSTROPHES = re.compile(r"['’`]")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def digest(*parts: object) -> str:
    """Return the SHA-256, in hex, of the canonical JSON of the parts."""
    return hashlib.sha256(canonical(list(parts))).hexdigest()


def short_id(prefix: str, *parts: object) -> str:
    """Return `prefix` and 80 bits of digest: enough for a billion things, short enough to type."""
    return f"{prefix}_{digest(*parts)[:20]}"


def event_uuid(kind: str, about: str, *more: object) -> str:
    """Return the UUIDv8 that the same cause gives every time (RFC 9562, section 5.8): 48 bits of what it is about, 74 of all.

    So the ids of one document stand side by side in their index, which must keep them unique: a new event writes to a page
    that its stream is on, and not to any page of a long index.
    """
    bits = int(digest(about)[:12], 16) << 80 | int(digest(kind, about, *more)[:20], 16)
    return str(uuid.UUID(int=bits & ~(0xF << 76 | 0x3 << 62) | 0x8 << 76 | 0x2 << 62))


def slug(name: str) -> str:
    """Return a name as it stands in an id: `Lunar Polar Exploration` → `lunar-polar-exploration`."""
    ascii_name = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).encode("ascii", "ignore").decode().lower()
    return _NOT_A_WORD.sub("-", ascii_name).strip("-") or digest(name)[:12]


def rows_digest(views: Iterable[tuple[str, bytes]], changes: Iterable[bytes]) -> str:
    """Return SHA-256, in hex, over views in the order of keys and changes in the order of the log, each with its length."""
    hashed = hashlib.sha256()
    for key, body in views:
        hashed.update(b"view %d %s %d " % (len(key), key.encode(), len(body)) + body)
    for body in changes:
        hashed.update(b"change %d " % len(body) + body)
    return hashed.hexdigest()
