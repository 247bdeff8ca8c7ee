"""The command line, called as a user calls it, on a database of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Answer:
    """What a command said: its exit code, and both outputs."""

    def __init__(self, done: "subprocess.CompletedProcess[bytes]") -> None:
        self.code, self.out, self.err = done.returncode, done.stdout.decode(), done.stderr.decode()

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Tracker:
    """Call it with the words of a command line."""

    def __init__(self, folder: Path) -> None:
        self.database = f"sqlite:///{folder / 'tracker.db'}"
        self.folder = folder
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")}

    def __call__(self, *words: str, stdin: str = "", env: dict[str, str] | None = None) -> Answer:
        command = [sys.executable, "-W", "error", "-m", "tracker", "--database", self.database, *map(str, words)]
        return Answer(
            subprocess.run(
                command,
                input=stdin.encode(),
                capture_output=True,
                cwd=self.folder,
                env={**self.environment, "PYTHONPATH": str(ROOT), **(env or {})},
                timeout=120,
                check=False,
            )
        )


@pytest.fixture(scope="module")
def tracker(tmp_path_factory) -> Tracker:
    """A tracker that has the seed documents; tests here only ask it, or bring their own."""
    made = Tracker(tmp_path_factory.mktemp("cli"))
    answer = made("ingest", ROOT / "seeds")
    assert answer.code == 0, answer.err
    return made


@pytest.fixture
def fresh(tmp_path) -> Tracker:
    """A tracker that knows nothing."""
    return Tracker(tmp_path)
