"""`tracker run --web` as an operator runs it, and the commands that must not pay for it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(folder, *words):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRACKER_")} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tracker", "--database", f"sqlite:///{folder}/t.db", "--log-format", "json"]
    return subprocess.Popen([*command, "run", *words], stderr=subprocess.PIPE, text=True, env=environment, cwd=folder)


@pytest.mark.parametrize("alone", [True, False])
def test_it_serves_until_it_is_told_to_stop(tmp_path, alone):
    process = start(tmp_path, "--web", "--port", "0", *(["--no-schedule"] if alone else []))
    try:
        told = re.fullmatch(r"serving (http://127\.0\.0\.1:\d+/)\n", process.stderr.readline())
        with httpx.Client(base_url=told[1], timeout=10) as client:
            # The socket listens from the first moment on; who comes early waits a little.
            assert client.get("/readyz").json()["ready"] is True
            assert client.get("/api/v1/subjects", headers={"X-Request-ID": "night-watch-1"}).json() == []
            assert client.get("/%1B%5B2J%0Aforged?x=%1B%5B2J").status_code == 404
        process.send_signal(signal.SIGTERM)
        _, logged = process.communicate(timeout=20)
    finally:
        process.kill()
        process.stderr.close()
    assert process.returncode == 0
    assert ('"event": "schedule.leads"' in logged) is not alone
    # As it was sent: a terminal would obey what is decoded.
    assert "/%1B%5B2J%0Aforged" in logged
    (line,) = [line for line in logged.splitlines() if "night-watch-1" in line]
    for part in (
        '"event": "web.request"',
        '"route": "/api/v1/subjects"',
        '"status": 200',
        '"ms": ',
        '"client": "127.0.0.1"',
    ):
        assert part in line


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--port", "9"], "give --web beside them"),
        (["--no-schedule"], "give --web beside them"),
        (["--web", "--once"], "give one of them"),
        (["--web", "--host", "300.0.0.1"], "no address of this machine"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(tmp_path, words, reason):
    process = start(tmp_path, *words)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 2
    assert reason in told.splitlines()[-1]


def test_a_port_that_is_taken_is_told_of(tmp_path, site):
    process = start(tmp_path, "--web", "--port", str(site.server.port))
    _, told = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "Address already in use" in told


def test_no_other_command_waits_for_the_web():
    code = "import sys, tracker.cli.door, tracker.connection; print({'fastapi', 'uvicorn', 'prometheus_client'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"


def test_figures_name_routes_and_tell_how_the_log_does(site):
    site.get("/api/v1/subjects/mission/lupex")
    site.get("/api/v1/subjects/mission/nothing")
    site.client.request("BREW", "/api/v1/subjects")
    text = site.get("/metrics").text
    counted = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("tracker_"))
    of = 'tracker_http_request_seconds_count{method="%s",route="%s",status="%s"}'
    assert float(counted[of % ("GET", "/api/v1/subjects/{subject:path}", "200")]) >= 1
    assert float(counted[of % ("GET", "/api/v1/subjects/{subject:path}", "404")]) >= 1
    assert any(key.startswith('tracker_http_request_seconds_count{method="other"') for key in counted)
    assert float(counted["tracker_log_events"]) == site.app.records.last_position()
    assert float(counted['tracker_consumer_behind_events{consumer="missions"}']) == 0
    assert float(counted["tracker_store_up"]) == 1
    # However many things are asked for, there are only so many series.
    assert "lupex" not in text
