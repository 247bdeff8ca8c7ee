"""An auditor gets one file and the public key, and finds whatever was done to it."""

import json
import zipfile

import pytest

from tests.services.test_pipeline import ingest, write
from tracker.domain.policy import Policy
from tracker.errors import AuditError
from tracker.projections import PROJECTIONS
from tracker.services.audit import outside
from tracker.services.audit.bundle import Export
from tracker.services.audit.seal import Key, Seal
from tracker.services.consumers.tree import Tree


def silent(_done, _total):
    pass


@pytest.fixture
def made(pipeline, store, tmp_path):
    """A bundle of five articles, signed twice; its path, and the public key."""
    folder = tmp_path / "news"
    folder.mkdir()
    key = Key(tmp_path / "audit.key")
    verifier = key.make("example.org/tracker")
    seal = Seal(store, Tree(store), key)
    for n in range(5):
        ingest(
            pipeline,
            write(folder, f"a{n}", f"LUPEX launches in {2025 + n}. Hiten launches in 1990.", publisher=f"P{n}"),
        )
        if n == 2:
            seal.checkpoint()
    path = tmp_path / "bundle.zip"
    exported = Export(store, seal, pipeline.project, Policy()).write(path, verifier, on_progress=silent)
    assert (exported.size, exported.texts) == (11, 5)
    return path, verifier.encode()


def forged(path, tmp_path, change):
    """A copy of the bundle in which `change` may edit, add or remove members."""
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    change(members)
    copy = tmp_path / "forged.zip"
    with zipfile.ZipFile(copy, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return copy


def lines(members, name, edit):
    held = members[name].splitlines(keepends=True)
    edit(held)
    members[name] = b"".join(held)


def test_an_honest_bundle_is_intact_with_its_own_key_or_the_known_one(made):
    path, key = made
    for known in (None, key):
        verdict = outside.verify(path, PROJECTIONS, key=known)
        assert (verdict.ok, verdict.size, verdict.problems) == (True, 11, ())


def test_the_same_log_gives_the_same_bytes(made, pipeline, store, tmp_path):
    path, _ = made
    key = Key(tmp_path / "audit.key")
    export = Export(store, Seal(store, Tree(store), key), pipeline.project, Policy())
    export.write(tmp_path / "again.zip", key.signer().verifier, on_progress=silent)
    assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()


def edit_payload(members):
    lines(members, "payloads.jsonl", lambda held: held.__setitem__(3, held[3].replace(b"2026", b"2027")))


def swap_payloads(members):
    lines(members, "payloads.jsonl", lambda held: held.__setitem__(slice(1, 3), [held[2], held[1]]))


def drop_payload(members):
    lines(members, "payloads.jsonl", lambda held: held.pop(5))


def add_payload(members):
    lines(members, "payloads.jsonl", lambda held: held.append(held[-1]))


def edit_entry(members):
    (name,) = [n for n in members if n.startswith("tile/entries/")]
    members[name] = members[name].replace(b'"version":2', b'"version":3', 1)


def edit_text(members):
    members["texts.jsonl"] = members["texts.jsonl"].replace(b"LUPEX launches in 2029", b"LUPEX launches in 2099")


def edit_tile(members):
    (name,) = [n for n in members if n.startswith("tile/0/")]
    members[name] = members[name][:-1] + bytes([members[name][-1] ^ 1])


def edit_views(members):
    manifest = json.loads(members["manifest.json"])
    manifest["views"]["missions"] = "0" * 64
    members["manifest.json"] = json.dumps(manifest).encode()


def other_policy(members):
    manifest = json.loads(members["manifest.json"])
    manifest["policy"]["grades"]["ungraded"] = 5
    manifest["policy"]["sources"] = {"p0": "operator"}
    manifest["policy"]["possible"] = 3000
    manifest["views"]["meetings"] = "1" * 64
    members["manifest.json"] = json.dumps(manifest).encode()


FORGERIES = [
    (edit_payload, 4), (swap_payloads, 2), (drop_payload, 6), (add_payload, 12), (edit_entry, None), (edit_text, 0),
    (edit_tile, 1), (edit_views, 0), (other_policy, 0),
]  # fmt: skip


@pytest.mark.parametrize(("change", "position"), FORGERIES, ids=lambda value: getattr(value, "__name__", ""))
def test_every_forgery_is_found(made, tmp_path, change, position):
    path, key = made
    verdict = outside.verify(forged(path, tmp_path, change), PROJECTIONS, key=key)
    assert not verdict.ok
    assert position is None or verdict.problems[0].position == position


def drop_checkpoint(members):
    del members["checkpoint"]


def cut_checkpoint(members):
    members["checkpoint"] = members["checkpoint"].replace(b"\n11\n", b"\n10\n")


def break_manifest(members):
    members["manifest.json"] = b"{}"


def drop_entries(members):
    for name in [n for n in members if n.startswith("tile/entries/")]:
        del members[name]


@pytest.mark.parametrize("change", [drop_checkpoint, cut_checkpoint, break_manifest, drop_entries])
def test_what_cannot_even_be_begun_is_refused(made, tmp_path, change):
    path, key = made
    with pytest.raises(AuditError):
        outside.verify(forged(path, tmp_path, change), PROJECTIONS, key=key)


def test_a_bundle_signed_by_somebody_else_is_refused(made, tmp_path):
    path, _ = made
    stranger = Key(tmp_path / "other.key").make("example.org/tracker")
    with pytest.raises(AuditError, match="no signature of a known key"):
        outside.verify(path, PROJECTIONS, key=stranger.encode())
    with pytest.raises(AuditError, match="cannot be read"):
        outside.verify(tmp_path / "nothing.zip", PROJECTIONS)
