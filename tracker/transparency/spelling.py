"""Base64 and decimal numbers in the one spelling that each value has.

Python's decoders accept several texts for one value: ` 1`, `+1` and `01`, or base64 with stray last bits. In a signed or
hashed text that is room for two readers to disagree, so whatever is read here must be written again to the same characters.
"""

import base64
import re

from tracker.errors import AuditError

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,19}")
_LARGEST = 2**64 - 1


def to_base64(value: bytes) -> str:
    """Return standard base64 with padding (RFC 4648, section 4)."""
    return base64.b64encode(value).decode("ascii")


def from_base64(text: str, what: str) -> bytes:
    """Return the bytes. Raises AuditError, naming `what` was read, for anything but canonical standard base64.

    The error does not repeat the text, which may be a private key.
    """
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError:
        value = None
    if value is None or to_base64(value) != text:
        raise AuditError(what, "is not base64 as RFC 4648 writes it")
    return value


def from_decimal(text: str, what: str) -> int:
    """Return the number. Raises AuditError for signs, leading zeros, other digits than 0-9, and more than 64 bits."""
    if not _DECIMAL.fullmatch(text) or int(text) > _LARGEST:
        raise AuditError(what, f"{text[:80]!r} is not a decimal number of up to 64 bits")
    return int(text)
