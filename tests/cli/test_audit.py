"""The auditor's day: a key, a checkpoint, a proof, a bundle, and a log that somebody changed."""

import sqlite3

from tests.cli.conftest import ROOT


def test_from_keygen_to_a_bundle_that_verifies_elsewhere(fresh, tmp_path):
    fresh("ingest", ROOT / "seeds")
    assert fresh("audit", "checkpoint").code == 2
    key = fresh("audit", "keygen", "--origin", "example.org/tracker").out.strip()
    assert key.startswith("example.org/tracker+")
    assert "PRIVATE" not in key
    assert fresh("audit", "keygen", "--origin", "example.org/tracker").code == 2
    note = fresh("audit", "checkpoint").out
    assert note.startswith("example.org/tracker\n10\n")
    assert fresh("audit", "prove", "3").out.startswith("c2sp.org/tlog-proof@v1\nindex 2\n")
    assert fresh("audit", "prove", "99").code == 3
    assert fresh("audit", "export", "bundle.zip", "--json").json["size"] == 10
    elsewhere = fresh(
        "--database", f"sqlite:///{tmp_path}/none/x.db", "audit", "verify", "bundle.zip", "--key", key, "--json"
    )
    assert (elsewhere.code, elsewhere.json["ok"], elsewhere.json["size"]) == (0, True, 10)
    assert not (tmp_path / "none").exists()
    assert fresh("audit", "verify", "bundle.zip", "--key", "nonsense").code == 1
    assert "PRIVATE" not in fresh("events", "export").out


def test_a_changed_log_is_found_with_its_position(fresh):
    fresh("ingest", ROOT / "seeds")
    connection = sqlite3.connect(fresh.database.removeprefix("sqlite:///"))
    connection.execute("DROP TRIGGER events_no_update")
    connection.execute("UPDATE events SET payload = replace(payload, '2019-09-09', '2018-09-09') WHERE position = 3")
    connection.commit()
    connection.close()
    verdict = fresh("audit", "verify", "--json")
    assert (verdict.code, verdict.json["ok"], verdict.json["problems"][0]["position"]) == (1, False, 3)


def test_taking_a_document_down(fresh):
    fresh("ingest", ROOT / "seeds")
    name = "2019-09-09-embassy-confirms-lunar-polar-probe"
    done = fresh("documents", "redact", name, "--reason", "asked by the publisher", "--legal-basis", "court order 7")
    assert (done.code, "recorded at position 11" in done.out) == (0, True)
    assert "no longer held" in fresh("documents", "show", name).out
    assert fresh("audit", "verify").code == 0
    assert fresh("documents", "redact", name, "--reason", "x", "--legal-basis", "y").code == 3


def test_a_backup_is_a_whole_log_that_verifies(fresh):
    fresh("ingest", ROOT / "seeds")
    assert fresh("backup", "copy.db").code == 0
    assert fresh("backup", "copy.db").code == 2
    copy = f"sqlite:///{fresh.folder / 'copy.db'}"
    for words in (["audit", "verify", "--json"], ["status", "--json"], ["rebuild", "missions"]):
        assert fresh("--database", copy, *words).code == 0
    assert fresh("--database", copy, "audit", "verify", "--json").json == fresh("audit", "verify", "--json").json
    assert fresh("--database", copy, "status", "--json").out == fresh("status", "--json").out
