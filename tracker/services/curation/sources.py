"""Who publishes what is read, how each source is graded, and by which rules claims are weighed."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from tracker.domain.ids import slug
from tracker.domain.policy import Policy
from tracker.errors import ConfigError, RefusedError
from tracker.events import codec
from tracker.events.curation import PolicyAdopted, SourceGraded
from tracker.events.envelope import stream_name
from tracker.events.keys import RULES
from tracker.projections import documents
from tracker.services.curation.desk import Decision, Desk, Did, Signed, words
from tracker.services.queries.look import Look
from tracker.services.queries.query import Query


class SourceLine(msgspec.Struct, frozen=True):
    """A publisher: how many documents it has, its grade, what that takes off in days, and who gave it where somebody did."""

    publisher: str
    documents: int
    grade: str
    days: int
    graded_by: str | None
    reason: str | None


class Rules(msgspec.Struct, frozen=True):
    """The table in force, and whether it is the one of the settings."""

    version: str
    adopted_by: str | None
    as_in_settings: bool
    table: Mapping[str, Any]


class Sources:
    """Lists sources, and records what curators decide about their weight and about the rules."""

    def __init__(self, query: Query, desk: Desk, policy: Policy) -> None:
        self._query, self._desk, self._policy = query, desk, policy

    def every(self) -> list[SourceLine]:
        """Return every publisher of a document and every one with a grade, in the order of names."""
        with self._query.looking() as look:
            policy, acts = look.policy, _acts(look)
            live = look.reading.views.live(documents.PROJECTION.name)
            views = (documents.view_of(body) for _, body in look.reading.views.all(live[0])) if live else ()
            counted = Counter(name for view in views if (name := view.newest.publisher))
        seen = {name.casefold() for name in counted}
        every = {**counted, **{name: 0 for name in policy.sources if name not in seen}}
        given = {act.publisher.casefold(): act for act in acts if isinstance(act, SourceGraded) and act.grade}
        return [
            SourceLine(
                publisher=name,
                documents=every[name],
                grade=(grade := policy.grade_of(name)),
                days=policy.grades[grade],
                graded_by=given[name.casefold()].actor if name.casefold() in given else None,
                reason=given[name.casefold()].reason if name.casefold() in given else None,
            )
            for name in sorted(every, key=str.casefold)
        ]

    def grade(self, publisher: str, grade: str | None, signed: Signed) -> Did:
        """Let all that a publisher says count with a grade; None gives it that of the table back.

        Every view is judged anew. Raises ConfigError for a grade that the table in force has no days for.
        """
        name = words("NAME", publisher)

        def decide(look: Look) -> Decision:
            if grade is not None and grade not in look.policy.grades:
                raise ConfigError("GRADE", f"{grade!r} is none of {', '.join(look.policy.grades)}")
            last = _last_grade(look, name)
            if grade == last:
                raise RefusedError(name, f"is graded {grade} already" if grade else "has no grade but the table's")
            event = SourceGraded(publisher=name, grade=grade, actor=signed.actor, reason=signed.reason)
            return stream_name("source", slug(name)), event

        return self._desk.act(decide)

    def rules(self) -> Rules:
        """Return the table by which claims are weighed."""
        with self._query.looking() as look:
            adopted = [act for act in _acts(look) if isinstance(act, PolicyAdopted)]
            table = adopted[-1].table if adopted else _table(self._policy)
            version = adopted[-1].version if adopted else self._policy.version
            return Rules(version, adopted[-1].actor if adopted else None, table == _table(self._policy), table)

    def adopt(self, signed: Signed) -> Did:
        """Let the table of the settings count from here on, and record it; until the next one, settings do not count.

        Every view is judged anew. Raises RefusedError when that table is in force by an earlier act.
        """

        def decide(look: Look) -> Decision:
            adopted = [act for act in _acts(look) if isinstance(act, PolicyAdopted)]
            table = _table(self._policy)
            if adopted and adopted[-1].table == table:
                raise RefusedError("the table of the settings", f"is in force, by {adopted[-1].actor}")
            event = PolicyAdopted(version=self._policy.version, table=table, actor=signed.actor, reason=signed.reason)
            return stream_name("policy"), event

        return self._desk.act(decide)


def _table(policy: Policy) -> Mapping[str, Any]:
    made: Mapping[str, Any] = msgspec.to_builtins(policy)
    return made


def _acts(look: Look) -> list[SourceGraded | PolicyAdopted]:
    events = (codec.decode_known(recorded) for recorded in look.reading.log.read_key(RULES))
    return [event for event in events if isinstance(event, SourceGraded | PolicyAdopted)]


def _last_grade(look: Look, publisher: str) -> str | None:
    mine = (a for a in _acts(look) if isinstance(a, SourceGraded) and a.publisher.casefold() == publisher.casefold())
    return next((act.grade for act in reversed(list(mine))), None)
