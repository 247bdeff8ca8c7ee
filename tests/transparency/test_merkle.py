"""The tree against the definitions of the RFC, published vectors, a real log, another library, and whoever tampers."""

import base64
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from tests.transparency import tree as rfc
from tests.transparency.tree import Tree, numbered
from tracker.errors import AuditError
from tracker.transparency.merkle import (
    EMPTY_ROOT,
    RootBuilder,
    completed,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_count,
    node_hash,
    peaks,
    root_of,
    storage_index,
    verify_consistency,
    verify_inclusion,
)

# The entries and answers that implementations of Certificate Transparency share (transparency-dev/merkle, proof/verify_test.go).
SHARED = Tree(
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)
SHARED_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
SHARED_INCLUSIONS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
SHARED_CONSISTENCIES = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (6, 7): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
ARGON = json.loads((Path(__file__).parent / "data" / "argon2020.json").read_text())
HUNDRED = numbered(100)
THOUSAND = numbered(1000)


def flipped(value, bit):
    """The bytes with one bit turned over."""
    bit %= len(value) * 8
    return value[: bit // 8] + bytes([value[bit // 8] ^ 1 << bit % 8]) + value[bit // 8 + 1 :]


def test_roots_are_the_ones_that_certificate_transparency_publishes():
    assert [root.hex() for root in SHARED.roots] == list(SHARED_ROOTS)


@pytest.mark.parametrize(("index", "size"), SHARED_INCLUSIONS)
def test_inclusion_proofs_are_the_published_ones(index, size):
    path = inclusion_proof(index, size, SHARED.node)
    assert [one.hex() for one in path] == SHARED_INCLUSIONS[index, size]
    verify_inclusion(SHARED.leaf(index), index, size, path, SHARED.roots[size])


@pytest.mark.parametrize(("old", "new"), SHARED_CONSISTENCIES)
def test_consistency_proofs_are_the_published_ones(old, new):
    path = consistency_proof(old, new, SHARED.node)
    assert [one.hex() for one in path] == SHARED_CONSISTENCIES[old, new]
    verify_consistency(old, new, path, SHARED.roots[old], SHARED.roots[new])


def test_a_real_log_of_a_billion_certificates_is_verified():
    def decoded(name):
        value = ARGON[name]
        return [base64.b64decode(one) for one in value] if isinstance(value, list) else base64.b64decode(value)

    root, size = decoded("sha256_root_hash"), ARGON["tree_size"]
    inclusion, consistency = decoded("audit_path"), decoded("consistency")
    verify_inclusion(decoded("leaf_hash"), ARGON["leaf_index"], size, inclusion, root)
    verify_consistency(ARGON["first"], size, consistency, decoded("first_root_hash"), root)
    with pytest.raises(AuditError, match="another root"):
        verify_inclusion(decoded("leaf_hash"), ARGON["leaf_index"] + 2, size, inclusion, root)
    with pytest.raises(AuditError, match="too short"):
        verify_consistency(ARGON["first"], size, consistency[:-1], decoded("first_root_hash"), root)


@pytest.mark.parametrize("size", range(41))
def test_every_small_tree_is_the_one_that_the_rfc_defines(size):
    entries = HUNDRED.entries[:size]
    assert HUNDRED.roots[size] == root_of(size, HUNDRED.node) == rfc.mth(entries)
    for index in range(size):
        assert list(inclusion_proof(index, size, HUNDRED.node)) == rfc.path(index, entries)
    for old in range(1, size + 1):
        assert list(consistency_proof(old, size, HUNDRED.node)) == rfc.proof(old, entries)


def test_another_library_has_the_same_roots_and_paths_up_to_a_hundred():
    other = InmemoryTree(algorithm="sha256")
    for size, entry in enumerate(HUNDRED.entries, start=1):
        other.append_entry(entry)
        assert other.get_root(size) == HUNDRED.roots[size]
        for index in range(size):
            leaf, *siblings = other.prove_inclusion(index + 1, size).path  # it counts from 1, and begins with the leaf
            assert (leaf, tuple(siblings)) == (HUNDRED.leaf(index), inclusion_proof(index, size, HUNDRED.node))


def test_every_pair_of_sizes_up_to_a_hundred_is_consistent():
    for new in range(HUNDRED.size + 1):
        for old in range(new + 1):
            path = consistency_proof(old, new, HUNDRED.node)
            verify_consistency(old, new, path, HUNDRED.roots[old], HUNDRED.roots[new])


@given(st.integers(1, THOUSAND.size), st.data())
def test_every_leaf_is_shown_to_be_in_every_tree_that_holds_it(size, data):
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, THOUSAND.node)
    assert len(path) <= (size - 1).bit_length()
    verify_inclusion(leaf_hash(THOUSAND.entries[index]), index, size, path, THOUSAND.roots[size])


