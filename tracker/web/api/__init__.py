"""The routes of `/api/v1`, a file for each noun, and the table that lists them."""

from collections.abc import Iterator

from fastapi import APIRouter

from tracker.web.api import acts, audit, changes, claims, documents, feeds, health, moves, search, sources, subjects

_FAMILIES = (subjects, changes, moves, claims, documents, search, sources, feeds, audit, health, acts)


def routers() -> Iterator[APIRouter]:
    """Yield the routes of each noun."""
    return (family.router for family in _FAMILIES)
