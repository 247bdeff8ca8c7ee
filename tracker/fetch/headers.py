"""Reading response headers: every byte a server sent survives as one character (ISO 8859-1), names in any case."""

import re

Headers = tuple[tuple[str, str], ...]

_MEDIA_TYPE = re.compile(r"\s*([!#$%&'*+.^_`|~\w-]+/[!#$%&'*+.^_`|~\w-]+)\s*(?:;|$)", re.ASCII)
_CHARSET = re.compile(
    r";\s*charset\s*=\s*(?:\"([^\"]{1,40})\"|'([^']{1,40})'|([\w.:-]{1,40}))", re.ASCII | re.IGNORECASE
)


def decoded(raw: tuple[tuple[bytes, bytes], ...]) -> Headers:
    """Return headers as text, byte for byte."""
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)


def field(headers: Headers, name: str) -> str | None:
    """Return the first header of a (lower case) name."""
    return next((value for key, value in headers if key.lower() == name), None)


def joined(headers: Headers, name: str) -> str | None:
    """Return all headers of a (lower case) name as the one list they mean (RFC 9110, section 5.3)."""
    values = [value for key, value in headers if key.lower() == name]
    return ", ".join(values) if values else None


def sendable(value: str | None) -> str | None:
    """Return a header value as aiohttp must get it to send the bytes that were received; None if it cannot.

    aiohttp encodes header values as UTF-8, so bytes in another encoding have no text that would become them. Such a
    validator is not sent, and the answer is a whole document instead of "not modified".
    """
    if not value:
        return None
    try:
        text = value.encode("latin-1").decode()
    except UnicodeError:
        return None
    return text if "\r" not in text and "\n" not in text and "\0" not in text else None


def media_type(content_type: str | None) -> tuple[str | None, str | None]:
    """Return the media type and the charset of a Content-Type, both in lower case (RFC 9110, section 8.3)."""
    if content_type is None:
        return None, None
    found = _MEDIA_TYPE.match(content_type)
    charset = _CHARSET.search(content_type)
    named = next(filter(None, charset.groups()), None) if charset else None
    return found[1].lower() if found else None, named.lower() if named else None
