"""The routes of `/api/v1`, a file for each noun, and the table that lists them."""

from fastapi import APIRouter, Depends

from tracker.web.api import audit, changes, claims, documents, feeds, health, moves, search, subjects
from tracker.web.asking import no_other

PREFIX = "/api/v1"
_FAMILIES = (subjects, changes, moves, claims, documents, search, feeds, audit, health)


def router() -> APIRouter:
    """Return all routes of the API."""
    made = APIRouter(prefix=PREFIX, dependencies=[Depends(no_other)])
    for family in _FAMILIES:
        made.include_router(family.router)
    return made
