"""The tree as files: which there are, where they lie, and that whoever has only them gets the same tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transparency.tree import numbered
from tracker.errors import AuditError
from tracker.transparency import tiles
from tracker.transparency.merkle import (
    RootBuilder,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    peaks,
    root_of,
    verify_inclusion,
)
from tracker.transparency.tiles import Bundle, Tile, bundle_bytes, bundle_entries, grown, grown_bundles, tile_bytes

LOG = numbered(70_000)
SIZES = st.one_of(
    st.integers(0, 1000), st.integers(0, LOG.size), st.sampled_from([255, 256, 257, 65_535, 65_536, 65_537])
)


def published(size):
    """What a log of this size serves: content by path."""
    return {tile.path: tile_bytes(tile, LOG.node) for tile in grown(0, size)}


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(0, 1_234_067, 5), "tile/0/x001/x234/067.p/5"),
        (Tile(2, 67, 255), "tile/2/067.p/255"),
        (Tile(63, 999), "tile/63/999"),
        (Tile(1, 1000, 1), "tile/1/x001/000.p/1"),
        (Bundle(67), "tile/entries/067"),
        (Bundle(1_234_067, 12), "tile/entries/x001/x234/067.p/12"),
    ],
)
def test_paths_are_those_of_the_specification(tile, path):
    assert tile.path == path
    assert tiles.parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "tile/0",
        "tile/0/",
        "tile/0/67",
        "tile/0/0067",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/0/x001",
        "tile/0/x001/x067",
        "tile/00/067",
        "tile/64/067",
        "tile/-1/067",
        "tile/data/067",
        "tile/8/0/067",
        "tile/0/067.p/0",
        "tile/0/067.p/05",
        "tile/0/067.p/256",
        "tile/0/067.p/300",
        "tile/0/067.p/",
        "tile/0/067.p",
        "tile/0/067/",
        "/tile/0/067",
        "tile/0/067\n",
        "tile/0/٠٦٧",
        "tile/../067",
        "tile/0/" + "x000/" * 2000 + "067",
        "tile/0/x" + "/x".join(["999"] * 30) + "/067",
    ],
)
def test_no_other_spelling_names_a_tile(path):
    with pytest.raises(AuditError, match="tile path"):
        tiles.parse_path(path)


@given(
    st.builds(Tile, st.integers(0, 63), st.integers(0, 2**56), st.integers(1, 256))
    | st.builds(Bundle, st.integers(0, 2**56), st.integers(1, 256))
)
def test_every_path_is_read_back(tile):
    assert tiles.parse_path(tile.path) == tile


def test_the_tree_that_the_specification_takes_as_its_example():
    tree = list(grown(0, 70_000))
    assert [tile for tile in tree if tile.level == 0] == [*(Tile(0, index) for index in range(273)), Tile(0, 273, 112)]
    assert tree[274:] == [Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(grown(0, 256)) == [Tile(0, 0), Tile(1, 0, 1)]


@pytest.mark.parametrize(
    ("old", "new", "paths"),
    [
        (0, 0, []),
        (300, 300, []),
        (0, 1, ["tile/0/000.p/1"]),
        (1, 2, ["tile/0/000.p/2"]),
        (255, 256, ["tile/0/000", "tile/1/000.p/1"]),
        (256, 257, ["tile/0/001.p/1"]),
        (300, 520, ["tile/0/001", "tile/0/002.p/8", "tile/1/000.p/2"]),
        (65_535, 65_536, ["tile/0/255", "tile/1/000", "tile/2/000.p/1"]),
    ],
)
def test_a_growth_adds_or_completes_these_tiles(old, new, paths):
    assert [tile.path for tile in grown(old, new)] == paths


def test_a_growth_writes_bundles_beside_the_tiles_of_level_0():
    assert [bundle.path for bundle in grown_bundles(255, 520)] == [
        "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/8",
    ]


def test_a_log_does_not_shrink():
    with pytest.raises(ValueError, match="does not grow from 5 to 4"):
        list(grown(5, 4))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 3000), max_size=5))
def test_a_log_written_in_steps_ends_as_one_written_at_once(sizes):
    served, before = {}, 0
    for size in sorted(sizes):
        served |= {tile.path: tile_bytes(tile, LOG.node) for tile in grown(before, size)}
        before = size
    at_once = published(before)
    assert {path: served[path] for path in at_once} == at_once


@settings(max_examples=60, deadline=None)
@given(SIZES.filter(bool), st.data())
def test_whoever_has_only_the_tiles_gets_the_same_root_and_the_same_proofs(size, data):
    asked = []

    def read(tile):
        asked.append(tile)
        return tile_bytes(tile, LOG.node)

    node = tiles.nodes(size, read)
    assert root_of(size, node) == LOG.roots[size]
    assert RootBuilder.resume(size, node).root == LOG.roots[size]
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    path = inclusion_proof(index, size, node)
    assert path == inclusion_proof(index, size, LOG.node)
    verify_inclusion(LOG.leaf(index), index, size, path, LOG.roots[size])
    assert consistency_proof(old, size, node) == consistency_proof(old, size, LOG.node)
    assert set(asked) <= set(grown(0, size))
    assert len(asked) == len(set(asked))


def test_every_node_stands_in_the_tiles():
    size = 777
    node = tiles.nodes(size, lambda tile: published(size)[tile.path])
    for level in range(10):
        for index in range(size >> level):
            assert node(level, index) == LOG.node(level, index)


@pytest.mark.parametrize(("level", "index"), [(0, 300), (0, -1), (1, 150), (8, 1), (9, 0)])
def test_a_node_that_is_not_complete_is_not_made_up(level, index):
    node = tiles.nodes(300, lambda tile: tile_bytes(tile, LOG.node))
    with pytest.raises(ValueError, match="not complete in a tree of 300"):
        node(level, index)


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: content + b"\0" * 32, lambda _: b""])
def test_a_tile_of_another_length_is_refused_by_its_path(damage):
    node = tiles.nodes(300, lambda tile: damage(tile_bytes(tile, LOG.node)))
    with pytest.raises(AuditError, match="bytes, where") as caught:
        node(0, 290)
    assert caught.value.what == "tile/0/001.p/44"


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 1500), st.data())
def test_a_changed_tile_that_the_root_is_made_from_gives_another_root(size, data):
    served = published(size)
    level, index = data.draw(st.sampled_from(list(peaks(0, size))))
    tile, at = divmod(index << level % 8, 256)
    path = Tile(level // 8, tile, min(256, (size >> level // 8 * 8) - tile * 256)).path
    changed = bytearray(served[path])
    changed[at * 32 + data.draw(st.integers(0, (32 << level % 8) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    served[path] = bytes(changed)
    assert root_of(size, tiles.nodes(size, lambda tile: served[tile.path])) != LOG.roots[size]


def test_the_entries_of_all_bundles_give_the_root():
    size, builder = 600, RootBuilder()
    for bundle in grown_bundles(0, size):
        first = bundle.index * 256
        content = bundle_bytes(LOG.entries[first : first + bundle.width])
        for entry in bundle_entries(bundle, content):
            builder.add(leaf_hash(entry))
    assert (builder.size, builder.root) == (size, LOG.roots[size])


def test_a_bundle_puts_a_big_endian_length_before_each_entry():
    assert bundle_bytes([b"ab", b"", b"x" * 258]) == b"\x00\x02ab\x00\x00\x01\x02" + b"x" * 258


@given(st.lists(st.binary(max_size=600), min_size=1, max_size=256))
def test_entries_come_back_from_a_bundle(entries):
    assert bundle_entries(Bundle(3, len(entries)), bundle_bytes(entries)) == entries


def test_an_entry_can_have_65535_bytes_and_not_one_more():
    longest = b"x" * 65_535
    assert bundle_entries(Bundle(0, 1), bundle_bytes([longest])) == [longest]
    with pytest.raises(ValueError, match="65536 bytes"):
        bundle_bytes([b"short", longest + b"x"])


@pytest.mark.parametrize("content", [b"", b"\x00", b"\x00\x02a", b"\x00\x01a\x00", b"\x00\x01a", b"\x00\x00" * 3])
def test_a_bundle_cut_short_or_drawn_out_is_refused_by_its_path(content):
    with pytest.raises(AuditError, match="not 2 whole entries") as caught:
        bundle_entries(Bundle(7, 2), content)
    assert caught.value.what == "tile/entries/007.p/2"
