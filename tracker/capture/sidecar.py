"""Sidecars: `article.meta.json` or `article.txt.meta.json` beside a file says what the file does not (schemas/config/sidecar.json)."""

import errno
import stat
from pathlib import Path

from tracker.capture.declared import Declared
from tracker.capture.records import decoded
from tracker.errors import InputError

SUFFIX = ".meta.json"
_MAX_BYTES = 1_000_000


def sidecar_of(path: Path, stem: str) -> Declared:
    """Return what the sidecar of a file declares; nothing when there is none. The one with the full name goes first.

    Raises InputError, named after the file, when it cannot be read or declares something wrong.
    """
    for beside in (path.with_name(path.name + SUFFIX), path.with_name(stem + SUFFIX)):
        try:
            if not stat.S_ISREG(beside.stat().st_mode):
                raise InputError(str(path), f"its sidecar {beside.name} is no regular file")  # a pipe may never end
            with beside.open("rb") as stream:
                raw = stream.read(_MAX_BYTES + 1)
        except FileNotFoundError:
            continue
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                continue  # no file can have that name, so there is none
            raise InputError(str(path), f"its sidecar {beside.name} cannot be read: {error.strerror}") from None
        try:
            return _declared(raw)
        except ValueError as error:
            raise InputError(str(path), f"its sidecar {beside.name}: {error}") from None
    return Declared()


def _declared(raw: bytes) -> Declared:
    if len(raw) > _MAX_BYTES:
        raise ValueError(f"is larger than {_MAX_BYTES:,} bytes")
    value = decoded(raw)
    if not isinstance(value, dict):
        raise ValueError("is no JSON object")  # noqa: TRY004 -- one error type for every wrong declaration
    return Declared.of(value)
