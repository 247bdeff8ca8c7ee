"""A small log kept in memory, and the definitions of RFC 9162 word for word, to compare with."""

from tracker.transparency.merkle import EMPTY_ROOT, RootBuilder, leaf_hash, node_hash, storage_index


class Tree:
    """Entries, their complete nodes in the order of completion, and the root after each of them."""

    def __init__(self, entries=()):
        self.entries, self.stored, self.roots, self._builder = [], [], [EMPTY_ROOT], RootBuilder()
        for entry in entries:
            self.append(entry)

    def append(self, entry):
        self.entries.append(entry)
        self.stored += self._builder.add(leaf_hash(entry))
        self.roots.append(self._builder.root)

    @property
    def size(self):
        return len(self.entries)

    def node(self, level, index):
        return self.stored[storage_index(level, index)]

    def leaf(self, index):
        return self.node(0, index)


def numbered(size):
    """A tree of `size` different entries."""
    return Tree(b"entry %d" % number for number in range(size))


def mth(entries):
    """MTH of section 2.1.1."""
    if not entries:
        return EMPTY_ROOT
    if len(entries) == 1:
        return leaf_hash(entries[0])
    k = _split(len(entries))
    return node_hash(mth(entries[:k]), mth(entries[k:]))


def path(m, entries):
    """PATH of section 2.1.3.1."""
    if len(entries) == 1:
        return []
    k = _split(len(entries))
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def proof(m, entries):
    """PROOF of section 2.1.4.1."""
    return _subproof(m, entries, known=True)


def _subproof(m, entries, known):
    if m == len(entries):
        return [] if known else [mth(entries)]
    k = _split(len(entries))
    if m <= k:
        return [*_subproof(m, entries[:k], known), mth(entries[k:])]
    return [*_subproof(m - k, entries[k:], False), mth(entries[:k])]


def _split(n):
    """The largest power of two smaller than n."""
    return 1 << (n - 1).bit_length() - 1
