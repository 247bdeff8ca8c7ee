"""A folder that is there when it is whole: it grows beside its place, and is put there at once."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tracker.errors import ConfigError, RefusedError

MARK = "tracker-site.json"
"""The file by which a folder is known for one of ours."""
_BUSY = "another process writes it now; wait for it to end"


class Mark(msgspec.Struct, frozen=True):
    """What such a file says: which log position the site shows, and what was written, its own file among it."""

    made_by: str = "tracker export site"
    position: int = 0
    entries: tuple[str, ...] = ()


@contextmanager
def replacing(place: Path, *, position: Callable[[], int]) -> Iterator[Path]:
    """Give an empty folder to fill; at the end of the block it takes the place of an empty folder, one of ours, or none.

    Until then nothing in that place changes, and what fails leaves nothing behind; what was killed is cleared away by the next. One
    process at a time writes to a place. `position` is asked at the end. Raises ConfigError for a place that cannot be written to, and
    RefusedError for a folder that holds anything else.
    """
    place = place.resolve()
    _check(place)
    growing = place.with_name(f".{place.name}.growing")
    try:
        with _mine(growing):
            try:
                yield growing
                entries = tuple(sorted({path.name for path in growing.iterdir()} | {MARK}))
                _put(growing, Mark(position=position(), entries=entries))
                # Who has put something there meanwhile keeps it.
                _check(place)
                _swap(growing, place)
            except BaseException:
                shutil.rmtree(growing, ignore_errors=True)
                raise
    except OSError as error:
        raise ConfigError(str(place), f"cannot be written: {error.strerror or error}") from None


@contextmanager
def _mine(growing: Path) -> Iterator[None]:
    """Hold a folder of ours, emptied, for the length of the block; whatever becomes of it then."""
    growing.mkdir(exist_ok=True)
    handle = os.open(growing, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not (growing.exists() and os.path.samestat(os.fstat(handle), growing.stat())):
            # Another has just put it in its place.
            raise RefusedError(str(growing), _BUSY)
        _clear(growing)
        yield
    except BlockingIOError:
        raise RefusedError(str(growing), _BUSY) from None
    finally:
        os.close(handle)


def _clear(growing: Path) -> None:
    held = list(growing.iterdir())
    if held and _mark(growing) is None:
        raise RefusedError(str(growing), "holds other files, and this command needs it; take it away first")
    # The mark last: were this cut off, the rest would still be known for ours.
    for path in sorted(held, key=lambda path: path.name == MARK):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    _put(growing, Mark())


def _check(place: Path) -> None:
    if place.exists() and not place.is_dir():
        raise ConfigError(str(place), "is a file; name a folder")
    held = {path.name for path in place.iterdir()} if place.is_dir() else set()
    if not held:
        return
    mark = _mark(place)
    if mark is None:
        raise RefusedError(str(place), "holds other files; name an empty folder, or one that this command made")
    if other := sorted(held - set(mark.entries)):
        raise RefusedError(str(place), f"holds {other[0]!r}, which this command did not write; take it out first")


def _mark(folder: Path) -> Mark | None:
    try:
        return msgspec.json.decode((folder / MARK).read_bytes(), type=Mark)
    except (OSError, msgspec.DecodeError):
        return None


def _put(folder: Path, mark: Mark) -> None:
    (folder / MARK).write_bytes(msgspec.json.format(msgspec.json.encode(mark)) + b"\n")


def _swap(growing: Path, place: Path) -> None:
    before = growing.with_name(f".{place.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if place.exists():
        place.rename(before)
    try:
        growing.rename(place)
    except OSError:
        if before.exists():
            before.rename(place)
        raise
    shutil.rmtree(before, ignore_errors=True)
