"""The tour is walked: every command of docs/tour.md is run, and says what the page says."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_STEP = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def steps():
    """The commands of the page in order, each with what it is said to print; `...` stands for anything."""
    for block in re.findall(r"```console\n(.*?)```", (ROOT / "docs" / "tour.md").read_text(), re.DOTALL):
        yield from _STEP.findall(block)


def test_every_command_of_the_tour_says_what_the_page_says(tmp_path):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "tracker").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tracker "$@"\n')
    (tmp_path / "tracker").chmod(0o755)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")},
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    walked = list(steps())
    assert len(walked) >= 7
    for command, expected in walked:
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        found = done.stdout + done.stderr
        agrees = doctest.OutputChecker().check_output(expected, found, _FLAGS)
        assert agrees, f"$ {command}\n{found}\n--- the page says:\n{expected}"
