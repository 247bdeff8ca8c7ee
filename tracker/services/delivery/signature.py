"""Signatures of messages by the Standard Webhooks specification (https://www.standardwebhooks.com): HMAC-SHA256, symmetric.

What is signed is `id.timestamp.body`, so that nobody can send old words under a new date. Pure.
"""

import base64
import binascii
import hashlib
import hmac

from tracker.errors import ConfigError

PREFIX = "whsec_"
_SHORTEST, _LONGEST = 24, 64


def keys(name: str, secret: str) -> tuple[bytes, ...]:
    """Return the keys of a secret: one, or several with blanks between them while an old one is being replaced.

    The specification wants 24 to 64 random bytes in base64 behind `whsec_`. Raises ConfigError, which names the variable only.
    """
    found = []
    for part in secret.split():
        try:
            key = base64.b64decode(part.removeprefix(PREFIX).encode(), validate=True)
        except (binascii.Error, UnicodeEncodeError):
            raise ConfigError(name, f"holds no secret for webhooks: {PREFIX} and base64 behind it") from None
        if not part.startswith(PREFIX) or not _SHORTEST <= len(key) <= _LONGEST:
            raise ConfigError(
                name,
                f"holds no secret for webhooks: {PREFIX} and {_SHORTEST} to {_LONGEST} bytes in base64 behind it; "
                f'make one: echo "{PREFIX}$(openssl rand -base64 32)"',
            )
        found.append(key)
    return tuple(found)


def headers(id_: str, at: int, body: bytes, signing: tuple[bytes, ...]) -> dict[str, str]:
    """Return the three headers that a message carries; `at` is the second (Unix time) of this attempt."""
    signed = b"%s.%d.%s" % (id_.encode(), at, body)
    signatures = (hmac.new(key, signed, hashlib.sha256).digest() for key in signing)
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(one).decode()}" for one in signatures),
    }
