"""An archive of any size: it goes on where it was cut off, says how far it has come, and takes bounded memory."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.capture.archives import TEXT, packed, response
from tests.services.test_pipeline import TODAY, ingest
from tracker.capture.item import Given
from tracker.domain.bookmark import Bookmark

ROOT = Path(__file__).resolve().parents[2]


def article(number):
    words = f"Probe{number} launches in {2027 + number % 9}, the agency said on Monday."
    return response(words.encode(), url=f"https://paper.example/{number}", headers=TEXT)


def broken(number):
    return response(b"\0\0\0 no text", url=f"https://paper.example/{number}", headers=TEXT)


@pytest.fixture
def archive(tmp_path):
    """A hundred and twenty articles; every tenth record is no text."""
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(packed(*(broken(n) if n % 10 == 0 else article(n) for n in range(120))))
    return path


def cut_off(pipeline, path, lines):
    """Take in so many documents, and stop."""
    run = pipeline.ingest.sources([str(path)], given=Given(), today=TODAY)
    taken = [next(run) for _ in range(lines)]
    run.close()
    return taken


def parked(pipeline):
    with pipeline.store.reading() as reading:
        return sorted(int(one.item.rpartition("#")[2]) for one in reading.parking.all())


def test_a_run_that_was_cut_off_goes_on_where_it_was(pipeline, archive):
    first = cut_off(pipeline, archive, 51)
    with capture_logs() as logs:
        rest = ingest(pipeline, str(archive))
    # What was taken when the run was cut off is not read again, but for the one record in hand.
    assert len(rest) == 120 - 100 + 1
    assert rest[0].source.endswith("#100")
    assert {one.outcome for one in rest[1:]} == {"captured", "parked"}
    assert first[0].source.endswith("#1")
    (told,) = [one for one in logs if one["event"] == "archive.read"]
    assert (told["began_after"], told["records"]) == (99, 21)
    assert len(pipeline.library.list()) == 108
    assert parked(pipeline) == list(range(1, 121, 10))


def test_what_an_earlier_run_parked_stays_parked_until_it_is_read_again(pipeline, archive):
    cut_off(pipeline, archive, 51)
    assert parked(pipeline) == list(range(1, 101, 10))
    ingest(pipeline, str(archive))
    assert parked(pipeline) == list(range(1, 121, 10))
    # A whole run comes to all of them again.
    whole = ingest(pipeline, str(archive))
    assert len(whole) == 120
    assert {one.outcome for one in whole} == {"unchanged", "parked"}
    assert parked(pipeline) == list(range(1, 121, 10))


def test_an_archive_that_was_read_to_its_end_begins_anew(pipeline, archive):
    assert len(ingest(pipeline, str(archive))) == 120
    assert len(ingest(pipeline, str(archive))) == 120


def test_where_it_lies_does_not_matter_and_what_is_in_it_does(pipeline, archive, tmp_path):
    cut_off(pipeline, archive, 51)
    moved = archive.rename(tmp_path / "elsewhere.warc.gz")
    assert len(ingest(pipeline, str(moved))) == 21
    cut_off(pipeline, moved, 51)
    moved.write_bytes(moved.read_bytes() + packed(article(120)))
    assert len(ingest(pipeline, str(moved))) == 121


def test_it_says_how_far_it_has_come_in_bytes(pipeline, archive):
    seen = []
    run = pipeline.ingest.sources(
        [str(archive)], given=Given(), today=TODAY, on_archive=lambda one: seen.append((one.taken, one.size, one.done))
    )
    assert len(list(run)) == 120
    size = archive.stat().st_size
    assert {one[1] for one in seen} == {size}
    assert [one[0] for one in seen] == sorted(one[0] for one in seen)
    assert seen[-1] == (size, size, True)


def test_an_archive_that_is_none_leaves_no_bookmark(pipeline, tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"nothing of the kind")
    assert [one.outcome for one in ingest(pipeline, str(path))] == ["parked"]
    with pipeline.store.reading() as reading:
        from tracker.capture.readings import identity_of

        with path.open("rb") as stream:
            assert reading.archives.get(identity_of(stream, path.stat().st_size)) is None


def test_a_bookmark_that_points_nowhere_does_no_harm(pipeline, archive):
    from tracker.capture.readings import identity_of

    with archive.open("rb") as stream:
        identity = identity_of(stream, archive.stat().st_size)
    with pipeline.store.transaction() as transaction:
        transaction.archives.save(identity, Bookmark(at_byte=archive.stat().st_size // 2 + 3, records=60))
    found = ingest(pipeline, str(archive))
    assert found[0].outcome == "parked"
    assert sum(one.outcome == "captured" for one in found) > 40
    assert len(ingest(pipeline, str(archive))) == 120
    assert len(pipeline.library.list()) == 108


def test_the_power_goes_off_and_the_next_run_does_the_rest(fresh, dialect, archive):
    database = fresh()
    command = [sys.executable, "-m", "tracker", "--database", database, "ingest", str(archive), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as running:
        for _ in range(51):
            running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    rest = subprocess.run(command, capture_output=True, env=environment, check=True)
    lines = [json.loads(line) for line in rest.stdout.splitlines()]
    assert len(lines) <= 71
    shown = subprocess.run(
        [*command[:5], "documents", "list", "--json"], capture_output=True, env=environment, check=True
    )
    assert len(json.loads(shown.stdout)) == 108


CHILD = """
import datetime as dt, sys
from tracker.capture.item import Given, Item
from tracker.capture.sources import items

def mebibytes(name):
    (line,) = [line for line in open("/proc/self/status") if line.startswith(name)]
    return int(line.split()[1]) >> 10

def read(path):
    return sum(isinstance(one, Item) for one in items(path, given=Given(), captured_on=dt.date(2026, 1, 1)))

read(sys.argv[1])
before = mebibytes("VmRSS")
print(read(sys.argv[2]), mebibytes("VmHWM") - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel counts its pages on Linux")
def test_three_hundred_megabytes_take_little_memory(tmp_path, archive):
    """Most of it pictures, as in a real crawl, and pages of up to nine megabytes."""
    path = tmp_path / "large.warc"
    picture = response(os.urandom(1_000_000), headers=[("Content-Type", "image/jpeg")])
    long = response(
        b"The hopper crossed the bay once more, they said. " * 190_000, url="https://paper.example/long", headers=TEXT
    )
    with path.open("wb") as file:
        for number in range(280):
            file.write(picture)
            file.write(article(number))
        for _ in range(3):
            file.write(long)
    assert path.stat().st_size > 300_000_000
    done = subprocess.run([sys.executable, "-c", CHILD, str(archive), str(path)], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    count, grown = map(int, done.stdout.split())
    path.unlink()
    assert count == 283
    assert grown < 150
