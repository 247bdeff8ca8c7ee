"""Where the news comes from: publishers and what they brought, feeds and how they do, and what waits."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from tracker.domain.document import published_on
from tracker.domain.policy import Policy
from tracker.services.ingestion.health import TROUBLE
from tracker.services.queries.library import DocumentLine
from tracker.web.pages.visit import Visit


class Publisher(msgspec.Struct, frozen=True):
    """What one publisher brought; `grade` is how the policy takes its word."""

    name: str | None
    grade: str
    documents: int
    claims: int
    copies: int
    first: str
    newest: str


def page(visit: Visit) -> Response:
    """Return the sources and their health, which rest on more than the log: polls leave no event when nothing is new."""
    app = visit.app
    listed = app.feeds.listed(app.clock())
    health = app.doctor.look(now=app.now())
    return visit.page(
        "sources.html",
        rests_on_log=False,
        publishers=visit.keep("publishers", lambda: _publishers(app.library.list(), _in_force(visit))),
        feeds=sorted(
            listed, key=lambda feed: (feed.state not in TROUBLE, (feed.publisher or feed.title or feed.feed).casefold())
        ),
        trouble=TROUBLE,
        health=health,
        now=app.clock(),
    )


def _in_force(visit: Visit) -> Policy:
    """The policy with the grades that curators have given since."""
    with visit.app.query.looking() as look:
        return look.policy


def _publishers(documents: Sequence[DocumentLine], policy: Policy) -> list[Publisher]:
    by_name: dict[str | None, list[DocumentLine]] = defaultdict(list)
    for line in documents:
        by_name[line.publisher].append(line)
    made = []
    for name, lines in by_name.items():
        dates = sorted((line.published for line in lines), key=published_on)
        made.append(
            Publisher(
                name,
                policy.grade_of(name),
                len(lines),
                sum(line.claims for line in lines),
                sum(line.copy_of is not None for line in lines),
                dates[0],
                dates[-1],
            )
        )
    return sorted(made, key=lambda one: (-one.documents, one.name or ""))
