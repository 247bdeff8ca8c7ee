"""A log of any length is read in bounded memory: measured in a child process with a cap on its address space."""

import subprocess
import sys

import pytest

EVENTS = 100_000
PAYLOAD = 1000
CAP = 50_000_000
"""What reading may take beyond what it took for two pages: half of the payloads alone."""

CHILD = """
import gc, resource, sys
from tracker.store.store import Store
from tracker.store.tail import tail

store = Store(sys.argv[1], now=lambda: "")
with store.reading() as reading:
    assert len(list(reading.log.read(limit=2000))) == 2000
gc.collect()
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + int(sys.argv[2]),) * 2)
with store.reading() as reading:
    count = sum(1 for event in reading.log.read())
    keyed = sum(1 for event in reading.log.read_key("all"))
print(count, keyed)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a cap on address space works on Linux")
def test_a_hundred_thousand_events_are_read_in_bounded_memory(store, database):
    from tests.store.events import STREAM
    from tracker.events.envelope import NewEvent
    from tracker.store.bulk import load

    body = b"x" * PAYLOAD
    source = ((STREAM, NewEvent(f"event-{n}", "test.happened", 1, body, ("all",))) for n in range(EVENTS))
    for _ in load(store, source):
        pass
    done = subprocess.run(
        [sys.executable, "-c", CHILD, database, str(CAP)], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == [str(EVENTS)] * 2, done.stderr[-2000:]
