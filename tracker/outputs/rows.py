"""Answers as rows of a table: one row for each value that holds, each change, each claim. For csv and Parquet alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Literal

import msgspec

from tracker.outputs.format import View
from tracker.services.queries.answers import HistoryLine, Subject, Value

Cell = str | int | float | bool | None
_TYPES: Mapping[type, Literal["text", "whole", "number", "flag"]] = {
    str: "text",
    int: "whole",
    float: "number",
    bool: "flag",
}


class Column(msgspec.Struct, frozen=True):
    """A column: its name, what its cells hold, and how they are got from an item."""

    name: str
    type: Literal["text", "whole", "number", "flag"]
    of: Callable[[Any], Cell]


class Holding(msgspec.Struct, frozen=True):
    """One value of one attribute of one subject: what a row of the status is about."""

    subject: Subject
    attribute: str
    value: Value


def _fields(place: str, **fields: type) -> list[Column]:
    """The columns of some fields, which go by the same names; `place` leads from the item to what has them."""
    return [Column(name, _TYPES[kind], attrgetter(f"{place}{name}")) for name, kind in fields.items()]


def _days(end: int) -> Callable[[HistoryLine], int | None]:
    return lambda line: line.days_range[end] if line.days_range else None


_EVIDENCE: Mapping[str, type] = {"quote": str, "start": int, "end": int}

COLUMNS: Mapping[View, tuple[Column, ...]] = {
    "status": (
        Column("subject", "text", attrgetter("subject.id")),
        *_fields("subject.", kind=str, name=str),
        *_fields("", attribute=str),
        *_fields("value.", value=str, modality=str, since=str, by=str, published=str, published_basis=str),
        *_fields("value.", document_id=str, claim_id=str),
        *_fields("value.evidence.", **_EVIDENCE),
        *_fields("value.", origins=int, contested=bool, inferred=bool),
        Column("overdue", "flag", lambda item: item.attribute in item.subject.overdue),
        *_fields("subject.", stale=bool, part_of=str, updated_position=int),
    ),
    "history": (
        *_fields("", subject=str, attribute=str, old=str, new=str, change=str, days=int),
        Column("days_least", "whole", _days(0)),
        Column("days_most", "whole", _days(1)),
        *_fields("", modality=str, by=str, published=str, recorded_at=str, position=int, document_id=str, claim_id=str),
        *_fields("evidence.", **_EVIDENCE),
    ),
    "claims": (
        *_fields("", claim_id=str, document_id=str, subject=str, kind=str, entity=str, entity_id=str),
        Column("aliases", "text", lambda line: "; ".join(line.aliases)),
        *_fields("", attribute=str, value=str, modality=str, superseded=bool, confidence=float, by=str),
        *_fields("", attribution=str),
        *_fields("evidence.", **_EVIDENCE),
        *_fields("", published=str, status=str, reason=str, read_as=str, position=int),
        *_fields("", extractor=str, extractor_version=str),
    ),
}
"""The columns of each view. Programs rely on the names; new ones come at the end."""


def items(view: View, answers: Iterable[Any]) -> Iterable[Any]:
    """Return what the rows of a view are about."""
    return _holdings(answers) if view == "status" else answers


def _holdings(subjects: Iterable[Subject]) -> Iterator[Holding]:
    for subject in subjects:
        for attribute, values in subject.attributes.items():
            for value in values:
                yield Holding(subject, attribute, value)
