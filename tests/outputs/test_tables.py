"""Tables and lines: what a spreadsheet, a data frame or a script takes away is what the commands show."""

import csv
import io
import json
import sys

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import ConfigError
from tracker.outputs import FORMATS, VIEWS, output
from tracker.outputs.csv import safe
from tracker.outputs.format import About
from tracker.outputs.place import Place
from tracker.outputs.rows import COLUMNS
from tracker.services.queries import whole
from tracker.services.queries.quotes import Quote

FORMULAS = tuple("=+-@\t\r＝＋－＠")


def answers(app, view):
    match view:
        case "status":
            return app.query.board()
        case "history":
            return list(whole.history(app.query))
        case _:
            return [line for id_ in whole.subject_ids(app.query) for line in app.curation.claims.claims(subject=id_)]


def written(app, view, format_):
    return b"".join(output(format_, view).write(answers(app, view), About()))


def rows(app, view):
    return list(csv.DictReader(io.StringIO(written(app, view, "csv").decode(), newline="")))


def test_each_value_of_the_status_is_a_row(known):
    found = rows(known, "status")
    board = known.query.board()
    assert len(found) == sum(len(values) for one in board for values in one.attributes.values())
    (launch,) = [row for row in found if (row["subject"], row["attribute"]) == ("mission/lupex", "launch_date")]
    assert (launch["value"], launch["modality"], launch["name"]) == ("2028-05-20", "planned", "LUPEX")
    assert launch["quote"] in "The LUPEX mission will be launched on 20 May 2028, JAXA said."
    assert int(launch["end"]) - int(launch["start"]) == len(launch["quote"])


def test_each_change_is_a_row_and_numbers_stay_numbers(known):
    found = rows(known, "history")
    assert len(found) == len(answers(known, "history"))
    slips = [row for row in found if row["change"] == "slip" and row["subject"] == "mission/lupex"]
    assert slips[-1]["days"] == "69"
    assert (slips[-1]["days_least"], slips[-1]["days_most"]) == ("69", "69")


def test_each_claim_is_a_row_with_what_became_of_it(known):
    found = rows(known, "claims")
    assert {row["claim_id"] for row in found} == {line.claim_id for line in known.curation.claims.claims()}
    assert {row["status"] for row in found} >= {"standing"}


@pytest.mark.parametrize("view", VIEWS)
def test_parquet_holds_what_the_csv_holds(known, view):
    table = pq.read_table(io.BytesIO(written(known, view, "parquet")))
    assert table.column_names == [column.name for column in COLUMNS[view]]
    assert [{name: safe(cell) for name, cell in row.items()} for row in table.to_pylist()] == rows(known, view)


@pytest.mark.parametrize("view", VIEWS)
def test_lines_are_the_json_of_the_commands(known, view):
    lines = written(known, view, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(msgspec.json.encode(answers(known, view)))


def test_no_cell_runs_in_a_spreadsheet(known):
    for view in VIEWS:
        for row in rows(known, view):
            for column in COLUMNS[view]:
                if column.type == "text":
                    assert not row[column.name].startswith(FORMULAS)
    assert any(row["document_id"] == "'=harm/?a=b" for row in rows(known, "claims"))


@given(st.text(max_size=30))
def test_a_cell_is_harmless_and_can_be_taken_back(text):
    made = safe(text)
    assert not made.startswith(FORMULAS)
    assert not set("\x00\x07\x1b\u202e") & set(made)
    made.encode()
    if text.startswith(("'", *FORMULAS)) and text.lstrip("'").startswith(FORMULAS):
        assert made.startswith("'")
    elif not made.startswith("'"):
        assert "\ufffd" in made or made == text.replace("\t", " ").replace("\r\n", "\n")


def test_numbers_flags_and_nothing():
    assert [safe(cell) for cell in (-5, 0.25, True, False, None, "")] == ["-5", "0.25", "true", "false", "", ""]


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_half_a_character_stops_no_format(known, format_):
    """A feed can bring one in an escape of its JSON; UTF-8 has no bytes for it."""
    made = FORMATS[format_]
    for view, how in made.outputs.items():
        if how.asks not in ("subjects", "changes", "newest"):
            continue
        told = answers(known, view)[:3]
        half = "half \ud83d a sign"
        other = {"name": half} if view == "status" else {"document_id": half, "evidence": Quote(half, 0, 13)}
        broken = [msgspec.structs.replace(one, **other) for one in told]
        content = b"".join(how.write(broken, About(Place("https://tracker.example"), title=half)))
        assert content
        if made.text:
            assert "half \ufffd a sign" in content.decode()


def test_a_long_history_is_handed_on_as_it_comes(known):
    """Neither csv nor lines, JSON-LD nor Parquet holds all that it writes."""
    (line,) = answers(known, "history")[:1]
    for format_, most in (("csv", 501), ("jsonl", 1), ("jsonld", 1), ("parquet", 20_001)):
        taken = 0

        def lines():
            nonlocal taken
            for _ in range(60_000):
                taken += 1
                yield line

        parts = iter(output(format_, "history").write(lines(), About()))
        while not taken:
            assert next(parts)
        assert taken <= most, format_
        assert len(max(parts, key=len)) < 10_000_000


def test_without_pyarrow_one_is_told_what_to_install(known, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"pip install 'tracker\[parquet\]'"):
        written(known, "status", "parquet")


def test_every_format_is_listed_and_says_what_it_can_hold():
    for name, made in FORMATS.items():
        assert (made.name, made.suffix[0]) == (name, ".")
        for view in VIEWS:
            if view in made.outputs:
                assert output(name, view) is made.outputs[view]
            else:
                with pytest.raises(
                    ConfigError, match=rf"{name} holds the .*, not the {view}; .* take one of csv, jsonl"
                ):
                    output(name, view)
    with pytest.raises(ConfigError, match="there is no 'xlsx'; known: csv"):
        output("xlsx", "status")


def test_an_empty_tracker_gives_empty_tables(own):
    for view in VIEWS:
        assert rows(own, view) == []
        assert written(own, view, "jsonl") == b""
        assert json.loads(written(own, view, "jsonld"))["@graph"] == []
        assert pq.read_table(io.BytesIO(written(own, view, "parquet"))).num_rows == 0
