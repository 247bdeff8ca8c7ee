"""What can be asked with: the three clocks, a part of a list, days; and no parameter that is not known."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request

from tracker.app import App
from tracker.domain.asof import AsOf
from tracker.domain.dates import DateSpan
from tracker.errors import ConfigError
from tracker.web.links import Page

PREFIX = "/api/v1"
MOST = 1000
"""The longest part of a list that is given at once."""
LAST_POSITION = 2**63 - 1
_LONGEST = 200


class Clocks:
    """The three clocks as they were asked for."""

    def __init__(self, known_at: str | None, published_by: str | None, valid_at: str | None) -> None:
        self.key = (known_at, published_by, valid_at)

    def moment(self, app: App) -> AsOf:
        """Return the point they name. Raises ConfigError for what is no date, time or position."""
        known_at, published_by, valid_at = self.key
        return app.query.moment(known_at=known_at, published_by=published_by, valid_at=valid_at)


async def _clocks(
    known_at: Annotated[
        str | None,
        Query(
            description="As this tracker knew it then: a log position, or a date or time (a day, month or year counts to its end).",
            max_length=_LONGEST,
            examples=["2025-04-01", "412"],
        ),
    ] = None,
    published_by: Annotated[
        str | None,
        Query(
            description="By what had been published up to this date (EDTF; a month or year counts to its end).",
            max_length=_LONGEST,
            examples=["2020-01-15", "2020"],
        ),
    ] = None,
    valid_at: Annotated[
        str | None,
        Query(
            description="Which state held in the world on this date (EDTF).",
            max_length=_LONGEST,
            examples=["2024-12-31"],
        ),
    ] = None,
) -> Clocks:
    return Clocks(known_at, published_by, valid_at)


async def _page(
    limit: Annotated[int, Query(ge=1, le=MOST, description="At most so many.")] = 100,
    offset: Annotated[int, Query(ge=0, le=LAST_POSITION, description="Leave out so many at the beginning.")] = 0,
) -> Page:
    return Page(limit, offset)


AtClocks = Annotated[Clocks, Depends(_clocks)]
AtPage = Annotated[Page, Depends(_page)]

SubjectName = Annotated[
    str,
    Path(
        max_length=_LONGEST,
        description="An id as it is (`mission/lupex`), or a name or alias that means one subject.",
        examples=["mission/lupex"],
    ),
]
Words = Annotated[str | None, Query(min_length=1, max_length=_LONGEST)]
Date = Annotated[str | None, Query(max_length=40, description="A date in EDTF.", examples=["2025-04-01"])]


def first_day(parameter: str, date: str | None) -> dt.date | None:
    """Return the first day of what was given. Raises ConfigError, which names the parameter, for what is no date."""
    return None if date is None else _span(parameter, date).first


def last_day(parameter: str, date: str | None) -> dt.date | None:
    """Return the last day of what was given. Raises ConfigError, which names the parameter, for what is no date."""
    return None if date is None else _span(parameter, date).last


def _span(parameter: str, date: str) -> DateSpan:
    try:
        return DateSpan.parse(date)
    except ValueError as error:
        raise ConfigError(parameter, str(error)) from None


@contextmanager
def named(parameter: str) -> Iterator[None]:
    """Let a service's complaint in the block name the parameter of the query that it is about."""
    try:
        yield
    except ConfigError as error:
        raise ConfigError(parameter, error.reason) from error


async def no_other(request: Request) -> None:
    """Refuse parameters that the route does not have: one that is misspelt would otherwise quietly ask something else."""
    route: APIRoute = request.scope["route"]
    known = set(_names(route.dependant))
    errors = [
        {
            "type": "extra_forbidden",
            "loc": ("query", name),
            "msg": f"is unknown here; known: {', '.join(sorted(known))}",
        }
        for name in request.query_params
        if name not in known
    ]
    if errors:
        raise RequestValidationError(errors)


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for other in dependant.dependencies:
        yield from _names(other)


def routes(tag: str, *, below: str = "") -> APIRouter:
    """Return what the routes of one noun are added to. They know their whole pattern, which figures and logs name them by."""
    return APIRouter(prefix=PREFIX + below, tags=[tag], dependencies=[Depends(no_other)])
