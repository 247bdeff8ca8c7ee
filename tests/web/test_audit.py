"""An outsider checks the log over HTTP alone: checkpoint, tiles and proofs, with nothing but the operator's public key."""

import pytest

from tests.web.conftest import serving
from tracker.errors import AuditError
from tracker.events.envelope import entry
from tracker.transparency import checkpoint, proof
from tracker.transparency.merkle import leaf_hash, root_of
from tracker.transparency.tiles import HEIGHT, WIDTH, Bundle, Tile, bundle_entries, grown, grown_bundles, nodes


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A log of a few events that was signed, and has grown since."""
    folder = tmp_path_factory.mktemp("signed")
    with serving(folder) as site:
        site.key = site.app.key.make("example.org/tracker")
        site.sealed = site.app.seal.checkpoint()
        site.tell(folder, "later", "JAXA will launch the LUPEX mission in 2028.", "2025-11-01")
        yield site


def test_the_newest_checkpoint_is_the_signed_one(signed):
    answer = signed.get("/api/v1/audit/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    head = checkpoint.verify(answer.content, origin="example.org/tracker", verifiers=[signed.key])
    assert (head.size, head.root.hex()) == (signed.sealed.size, signed.sealed.root)


def test_a_proof_holds_without_asking_anybody_else(signed):
    answer = signed.get("/api/v1/audit/proof/7")
    assert 'filename="event-7.tlog-proof"' in answer.headers["content-disposition"]
    (event,) = signed.app.records.events(after=6, limit=1)
    found = proof.verify(answer.content, entry(event), origin="example.org/tracker", verifiers=[signed.key])
    assert (found.index, found.checkpoint.size) == (6, signed.sealed.size)
    with pytest.raises(AuditError):
        proof.verify(answer.content, entry(event) + b" ", origin="example.org/tracker", verifiers=[signed.key])
    beyond = signed.get(f"/api/v1/audit/proof/{signed.app.records.last_position()}")
    assert beyond.status_code == 409


def test_the_tree_can_be_built_from_its_tiles_and_its_entries(signed):
    size = signed.sealed.size

    def read(tile):
        answer = signed.get(f"/api/v1/audit/{tile.path}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        return answer.content

    assert root_of(size, nodes(size, read)).hex() == signed.sealed.root
    leaves = []
    for bundle in grown_bundles(0, size):
        leaves += [leaf_hash(one) for one in bundle_entries(bundle, read(bundle))]
    assert b"".join(leaves) == b"".join(read(tile) for tile in grown(0, size) if tile.level == 0)


def test_what_is_not_signed_yet_is_not_given_out(signed):
    size = signed.sealed.size
    assert size < signed.app.records.last_position() < WIDTH
    wider, higher = Tile(0, 0, size + 1), Tile(1, 0, 1)
    for path in (wider.path, higher.path, Bundle(0, size + 1).path, Tile(0, 1).path, Tile(63, 0).path):
        assert signed.get(f"/api/v1/audit/{path}").status_code == 404
    assert HEIGHT * 8 == 64


@pytest.mark.parametrize(
    "path",
    [
        "0/0",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/257",
        "00/000",
        "-1/000",
        "0/x000/000",
        "64/000",
        "entries/1",
        "data/000",
    ],
)
def test_a_tile_has_one_spelling(signed, path):
    answer = signed.get(f"/api/v1/audit/tile/{path}")
    assert answer.status_code == 404
    assert "no tile" in answer.json()["detail"]
