"""What operators start from: an image, a compose file and a unit that name what there is."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest
import yaml

from tracker.settings import Settings
from tracker.store import migrate
from tracker.store.tables import REVISION

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())
UNIT = (ROOT / "deploy" / "tracker.service").read_text()
SETTINGS = {f"TRACKER_{field.name.upper()}" for field in msgspec.structs.fields(Settings)} | {"TRACKER_CONFIG"}


def is_understood(*arguments):
    """Whether the command line takes the arguments; it is not carried out."""
    command = [sys.executable, "-m", "tracker", *arguments, "--help"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_image_is_made_of_what_there_is():
    copied = re.findall(r"^COPY (?!--)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert len(names) > 8
    assert all((ROOT / name).exists() for name in names)
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {f"!{name}" for name in names} == {line for line in ignored if line.startswith("!")}
    extras = re.search(r"'\.\[(.*)\]'", DOCKERFILE)[1].split(",")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert set(extras) <= project["optional-dependencies"].keys()


def test_the_image_begins_with_a_command_that_there_is():
    (command,) = re.findall(r"^CMD \[(.*)\]$", DOCKERFILE, re.MULTILINE)
    assert is_understood(*(word.strip('" ') for word in command.split(",")))


def test_every_environment_names_settings():
    given = set(re.findall(r"TRACKER_[A-Z_]+(?==)", DOCKERFILE + UNIT))
    for service in COMPOSE["services"].values():
        given |= {name for name in service["environment"] if name.startswith("TRACKER_")}
    assert given
    assert given <= SETTINGS


def test_trackers_wait_for_migrations_and_these_for_the_database():
    services = COMPOSE["services"]
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    for name in ("tracker", "standby"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    (module,) = [part for part in services["migrate"]["entrypoint"] if part.startswith("tracker.")]
    assert module == migrate.__name__


def test_no_file_holds_a_password():
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or value.startswith("${POSTGRES_PASSWORD:?")
    assert "PASSWORD" not in DOCKERFILE + UNIT


def test_the_unit_starts_a_command_that_there_is():
    (line,) = re.findall(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)
    program, *arguments = shlex.split(line)
    assert program.endswith("/tracker")
    assert is_understood(*arguments)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd is installed")
def test_systemd_understands_the_unit(tmp_path):
    # On this machine the program lies elsewhere; that it lies somewhere is all that is changed.
    unit = tmp_path / "tracker.service"
    unit.write_text(UNIT.replace("/opt/tracker/bin/tracker", sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_database_is_migrated_that_only_the_environment_names(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("TRACKER_DATABASE", raising=False)
    assert migrate.main([]) == 2
    monkeypatch.setenv("TRACKER_DATABASE", f"sqlite:///{tmp_path / 'tracker.db'}")
    assert migrate.main([]) == 0
    assert f"at revision {REVISION}" in capsys.readouterr().err
    assert migrate.main(["one", "two"]) == 2
