"""The JSON Schemas (2020-12) of `schemas/`, and checking values against them.

jsonschema-rs says whether a value keeps to its schema, in a tenth of the time; what is wrong with one that does not, jsonschema
tells. A test holds the two against each other.
"""

import json
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tracker import resources
from tracker.errors import ContractError

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema import Draft202012Validator

_MOST_PROBLEMS = 5


def validate(schema: str, value: object) -> None:
    """Check a value against `schemas/<schema>`.

    Raises ContractError with up to five problems, each with the path of the offending part.
    """
    if _quick(schema).is_valid(value):
        return
    problems = []
    for error in _validator(schema).iter_errors(value):
        problems.append(("/".join(str(part) for part in error.absolute_path), error.message[:300]))
        if len(problems) == _MOST_PROBLEMS:
            break
    if problems:
        raise ContractError(schema, problems)


@cache
def _quick(name: str) -> "jsonschema_rs.Draft202012Validator":
    import jsonschema_rs  # noqa: PLC0415  (only writing needs it)

    return jsonschema_rs.Draft202012Validator(_inlined(_schema(name), name))


@cache
def _validator(name: str) -> "Draft202012Validator":
    # It takes 50 ms to import, and only what is wrong needs it.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    return Draft202012Validator(_inlined(_schema(name), name))


@cache
def _schema(name: str) -> Any:  # noqa: ANN401  (JSON)
    return json.loads((resources.folder("schemas") / name).read_text("utf-8"))


def _inlined(part: Any, name: str) -> Any:  # noqa: ANN401  (JSON)
    """A part of the schema `name` with what it refers to in place of each `$ref`; none of ours refers to itself.

    jsonschema looks every reference up again at every use, which took five sixths of the time of a check.
    """
    match part:
        case {"$ref": str(reference), **rest}:
            file, _, pointer = reference.partition("#")
            where = str(PurePosixPath(name).parent / file) if file else name
            target = _schema(where)
            for step in filter(None, pointer.split("/")):
                target = target[step]
            found = _inlined(target, where)
            return {"allOf": [found], **_inlined(rest, name)} if rest else found
        case dict():
            return {key: _inlined(value, name) for key, value in part.items()}
        case list():
            return [_inlined(value, name) for value in part]
        case _:
            return part
