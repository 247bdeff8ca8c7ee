"""Texts that nobody wrote for readers: one sentence without an end, hundreds of agreements. The work grows with their length, and not with its square."""

import sys

import pytest

from tracker.extractors.rules.read import read

OPENING = "The space agency NASA spoke of rockets and a spacecraft. "
LENGTH = 4_000  # characters
GROWN = 2.6
"""Twice the text may take this many times the work: twice, and what a sentence that is cut elsewhere adds."""


def calls(job) -> int:
    """Count the functions that a job calls: the same on every machine, however busy."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        job()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "again",
    [
        "NASA and ESA signed a contract, ",
        "signed an agreement with ",
        "meeting in Oslo, ",
        "Kestrel-2 launch of ",
        "President Ada of Belgium met ",
        "Ten agreements were signed. ",
        "two contracts with Airbus and Boeing, ",
        "launched the X-3 satellite and the ",
    ],
)
def test_twice_the_text_is_twice_the_work(again, knowledge, document):
    long, twice = (document(OPENING + again * (n // len(again))) for n in (LENGTH, 2 * LENGTH))
    read(long, knowledge)  # what is made once, is made now
    assert calls(lambda: read(twice, knowledge)) < GROWN * calls(lambda: read(long, knowledge))
