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
    # By exact type and not by `match`: this looks at every part of every event.
    kind = type(value)
    if kind is str:
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):  # type: ignore[attr-defined]  # a str
            raise ValueError(f"{path or '/'}: lone surrogate")
    elif kind is int:
        if not -_SAFE_INTEGER <= value <= _SAFE_INTEGER:  # type: ignore[operator]  # an int
            raise ValueError(f"{path or '/'}: integer outside ±(2^53−1)")
    elif kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]  # a dict
            if not isinstance(key, str) or not key.isascii():
                raise ValueError(f"{path or '/'}: key {key!r} is not ASCII")
            _check(item, f"{path}/{key}")
    elif kind is list or kind is tuple:
        for index, item in enumerate(value):  # type: ignore[arg-type]  # a list or a tuple
            if type(item) is not str or not item.isascii():  # most are, and need no path
                _check(item, f"{path}/{index}")
    elif value is not None and kind is not bool:
        raise ValueError(f"{path or '/'}: a {kind.__name__} is not allowed")
