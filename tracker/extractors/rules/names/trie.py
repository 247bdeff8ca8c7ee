"""The trie of all names: from the folded words of a wording, one by one, to what it means.

It is built once for a catalog; to follow it costs one look-up a word, however many names there are.
"""

import functools
from collections.abc import Mapping

import msgspec

from tracker.extractors.catalog import Catalog
from tracker.extractors.folding import fold_token, fold_tokens
from tracker.extractors.rules.names.surfaces import Surface, surfaces


class Node(msgspec.Struct):
    """A step of the trie: the words that may follow, and what the wording means when it ends here.

    `leaf` is None inside a wording, and empty at the end of a lookalike, which means nothing.
    """

    below: dict[str, "Node"] = {}
    leaf: list[Surface] | None = None


NOTHING = Node()
_MOST = 1 << 16


class _Openings(dict[str, Node | None]):
    """The node that a token leads to as the first of a name; spellings are folded once, since news has few different words."""

    def __init__(self, below: Mapping[str, Node]) -> None:
        super().__init__()
        self._below = below

    def __missing__(self, token: str) -> Node | None:
        if len(self) > _MOST:
            self.clear()
        node = self[token] = self._below.get(fold_token(token))
        return node


class Trie(msgspec.Struct, frozen=True):
    """All names, by their folded words."""

    root: Node
    openings: _Openings


@functools.lru_cache(maxsize=4)
def trie_of(catalog: Catalog) -> Trie:
    """Return all names of a catalog."""
    root = Node()
    for surface in surfaces(catalog):
        _add(_node(root, surface.wording), surface)
    for name in catalog.lookalikes:
        _node(root, name).leaf = []
    return Trie(root, _Openings(root.below))


def _node(root: Node, wording: str) -> Node:
    """The node at the end of a wording; a comma inside a name is a step of its own."""
    node = root
    for place, part in enumerate(wording.split(",")):
        if place:
            node = node.below.setdefault(",", Node())
        for token in fold_tokens(part):
            node = node.below.setdefault(token, Node())
    return node


def _add(node: Node, surface: Surface) -> None:
    leaf = node.leaf = node.leaf or []
    for place, known in enumerate(leaf):
        if known.id == surface.id:  # two spellings of one name, "Moon" and "moon": the laxer holds
            if surface.casing == "any":
                leaf[place] = msgspec.structs.replace(known, casing="any", wording=surface.wording)
            return
    leaf.append(surface)
    leaf.sort(key=lambda reading: reading.ambiguous)
