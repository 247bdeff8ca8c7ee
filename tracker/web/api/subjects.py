"""Subjects: the board, one of them, its history, and why a value holds."""

from enum import StrEnum
from typing import Annotated

from fastapi import Path, Query
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response

from tracker.domain.vocabulary import VOCABULARIES
from tracker.services.curation.ledger import LedgerLine
from tracker.services.queries.answers import Explanation, HistoryLine, Subject
from tracker.web.asking import AtClocks, AtPage, Date, SubjectName, Words, first_day, last_day, routes
from tracker.web.description import gives
from tracker.web.desk import desk_of
from tracker.web.links import paging

router = routes("subjects")

_KINDS = "|".join(VOCABULARIES)


class _NameConvertor(StringConvertor):
    """An id with its slash, or a name without: so that `mission/history` can be told from the history of `mission`."""

    regex = f"(?:{_KINDS})/[^/]+|(?!(?:{_KINDS})/)[^/]+"


register_url_convertor("subject", _NameConvertor())


class KindName(StrEnum):
    """The kinds of subjects."""

    mission = "mission"
    agreement = "agreement"
    meeting = "meeting"


class Axis(StrEnum):
    """The two time axes of history."""

    published = "published"
    recorded = "recorded"


class ClaimStatus(StrEnum):
    """What can become of a claim."""

    standing = "standing"
    retracted = "retracted"
    held = "held"
    below_floor = "below-floor"
    superseded = "superseded"


class SubjectOrder(StrEnum):
    """How subjects can be put in order; a minus turns it round."""

    id = "id"
    newest = "-updated_position"


Attribute = Annotated[str, Path(max_length=50, description="One of the attributes of its kind.", examples=["status"])]


@router.get("/subjects", responses=gives(Subject, many=True, paged=True))
def list_subjects(
    request: Request,
    clocks: AtClocks,
    page: AtPage,
    kind: KindName | None = None,
    status: Annotated[str | None, Query(max_length=50, examples=["approved"])] = None,
    party: Annotated[
        str | None, Query(max_length=100, description="Somebody takes part whose name has this in it.")
    ] = None,
    search: Annotated[str | None, Query(max_length=200, description="In id, name or aliases.")] = None,
    overdue: Annotated[bool | None, Query(description="Whether a plan has run out.")] = None,
    stale: Annotated[bool | None, Query(description="Whether nothing is said of it any more.")] = None,
    contested: Annotated[bool | None, Query(description="Whether values of it contradict each other.")] = None,
    ordering: SubjectOrder = SubjectOrder.id,
) -> Response:
    """List what is known of all subjects, now or from another point on the three clocks."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    board = answering.keep(
        ("board", kind, *clocks.key), lambda: desk.app.query.board(kind=kind, as_of=clocks.moment(desk.app))
    )
    found = [
        subject
        for subject in board
        if (status is None or status in _values(subject, "status"))
        and (party is None or any(party.casefold() in value.casefold() for value in _values(subject, "party")))
        and (search is None or _is_named(subject, search))
        and overdue in (None, bool(subject.overdue))
        and stale in (None, subject.stale)
        and contested in (None, bool(subject.conflicts))
    ]
    if ordering is SubjectOrder.newest:
        found.sort(key=lambda subject: -subject.updated_position)
    return answering.reply(page.of(found), paging(request, page, len(found)))


def _values(subject: Subject, attribute: str) -> list[str]:
    return [held.value for held in subject.attributes.get(attribute, ())]


def _is_named(subject: Subject, words: str) -> bool:
    wanted = words.casefold()
    return any(wanted in name.casefold() for name in (subject.id, subject.name, *subject.aliases))


@router.get(
    "/subjects/{subject:subject}/history", responses=gives(HistoryLine, many=True, paged=True, refuses=("not_found",))
)
def history(
    request: Request,
    subject: SubjectName,
    clocks: AtClocks,
    page: AtPage,
    attribute: Words = None,
    since: Date = None,
    until: Date = None,
    axis: Axis = Axis.published,
) -> Response:
    """Every change of one subject in order: as sources came out, or as this tracker learnt of it."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    lines = answering.keep(
        ("history", subject, attribute, since, until, axis, *clocks.key),
        lambda: desk.app.query.history(
            subject,
            attribute=attribute,
            since=first_day("since", since),
            until=last_day("until", until),
            axis=axis.value,
            as_of=clocks.moment(desk.app),
        ),
    )
    return answering.reply(page.of(lines), paging(request, page, len(lines)))


@router.get(
    "/subjects/{subject:subject}/claims", responses=gives(LedgerLine, many=True, paged=True, refuses=("not_found",))
)
def claims_of_subject(
    request: Request,
    subject: SubjectName,
    page: AtPage,
    attribute: Words = None,
    status: Annotated[ClaimStatus | None, Query(description="What became of it.")] = None,
) -> Response:
    """Every claim about one subject with what became of it, the oldest publication first."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    ledger = desk.app.curation.claims
    found = [
        line
        for line in answering.keep(("ledger", subject), lambda: ledger.claims(subject=subject))
        if attribute in (None, line.attribute) and status in (None, line.status)
    ]
    return answering.reply(page.of(found), paging(request, page, len(found)))


@router.get("/subjects/{subject:subject}/explain/{attribute}", responses=gives(Explanation, refuses=("not_found",)))
def explain(request: Request, subject: SubjectName, attribute: Attribute, clocks: AtClocks) -> Response:
    """Why an attribute has the values it has: the claim that won, its sentence, the rules, and every claim that lost."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    made = answering.keep(
        ("explain", subject, attribute, *clocks.key),
        lambda: desk.app.explain.attribute(subject, attribute, as_of=clocks.moment(desk.app)),
    )
    return answering.reply(made)


@router.get("/subjects/{subject:path}", responses=gives(Subject, refuses=("not_found",)))
def show_subject(request: Request, subject: SubjectName, clocks: AtClocks) -> Response:
    """What is known of one subject, now or from another point on the three clocks."""
    desk = desk_of(request)
    answering = desk.answering(request)
    if answering.unchanged:
        return answering.unchanged
    made = answering.keep(
        ("subject", subject, *clocks.key), lambda: desk.app.query.subject(subject, as_of=clocks.moment(desk.app))
    )
    return answering.reply(made)
