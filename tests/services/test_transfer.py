"""A log leaves as lines and comes back as itself."""

import json

import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.services.conftest import Pipeline
from tests.services.test_pipeline import ingest, write
from tracker.errors import InputError, LogError
from tracker.services.audit.transfer import Import, cloud_event
from tracker.services.audit.verify import Verify
from tracker.store.store import Store

# The JSON format of CloudEvents 1.0.2, section 2 and 3, said as a schema: required attributes, types, names of extensions.
CLOUD_EVENT = {
    "type": "object",
    "required": ["specversion", "id", "source", "type"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1},
        "source": {"type": "string", "minLength": 1, "format": "uri-reference"},
        "type": {"type": "string", "minLength": 1},
        "subject": {"type": "string", "minLength": 1},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"type": "string", "minLength": 1},
    },
    "patternProperties": {
        "^(?!data$)[a-z0-9]{1,20}$": {"type": ["string", "integer", "boolean", "null"]},
        "^data$": {},
    },
    "additionalProperties": False,
}


@pytest.fixture
def lines(pipeline, store, tmp_path, clock):
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(4):
        clock.tick(minutes=n % 2)
        ingest(pipeline, write(folder, f"a{n}", f"LUPEX launches in {2025 + n}.", url=f"https://example.org/{n}"))
    with store.reading() as reading:
        return [msgspec.json.encode(event.as_json()) for event in reading.log.read()]


@pytest.fixture
def empty(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'copy.db'}", now=lambda: "2030-01-01T00:00:00.000000Z")
    yield made
    made.close()


def root(store):
    return Verify(store).log(on_progress=lambda _d, _t: None).root


def test_positions_instants_bytes_and_root_come_out_as_they_were(lines, store, empty):
    (done,) = Import(empty).lines(lines, source="log.jsonl")
    assert (done.read, done.appended, done.position) == (8, 8, 8)
    with store.reading() as ours, empty.reading() as theirs:
        assert list(theirs.log.read()) == list(ours.log.read())
        assert [e.position for e in theirs.log.read_key("mission/lupex")] == [2, 4, 6, 8]


def test_views_over_an_imported_log_are_the_same(lines, pipeline, empty):
    list(Import(empty).lines(lines, source="log.jsonl"))
    copy = Pipeline(empty)
    list(copy.project.catch_up())
    with empty.reading() as reading:
        theirs = copy.project.digests(reading)
    with pipeline.store.reading() as reading:
        assert theirs == pipeline.project.digests(reading)


def test_an_import_that_was_cut_off_goes_on(lines, empty):
    list(Import(empty).lines(lines[:5], source="log.jsonl"))
    (done,) = Import(empty).lines(lines, source="log.jsonl")
    assert (done.appended, done.position) == (3, 8)


def test_what_is_not_an_export_in_order_is_refused_whole(lines, empty):
    with pytest.raises(InputError, match=r"log\.jsonl, line 2: is no event"):
        list(Import(empty).lines([lines[0], b"{}"], source="log.jsonl"))
    with pytest.raises(LogError, match="the import begins at 2"):
        list(Import(empty).lines(lines[1:], source="log.jsonl"))
    with pytest.raises(LogError, match="not in order"):
        list(Import(empty).lines([lines[0], lines[2], lines[1]], source="log.jsonl"))
    with empty.reading() as reading:
        assert reading.log.last_position() == 0
    list(Import(empty).lines(lines, source="log.jsonl"))
    other = lines[0].replace(b"2025-01-01", b"2026-01-01")
    with pytest.raises(LogError, match="holds another event"):
        list(Import(empty).lines([other], source="log.jsonl"))


def test_cloud_events_are_cloud_events(lines, store):
    check = Draft202012Validator(CLOUD_EVENT, format_checker=FormatChecker())
    with store.reading() as reading:
        for recorded in reading.log.read():
            made = json.loads(msgspec.json.encode(cloud_event(recorded)))
            check.validate(made)
            assert (made["position"], made["subject"]) == (recorded.position, recorded.stream)
            assert made["data"] == json.loads(recorded.payload)
