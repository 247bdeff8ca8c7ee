"""The Merkle tree over leaf hashes: root, inclusion and consistency proofs, and their verification (RFC 9162, section 2.1).

A *node* (level, index) is the hash over the leaves index·2^level … (index+1)·2^level − 1; level 0 holds the leaf hashes. A
node whose leaves are all there never changes again, so a tree is kept by keeping those. What is built here asks for them
through a look-up `node(level, index)`, and only for nodes that are complete at the size in question.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from tracker.errors import AuditError

HASH_SIZE = 32
"""Bytes of a SHA-256 hash."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

Node = Callable[[int, int], bytes]
"""Gives the hash of the complete node at (level, index)."""


def leaf_hash(entry: bytes) -> bytes:
    """Return SHA-256(0x00 ‖ entry) (RFC 9162, section 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class RootBuilder:
    """Takes leaf hashes in order and tells the root after any of them.

    It keeps one hash for each complete subtree: at most one per bit of the size.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)

    @classmethod
    def resume(cls, size: int, node: Node) -> Self:
        """Return the builder as it was after `size` leaves."""
        return cls(size, [node(*peak) for peak in peaks(0, size)])

    def add(self, leaf: bytes) -> list[bytes]:
        """Append one leaf hash, and return the hashes of the nodes it completes: `completed(index)`, in the same order."""
        size, node, made = self.size, leaf, [leaf]
        while size & 1:
            node = node_hash(self._peaks.pop(), node)
            made.append(node)
            size >>= 1
        self._peaks.append(node)
        self.size += 1
        return made

    @property
    def root(self) -> bytes:
        """The root of the leaves so far; SHA-256 of nothing for none."""
        return _fold(self._peaks)


def peaks(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the nodes (level, index) that make up the leaves start … end − 1, left to right.

    `start` must be a multiple of the largest power of two that fits between the two, as the left edge of any subtree is.
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def completed(index: int) -> list[tuple[int, int]]:
    """Return the nodes (level, index) that the leaf at `index` completes: itself, then upward."""
    ones = (~index & (index + 1)).bit_length()
    return [(level, index >> level) for level in range(ones)]


def node_count(size: int) -> int:
    """Return how many complete nodes a tree of `size` leaves has."""
    return 2 * size - size.bit_count()


def storage_index(level: int, index: int) -> int:
    """Return where the node stands when nodes are kept in the order of completion: leaf, then what it completes."""
    return node_count(((index + 1) << level) - 1) + level


def root_of(size: int, node: Node) -> bytes:
    """Return the root of the first `size` leaves (RFC 9162, section 2.1.1)."""
    return _fold([node(*peak) for peak in peaks(0, size)])


def inclusion_proof(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """Return PATH(index, D[size]): the siblings from the leaf up to the root (RFC 9162, section 2.1.3.1).

    Raises ValueError for a leaf outside the tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    return _path(0, index, size, node)


def consistency_proof(old: int, new: int, node: Node) -> tuple[bytes, ...]:
    """Return PROOF(old, D[new]): what shows that the first tree is the beginning of the second (section 2.1.4.1).

    Empty where there is nothing to show: from no leaves, or to the same size. Raises ValueError for a tree that shrinks.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree does not grow from {old} to {new}")
    if old in {0, new}:
        return ()
    level, index = completed(old - 1)[-1]
    path = _path(level, index, new, node)
    # The node that ends the old tree is the old root itself when the size is a power of two: the verifier has it.
    return path if old == 1 << level else (node(level, index), *path)


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf hash stands at `index` in the tree of this size and root (RFC 9162, section 2.1.3.2).

    Raises AuditError if it does not, or if the path is not exactly the one that shows it.
    """
    what = f"inclusion of leaf {index} in a tree of {size}"
    _check_hashes(what, (leaf, root, *path))
    if not 0 <= index < size:
        raise AuditError(what, "there is no such leaf")
    made = leaf
    for sibling, is_left in zip(path, _sides(what, index, size - 1, len(path)), strict=True):
        made = node_hash(sibling, made) if is_left else node_hash(made, sibling)
    if made != root:
        raise AuditError(what, "the path leads to another root")


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Check that the old tree is the beginning of the new one (RFC 9162, section 2.1.4.2).

    Raises AuditError if it is not, or if the path is not exactly the one that shows it.
    """
    what = f"consistency of a tree of {old} with one of {new}"
    _check_hashes(what, (old_root, new_root, *path))
    if not 0 <= old <= new:
        raise AuditError(what, "a tree does not shrink")
    if not old and old_root != EMPTY_ROOT:
        raise AuditError(what, "the root of no leaves is SHA-256 of nothing")
    if old == new and old_root != new_root:
        raise AuditError(what, "one size has two roots")
    if old in {0, new}:
        if path:
            raise AuditError(what, "the path is too long")
        return
    if not path:
        raise AuditError(what, "the path is too short")
    first, *rest = path if old & (old - 1) else (old_root, *path)
    level = len(completed(old - 1)) - 1
    old_made = new_made = first
    for sibling, is_left in zip(rest, _sides(what, old - 1 >> level, new - 1 >> level, len(rest)), strict=True):
        old_made = node_hash(sibling, old_made) if is_left else old_made
        new_made = node_hash(sibling, new_made) if is_left else node_hash(new_made, sibling)
    if old_made != old_root or new_made != new_root:
        raise AuditError(what, "the path leads to other roots")


def _sides(what: str, index: int, last: int, count: int) -> list[bool]:
    """Whether each sibling on the way from a node to the root stands on its left; `last` is the level's last node.

    These are the loops of sections 2.1.3.2 and 2.1.4.2, where the two numbers are called fn and sn.
    """
    sides = []
    for _ in range(count):
        if last == 0:
            raise AuditError(what, "the path is too long")
        sides.append(bool(index & 1) or index == last)
        # The last node of a level may have no sibling there: then it is its own parent, until it is a right child.
        while sides[-1] and not index & 1 and index:
            index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    if last:
        raise AuditError(what, "the path is too short")
    return sides


def _path(level: int, index: int, size: int, node: Node) -> tuple[bytes, ...]:
    """The siblings from the complete node up to the root.

    Below the level where the way to the node and the way to the last leaf part, siblings are complete; there, the sibling is
    the right edge of the tree, as far as it has grown; above, only left siblings exist, and they are complete.
    """
    last = (size - 1) >> level
    parting = (index ^ last).bit_length()
    path = [node(level + up, index >> up ^ 1) for up in range(parting - 1)]
    if parting:
        height = level + parting - 1
        path.append(_fold([node(*peak) for peak in peaks(size - 1 >> height << height, size)]))
    path += [node(level + up, (index >> up) - 1) for up in range(parting, last.bit_length()) if index >> up & 1]
    return tuple(path)


def _fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over neighbouring subtrees of falling height."""
    if not hashes:
        return EMPTY_ROOT
    *rest, made = hashes
    for left in reversed(rest):
        made = node_hash(left, made)
    return made


def _check_hashes(what: str, hashes: Sequence[bytes]) -> None:
    if any(len(one) != HASH_SIZE for one in hashes):
        raise AuditError(what, f"a hash is not {HASH_SIZE} bytes long")
