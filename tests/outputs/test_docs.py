"""docs/outputs.md is tried: every command on it is run, and says what the page says."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

from tracker.outputs import FORMATS, VIEWS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "outputs.md").read_text()
_STEP = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def test_every_command_of_the_page_says_what_the_page_says(tmp_path):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "tracker").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tracker "$@"\n')
    (tmp_path / "tracker").chmod(0o755)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")},
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    walked = [step for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL) for step in _STEP.findall(block)]
    assert len(walked) >= 9
    for command, expected in walked:
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        found = done.stdout + done.stderr
        if found and not found.endswith("\n"):
            found += "\n"
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert doctest.OutputChecker().check_output(expected, found, flags), f"$ {command}\n{found}\n{expected}"


def test_the_page_tells_of_every_format_what_it_holds():
    for name, made in FORMATS.items():
        holds = ", ".join(view for view in VIEWS if view in made.outputs)
        assert f"| `{name}` | {holds} |" in PAGE
