"""How plans have moved: how often, how far, from which first date to which present one."""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from tracker.domain.asof import AsOf
from tracker.domain.change import Change, days_moved, days_range
from tracker.domain.dates import DateSpan
from tracker.domain.ids import SubjectId
from tracker.domain.view import SubjectView
from tracker.errors import NotFoundError
from tracker.projections import subjects
from tracker.services.queries import answers
from tracker.services.queries.look import Look
from tracker.services.queries.query import Query
from tracker.services.queries.quotes import Quotes


class Slips(msgspec.Struct, frozen=True):
    """How one date of one subject has moved.

    `days` is how far the present date lies behind the first, by the last day of each; less than nothing when it lies before.
    """

    subject: SubjectId
    name: str
    attribute: str
    slips: int
    pulled_in: int
    days: int | None
    days_range: tuple[int, int] | None
    first: str
    first_published: str
    now: str
    modality: str
    moves: tuple[answers.HistoryLine, ...]


def slips(query: Query, name: str | None = None, *, as_of: AsOf | None = None) -> list[Slips]:
    """Return every date that has moved, of one subject or of all: what slipped most often comes first, then furthest.

    Raises NotFoundError when nothing of this name is, or was, known.
    """
    with query.looking(as_of) as look:
        if name is None:
            # The view counts slips, which spares reading all that is said of subjects that have none.
            views = [view for view in look.views() if view.slips]
        else:
            view = look.view(look.identify(name))
            if view is None:
                raise NotFoundError("subject", name, "nothing was known of it then")
            views = [view]
        found = [made for view in views for made in _of(look, view)]
    return sorted(found, key=lambda s: (-s.slips, -(s.days or 0), s.subject, s.attribute))


def _of(look: Look, view: SubjectView) -> Iterator[Slips]:
    heard = look.heard(view.id)
    attributes = heard.vocabulary.attributes
    said = [s for s in heard.said if attributes[s.claim.attribute].type == "date"]
    # Approvals of several parties are dates of their own; only what has one date can slip.
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in subjects.history(heard.vocabulary, view.id, said, heard.policy, on=heard.on):
        changes[change.attribute].append(change)
    for name, made in changes.items():
        held = view.attributes.get(name, ())
        moves = [change for change in made if change.days]
        first = next((change for change in made if change.new is not None), None)
        if not moves or first is None or first.new is None or len(held) != 1:
            continue
        quotes = Quotes(look.reading, ((change.document, change.document_version) for change in moves))
        before, after = DateSpan.parse(first.new), DateSpan.parse(held[0].value)
        yield Slips(
            subject=view.id,
            name=view.name,
            attribute=name,
            slips=sum(change.change == "slip" for change in moves),
            pulled_in=sum(change.change == "pulled_in" for change in moves),
            days=days_moved(before, after),
            days_range=days_range(before, after),
            first=first.new,
            first_published=first.published,
            now=held[0].value,
            modality=held[0].modality,
            moves=tuple(answers.history_line(change, quotes) for change in moves),
        )
