"""A folder that is there when it is whole: it grows beside its place, and is put there at once."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tracker.errors import ConfigError, RefusedError

MARK = "tracker-site.json"
"""The file by which a folder is known for one of ours."""


class Mark(msgspec.Struct, frozen=True):
    """What such a file says: which log position the site shows, and what else was written beside the mark."""

    made_by: str
    position: int
    entries: tuple[str, ...]


@contextmanager
def replacing(place: Path, *, position: Callable[[], int]) -> Iterator[Path]:
    """Give a new folder to fill; at the end of the block it takes the place of an empty folder, one of ours, or none.

    Until then nothing in that place changes, and what fails leaves nothing behind. `position` is asked at the end. Raises ConfigError for a place that cannot be
    written to, and RefusedError for a folder that holds anything else.
    """
    place = place.resolve()
    _check(place)
    try:
        growing = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    except OSError as error:
        raise ConfigError(str(place), f"cannot be written: {error.strerror}") from None
    try:
        # What is to be served must be readable for who serves it.
        growing.chmod(0o755)
        yield growing
        entries = (*sorted(path.name for path in growing.iterdir()), MARK)
        mark = Mark("tracker export site", position(), entries)
        (growing / MARK).write_bytes(msgspec.json.format(msgspec.json.encode(mark)) + b"\n")
        # Who has put something there meanwhile keeps it.
        _check(place)
        _swap(growing, place)
    except OSError as error:
        raise ConfigError(str(place), f"cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(growing, ignore_errors=True)


def _check(place: Path) -> None:
    if place.exists() and not place.is_dir():
        raise ConfigError(str(place), "is a file; name a folder")
    held = {path.name for path in place.iterdir()} if place.is_dir() else set()
    if not held:
        return
    try:
        mark = msgspec.json.decode((place / MARK).read_bytes(), type=Mark)
    except (OSError, msgspec.DecodeError):
        raise RefusedError(
            str(place), "holds other files; name an empty folder, or one that this command made"
        ) from None
    if other := sorted(held - set(mark.entries)):
        raise RefusedError(str(place), f"holds {other[0]!r}, which this command did not write; take it out first")


def _swap(growing: Path, place: Path) -> None:
    if not place.exists():
        growing.rename(place)
        return
    before = growing.with_name(growing.name + ".old")
    place.rename(before)
    try:
        growing.rename(place)
    except OSError:
        before.rename(place)
        raise
    shutil.rmtree(before)
