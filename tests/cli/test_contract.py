"""Commands, options and JSON names that scripts rely on."""

import json

import pytest

VALUE = {
    "value",
    "modality",
    "since",
    "published",
    "published_basis",
    "document_id",
    "claim_id",
    "evidence",
    "origins",
    "contested",
}
CHANGE = {
    "subject", "attribute", "old", "new", "change", "days", "published", "recorded_at", "position", "document_id", "claim_id",
    "evidence",
}  # fmt: skip
CLAIM = {
    "claim_id", "document_id", "kind", "entity", "entity_id", "aliases", "attribute", "value", "modality", "superseded",
    "confidence", "evidence", "attribution", "extractor", "extractor_version",
}  # fmt: skip
EVENT = {"position", "id", "stream", "version", "type", "schema_version", "recorded_at", "payload"}


def test_status_of_everything(tracker):
    subjects = tracker("status", "--json").json
    assert {s["kind"] for s in subjects} == {"mission", "agreement", "meeting"}
    for subject in subjects:
        assert subject.keys() >= {
            "id",
            "kind",
            "name",
            "aliases",
            "attributes",
            "conflicts",
            "slips",
            "updated_position",
        }
        for values in subject["attributes"].values():
            for value in values:
                assert value.keys() >= VALUE
                assert value["evidence"]["quote"]
    only = tracker("status", "--kind", "meeting", "--json").json
    assert only == [s for s in subjects if s["kind"] == "meeting"]


def test_status_of_one(tracker):
    one = tracker("status", "mission/lupex", "--json").json
    assert one == tracker("status", "LUPEX", "--json").json
    assert one["id"] == "mission/lupex"


def test_status_as_it_was_known_and_as_it_had_been_published(tracker):
    def launch(*words):
        return tracker("status", "LUPEX", *words, "--json").json["attributes"]["launch_date"][0]["value"]

    assert launch() == launch("--published-by", "2025") == "2025"
    assert launch("--published-by", "2020-01-15") == "2020/2023"
    positions = {e["type"] + e["stream"]: e["position"] for e in tracker("events", "export").lines}
    third = sorted(p for key, p in positions.items() if key.startswith("claims.extracted"))[2]
    assert launch("--known-at", str(third)) == "2020/2023"
    assert launch("--known-at", "2999-01-01T00:00:00+09:00") == "2025"
    assert tracker("status", "LUPEX", "--published-by", "2001").code == 3
    assert tracker("status", "LUPEX", "--known-at", "2001").code == 3
    early = tracker("status", "--published-by", "2018", "--json").json
    assert early
    assert all(v["published"] < "2018" for s in early for values in s["attributes"].values() for v in values)


def test_history(tracker):
    changes = tracker("history", "mission/lupex", "--json").json
    assert all(change.keys() >= CHANGE for change in changes)
    dates = tracker("history", "mission/lupex", "--attribute", "launch_date", "--json").json
    assert dates == [c for c in changes if c["attribute"] == "launch_date"]
    recorded = tracker("history", "mission/lupex", "--axis", "recorded", "--json").json
    assert [c["position"] for c in recorded] == sorted(c["position"] for c in recorded)
    assert tracker("history", "mission/lupex", "--since", "2019", "--until", "2019", "--json").json == [
        c for c in changes if c["published"].startswith("2019")
    ]


def test_explain(tracker):
    explained = tracker("explain", "mission/lupex", "launch_date", "--json").json
    winner = explained["values"][0]["winner"]
    sentence = winner["sentence"]
    assert winner["evidence"]["quote"] in sentence["before"] + sentence["quote"] + sentence["after"]
    assert explained["values"][0]["losing"][0]["reason"]
    assert {"code", "meaning"} == explained["values"][0]["rules"][0].keys()


def test_read_stores_nothing(tracker, fresh):
    from tests.cli.conftest import ROOT

    claims = fresh("read", ROOT / "seeds", "--json").lines
    assert all(claim.keys() >= CLAIM for claim in claims)
    assert all(claim["evidence"]["quote"] for claim in claims)
    assert {c["claim_id"] for c in claims} == {
        c["claim_id"] for d in tracker("documents", "list", "--json").json
        for c in tracker("documents", "show", d["document_id"], "--json").json["claims"]
    }  # fmt: skip
    assert fresh("events", "list", "--json").out == ""


def test_ingest_says_what_became_of_each_input(fresh):
    (fresh.folder / "a.txt").write_text("Japan launched its Hiten probe in 1990.")
    (fresh.folder / "b.txt").write_bytes(b"")
    (line, bad) = fresh("ingest", "a.txt", "b.txt", "--published", "2017-11-17", "--json").lines
    assert line.keys() == {"source", "outcome", "document_id", "version", "claims", "reason"}
    assert (line["outcome"], line["document_id"], line["version"]) == ("captured", "a", 1)
    assert (bad["outcome"], bool(bad["reason"])) == ("parked", True)
    assert fresh("ingest", "a.txt", "--json").lines[0]["outcome"] == "unchanged"
    assert fresh("ingest", "b.txt", "--strict").code == 1
    assert fresh("ingest", "b.txt").code == 0


