"""The JSON Schemas (2020-12) of `schemas/`, and checking values against them."""

import json
from functools import cache
from typing import TYPE_CHECKING

from tracker import resources
from tracker.errors import ContractError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_MOST_PROBLEMS = 5


def validate(schema: str, value: object) -> None:
    """Check a value against `schemas/<schema>`.

    Raises ContractError with up to five problems, each with the path of the offending part.
    """
    problems = []
    for error in _validator(schema).iter_errors(value):
        problems.append(("/".join(str(part) for part in error.absolute_path), error.message[:300]))
        if len(problems) == _MOST_PROBLEMS:
            break
    if problems:
        raise ContractError(schema, problems)


@cache
def _validator(name: str) -> "Draft202012Validator":
    # jsonschema takes 50 ms to import, and only writing needs it.
    from jsonschema import Draft202012Validator  # noqa: PLC0415
    from referencing import Registry, Resource  # noqa: PLC0415

    root = resources.folder("schemas")

    def retrieve(uri: str) -> Resource[object]:
        return Resource.from_contents(json.loads((root / uri).read_text("utf-8")))

    return Draft202012Validator({"$ref": name}, registry=Registry(retrieve=retrieve))  # type: ignore[call-arg]  # the stubs lag
