"""The tracker from Python: the services of the command line as methods, with the same names and arguments."""

import datetime as dt
from collections.abc import Iterator, Sequence
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from tracker.app import App, Clock, build, wall_clock

if TYPE_CHECKING:
    from tracker.domain.asof import AsOf
    from tracker.events.curation import Fault
    from tracker.services.consumers.search import Found
    from tracker.services.curation.desk import Did, Signed
    from tracker.services.curation.ledger import LedgerLine, Status
    from tracker.services.curation.sources import SourceLine
    from tracker.services.curation.subjects import Proposal, SubjectLine
    from tracker.services.ingestion.ingest import Line
    from tracker.services.queries.answers import Explanation, HistoryLine, Subject
    from tracker.services.queries.conflicts import ConflictLine
    from tracker.services.queries.slips import Slips

Axis = Literal["published", "recorded"]
Day = str | dt.date | None
"""A day, or a month or year that counts to its end; None is now."""


def connect(database: str | None = None, *, config: str | None = None, clock: Clock = wall_clock) -> "Connection":
    """Return the tracker on a database; `None` takes the one that settings and environment name.

    Use it as a context manager. Raises ConfigError for a wrong setting.
    """
    return Connection(build({"database": database, "config": config}, clock=clock))


class Connection:
    """Everything that can be asked or told; answers are frozen values whose JSON is that of the command line."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._app.close()

    def ingest(
        self,
        *sources: str,
        published: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
    ) -> "list[Line]":
        """Capture files and folders, read them, bring the views up to date; return what became of each input."""
        from tracker.capture.item import Given  # noqa: PLC0415  (only who ingests needs it)

        given = Given(published=published, publisher=publisher, url=url)
        return list(self._app.ingest.sources(sources, given=given, today=self._app.today()))

    def status(
        self, subject: str, *, known_at: str | int | None = None, published_by: Day = None, valid_at: Day = None
    ) -> "Subject":
        """Return the view of a subject by id, name or alias, now or from another point on the three clocks.

        `known_at` is a log position or an instant: what this tracker had recorded. `published_by` is a day: what sources had
        said. `valid_at` is a day: which state held in the world. Each is now unless given; a whole day, month or year counts
        to its end. Raises NotFoundError when nothing is, or was, known of it.
        """
        return self._app.query.subject(subject, as_of=self._moment(known_at, published_by, valid_at))

    def board(
        self,
        *,
        kind: str | None = None,
        known_at: str | int | None = None,
        published_by: Day = None,
        valid_at: Day = None,
    ) -> "Sequence[Subject]":
        """Return the views of all subjects, or of one kind."""
        return self._app.query.board(kind=kind, as_of=self._moment(known_at, published_by, valid_at))

    def history(
        self,
        subject: str,
        *,
        attribute: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        axis: Axis = "published",
        known_at: str | int | None = None,
        published_by: Day = None,
        valid_at: Day = None,
    ) -> "list[HistoryLine]":
        """Return every change of a subject in order, on either axis."""
        then = self._moment(known_at, published_by, valid_at)
        return self._app.query.history(subject, attribute=attribute, since=since, until=until, axis=axis, as_of=then)

    def explain(
        self,
        subject: str,
        attribute: str,
        *,
        known_at: str | int | None = None,
        published_by: Day = None,
        valid_at: Day = None,
    ) -> "Explanation":
        """Return why an attribute has the values it has."""
        then = self._moment(known_at, published_by, valid_at)
        return self._app.explain.attribute(subject, attribute, as_of=then)

    def _moment(self, known_at: str | int | None, published_by: Day, valid_at: Day) -> "AsOf":
        return self._app.query.moment(known_at=known_at, published_by=published_by, valid_at=valid_at)

    def changes(self, *, after: int = 0) -> "list[HistoryLine]":
        """Return what changed in any view after a log position."""
        return self._app.query.changes(after=after)

    def watch(
        self,
        *,
        after: int | None = None,
        subject: str | None = None,
        attribute: str | None = None,
        changes: Sequence[str] = (),
        stop: Event,
    ) -> "Iterator[HistoryLine]":
        """Yield changes after a log position (None: from now on), and each new one soon after, until `stop` is set."""
        wanted = self._app.watch.wanted(subject=subject, attribute=attribute, changes=tuple(changes))
        return self._app.watch.follow(wanted, after=after, stop=stop)

    def diff(
        self, subject: str | None = None, *, before: str | int, after: str | int, axis: Axis = "published"
    ) -> "list[HistoryLine]":
        """Return what differs between two days of publication or, on the recorded axis, two positions or instants."""
        from tracker.services.queries.diff import between, diff  # noqa: PLC0415  (only who asks needs it)

        return diff(self._app.query, between(self._app.query, before, after, axis=axis), subject)

    def slips(
        self,
        subject: str | None = None,
        *,
        known_at: str | int | None = None,
        published_by: Day = None,
        valid_at: Day = None,
    ) -> "list[Slips]":
        """Return how the dates of one subject, or of all, have moved: what slipped most often first."""
        from tracker.services.queries.slips import slips  # noqa: PLC0415  (as above)

        return slips(self._app.query, subject, as_of=self._moment(known_at, published_by, valid_at))

    def conflicts(
        self,
        subject: str | None = None,
        *,
        known_at: str | int | None = None,
        published_by: Day = None,
        valid_at: Day = None,
    ) -> "list[ConflictLine]":
        """Return values that cannot hold together, with both sides; acknowledged ones come last."""
        from tracker.services.queries.conflicts import conflicts  # noqa: PLC0415  (as above)

        return conflicts(self._app.query, subject, as_of=self._moment(known_at, published_by, valid_at))

    def search(self, words: str, *, limit: int = 20) -> "list[Found]":
        """Return the documents that have all of these words, the best first. Raises ConfigError for a query without any."""
        return self._app.search.documents(words, limit=limit)

    def claims(
        self,
        *,
        subject: str | None = None,
        document: str | None = None,
        attribute: str | None = None,
        status: "Status | None" = None,
    ) -> "list[LedgerLine]":
        """Return claims and what became of each."""
        ledger = self._app.curation.claims
        return ledger.claims(subject=subject, document=document, attribute=attribute, status=status)

    def retract(
        self, claim: str, *, reason: "Fault", actor: str, note: str | None = None, basis: int | None = None
    ) -> "Did":
        """Let a claim count no more. Like every act, it is refused when its slot has changed since position `basis`."""
        return self._app.curation.values.retract(claim, _signed(actor, reason, basis), note=note)

    def correct(self, claim: str, value: str, *, reason: str, actor: str, basis: int | None = None) -> "Did":
        """Let a claim count with the value that its document really gives."""
        return self._app.curation.values.correct(claim, value, _signed(actor, reason, basis))

    def restore(self, claim: str, *, reason: str, actor: str, basis: int | None = None) -> "Did":
        """Take back the last retraction or correction of a claim."""
        return self._app.curation.values.restore(claim, _signed(actor, reason, basis))

    def pin(
        self,
        subject: str,
        attribute: str,
        value: str,
        *,
        reason: str,
        actor: str,
        until: dt.date | None = None,
        basis: int | None = None,
    ) -> "Did":
        """Let a value, or what a claim says, hold whatever documents say, to the end of `until` if given."""
        return self._app.curation.values.pin(subject, attribute, value, _signed(actor, reason, basis), until=until)

    def unpin(
        self,
        subject: str,
        attribute: str,
        *,
        reason: str,
        actor: str,
        value: str | None = None,
        basis: int | None = None,
    ) -> "Did":
        """Let documents decide again."""
        return self._app.curation.values.unpin(subject, attribute, _signed(actor, reason, basis), value=value)

    def acknowledge(self, subject: str, attribute: str, *, reason: str, actor: str, basis: int | None = None) -> "Did":
        """Let an open conflict be."""
        return self._app.curation.values.acknowledge(subject, attribute, _signed(actor, reason, basis))

    def reopen(self, subject: str, attribute: str, *, reason: str, actor: str, basis: int | None = None) -> "Did":
        """Open an acknowledged conflict again."""
        return self._app.curation.values.reopen(subject, attribute, _signed(actor, reason, basis))

    def subjects(self, *, kind: str | None = None, discovered: bool = False) -> "list[SubjectLine]":
        """Return all subjects with the ids and names they go by."""
        return self._app.curation.subjects.every(kind=kind, discovered=discovered)

    def proposed(self, *, kind: str | None = None) -> "list[Proposal]":
        """Return the pairs of subjects that documents join by a name."""
        return self._app.curation.subjects.proposed(kind=kind)

    def merge(self, left: str, right: str, *, reason: str, actor: str, basis: int | None = None) -> "Did":
        """Judge that two subjects are one."""
        return self._app.curation.subjects.merge(left, right, _signed(actor, reason, basis))

    def split(self, left: str, right: str, *, reason: str, actor: str, basis: int | None = None) -> "Did":
        """Take back that two subjects are one."""
        return self._app.curation.subjects.split(left, right, _signed(actor, reason, basis))

    def rename(self, subject: str, name: str | None, *, reason: str, actor: str, basis: int | None = None) -> "Did":
        """Show a subject under a name; None: as its documents call it."""
        return self._app.curation.subjects.rename(subject, name, _signed(actor, reason, basis))

    def sources(self) -> "list[SourceLine]":
        """Return publishers with their grades."""
        return self._app.curation.sources.every()

    def grade(self, publisher: str, grade: str | None, *, reason: str, actor: str) -> "Did":
        """Grade a source; None takes its grade back."""
        return self._app.curation.sources.grade(publisher, grade, _signed(actor, reason, None))


def _signed(actor: str, reason: str, basis: int | None) -> "Signed":
    from tracker.services.curation.desk import Signed  # noqa: PLC0415  (only who acts needs it)

    return Signed(actor, reason, basis)
