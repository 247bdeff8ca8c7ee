"""Where things are found and what they are called outside: addresses of pages, and names that stay when addresses change."""

import re
from urllib.parse import quote, urlencode, urlsplit

import msgspec

NOBODY = "tracker.invalid"
"""The authority in names while the operator has not said whose they are; nobody can own it (RFC 6761, section 6.4)."""
_SINCE = "2026"
"""A time since which who runs a tracker has had the authority, as RFC 4151 wants one."""
_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


class Place(msgspec.Struct, frozen=True):
    """Where pages are served: `base` has no slash at its end, and is empty where nothing is served.

    `public` is the address that the operator gives as the lasting one. Names are made of it alone, so that they are the same from
    whatever door one looks.
    """

    base: str = ""
    public: str = ""

    def url(self, path: str) -> str | None:
        """Return the address of what lies at a path, None where nothing is served."""
        return f"{self.base}/{path}" if self.base else None

    def iri(self, path: str) -> str:
        """Return the address of what lies at a path, or its name where nothing is served."""
        return self.url(path) or self.tag(path)

    def subject(self, subject: str) -> str:
        """Return the path of a subject's page."""
        return f"subjects/{quote(subject, safe='/')}"

    def why(self, subject: str, attribute: str) -> str:
        """Return the path of the page that tells why an attribute has its value."""
        return f"{self.subject(subject)}/explain/{quote(attribute, safe='')}"

    def document(self, document_id: str, claim_id: str | None = None) -> str:
        """Return the path of a document's page, opened where a claim stands."""
        # A name may hold slashes and question marks of its own, which nothing is to read as part of the address.
        path = f"documents/{quote(document_id, safe='', errors='replace')}"
        return f"{path}?{urlencode({'claim': claim_id})}#said" if claim_id else path

    def feed(self, key: str, suffix: str) -> str:
        """Return the path of a feed or calendar: of `all`, of a kind in its plural, or of a subject."""
        return f"feeds/{quote(key, safe='/')}{suffix}"

    @property
    def authority(self) -> str:
        """The host of the lasting address, which keeps names of different trackers apart."""
        host = urlsplit(self.public).hostname or ""
        if not host.isascii():
            try:
                host = host.encode("idna").decode()
            except UnicodeError:
                return NOBODY
        return host if _AUTHORITY.fullmatch(host) else NOBODY

    def tag(self, specific: str, on: str = _SINCE) -> str:
        """Return a name (a tag URI, RFC 4151) that is the same wherever it is asked for; `on` is a day or year as ISO 8601 has it."""
        # Two trackers may share a host.
        below = urlsplit(self.public).path.strip("/")
        return f"tag:{self.authority},{on}:{quote(f'{below}/' if below else '', safe='/')}{specific}"