def test_ingest_takes_standard_input(fresh):
    (line,) = fresh(
        "ingest", "-", "--json", "--publisher", "The Paper", stdin="Japan launched its Hiten probe in 1990."
    ).lines
    assert line["outcome"] == "captured"
    assert fresh("documents", "list", "--json").json[0]["publisher"] == "The Paper"


def test_events(tracker):
    events = tracker("events", "export").lines
    assert [e["position"] for e in events] == list(range(1, len(events) + 1))
    assert all(event.keys() == EVENT for event in events)
    assert tracker("events", "list", "--json", "--after", "2", "--limit", "3").lines == events[2:5]
    stream = events[0]["stream"]
    assert tracker("events", "list", "--json", "--stream", stream).lines == [e for e in events if e["stream"] == stream]


def test_rebuild_and_audit(tracker):
    before = tracker("status", "--json").out
    made = tracker("rebuild", "--json").lines
    assert {row["projection"] for row in made} >= {"missions", "agreements", "meetings", "documents"}
    assert all(row.keys() == {"projection", "events", "seconds", "digest", "changed"} for row in made)
    assert not any(row["changed"] for row in made)
    assert tracker("status", "--json").out == before
    verdict = tracker("audit", "verify", "--json")
    assert (verdict.code, verdict.json["ok"], verdict.json["problems"]) == (0, True, [])
    assert verdict.json.keys() == {"ok", "size", "root", "problems"}


def test_doctor(tracker, fresh):
    assert tracker("doctor", "--json").json["ok"] is True
    (fresh.folder / "b.txt").write_bytes(b"")
    fresh("ingest", "b.txt")
    ill = fresh("doctor", "--json")
    assert (ill.code, ill.json["ok"]) == (1, False)
    (waiting,) = fresh("parked", "list", "--json").json
    assert (waiting, waiting["reason"]) == (ill.json["parked"][0], "is empty")
    assert fresh("parked", "skip", waiting["item"]).out == "1 skipped\n"
    assert fresh("doctor", "--json").json["ok"] is True
    assert fresh("parked", "skip", "b.txt").code == 3


def test_a_policy_of_ones_own_makes_the_views_stale_until_they_are_rebuilt(fresh):
    from tests.cli.conftest import ROOT

    fresh("ingest", ROOT / "seeds")
    mine = fresh.folder / "mine"
    mine.mkdir()
    (mine / "policy.toml").write_text(
        (ROOT / "config" / "policy.toml").read_text().replace("ungraded = 180", "ungraded = 90")
    )
    own = {"TRACKER_CONFIG": str(mine)}
    assert "tracker rebuild" in fresh("doctor", env=own).out
    fresh("rebuild", env=own)
    assert fresh("doctor", "--json", env=own).json["ok"] is True
    (mine / "policy.toml").write_text("posible = 10\n")
    broken = fresh("status", env=own)
    assert (broken.code, "posible" in broken.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["status", "mission/nothing"], 3, "no subject"),
        (["status", "--known-at", "soon"], 2, "--known-at"),
        (["status", "--published-by", "soon"], 2, "--published-by"),
        (["explain", "mission/lupex", "colour"], 2, "a mission has no 'colour'"),
        (["history", "mission/lupex", "--since", "soon"], 2, "--since"),
        (["documents", "show", "nothing"], 3, "no document"),
        (["rebuild", "rockets"], 3, "known: missions"),
        (["events", "list", "--stream", "NO GOOD"], 2, "--stream"),
        (["ingest"], 2, "Missing argument"),
        (["ingest", "x", "--published", "soon"], 2, "--published"),
        (["ingest", "x", "--published", "2025-02-30"], 2, "--published"),
        (["ingest", "x", "--url", "nonsense"], 2, "--url"),
        (["status", "no\udcffsuch"], 3, "no subject"),
        (["documents", "show", "no\udcffsuch"], 3, "no document"),
        (["events", "list", "--after", "99999999999999999999"], 2, "--after"),
        (["--config", "nowhere", "status"], 2, "no folder"),
        (["--log-format", "loud", "status"], 2, "log_format"),
        (["launch"], 2, "No such command"),
    ],
)
def test_wrong_use_is_told_in_one_clear_message(tracker, words, code, said):
    answer = tracker(*words)
    assert answer.code == code
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""


def test_settings_come_from_the_environment_and_from_a_folder(fresh):
    (fresh.folder / "mine").mkdir()
    (fresh.folder / "mine" / "tracker.toml").write_text('log_format = "json"\nlog_level = "debug"\n')
    (fresh.folder / "b.txt").write_bytes(b"")
    answer = fresh("ingest", "b.txt", env={"TRACKER_CONFIG": "mine"})
    assert json.loads(answer.err.splitlines()[0])["event"] == "input.parked"
    quiet = fresh("ingest", "b.txt", env={"TRACKER_CONFIG": "mine", "TRACKER_LOG_LEVEL": "error"})
    assert quiet.err == ""
    (fresh.folder / "mine" / "tracker.toml").write_text("colour = 'red'\n")
    broken = fresh("status", env={"TRACKER_CONFIG": "mine"})
    assert (broken.code, "colour" in broken.err) == (2, True)
