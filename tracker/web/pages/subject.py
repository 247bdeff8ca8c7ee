"""One subject: what holds, in words and pictures, and what it rests on."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from tracker.domain.document import published_on
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import NotFoundError
from tracker.language import spoken
from tracker.services.queries.answers import Explanation, HistoryLine, Subject, Value
from tracker.services.queries.conflicts import conflicts
from tracker.web.charts.slip import Plan, Voice, slip_chart
from tracker.web.charts.stairs import State, stairs
from tracker.web.pages.ties import Ties
from tracker.web.pages.visit import Visit

_MOST_VOICES = 60
_MOST_STEPS = 50
"""Of a date or state that is told of for years, the newest steps are drawn."""


class Chart(msgspec.Struct, frozen=True):
    """A picture, and the changes that it shows; `older` ones are left to the history."""

    attribute: str
    picture: Markup
    lines: Sequence[HistoryLine]
    older: int


class Source(msgspec.Struct, frozen=True):
    """A document that something shown rests on, and on how many values it is the word."""

    document_id: str
    published: str
    basis: str
    what: tuple[str, ...]


def page(visit: Visit) -> Response:
    """Return the page of a subject; one that was asked for by another name is found at its own address."""
    asked = asked_for(visit)
    subject = visit.app.query.subject(asked, as_of=visit.as_of)
    if subject.id != asked:
        return RedirectResponse(visit.link(f"/subjects/{subject.id}"), 307)
    history = visit.keep(
        ("history", subject.id, visit.as_of), lambda: visit.app.query.history(subject.id, as_of=visit.as_of)
    )
    return visit.page(
        "subject.html",
        subject=subject,
        status=next(iter(subject.attributes.get("status", ())), None),
        facts=[(name, values) for name, values in subject.attributes.items() if name not in ("status", "party")],
        roles=_roles(subject),
        timeline=_timeline(visit, subject, history),
        charts=list(_charts(visit, subject, history)),
        conflicts=conflicts(visit.app.query, subject.id, as_of=visit.as_of) if subject.conflicts else [],
        ties=visit.keep(("ties", visit.as_of), lambda: Ties(visit.board())).of(subject),
        sources=_sources(subject),
        changes=len(history),
        latest=history[-5:][::-1],
    )


def by_name(visit: Visit) -> Response:
    """Lead from a name or alias to the page of the subject."""
    subject = visit.app.query.subject(visit.request.path_params["name"], as_of=visit.as_of)
    return RedirectResponse(visit.link(f"/subjects/{subject.id}"), 307)


def asked_for(visit: Visit) -> str:
    """Return the id in the address of a page."""
    found = visit.request.path_params
    return f"{found['kind']}/{found['slug']}"


def _roles(subject: Subject) -> list[tuple[str, list[Value]]]:
    found: dict[str, list[Value]] = defaultdict(list)
    for value in subject.attributes.get("party", ()):
        found[value.value.partition(": ")[0]].append(value)
    return sorted(found.items(), key=lambda one: one[0].casefold())


def _timeline(visit: Visit, subject: Subject, history: Sequence[HistoryLine]) -> Chart | None:
    statuses = VOCABULARIES[subject.kind].statuses
    told = [line for line in history if line.attribute == "status" and line.new is not None]
    lines = told[-_MOST_STEPS:]
    states = [
        State(
            published_on(line.published),
            spoken.words(line.new or ""),
            statuses[line.new or ""].rank,
            line.document_id,
            line.by,
        )
        for line in lines
        if line.new in statuses
    ]
    picture = stairs("states", subject.name, states, until=visit.today)
    return Chart("status", picture, lines, len(told) - len(lines)) if picture else None


def _charts(visit: Visit, subject: Subject, history: Sequence[HistoryLine]) -> "Sequence[Chart]":
    """A slip chart for each date that has one value and has moved, or is still a plan."""
    made = []
    for attribute in VOCABULARIES[subject.kind].attributes.values():
        if attribute.type != "date" or attribute.name == "approval_date":
            continue
        told = [line for line in history if line.attribute == attribute.name and line.new is not None]
        lines = told[-_MOST_STEPS:]
        planned = any(value.modality != "actual" for value in subject.attributes.get(attribute.name, ()))
        if not lines or not (planned or any(line.days for line in lines)):
            continue
        plans = [
            Plan(published_on(line.published), line.new or "", spoken.date(line.new), line.modality, line.document_id)
            for line in lines
        ]
        voices = _voices(visit, subject, attribute.name, {line.claim_id for line in lines})
        picture = slip_chart(
            f"slip-{attribute.name}", subject.name, attribute.label.lower(), plans, voices, until=visit.today
        )
        if picture:
            made.append(Chart(attribute.name, picture, lines, len(told) - len(lines)))
    return made


def _voices(visit: Visit, subject: Subject, attribute: str, shown: set[str]) -> list[Voice]:
    """What else was said of a date: by those who agree, and those who are not believed."""
    try:
        why: Explanation = visit.keep(
            ("why", subject.id, attribute, visit.as_of),
            lambda: visit.app.explain.attribute(subject.id, attribute, as_of=visit.as_of),
        )
    except NotFoundError:
        return []
    said = [
        Voice(published_on(each.published), each.value, spoken.date(each.value), each.publisher or each.document_id)
        for value in why.values
        for each in (value.winner, *value.supporting, *value.losing)
        if each.claim_id not in shown
    ]
    return said[:_MOST_VOICES]


def _sources(subject: Subject) -> list[Source]:
    found: dict[str, list[tuple[str, Value]]] = defaultdict(list)
    for name, values in subject.attributes.items():
        for value in values:
            found[value.document_id].append((name, value))
    made = [
        Source(
            document,
            said[0][1].published,
            said[0][1].published_basis,
            tuple(dict.fromkeys(spoken.label(subject.kind, name) for name, _ in said)),
        )
        for document, said in found.items()
    ]
    return sorted(made, key=lambda source: published_on(source.published), reverse=True)
