"""Schemas are checked with what they refer to in place: the same verdict as by the book, for every event there is."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tracker import contracts, resources
from tracker.errors import ContractError

EVENTS = sorted((Path(__file__).parent / "data" / "events").glob("*.json"))


def by_the_book(name):
    root = resources.folder("schemas")
    registry = Registry(retrieve=lambda uri: Resource.from_contents(json.loads((root / uri).read_text())))
    return Draft202012Validator({"$ref": name}, registry=registry)


def wrong(value):
    """The value with each of its parts in turn missing, of another type, or with a stranger beside it."""
    for path in paths(value, ()):
        for spoil in (None, 17.5, "", {}, "missing"):
            made = copy.deepcopy(value)
            *above, last = path
            holder = made
            for step in above:
                holder = holder[step]
            if spoil == "missing":
                del holder[last]
            else:
                holder[last] = spoil
            yield made
    yield {**value, "stranger": 1}


def paths(value, here):
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(len(value)):
            yield (*here, step)
            yield from paths(value[step], (*here, step))


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.name)
def test_the_verdict_is_the_one_of_the_schema_as_it_stands(path):
    schema = f"events/{path.name}"
    value = json.loads(path.read_text())
    contracts.validate(schema, value)
    book = by_the_book(schema)
    refused = 0
    for each in wrong(value):
        if book.is_valid(each):
            contracts.validate(schema, each)
            continue
        refused += 1
        with pytest.raises(ContractError) as raised:
            contracts.validate(schema, each)
        told = {("/".join(map(str, error.absolute_path)), error.message[:300]) for error in book.iter_errors(each)}
        assert set(raised.value.problems) <= told
    assert refused


def test_every_schema_can_be_put_together_and_refuses_what_is_no_object():
    root = resources.folder("schemas")
    names = {str(path.relative_to(root)) for path in root.rglob("*.json")} - {"events/parts.v1.json"}
    for name in names:
        with pytest.raises(ContractError):
            contracts.validate(name, 17.5)


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_the_quick_check_says_the_same(path):
    schema, value = f"events/{path.name}", json.loads(path.read_text("utf-8"))
    book, quick = by_the_book(schema), contracts._quick(schema)
    assert quick.is_valid(value)
    for made in wrong(value):
        assert quick.is_valid(made) == book.is_valid(made), made
