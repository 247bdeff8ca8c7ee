"""The auditor's day: a key, a checkpoint, a proof, a bundle, and a log that somebody changed."""

import sqlite3

from tests.cli.conftest import ROOT
from tests.transparency.authority import Authority


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


def test_a_checkpoint_kept_since_then_shows_that_nothing_before_it_was_touched(fresh):
    fresh("ingest", ROOT / "seeds")
    key = fresh("audit", "keygen", "--origin", "example.org/tracker").out.strip()
    kept = fresh.folder / "checkpoint.txt"
    kept.write_text(fresh("audit", "checkpoint").out)
    fresh("documents", "redact", "2019-09-09-embassy-confirms-lunar-polar-probe", "--reason", "x", "--legal-basis", "y")
    assert fresh("audit", "checkpoint").code == 0
    made = fresh("audit", "consistency", "checkpoint.txt")
    assert made.out.startswith("tracker consistency proof v1\nold 10 ")
    (fresh.folder / "growth.txt").write_text(made.out)
    checked = fresh("audit", "verify", "growth.txt", "--key", key, "--since", "checkpoint.txt", "--json")
    assert (checked.code, checked.json["ok"], checked.json["size"], checked.err) == (0, True, 12, "")
    assert "give the operator's --key" in fresh("audit", "verify", "growth.txt").err
    shown = fresh("audit", "consistency", "3", "10", "--json").json
    assert (shown["old"]["size"], shown["new"]["size"]) == (3, 10)
    assert shown["checkpoint"] == kept.read_text()
    # The log and a bundle are held against the kept checkpoint, too.
    assert fresh("audit", "verify", "--since", "checkpoint.txt").code == 0
    assert fresh("audit", "export", "bundle.zip").code == 0
    assert fresh("audit", "verify", "bundle.zip", "--key", key, "--since", "checkpoint.txt").code == 0
    # Somebody was given another history.
    kept.write_text(kept.read_text().replace("\n10\n", "\n9\n"))
    assert fresh("audit", "verify", "growth.txt", "--since", "checkpoint.txt").code == 1
    assert "of another history" in fresh("audit", "consistency", "checkpoint.txt").err
    for words, code in ((["99"], 3), (["9", "3"], 2), (["no-such-file"], 2)):
        answer = fresh("audit", "consistency", *words)
        assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
    for words in ([], ["bundle.zip"]):
        found = fresh("audit", "verify", *words, "--since", "checkpoint.txt", "--json")
        assert (found.code, found.json["problems"][0]["position"]) == (1, 9)


def test_a_checkpoint_is_stamped_over_the_wire_and_by_hand(fresh, tmp_path):
    authority = Authority(tmp_path / "tsa")
    (fresh.folder / "roots.pem").write_bytes(authority.roots)
    fresh("ingest", ROOT / "seeds")
    fresh("audit", "keygen", "--origin", "example.org/tracker")
    down = fresh("audit", "checkpoint", "--timestamp", "http://me:hunter2@127.0.0.1:9/tsr")
    assert (down.code, "the checkpoint stands" in down.err, "hunter2" in down.err) == (1, True, False)
    assert down.out.startswith("example.org/tracker\n10\n")
    with authority.serving() as url:
        words = ["audit", "checkpoint", "--timestamp", f"{url}?key=hunter2", "--tsa-roots", "roots.pem", "--json"]
        stamped = fresh(*words).json
        assert fresh(*words).json["timestamp"]["position"] == stamped["timestamp"]["position"] == 12
    assert (stamped["size"], stamped["timestamp"]["authority"]) == (10, url)
    assert "hunter2" not in fresh("events", "export").out
    verdict = fresh("audit", "verify", "--tsa-roots", "roots.pem", "--json").json
    assert [(one["size"], one["verified"]) for one in verdict["timestamps"]] == [(10, True)]
    assert (
        f"verified); the newest: {stamped['timestamp']['stamped_at']} on 10 events"
        in fresh("audit", "verify", "--tsa-roots", "roots.pem").out
    )
    # By hand: the question goes out on a stick, the answer comes back on it.
    assert fresh("audit", "checkpoint", "--timestamp-query", "q.tsq").out == stamped["note"]
    assert fresh("audit", "checkpoint", "--timestamp-query", "q.tsq").code == 2
    (fresh.folder / "a.tsr").write_bytes(authority.answer((fresh.folder / "q.tsq").read_bytes()))
    carried = ["audit", "checkpoint", "--timestamp-query", "q.tsq", "--timestamp-reply", "a.tsr"]
    assert "recorded at position 13" in fresh(*carried).out
    assert "as it was already" in fresh(*carried).out
    assert fresh("audit", "export", "bundle.zip").code == 0
    bundle = fresh("audit", "verify", "bundle.zip", "--tsa-roots", "roots.pem", "--json").json
    assert [(one["authority"], one["verified"]) for one in bundle["timestamps"]] == [
        ("checkpoint.1.tsr", True),
        ("checkpoint.2.tsr", True),
    ]
    (fresh.folder / "junk.pem").write_text("hello")
    assert "--tsa-roots: holds no certificates" in fresh("audit", "verify", "--tsa-roots", "junk.pem").err


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
