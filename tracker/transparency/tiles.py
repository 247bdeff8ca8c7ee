"""The tree and its entries as a finite set of small files (C2SP tlog-tiles, https://c2sp.org/tlog-tiles).

A *tile* holds up to 256 neighbouring nodes of the levels 0, 8, 16 … of the tree: its own level counts those steps of eight.
The levels between are hashed again from it. A *bundle* holds the up to 256 entries under one tile of level 0. Full tiles and
bundles never change; the last one of a level may be partial, and is then written anew, under another path, as the tree grows.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import msgspec

from tracker.errors import AuditError
from tracker.transparency.merkle import HASH_SIZE, Node, node_hash
from tracker.transparency.spelling import from_decimal

HEIGHT = 8
"""Levels of the tree that one tile spans."""
WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""
LONGEST_ENTRY = 2**16 - 1
"""Bytes that an entry can have in a bundle."""

_PATH = re.compile(r"tile/(entries|[0-9]+)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]+))?")


class Tile(msgspec.Struct, frozen=True, order=True):
    """The first `width` hashes of the tile at this level and index."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is served, below the log's prefix: `tile/0/x001/x234/067.p/5`."""
        return f"tile/{self.level}/{_located(self.index, self.width)}"


class Bundle(msgspec.Struct, frozen=True, order=True):
    """The first `width` entries of the bundle at this index."""

    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is served, below the log's prefix: `tile/entries/x001/x234/067.p/5`."""
        return f"tile/entries/{_located(self.index, self.width)}"


def parse_path(path: str) -> Tile | Bundle:
    """Return what is served at the path. Raises AuditError for any other spelling than the one `path` gives."""
    match = _PATH.fullmatch(path)
    if not match:
        raise AuditError("tile path", f"{path[:80]!r} names no tile")
    kind, located, partial = match.groups()
    index = from_decimal(re.sub(r"[x/]", "", located).lstrip("0") or "0", "tile path")
    width = WIDTH if partial is None else from_decimal(partial, "tile path")
    found = Bundle(index, width) if kind == "entries" else Tile(from_decimal(kind, "tile path"), index, width)
    if found.path != path or not 0 < width <= WIDTH or (isinstance(found, Tile) and found.level >= 64):
        raise AuditError("tile path", f"{path[:80]!r} names no tile")
    return found


def grown(old: int, new: int) -> Iterator[Tile]:
    """Yield the tiles that a growth from `old` to `new` leaves adds, or gives another width: level by level, left to right.

    From 0, these are all tiles of the tree. What they replace are partial tiles, which may be deleted once no checkpoint that
    needs them is served. Raises ValueError for a tree that shrinks.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree does not grow from {old} to {new}")
    level = 0
    while old < new:
        for index in range(old // WIDTH, -(-new // WIDTH)):
            yield Tile(level, index, min(WIDTH, new - index * WIDTH))
        level, old, new = level + 1, old >> HEIGHT, new >> HEIGHT


def grown_bundles(old: int, new: int) -> Iterator[Bundle]:
    """Yield the bundles that a growth from `old` to `new` entries adds, or gives another width, left to right."""
    return (Bundle(tile.index, tile.width) for tile in grown(old, new) if tile.level == 0)


def tile_bytes(tile: Tile, node: Node) -> bytes:
    """Return the content of the tile: its hashes, one after the other."""
    first = tile.index * WIDTH
    return b"".join(node(tile.level * HEIGHT, first + at) for at in range(tile.width))


def tile_hashes(tile: Tile, content: bytes) -> list[bytes]:
    """Return the hashes of the tile. Raises AuditError for content of another length."""
    if len(content) != tile.width * HASH_SIZE:
        raise AuditError(tile.path, f"{len(content)} bytes, where {tile.width * HASH_SIZE} belong")
    return [content[at : at + HASH_SIZE] for at in range(0, len(content), HASH_SIZE)]


def bundle_bytes(entries: Sequence[bytes]) -> bytes:
    """Return the content of a bundle: each entry after its length, an unsigned 16-bit number, big-endian.

    Raises ValueError for an entry longer than 65,535 bytes.
    """
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise ValueError(f"an entry of {len(entry)} bytes does not go into a bundle: at most {LONGEST_ENTRY}")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def bundle_entries(bundle: Bundle, content: bytes) -> list[bytes]:
    """Return the entries. Raises AuditError where lengths and content disagree, or another number of entries is in it."""
    entries, at = [], 0
    while at < len(content):
        start = at + 2
        at = start + int.from_bytes(content[at:start], "big")
        entries.append(content[start:at])
    if at != len(content) or len(entries) != bundle.width:
        raise AuditError(bundle.path, f"not {bundle.width} whole entries")
    return entries


def nodes(size: int, read: Callable[[Tile], bytes]) -> Node:
    """Return the look-up of the complete nodes of a tree of `size` leaves that reads them from its tiles.

    `read` gets a tile of the width that it has at this size, and returns its content (of a wider one, the beginning). Each is
    read once and kept as long as the look-up lives. Nothing is checked here but lengths: a root or a proof made through the
    look-up counts only once it has been compared with a verified checkpoint.
    """

    @cache
    def hashes(level: int, index: int) -> list[bytes]:
        tile = Tile(level, index, min(WIDTH, (size >> level * HEIGHT) - index * WIDTH))
        return tile_hashes(tile, read(tile))

    def node(level: int, index: int) -> bytes:
        if not 0 <= index < size >> level:
            raise ValueError(f"node {index} of level {level} is not complete in a tree of {size}")
        step, up = divmod(level, HEIGHT)
        tile, first = divmod(index << up, WIDTH)
        row = hashes(step, tile)[first : first + (1 << up)]
        while len(row) > 1:
            row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
        return row[0]

    return node


def _located(index: int, width: int) -> str:
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]]) + (f".p/{width}" if width < WIDTH else "")
