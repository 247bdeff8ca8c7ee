"""The desk at which curators act: one act at a time, on what is there now, signed and recorded.

Inside one transaction it is seen that the views are at the end of the log, that what was decided upon is still what the
curator had seen, and the act is recorded. Nothing can come in between.
"""

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec

from tracker.domain.asof import AsOf
from tracker.domain.ids import SubjectId, event_uuid
from tracker.domain.policy import Policy
from tracker.domain.slots import Slot
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import ConfigError, WrongBasisError
from tracker.events import codec
from tracker.events.curation import Curation, touched
from tracker.events.envelope import StreamName
from tracker.projections import subjects
from tracker.projections.decisions import decisions
from tracker.services.consumers.project import Project
from tracker.services.queries.answers import HistoryLine, history_line
from tracker.services.queries.look import Heard, Look
from tracker.services.queries.quotes import Quotes
from tracker.store.store import Store, Transaction
from tracker.store.views import Build

Decision = tuple[StreamName, Curation]


class Signed(msgspec.Struct, frozen=True):
    """Who acts, why, and on what: the position of the log that was looked at, the end of it when None.

    Raises ConfigError for a name or a reason that says nothing.
    """

    actor: str
    reason: str
    basis: int | None = None

    def __post_init__(self) -> None:
        """Refuse an act that nobody answers for."""
        words("--actor", self.actor)
        words("--reason", self.reason)


class Did(msgspec.Struct, frozen=True):
    """What an act was, where the log has it, and what it changed in the views."""

    position: int
    type: str
    actor: str
    reason: str
    subjects: tuple[SubjectId, ...]
    changes: tuple[HistoryLine, ...]


class Desk:
    """Where acts are recorded."""

    def __init__(self, store: Store, project: Project, policy: Policy, *, today: Callable[[], dt.date]) -> None:
        self._store, self._project, self._policy, self._today = store, project, policy, today

    @property
    def today(self) -> dt.date:
        """The present day."""
        return self._today()

    def act(self, decide: Callable[[Look], Decision]) -> Did:
        """Record what is decided when looking at all subjects as they are now, and bring the views up to date.

        `decide` may be asked again, when somebody else wrote in the meantime; what it raises is raised.
        """
        recorded = None
        while recorded is None:
            self._catch_up()
            with self._store.transaction() as transaction:
                if not self._project.is_at_end(transaction):
                    continue
                stream, event = decide(self._look(transaction))
                place = transaction.log.stream_version(stream)
                # One act can be done, undone and done again: its place in the stream tells these apart.
                encoded = codec.encode(event, id=event_uuid("curated", stream, place))
                (recorded,) = transaction.log.append(stream, [encoded], expected_version=place)
        self._catch_up()
        return Did(
            recorded.position,
            recorded.type,
            event.actor,
            event.reason,
            touched(event),
            self._changed(recorded.position),
        )

    def _catch_up(self) -> None:
        for _ in self._project.catch_up():
            pass

    def _look(self, transaction: Transaction, as_of: AsOf | None = None) -> Look:
        return Look(transaction, self._policy, as_of or AsOf(), today=self._today())

    def _changed(self, position: int) -> tuple[HistoryLine, ...]:
        with self._store.reading() as reading:
            found = [
                change
                for _, build in subjects_builds(reading)
                for change in map(subjects.change_of, reading.views.changes(build, after=position - 1))
                if change.position == position
            ]
            quotes = Quotes(reading, ((change.document, change.document_version) for change in found))
            return tuple(history_line(change, quotes) for change in found)


def subjects_builds(reading: Transaction) -> Sequence[tuple[str, Build]]:
    """Return the live build of each kind of subject."""
    live = ((kind, reading.views.live(each.plural)) for kind, each in VOCABULARIES.items())
    return [(kind, one[0]) for kind, one in live if one is not None]


def basis_of(look: Look, basis: int | None) -> int:
    """Return the position that an act rests on: the one given, else the end of the log."""
    last = look.reading.log.last_position()
    if basis is not None and not 0 < basis <= last:
        raise ConfigError("--basis", f"{basis} is no position of the log, which ends at {last}")
    return last if basis is None else basis


def unchanged(look: Look, heard: Heard, slot: Slot, basis: int) -> None:
    """Raise WrongBasisError when anything was said or decided in a slot since a position."""
    before = look.at(AsOf(known_at=basis)).heard(heard.id)
    if _in_slot(heard, slot) != _in_slot(before, slot):
        raise WrongBasisError(f"{heard.id} {slot.attribute}", basis)


def _in_slot(heard: Heard, slot: Slot) -> object:
    said = subjects.by_slot(subjects.heard(heard.parts)).get(slot, [])
    seen = decisions(heard.parts).acknowledged.get(slot.attribute)
    told = sorted((s.claim.id, s.claim.value, s.claim.modality, s.act.position if s.act else 0) for s in said)
    return told, seen[0].position if seen else 0


def words(option: str, text: str) -> str:
    """Return what somebody gives as a reason or a name. Raises ConfigError when it says nothing."""
    if not text.strip():
        raise ConfigError(option, "says nothing; an auditor will read it")
    return text.strip()
