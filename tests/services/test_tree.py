"""The tree keeps step with the log, batch by batch, and equals the tree of all leaves."""

import pytest

from tracker.events.envelope import ANY, NewEvent, stream_name
from tracker.services.consumers.tree import Tree
from tracker.transparency.merkle import RootBuilder, inclusion_proof, root_of, verify_inclusion


def append(store, first, count):
    with store.transaction() as transaction:
        new = [NewEvent(f"event-{n}", "test.happened", 1, b"{}") for n in range(first, first + count)]
        transaction.log.append(stream_name("test", "a"), new, expected_version=ANY)


@pytest.mark.parametrize("growth", [[1], [255, 1, 1], [256, 256], [1000, 7, 300, 1, 1500], [70_000]])
def test_the_tree_is_that_of_all_leaves_however_it_grew(store, growth):
    tree = Tree(store)
    size = 0
    for count in growth:
        append(store, size, count)
        size += count
        list(tree.catch_up())
    whole = RootBuilder()
    with store.reading() as reading:
        leaves = [event.leaf_hash for event in reading.log.read()]
        for leaf in leaves:
            whole.add(leaf)
        node = reading.tree.node(size)
        assert root_of(size, node) == whole.root
        for index in {0, size // 2, size - 1}:
            verify_inclusion(leaves[index], index, size, inclusion_proof(index, size, node), whole.root)


def test_an_earlier_size_keeps_its_root(store):
    tree = Tree(store)
    append(store, 0, 300)
    list(tree.catch_up())
    with store.reading() as reading:
        then = root_of(300, reading.tree.node(300))
    append(store, 300, 700)
    list(tree.catch_up())
    with store.reading() as reading:
        assert root_of(300, reading.tree.node(300)) == then


def test_built_again_it_is_the_same(store):
    tree = Tree(store)
    append(store, 0, 600)
    list(tree.catch_up())
    with store.reading() as reading:
        before = root_of(600, reading.tree.node(600))
    assert sum(p.taken for p in tree.rebuild()) == 600
    with store.reading() as reading:
        assert root_of(600, reading.tree.node(600)) == before
