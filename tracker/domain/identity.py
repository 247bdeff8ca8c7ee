"""What makes a document itself: its link, the id it declares, else its words."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from tracker.domain.ids import DocumentId, digest, short_id

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src", re.IGNORECASE)
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_ALLOWED = "/?%:@!$&'()*+,;=~-._"
_DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=2048)  # each link is asked for several times while its document is taken in
def canonical_url(raw: str) -> str:
    """Return one spelling for all links to a page: lower-case host, no default port, fragment or campaign parameters.

    Idempotent. `http` and `https` stay apart, and so do parameters in another order: a server may tell them apart
    (RFC 3986, section 6.2). Parameters are never decoded, since only the server knows in which charset they are.
    Raises ValueError for what is no http(s) URL, also for a port that cannot be.
    """
    parts = urlsplit(raw.strip())
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if scheme not in _DEFAULT_PORTS or not host:
        raise ValueError(f"{raw!r} is no http or https URL")
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _DEFAULT_PORTS[scheme]) else f":{parts.port}"
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0]))
    return urlunsplit((scheme, host + port, _escaped(parts.path) or "/", _escaped(query), ""))


def _escaped(part: str) -> str:
    """What a URL may not hold in percent bytes, those bytes in capitals, and nothing else changed (RFC 3986, 6.2.2)."""
    return _PERCENT.sub(lambda match: match[0].upper(), quote(part, safe=_ALLOWED))


def url_key(url: str) -> str:
    """Return the key under which a document with this link is found."""
    return f"url:{digest(canonical_url(url))[:40]}"


def declared_key(external_id: str, scope: str | None = None) -> str:
    """Return the key under which a document that declares this id is found; `scope` is within what the id is unique."""
    return f"id:{digest(external_id, *([] if scope is None else [scope]))[:40]}"


def file_key(path: str, part: str = "") -> str:
    """Return the key under which the document in this file, or part of one, is found: hashed, since paths tell about their owner."""
    return f"file:{digest(path, *([part] if part else []))[:40]}"


def said_key(place: str, text: str, facts: Mapping[str, str] | None = None) -> str:
    """Return the key under which it is found that this place delivered this text, with these facts when they are given.

    `place` and `text` are keys, of `file_key` and `text_key`.
    """
    return f"said:{digest(place, text, *([] if facts is None else [dict(facts)]))[:40]}"


def copy_key(text: str, facts: Mapping[str, str]) -> str:
    """Return what names a copy that has no name of its own: its words (the key of `text_key`) and what is declared of it."""
    return f"copy:{digest(text, dict(facts))[:40]}"


def text_key(text: str) -> str:
    """Return the key under which a document with exactly this text is found."""
    return f"text:{hashlib.sha256(text.encode()).hexdigest()}"


def document_id(identity: str) -> DocumentId:
    """Return the id of the document that is first known by this key."""
    return DocumentId(short_id("doc", identity))
