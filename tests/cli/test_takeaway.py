"""`tracker export status`, `history` and `claims`, as a user takes things away."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT
from tests.outputs.atom_rules import ATOM, checked


def table(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_status_goes_to_a_spreadsheet_and_to_scripts(tracker):
    made = tracker("export", "status", "--format", "jsonl")
    assert made.lines == tracker("status", "--json").json
    rows = table(tracker("export", "status", "LUPEX", "--format", "csv").out)
    assert {row["subject"] for row in rows} == {"mission/lupex"}
    assert [row["value"] for row in rows if row["attribute"] == "launch_date"] == ["2025"]


@pytest.mark.parametrize("clock", [["--published-by", "2020"], ["--known-at", "6"], ["--valid-at", "2018"]])
def test_each_clock_is_that_of_the_status(tracker, clock):
    before = tracker("export", "status", "--format", "jsonl", *clock).lines
    assert before == tracker("status", *clock, "--json").json
    assert before != tracker("export", "status", "--format", "jsonl").lines


def test_history_of_one_and_of_all_on_both_axes(tracker):
    one = tracker("export", "history", "LUPEX", "--format", "jsonl").lines
    assert one == tracker("history", "LUPEX", "--json").json
    recorded = tracker("export", "history", "LUPEX", "-f", "jsonl", "--axis", "recorded").lines
    assert recorded == tracker("history", "LUPEX", "--axis", "recorded", "--json").json
    every = tracker("export", "history", "--format", "jsonl").lines
    assert [line for line in every if line["subject"] == "mission/lupex"] == one
    missions = tracker("export", "history", "--kind", "mission", "--format", "jsonl").lines
    assert missions == [line for line in every if line["subject"].startswith("mission/")]


def test_claims_are_those_of_the_list_and_can_be_turned_back(tracker):
    listed = tracker("claims", "list", "--json").json
    assert tracker("export", "claims", "--format", "jsonl").lines == listed
    early = tracker("export", "claims", "--format", "jsonl", "--published-by", "2018").lines
    assert [line["claim_id"] for line in early] == [line["claim_id"] for line in listed if line["published"] < "2018"]
    assert tracker("export", "claims", "--format", "jsonl", "--known-at", "1").lines == []


def test_a_file_says_its_format_by_its_ending(tracker):
    for name in ("status.csv", "status.jsonld", "status.ics", "status.parquet"):
        made = tracker("export", "status", "--output", tracker.folder / name)
        assert (made.code, made.out) == (0, ""), made.err
        assert f"written to {tracker.folder / name}" in made.err
    assert (tracker.folder / "status.csv").read_text().startswith("subject,kind,name,")
    assert json.loads((tracker.folder / "status.jsonld").read_text())["@graph"]
    assert (tracker.folder / "status.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert (tracker.folder / "status.parquet").read_bytes()[:4] == b"PAR1"
    assert list(tracker.folder.glob("*.part")) == []


def test_a_feed_holds_the_newest_and_leads_to_the_pages(tracker):
    where = {"TRACKER_PUBLIC_URL": "https://tracker.example/"}
    root = checked(tracker("export", "history", "LUPEX", "--format", "atom", env=where).out.encode())
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(tracker("history", "LUPEX", "--axis", "recorded", "--json").json)
    assert (
        entries[0].find(f"{ATOM}link").get("href").startswith("https://tracker.example/subjects/mission/lupex/explain/")
    )
    assert root.findtext(f"{ATOM}id") == "tag:tracker.example,2026:feeds/mission/lupex"
    everything = checked(tracker("export", "history", "--format", "atom").out.encode()).findall(f"{ATOM}entry")
    assert 90 < len(everything) < 150, "the changes of one event are not parted"
    early = checked(tracker("export", "history", "--format", "atom", "--known-at", "6").out.encode())
    assert len(early.findall(f"{ATOM}entry")) < 100
    assert everything[0].find(f"{ATOM}link") is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["status"], 2, "--format: say which: csv, jsonl"),
        (["status", "--format", "xlsx"], 2, "there is no 'xlsx'"),
        (["history", "--format", "ics"], 2, "ics holds the status, not the history"),
        (["claims", "--format", "atom"], 2, "atom holds the history, not the claims"),
        (["status", "--output", "status.txt"], 2, "--format: say which"),
        (["status", "--output", "nowhere/status.csv"], 2, "nowhere/status.csv: cannot be written: No such file"),
        (["status", "Nobody", "--format", "csv"], 3, "no subject 'Nobody'"),
        (["claims", "LUPEX", "--kind", "meeting", "--format", "csv"], 2, "mission/lupex is no meeting"),
        (["history", "--format", "csv", "--published-by", "soon"], 2, "--published-by"),
    ],
)
def test_wrong_use_is_told_in_one_line(tracker, words, code, said):
    answer = tracker("export", *words)
    assert (answer.code, answer.out, len(answer.err.splitlines())) == (code, "", 1), answer.err
    assert said in answer.err


def test_parquet_is_not_thrown_at_a_terminal(tracker):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tracker", "--database", tracker.database, "export", "status", "-f", "parquet"]
    environment = {**tracker.environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, b"name a file" in done.stderr) == (2, True)


def test_a_site_is_written_and_told_of(fresh):
    (fresh.folder / "a.txt").write_text("Japan launched its Hiten probe in 1990.")
    fresh("ingest", "a.txt", "--published", "1991")
    made = fresh("export", "site", "public", "--json")
    assert (made.code, made.json["bundle"], made.json["moved"]) == (0, False, False), made.err
    assert made.json["files"] == sum(path.is_file() for path in (fresh.folder / "public").rglob("*")) - 1
    assert "Hiten" in (fresh.folder / "public" / "index.html").read_text()
    fresh("audit", "keygen", "--origin", "tracker.example/log")
    again = fresh("export", "site", "public")
    assert "files (" in again.out
    assert (fresh.folder / "public" / "audit" / "bundle.zip").exists()
    assert fresh("audit", "verify", "public/audit/bundle.zip").code == 0
    refused = fresh("export", "site", ".")
    assert (refused.code, "holds other files" in refused.err) == (4, True)
