"""Each file of tests/data/capture beside what it must give: a new sample is a new test."""

import datetime as dt
import json
from pathlib import Path

import msgspec
import pytest

from tracker.capture import draft
from tracker.capture.dating import Dated
from tracker.capture.formats import FORMATS, format_of
from tracker.capture.item import Given
from tracker.capture.sources import items

FOLDER = Path(__file__).parents[1] / "data" / "capture"
EXPECTED = ".expected.json"
CAPTURED_ON = dt.date(2026, 11, 21)
SAMPLES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith((EXPECTED, ".meta.json")))


@pytest.fixture(autouse=True)
def nothing_dates_a_text(monkeypatch):
    """Reasoning over a text has tests of its own; here a text without a date was published when it was captured."""

    def date_of(_text, *, captured_on):
        return Dated(captured_on.isoformat(), "captured", "")

    monkeypatch.setattr(draft, "date_of", date_of)


def what_it_gives(path):
    """Return the documents and refusals of a file as plain values, without what is not said."""
    found = []
    for item in items(str(path), given=Given(), captured_on=CAPTURED_ON):
        said = json.loads(msgspec.json.encode(item)).items()
        values = {key: value for key, value in said if value not in (None, "", []) and key != "url_names"}
        found.append(values | {"source": item.source.removeprefix(f"{path.parent}/")})
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_gives_what_stands_beside_it(path):
    expected = json.loads(path.with_name(path.name + EXPECTED).read_text("utf-8"))
    assert what_it_gives(path) == expected


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_each_format_has_a_sample_that_gives_a_document(format_):
    mine = [path for path in SAMPLES if (known := format_of(path.name)) and known[0] is format_]
    assert any("text" in values for path in mine for values in what_it_gives(path))
