"""The power goes off at any moment of an ingest; afterwards nothing is lost, doubled or left unprojected."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.store.servers import Fresh
from tracker.app import App
from tracker.settings import load

ROOT = Path(__file__).resolve().parents[2]


def articles(folder: Path, count: int) -> None:
    folder.mkdir()
    for n in range(count):
        text = (
            f"Japan launched its Hiten probe in 1990. The agency will launch LUPEX in {2025 + n % 5}, report {n} said."
        )
        document = {"id": f"report-{n}", "text": text, "published": f"{2015 + n % 10}-01-{n % 28 + 1:02}"}
        (folder / f"report-{n:03}.json").write_text(json.dumps(document))


def start(database: str, folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tracker", "--database", database, "ingest", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def state(database: str):
    """What must come out the same however often the power went: who said what, and what holds."""
    app = App(load({"database": database}, {}))
    with app.store.reading() as reading:
        events = [(e.type, e.stream) for e in reading.log.read()]
        lag = {n: reading.log.last_position() - p for n, p in reading.checkpoints.all().items()}
    views = [
        (s.id, s.name, s.slips, [(a, v.value, v.claim_id, v.origins) for a, vs in s.attributes.items() for v in vs])
        for s in app.query.board()
    ]
    verdict = app.verify.log(on_progress=lambda _d, _t: None)
    app.close()
    return events, lag, views, verdict


def check(fresh: Fresh, tmp_path: Path, *, rounds: int, count: int) -> None:
    folder = tmp_path / "news"
    articles(folder, count)
    calm = fresh()
    began = time.monotonic()
    assert start(calm, folder).wait() == 0
    whole = time.monotonic() - began
    stormy = fresh()
    chance = random.Random(7)
    killed = 0
    for _ in range(rounds):
        process = start(stormy, folder)
        time.sleep(chance.uniform(0.1, 1.0) * whole)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert killed
    assert start(stormy, folder).wait() == 0
    calm_events, _, calm_views, _ = state(calm)
    assert {id_ for id_, *_ in calm_views} >= {"mission/hiten", "mission/lupex"}
    events, lag, views, verdict = state(stormy)
    assert verdict.ok
    assert sorted(events) == sorted(calm_events)
    assert len(set(events)) == len(events)
    assert views == calm_views
    assert not any(lag.values())


def test_killed_at_random_moments(fresh, tmp_path):
    check(fresh, tmp_path, rounds=6, count=100)


@pytest.mark.soak
def test_killed_at_many_random_moments(fresh, tmp_path):
    check(fresh, tmp_path, rounds=200, count=300)
