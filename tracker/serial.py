"""Canonical JSON: one value, one sequence of bytes.

The profile is RFC 8785 restricted to what it cannot get wrong: keys in ASCII, integers within ±(2^53−1), no floats, no
lone surrogates. Inside it, sorted compact JSON in UTF-8 *is* the RFC's canonical form.
"""

import msgspec

_SAFE_INTEGER = 2**53 - 1


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a JSON value.

    Raises ValueError, naming the path, for what the profile leaves out.
    """
    _check(value, "")
    return msgspec.json.encode(value, order="sorted")


def _check(value: object, path: str) -> None:
    match value:
        case None | bool():
            return
        case str():
            if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
                raise ValueError(f"{path or '/'}: lone surrogate")
        case int():
            if not -_SAFE_INTEGER <= value <= _SAFE_INTEGER:
                raise ValueError(f"{path or '/'}: integer outside ±(2^53−1)")
        case dict():
            for key, item in value.items():
                if not isinstance(key, str) or not key.isascii():
                    raise ValueError(f"{path or '/'}: key {key!r} is not ASCII")
                _check(item, f"{path}/{key}")
        case list() | tuple():
            for index, item in enumerate(value):
                _check(item, f"{path}/{index}")
        case _:
            raise ValueError(f"{path or '/'}: a {type(value).__name__} is not allowed")