@given(st.integers(0, THOUSAND.size), st.integers(0, THOUSAND.size))
def test_any_two_sizes_of_one_log_are_consistent(one, other):
    old, new = sorted((one, other))
    path = consistency_proof(old, new, THOUSAND.node)
    verify_consistency(old, new, path, THOUSAND.roots[old], THOUSAND.roots[new])


@given(st.integers(2, THOUSAND.size), st.data())
def test_any_flipped_bit_fails_inclusion(size, data):
    index = data.draw(st.integers(0, size - 1))
    parts = [THOUSAND.leaf(index), THOUSAND.roots[size], *inclusion_proof(index, size, THOUSAND.node)]
    part = data.draw(st.integers(0, len(parts) - 1))
    parts[part] = flipped(parts[part], data.draw(st.integers(0, 255)))
    leaf, root, *path = parts
    with pytest.raises(AuditError, match="another root"):
        verify_inclusion(leaf, index, size, path, root)


@given(st.integers(2, THOUSAND.size), st.data())
def test_any_flipped_bit_fails_consistency(new, data):
    old = data.draw(st.integers(1, new - 1))
    parts = [THOUSAND.roots[old], THOUSAND.roots[new], *consistency_proof(old, new, THOUSAND.node)]
    part = data.draw(st.integers(0, len(parts) - 1))
    parts[part] = flipped(parts[part], data.draw(st.integers(0, 255)))
    old_root, new_root, *path = parts
    with pytest.raises(AuditError, match="other roots"):
        verify_consistency(old, new, path, old_root, new_root)


@given(st.integers(2, THOUSAND.size), st.data())
def test_a_path_proves_one_index_in_one_size_only(size, data):
    index, other = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True))
    path = inclusion_proof(index, size, THOUSAND.node)
    with pytest.raises(AuditError):
        verify_inclusion(THOUSAND.leaf(index), other, size, path, THOUSAND.roots[size])
    for wrong in (path[:-1], (*path, path[0]), (path[0], *path), (*path, THOUSAND.roots[size])):
        with pytest.raises(AuditError):
            verify_inclusion(THOUSAND.leaf(index), index, size, wrong, THOUSAND.roots[size])


@given(st.integers(2, THOUSAND.size), st.data())
def test_a_consistency_proof_is_neither_longer_nor_shorter(new, data):
    old = data.draw(st.integers(1, new - 1))
    path, roots = consistency_proof(old, new, THOUSAND.node), (THOUSAND.roots[old], THOUSAND.roots[new])
    for wrong in ((), path[:-1], (*path, path[0]), (path[0], *path), (*path, roots[1])):
        with pytest.raises(AuditError):
            verify_consistency(old, new, wrong, *roots)


@settings(max_examples=30)
@given(st.integers(1, 60), st.integers(1, 40), st.data())
def test_a_rewritten_past_has_no_consistency_proof_of_its_own(old, more, data):
    """Whoever changes an entry and builds the whole tree again cannot show that it continues what was signed."""
    honest = numbered(old)
    entries = numbered(old + more).entries
    entries[data.draw(st.integers(0, old - 1))] = b"something else"
    forged = Tree(entries)
    with pytest.raises(AuditError, match="other roots"):
        verify_consistency(
            old, old + more, consistency_proof(old, old + more, forged.node), honest.roots[old], forged.roots[-1]
        )


