"""The board: everything that is known at a glance, what moved lately, and what needs a look."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import msgspec
from starlette.responses import Response

from tracker.domain.document import published_on
from tracker.domain.ids import slug
from tracker.domain.values import WORDS
from tracker.domain.vocabulary import VOCABULARIES
from tracker.language import spoken
from tracker.services.queries.answers import HistoryLine, Subject
from tracker.web.pages.visit import Visit

AT_A_GLANCE = 25
"""Rows of each kind while all kinds are shown."""
ROWS = 100
"""Rows of one page of one kind."""
_MOVES = 8
_LATELY = 30
SPANS: Mapping[str, str] = {
    "1": "last day",
    "7": "last 7 days",
    "30": "last 30 days",
    "90": "last 90 days",
    "365": "last year",
}
ORDERS: Mapping[str, str] = {"newest": "newest report first", "name": "name", "slips": "most slips first"}
MEASURES: Mapping[str, str] = {"published": "by publication", "recorded": "by arrival here"}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "mission": ("launch_date", "landing_date", "destination"),
    "agreement": ("type", "signed_date", "expiry_date"),
    "meeting": ("held_date", "place"),
}
"""What the table of each kind shows between the state and the parties."""
_QUIET = frozenset({"set", "added"})
"""Changes that happen whenever something is heard of for the first time."""


class Table(msgspec.Struct, frozen=True):
    """The subjects of one kind that are shown, out of how many."""

    kind: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Subject]
    total: int
    offset: int
    limit: int


def page(visit: Visit) -> Response:
    """Return the board."""
    kind = visit.choice("kind", tuple(VOCABULARIES))
    status = visit.choice("status", statuses(kind))
    span = visit.choice("moved", SPANS)
    measure = visit.choice("measure", MEASURES) or "published"
    order = visit.choice("order", ORDERS) or "newest"
    name = visit.text("name")
    everything = visit.board()
    news = moves(visit, int(span) if span else _LATELY, measure)
    shown = [one for one in everything if _wanted(one, kind, status, slug(name) if name else "")]
    if span:
        moved = {line.subject for line in news}
        shown = [one for one in shown if one.id in moved]
    limit = ROWS if kind else AT_A_GLANCE
    offset = visit.number("offset", 0) if kind else 0
    ordered = sorted(shown, key=_orders[order])
    return visit.page(
        "board.html",
        kind=kind,
        feed=VOCABULARIES[kind].plural if kind else "all",
        status=status,
        span=span,
        measure=measure,
        order=order,
        name=name,
        tables=[_table(one, ordered, offset, limit) for one in VOCABULARIES if kind in ("", one)],
        total=len(everything),
        shown=len(shown),
        sums=_sums(everything),
        news=_worth_telling(news, {one.id for one in shown}, first_too=bool(span)),
        names={one.id: one.name for one in everything},
        newest=max((newest(one) for one in everything), default=""),
        statuses=statuses(kind),
        kinds=tuple(VOCABULARIES),
        spans=SPANS,
        orders=ORDERS,
        measures=MEASURES,
        parties=parties,
        last_said=newest,
        about=about,
    )


def statuses(kind: str) -> tuple[str, ...]:
    """Return the states that subjects of a kind can have, or of all kinds."""
    known = [VOCABULARIES[kind]] if kind else list(VOCABULARIES.values())
    return tuple(dict.fromkeys(code for vocabulary in known for code in vocabulary.statuses))


def moves(visit: Visit, days: int, measure: str) -> list[HistoryLine]:
    """Return what changed in the last days, the newest first: by what was published then, or by what arrived then."""
    last, query = visit.today, visit.app.query
    # Nobody asks for the first days of the calendar but to see what breaks.
    first = dt.date.fromordinal(max(last.toordinal() - days, dt.date.min.toordinal() + 1))
    # What was published in these days cannot have arrived before them, but for a clock that is a day ahead.
    after = query.moment(known_at=f"{first - dt.timedelta(days=1)}T00:00:00").known_at or 0
    changes = visit.keep(("changes", after), lambda: query.changes(after=after))
    known_at = visit.as_of.known_at
    found = [
        line
        for line in changes
        if (known_at is None or line.position <= known_at) and first <= _day(line, measure) <= last + _GRACE
    ]
    return sorted(found, key=lambda line: (_day(line, measure), line.position), reverse=True)


_GRACE = dt.timedelta(days=1)
"""It is tomorrow already where some of the news is written."""


def newest(subject: Subject) -> str:
    """Return the newest date of publication behind what is shown of a subject."""
    said = (value.published for values in subject.attributes.values() for value in values)
    return max(said, key=published_on, default="")


def parties(subject: Subject) -> list[tuple[str, str]]:
    """Return each party once, with its roles."""
    roles: dict[str, list[str]] = {}
    for value in subject.attributes.get("party", ()):
        who, _, role = value.value.partition(": ")
        roles.setdefault(who, []).extend([spoken.words(role)] if role else [])
    return [(who, ", ".join(dict.fromkeys(given))) for who, given in roles.items()]


def about(subject: Subject) -> str:
    """Return what an agreement is about, unless its name says so already."""
    told = (value.value for value in subject.attributes.get("subject", ()))
    return next((text for text in told if not WORDS.covers(text, subject.name)), "")


def _day(line: HistoryLine, measure: str) -> dt.date:
    return published_on(line.published) if measure == "published" else dt.date.fromisoformat(line.recorded_at[:10])


def _wanted(subject: Subject, kind: str, status: str, name: str) -> bool:
    if kind not in ("", subject.kind):
        return False
    if status and all(value.value != status for value in subject.attributes.get("status", ())):
        return False
    return not name or any(name in slug(each) for each in (subject.name, subject.id, *subject.aliases))


def _table(kind: str, ordered: Sequence[Subject], offset: int, limit: int) -> Table:
    mine = [subject for subject in ordered if subject.kind == kind]
    rows = mine[offset : offset + limit]
    used = tuple(name for name in COLUMNS[kind] if any(name in subject.attributes for subject in rows))
    return Table(kind, VOCABULARIES[kind].plural.capitalize(), used, rows, len(mine), offset, limit)


def _sums(everything: Sequence[Subject]) -> dict[str, int]:
    return {
        "slips": sum(subject.slips for subject in everything),
        "conflicts": sum(len(subject.conflicts) for subject in everything),
        "overdue": sum(bool(subject.overdue) for subject in everything),
        "stale": sum(subject.stale for subject in everything),
    }


def _worth_telling(news: Sequence[HistoryLine], shown: set[str], *, first_too: bool) -> Sequence[HistoryLine]:
    """What leads the page: real moves before things that are heard of for the first time."""
    mine = [line for line in news if line.subject in shown]
    moved = [line for line in mine if line.change not in _QUIET]
    rest = [line for line in mine if line.change in _QUIET and line.attribute == "status"] if first_too else []
    return [*moved, *rest][:_MOVES]


_orders: Mapping[str, Callable[[Subject], tuple[object, ...]]] = {
    "newest": lambda subject: (-_age(subject), subject.name.casefold(), subject.id),
    "name": lambda subject: (subject.name.casefold(), subject.id),
    "slips": lambda subject: (-subject.slips, subject.name.casefold(), subject.id),
}


def _age(subject: Subject) -> int:
    said = newest(subject)
    return published_on(said).toordinal() if said else 0
