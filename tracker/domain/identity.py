"""What makes a document itself: its link, the id it declares, else its words."""

import hashlib
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from tracker.domain.ids import DocumentId, digest, short_id

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src", re.IGNORECASE)
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(raw: str) -> str:
    """Return one spelling for all links to a page: lower-case host, no default port, fragment or campaign parameters.

    Idempotent. `http` and `https` stay apart, and so do parameters in another order: a server may tell them apart
    (RFC 3986, section 6.2). Raises ValueError for what is no http(s) URL.
    """
    parts = urlsplit(raw.strip())
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"{raw!r} is no http or https URL")
    host = parts.hostname.rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port and parts.port != _DEFAULT_PORTS[scheme] else ""
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    path = _PERCENT.sub(lambda m: m[0].upper(), quote(parts.path, safe="/%:@!$&'()*+,;=~-._")) or "/"
    return urlunsplit((scheme, host + port, path, urlencode(query), ""))


def url_key(url: str) -> str:
    """Return the key under which a document with this link is found."""
    return f"url:{digest(canonical_url(url))[:40]}"


def declared_key(external_id: str) -> str:
    """Return the key under which a document that declares this id is found."""
    return f"id:{digest(external_id)[:40]}"


def file_key(path: str) -> str:
    """Return the key under which the document in this file is found: hashed, since paths tell about their owner."""
    return f"file:{digest(path)[:40]}"


def text_key(text: str) -> str:
    """Return the key under which a document with exactly this text is found."""
    return f"text:{hashlib.sha256(text.encode()).hexdigest()}"


def document_id(identity: str) -> DocumentId:
    """Return the id of the document that is first known by this key."""
    return DocumentId(short_id("doc", identity))