def test_two_hashes_cannot_pass_for_an_entry():
    """The classic forgery where leaves and nodes are hashed alike: a tree of 8 shown as one of 4, with nodes as entries."""
    root, path = HUNDRED.roots[8], inclusion_proof(6, 8, HUNDRED.node)[1:]
    left, right = HUNDRED.leaf(6), HUNDRED.leaf(7)
    verify_inclusion(node_hash(left, right), 3, 4, path, root)  # the path is right: the prefix alone tells them apart
    with pytest.raises(AuditError, match="another root"):
        verify_inclusion(leaf_hash(left + right), 3, 4, path, root)


@pytest.mark.parametrize(
    ("old", "new", "path", "old_root", "new_root", "reason"),
    [
        (3, 2, (), HUNDRED.roots[3], HUNDRED.roots[2], "does not shrink"),
        (-1, 2, (), HUNDRED.roots[3], HUNDRED.roots[2], "does not shrink"),
        (0, 5, (), HUNDRED.roots[1], HUNDRED.roots[5], "SHA-256 of nothing"),
        (0, 0, (), EMPTY_ROOT, HUNDRED.roots[5], "two roots"),
        (5, 5, (), HUNDRED.roots[5], HUNDRED.roots[6], "two roots"),
        (5, 5, (EMPTY_ROOT,), HUNDRED.roots[5], HUNDRED.roots[5], "too long"),
        (0, 5, (EMPTY_ROOT,), EMPTY_ROOT, HUNDRED.roots[5], "too long"),
        (4, 5, (), HUNDRED.roots[4], HUNDRED.roots[5], "too short"),
        (4, 5, (b"short",), HUNDRED.roots[4], HUNDRED.roots[5], "32 bytes"),
        (4, 5, (HUNDRED.leaf(4),), HUNDRED.roots[4] + b"x", HUNDRED.roots[5], "32 bytes"),
    ],
)
def test_no_consistency(old, new, path, old_root, new_root, reason):
    with pytest.raises(AuditError, match=reason) as caught:
        verify_consistency(old, new, path, old_root, new_root)
    assert f"{old} with one of {new}" in caught.value.what


@pytest.mark.parametrize(
    ("index", "size", "path", "reason"),
    [
        (0, 0, (), "no such leaf"),
        (5, 5, (), "no such leaf"),
        (-1, 5, (), "no such leaf"),
        (0, 1, (EMPTY_ROOT,), "too long"),
        (4, 5, (), "too short"),
        (4, 5, (HUNDRED.roots[4][:-1],), "32 bytes"),
    ],
)
def test_no_inclusion(index, size, path, reason):
    with pytest.raises(AuditError, match=reason) as caught:
        verify_inclusion(HUNDRED.leaf(0), index, size, path, HUNDRED.roots[size])
    assert caught.value.code == "audit"


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_a_proof_of_a_leaf_that_is_not_there_cannot_be_made(index, size):
    with pytest.raises(ValueError, match=f"no leaf {index} in a tree of {size}"):
        inclusion_proof(index, size, HUNDRED.node)


def test_a_proof_of_a_tree_that_shrinks_cannot_be_made():
    with pytest.raises(ValueError, match="does not grow from 5 to 4"):
        consistency_proof(5, 4, HUNDRED.node)


def test_a_builder_resumed_from_stored_nodes_goes_on_as_if_it_had_never_stopped():
    for size in range(HUNDRED.size + 1):
        resumed = RootBuilder.resume(size, HUNDRED.node)
        assert (resumed.size, resumed.root) == (size, HUNDRED.roots[size])
        for entry in HUNDRED.entries[size:]:
            resumed.add(leaf_hash(entry))
        assert resumed.root == HUNDRED.roots[-1]


@given(st.integers(0, 2**60))
def test_a_leaf_completes_as_many_nodes_as_the_count_grows_by(index):
    made = completed(index)
    assert len(made) == node_count(index + 1) - node_count(index)
    assert all((node + 1) << level == index + 1 for level, node in made)
    places = [storage_index(*node) for node in made]
    assert places[0] == node_count(index)
    assert all(after == before + 1 for before, after in pairwise(places))


@given(st.integers(0, 2**60))
def test_peaks_cover_every_leaf_once_from_the_highest_down(size):
    ends = [0]
    for level, index in peaks(0, size):
        assert index << level == ends[-1]
        ends.append((index + 1) << level)
    assert ends[-1] == size
    assert len(ends) - 1 == size.bit_count()
