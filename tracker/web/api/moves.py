"""What moved, and where sources disagree: slips, conflicts, and the difference between two points of a clock."""

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from tracker.services.queries.answers import HistoryLine
from tracker.services.queries.conflicts import ConflictLine, conflicts
from tracker.services.queries.diff import between, diff
from tracker.services.queries.slips import Slips, slips
from tracker.web.api.subjects import Axis
from tracker.web.asking import AtClocks, AtPage, named, routes
from tracker.web.description import gives
from tracker.web.desk import desk_of
from tracker.web.links import paging

router = routes("moves")

Subject = Annotated[str | None, Query(min_length=1, max_length=200, description="Only of this subject: an id or name.")]
Point = Annotated[
    str,
    Query(
        min_length=1,
        max_length=40,
        description="A date of publication; on the recorded axis a log position, date or time.",
        examples=["2020-01-15"],
    ),
]


@router.get("/slips", responses=gives(Slips, many=True, paged=True, refuses=("not_found",)))
def list_slips(request: Request, clocks: AtClocks, page: AtPage, subject: Subject = None) -> Response:
    """Every date that has moved: what slipped most often comes first, then what slipped furthest."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    app = desk.app
    made = answering.keep(("slips", subject, *clocks.key), lambda: slips(app.query, subject, as_of=clocks.moment(app)))
    return answering.reply(page.of(made), paging(request, page, len(made)))


@router.get("/conflicts", responses=gives(ConflictLine, many=True, paged=True, refuses=("not_found",)))
def list_conflicts(request: Request, clocks: AtClocks, page: AtPage, subject: Subject = None) -> Response:
    """Values that cannot hold together, with the words of both sides: open conflicts first, then acknowledged ones."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    made = answering.keep(
        ("conflicts", subject, *clocks.key), lambda: conflicts(desk.app.query, subject, as_of=clocks.moment(desk.app))
    )
    return answering.reply(page.of(made), paging(request, page, len(made)))


@router.get("/diff", responses=gives(HistoryLine, many=True, paged=True, refuses=("not_found",)))
def show_diff(
    request: Request,
    page: AtPage,
    from_: Annotated[Point, Query(alias="from")],
    to: Point,
    subject: Subject = None,
    axis: Axis = Axis.published,
) -> Response:
    """What differs between two points, slot by slot, each with the claim that made the difference."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    query = desk.app.query
    with named("from"):
        between(query, from_, from_, axis=axis.value)
    with named("to"):
        points = between(query, from_, to, axis=axis.value)
    made = answering.keep(("diff", points, subject), lambda: diff(query, points, subject))
    return answering.reply(page.of(made), paging(request, page, len(made)))
