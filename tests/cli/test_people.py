"""What people see: tables, help with examples, and nothing that hostile text could do to a terminal."""

import subprocess
import sys

import pytest
import typer.main
from typer.testing import CliRunner

from tests.cli.conftest import ROOT
from tracker.cli.door import app


def commands(group, *words):
    """Every command that can be given, by its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *words, name)
        else:
            yield (*words, name)


COMMANDS = sorted(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command):
    answer = CliRunner().invoke(app, [*command, "--help"], terminal_width=100)
    assert answer.exit_code == 0
    shown = " ".join(answer.output.split())
    assert "Example" in shown
    assert f"tracker {' '.join(command)}" in shown


def test_the_commands_of_the_contract_are_there():
    assert {("ingest",), ("status",), ("audit", "verify"), ("feeds", "poll"), ("export", "status")} <= set(COMMANDS)


def test_the_board_shows_every_kind(tracker):
    board = tracker("status").out
    for word in ("Missions", "Agreements", "Meetings", "LUPEX", "mission/lupex", "Hiten", "1990"):
        assert word in board


def test_a_subject_is_shown_with_its_words(tracker):
    sheet = tracker("status", "LUPEX").out
    assert "mission/lupex" in sheet
    assert "“" in sheet
    assert "tracker explain mission/lupex" in sheet


def test_history_explanation_documents_and_events_are_tables(tracker):
    assert "slip" in tracker("history", "LUPEX").out
    explained = tracker("explain", "LUPEX", "launch_date").out
    assert "R3_EFFECTIVE_DATE" in explained
    assert "Not believed:" in explained
    documents = tracker("documents", "list").out
    assert "2017-11-17" in documents
    assert "claims.extracted" in tracker("events", "list").out
    assert "all right" in tracker("doctor").out
    assert "intact" in tracker("audit", "verify").out
    assert "unchanged" in tracker("rebuild", "missions").out
    assert "mission/hiten" in tracker("documents", "show", "2017-11-17-aprsaf-joint-moon-mission").out


def test_an_empty_tracker_says_how_to_begin(fresh):
    assert "tracker ingest" in fresh("status").out
    assert "tracker ingest" in fresh("documents", "list").out


def test_fetched_words_cannot_speak_to_the_terminal(fresh):
    evil = (
        "Japan launched its \x1b[31mHiten\u202e probe in 1990. [bold]Hiten[/bold] flew." + " It was a long story." * 20
    )
    (fresh.folder / "evil.txt").write_text(evil)
    (fresh.folder / "evil.meta.json").write_text(
        '{"published": "1991", "title": "\\u001b[2J gone", "publisher": "[red]x[/red]"}'
    )
    fresh("ingest", "evil.txt")
    for words in (["documents", "list"], ["documents", "show", "evil"], ["status"], ["read", "evil.txt"]):
        shown = fresh(*words)
        assert shown.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(shown.out + shown.err)


def test_a_reader_that_hangs_up_is_no_error(tracker):
    command = f"{sys.executable} -m tracker --database {tracker.database} events export | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["--help"], {"sqlalchemy", "rich.table", "trafilatura", "jsonschema", "structlog", "alembic"}),
        (
            ["status", "--json"],
            {"rich.table", "trafilatura", "jsonschema", "structlog", "alembic", "feedparser", "tracker.capture"},
        ),
        (["status"], {"trafilatura", "jsonschema", "structlog", "alembic", "tracker.capture", "tracker.extractors"}),
        (
            ["read", "seeds", "--json"],
            {"sqlalchemy", "trafilatura", "jsonschema", "structlog", "alembic", "feedparser"},
        ),
    ],
    ids=["help", "json", "board", "read"],
)
def test_a_question_does_not_wait_for_what_only_ingesting_needs(tracker, words, unwanted):
    """Start-up stays quick as long as these stay unimported; how quick is measured by `make bench`."""
    code = (
        "import sys\nfrom tracker.cli.door import run\n"
        f"run(['--database', {tracker.database!r}, *{words!r}])\n"
        f"print(sorted({unwanted!r} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.strip() == "[]"
