"""The OpenAPI description: shapes are those of the very structs that are sent, examples are checked against them."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from tracker.web.bearer import SCHEME
from tracker.web.examples import EXAMPLES
from tracker.web.problems import KINDS, MEDIA_TYPE, Problem

_REF = "#/components/schemas/{name}"
_LIST = "List"
"""What the name of an example of a whole list ends in."""
_HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": "Send it as If-None-Match, and be told if nothing is new."},
    "Link": {"schema": {"type": "string"}, "description": "Where the rest is (RFC 8288)."},
    "X-Total-Count": {"schema": {"type": "integer"}, "description": "How long the whole list is."},
}
_SHAPES: dict[str, type] = {Problem.__name__: Problem}
"""Every struct that a route says it gives."""
_NEVER_SENT = {"HTTPValidationError", "ValidationError"}

Responses = dict[int | str, dict[str, Any]]


def shaped(shape: Any) -> dict[str, Any]:  # noqa: ANN401  (a union of structs has no type of its own)
    """Return the schema of what a route takes: one of several structs, told apart by their tag."""
    for one in get_args(shape):
        _SHAPES.setdefault(one.__name__, one)
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=_REF)
    return schema


def gives(
    shape: type, *, many: bool = False, refuses: tuple[str, ...] = (), paged: bool = False, cached: bool = True
) -> Responses:
    """Return what a route says of its answers: JSON of this shape, or a list of such, and problems by their codes."""
    if _SHAPES.setdefault(shape.__name__, shape) is not shape:
        raise ValueError(f"two shapes are named {shape.__name__}")
    one: dict[str, Any] = {"$ref": _REF.format(name=shape.__name__)}
    content: dict[str, Any] = {"schema": {"type": "array", "items": one} if many else one}
    if shape in EXAMPLES:
        name = shape.__name__ + _LIST * many
        content["examples"] = {"one": {"$ref": f"#/components/examples/{name}"}}
    return gives_text("application/json", content, refuses=refuses, paged=paged, cached=cached)


def gives_text(
    media_type: str,
    content: Mapping[str, Any],
    *,
    refuses: tuple[str, ...] = (),
    paged: bool = False,
    cached: bool = True,
) -> Responses:
    """Return what a route says of its answers: something of this type, and problems by their codes."""
    headers = {name: text for name, text in _HEADERS.items() if paged or (cached and name == "ETag")}
    told: Responses = {
        200: {"description": "What was asked for.", "content": {media_type: dict(content)}, "headers": headers},
    }
    if cached:
        told[304] = {"description": "Nothing has changed since the answer with this ETag."}
    for code in ("invalid", "too_long", "too_many", "unavailable", *refuses):
        told[KINDS[code].status] = _refusal(code)
    told["default"] = {"description": "A problem of another kind.", "content": {MEDIA_TYPE: {"schema": _problem()}}}
    return told


def _refusal(code: str) -> dict[str, Any]:
    kind = KINDS[code]
    example = {"type": kind.type, "title": kind.title, "status": kind.status, "request_id": "6f1c2a9e0b7d4c53"}
    return {
        "description": f"{kind.title}. {kind.advice}",
        "content": {MEDIA_TYPE: {"schema": _problem(), "example": example}},
    }


def _problem() -> dict[str, str]:
    return {"$ref": _REF.format(name=Problem.__name__)}


def describe(web: FastAPI) -> dict[str, Any]:
    """Return the description of all routes."""
    if not web.openapi_schema:
        made = get_openapi(
            title=web.title,
            version=web.version,
            summary=web.summary,
            description=web.description,
            routes=web.routes,
            license_info={"name": "MIT", "identifier": "MIT"},
        )
        _, components = msgspec.json.schema_components(_SHAPES.values(), ref_template=_REF)
        # FastAPI brings shapes of its own for errors, which are never sent.
        others = {name: one for name, one in made["components"]["schemas"].items() if name not in _NEVER_SENT}
        examples = {
            shape.__name__ + _LIST * many: {"value": [example] if many else example}
            for shape, example in EXAMPLES.items()
            for many in (False, True)
        }
        made["components"] = {
            "schemas": dict(sorted({**others, **_generable(components)}.items())),
            "examples": examples,
            "securitySchemes": SCHEME,
        }
        web.openapi_schema = made
    return web.openapi_schema


def _generable(schema: Any) -> Any:  # noqa: ANN401  (JSON, part by part)
    """Return a schema with pairs as lists of two: generators of clients know neither `prefixItems` nor `items: false`."""
    if isinstance(schema, list):
        return [_generable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _generable(value) for key, value in schema.items()}
    places = made.pop("prefixItems", None)
    if places is not None and made.get("items") is False:
        kinds = [place for number, place in enumerate(places) if place not in places[:number]]
        made["items"] = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return made
