"""Answers that need not be sent again (RFC 9110, sections 8.8.3 and 13.1.2)."""

import hashlib
import re

from tracker.domain.ids import digest

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def tag_of(standing: str, address: str) -> str:
    """Return the weak tag of what is found at an address while things stand so.

    It begins with the log's position, and is weak since the same answer may come compressed or not. With the address in it, the tag
    of one answer is never taken for that of another.
    """
    return f'W/"{standing}-{digest(address)[:8]}"'


def content_tag(content: bytes) -> str:
    """Return the weak tag of an answer that rests on more than the log: of its very bytes."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:20]}"'


def matches(asked: str | None, tag: str) -> bool:
    """Tell whether an If-None-Match names the tag, by weak comparison; `*` names every one."""
    if asked is None:
        return False
    if asked.strip() == "*":
        return True
    opaque = tag.removeprefix("W/")
    return opaque in _TAG.findall(asked)
