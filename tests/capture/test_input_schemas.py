"""The JSON Schemas that others write against, and what the reader of declarations accepts, are one contract."""

import io
import json

import pytest

from tracker import contracts
from tracker.capture.declared import KEYS, Declared
from tracker.capture.draft import Draft, Origin
from tracker.capture.records import parse
from tracker.errors import ContractError, InputError
from tracker.resources import folder

GOOD = [
    {},
    {"id": "a", "title": "T", "publisher": "P", "language": "en-GB", "digest_of": "D"},
    {"id": 17, "url": "https://example.org/a", "published": "2025-04", "published_basis": "text"},
    {"id": None, "url": None, "title": None, "published": "", "language": None},
    {"published": "2025-04-01T09:30:00+09:00"},
    {"licence": "CC0-1.0", "tags": ["other", "keys", "are", "left", "alone"]},
]
BAD = [
    {"id": ["a"]},
    {"id": True},
    {"url": "javascript:alert(1)"},
    {"url": "/relative"},
    {"title": 5},
    {"publisher": {"name": "P"}},
    {"published": 2025},
    {"published_basis": "guessed"},
    {"language": "Klingon!"},
    {"digest_of": []},
]


def schema_accepts(name, value):
    try:
        contracts.validate(f"config/{name}.json", value)
    except ContractError:
        return False
    return True


def reader_accepts(value):
    try:
        (draft,) = parse(io.BytesIO(json.dumps(value).encode()), Origin("a.json", "a", 10_000))
    except InputError:
        return False
    return isinstance(draft, Draft)


@pytest.mark.parametrize("value", GOOD, ids=json.dumps)
def test_what_both_accept(value):
    assert schema_accepts("sidecar", value)
    Declared.of(value)
    assert schema_accepts("document", value | {"text": "It flew."})
    assert reader_accepts(value | {"text": "It flew."})


@pytest.mark.parametrize("value", BAD, ids=json.dumps)
def test_what_both_refuse(value):
    assert not schema_accepts("sidecar", value)
    with pytest.raises(ValueError, match=next(iter(value))):
        Declared.of(value)
    assert not schema_accepts("document", value | {"text": "It flew."})
    assert not reader_accepts(value | {"text": "It flew."})


@pytest.mark.parametrize(
    "value", [{}, {"text": ""}, {"text": "  \n"}, {"text": None}, {"text": 5}, [], "text", None], ids=json.dumps
)
def test_a_document_needs_a_text(value):
    assert not schema_accepts("document", value)
    assert not reader_accepts(value)


@pytest.mark.parametrize("name", ["document", "sidecar"])
def test_the_schemas_describe_every_key_that_is_read(name):
    schema = json.loads((folder("schemas") / "config" / f"{name}.json").read_text("utf-8"))
    keys = set(schema["properties"]) - {"text"}
    assert keys == set(KEYS)
    assert all(part.get("description") for part in schema["properties"].values())
