"""The Merkle tree over leaf hashes (RFC 9162, section 2.1): its root, computed in one pass with a few hashes in memory."""

import hashlib

_EMPTY = hashlib.sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class RootBuilder:
    """Takes leaf hashes in order and tells the root after any of them.

    It keeps one hash for each complete subtree: at most one per bit of the size.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        size, node = self.size, leaf
        while size & 1:
            node = node_hash(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root of the leaves so far; SHA-256 of nothing for none."""
        if not self._peaks:
            return _EMPTY
        *rest, node = self._peaks
        for peak in reversed(rest):
            node = node_hash(peak, node)
        return node
