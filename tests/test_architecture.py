"""The house keeps its order: tables are complete, files stay small, documents tell the truth."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from tracker import resources
from tracker.events.types import EVENT_TYPES
from tracker.events.upcasters import UPCASTERS
from tracker.projections import PROJECTIONS
from tracker.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sorted((ROOT / "tracker").rglob("*.py"))


def test_every_schema_of_an_event_belongs_to_an_event():
    schemas = {path.name for path in (ROOT / "schemas" / "events").glob("*.json")} - {"parts.v1.json"}
    # A shape that was once written stays documented, and is led to the newest one step at a time.
    assert schemas == {f"{type_}.v{version}.json" for type_, version in [*EVENT_TYPES, *UPCASTERS]}
    assert all((type_, version) not in EVENT_TYPES for type_, version in UPCASTERS)


def test_every_schema_is_a_schema():
    from jsonschema import Draft202012Validator

    for path in (ROOT / "schemas").rglob("*.json"):
        Draft202012Validator.check_schema(json.loads(path.read_text()))


def test_every_projection_is_listed_under_its_own_name():
    assert all(name == projection.name for name, projection in PROJECTIONS.items())


def test_every_setting_has_a_default_and_a_comment():
    text = (ROOT / "config" / "default.toml").read_text()
    settings = {field.name for field in msgspec.structs.fields(Settings)} - {"config"}
    assert settings == tomllib.loads(text).keys()
    for name in settings:
        assert re.search(rf"^#.*\n{name} = ", text, re.MULTILINE), f"{name} has no comment above it"


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_in_proportion(path):
    assert len(path.read_text().splitlines()) <= 350


def test_every_module_says_what_it_is():
    for path in PYTHON:
        assert path.read_text().startswith('"""'), path


def test_the_folders_of_a_checkout_are_found():
    for name in ("schemas", "seeds", "migrations", "config"):
        assert resources.folder(name) == ROOT / name
    with pytest.raises(FileNotFoundError, match="install the package again"):
        resources.folder("nowhere")


def test_what_is_pinned_covers_what_is_needed_and_names_no_index():
    text = (ROOT / "constraints.txt").read_text()
    pins = {line.partition("==")[0].lower().replace("_", "-") for line in text.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    names = {re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower().replace("_", "-") for requirement in needed}
    assert names <= pins
    assert "://" not in text


def test_the_python_of_the_readme_runs(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (tmp_path / "var").mkdir()
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "2025" in done.stdout


def test_commands_that_documents_name_exist():
    from tests.cli.test_people import COMMANDS

    known = {" ".join(command) for command in COMMANDS}
    words = {command.split()[0] for command in known}
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for first, second in re.findall(
            r"tracker (\w+)(?: (\w+))?",
            "\n".join(re.findall(r"`[^`]+`|^\S*tracker .*$", path.read_text(), re.MULTILINE)),
        ):
            if first in words:
                assert first in known or f"{first} {second}" in known, f"{path.name}: tracker {first} {second}"
