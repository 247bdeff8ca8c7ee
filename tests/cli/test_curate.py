"""Curating on the command line: what scripts rely on, what people read, and what is refused with which code."""

import pytest

from tests.cli.conftest import Tracker

WHO = ("--actor", "ann", "--reason", "read it twice")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = Tracker(tmp_path_factory.mktemp("desk"))
    for name, day, text in (("a", "2025-01-10", "2026"), ("b", "2025-03-10", "2028")):
        words = f"LUPEX is scheduled for launch in {text}, the Japan Aerospace Exploration Agency said."
        (made.folder / f"{name}.txt").write_text(words)
        assert made("ingest", f"{name}.txt", "--published", day, "--publisher", name).code == 0
    return made


def launch(desk):
    return desk("status", "LUPEX", "--json").json["attributes"]["launch_date"][0]


def test_a_pin_and_what_stands_in_its_way(desk):
    did = desk("claims", "pin", "LUPEX", "launch_date", "2029", *WHO, "--json")
    assert did.code == 0, did.err
    assert did.json.keys() == {"position", "type", "actor", "reason", "subjects", "changes"}
    assert (launch(desk)["value"], launch(desk)["act"]["actor"]) == ("2029", "ann")
    why = desk("explain", "LUPEX", "launch_date").out
    assert "R1_PIN" in why
    assert "no longer held" not in why
    again = desk("claims", "pin", "LUPEX", "launch_date", "2030", *WHO)
    assert (again.code, again.err.count("\n")) == (4, 1)
    outdated = desk("claims", "unpin", "LUPEX", "launch_date", *WHO, "--basis", "1")
    assert (outdated.code, "changed since position 1" in outdated.err) == (4, True)
    assert desk("claims", "unpin", "LUPEX", "launch_date", *WHO).code == 0
    assert launch(desk)["value"] == "2028"


def test_a_claim_is_retracted_listed_and_restored(desk):
    lines = desk("claims", "list", "--subject", "LUPEX", "--attribute", "launch_date", "--json").json
    assert lines[0].keys() >= {
        "claim_id",
        "document_id",
        "evidence",
        "confidence",
        "status",
        "reason",
        "act",
        "subject",
    }
    claim = lines[-1]["claim_id"]
    assert desk("claims", "retract", claim, "--reason", "no_longer_true", "--actor", "ann").code == 2
    said = desk("claims", "retract", claim, "--reason", "legal", "--actor", "ann")
    assert (said.code, "retracted" in said.out) == (0, True)
    assert [c["claim_id"] for c in desk("claims", "list", "--status", "retracted", "--json").json] == [claim]
    assert "retracted by ann" in desk("claims", "list", "--status", "retracted").out
    assert desk("claims", "restore", claim, *WHO).code == 0
    assert launch(desk)["value"] == "2028"
    assert desk("claims", "restore", "clm_none", *WHO).code == 3
    assert desk("claims", "list", "--below-floor", "--json").json == []


def test_sources_and_subjects_have_their_lists(desk):
    assert desk("sources", "grade", "a", "operator", *WHO).code == 0
    assert {s["publisher"]: s["grade"] for s in desk("sources", "list", "--json").json}["a"] == "operator"
    assert launch(desk)["value"] == "2026"
    assert desk("sources", "grade", "a", "--withdraw", *WHO).code == 0
    assert desk("sources", "grade", "a", *WHO).code == 2
    assert desk("sources", "rules", "--json").json["as_in_settings"] is True
    assert [s["id"] for s in desk("subjects", "list", "--kind", "mission", "--json").json] == ["mission/lupex"]
    assert desk("subjects", "list", "--proposed", "--json").json == []
    assert desk("subjects", "merge", "LUPEX", "mission/lupex", *WHO).code == 4
    assert desk("subjects", "rename", "LUPEX", "Lunar Polar Exploration", *WHO).code == 0
    assert desk("status", "mission/lupex", "--json").json["name"] == "Lunar Polar Exploration"
