"""The tiles of the Merkle tree over the log, as they grow."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from tracker.errors import AuditError
from tracker.store.tables import tiles
from tracker.transparency.merkle import HASH_SIZE, Node, RootBuilder, completed
from tracker.transparency.tiles import HEIGHT, WIDTH, Tile, nodes


class Tree:
    """The tree inside one transaction. It holds what it was given; whether that is the log is for an audit to say."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, tile: Tile) -> bytes:
        """Return the content of a tile at its width. Raises AuditError when the tree does not hold so much."""
        mine = (tiles.c.level == tile.level) & (tiles.c.number == tile.index)
        content = self._connection.execute(select(tiles.c.content).where(mine)).scalar_one_or_none() or b""
        if len(content) < tile.width * HASH_SIZE:
            raise AuditError(tile.path, "the stored tree is shorter; build it again with `tracker rebuild tree`")
        return bytes(content[: tile.width * HASH_SIZE])

    def node(self, size: int) -> Node:
        """Return the look-up of the complete nodes of the tree as it was at a size."""
        return nodes(size, self.read)

    def grow(self, size: int, leaves: Sequence[bytes]) -> None:
        """Add leaf hashes to the tree of `size` leaves."""
        builder = RootBuilder.resume(size, self.node(size))
        added: dict[tuple[int, int], list[bytes]] = {}
        for index, leaf in enumerate(leaves, size):
            for (level, at), made in zip(completed(index), builder.add(leaf), strict=True):
                if level % HEIGHT == 0:
                    added.setdefault((level // HEIGHT, at // WIDTH), []).append(made)
        for (level, number), hashes in added.items():
            self._extend(level, number, b"".join(hashes))

    def _extend(self, level: int, number: int, hashes: bytes) -> None:
        mine = (tiles.c.level == level) & (tiles.c.number == number)
        before = self._connection.execute(select(tiles.c.content).where(mine)).scalar_one_or_none()
        if before is None:
            self._connection.execute(tiles.insert(), {"level": level, "number": number, "content": hashes})
        else:
            self._connection.execute(tiles.update().where(mine).values(content=bytes(before) + hashes))

    def clear(self) -> None:
        """Forget the tree, to build it again."""
        self._connection.execute(tiles.delete())
