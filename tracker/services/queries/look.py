"""One look at all subjects: one moment of the database, seen from one point on the three clocks."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property, partial

import msgspec

from tracker.domain import states
from tracker.domain.asof import AsOf, latest_publication
from tracker.domain.ids import SubjectId, slug
from tracker.domain.policy import Policy
from tracker.domain.said import Said
from tracker.domain.view import SubjectView
from tracker.domain.vocabulary import VOCABULARIES, Vocabulary
from tracker.errors import NotFoundError
from tracker.events.keys import RULES
from tracker.projections import families, subjects
from tracker.store.store import Transaction
from tracker.store.views import Build


class Heard(msgspec.Struct, frozen=True):
    """All that documents say of one subject, as far as the look reaches."""

    id: SubjectId
    vocabulary: Vocabulary
    build: Build
    parts: Sequence[subjects.Part]
    published_by: dt.date
    policy: Policy
    """The rules in force: a table or a grade that was adopted comes before the file."""
    on: dt.date
    """The day on which one stands: pins end."""
    members: tuple[str, ...] = ()
    """All ids that mean this subject."""

    @property
    def said(self) -> list[Said]:
        """The claims that stand."""
        heard = subjects.heard(self.parts, published_by=self.published_by)
        return [s for s in heard if s.claim.attribute in self.vocabulary.attributes]


class Look:
    """What can be seen from a point on the three clocks, inside one transaction."""

    def __init__(self, reading: Transaction, policy: Policy, as_of: AsOf, *, today: dt.date) -> None:
        self.reading, self.as_of = reading, as_of
        self._policy, self._today = policy, today
        self._builds_known: dict[str, tuple[Build, int] | None] = {}

    def at(self, as_of: AsOf) -> "Look":
        """Return a look from another point at the same moment of the database."""
        return Look(self.reading, self._policy, as_of, today=self._today)

    @cached_property
    def _recorded_on(self) -> dt.date:
        """Today, or the day on which the event at a position was recorded, so that what was known at it never changes."""
        position = self.as_of.known_at
        for event in self.reading.log.read(after=position - 1, limit=1) if position else ():
            return dt.date.fromisoformat(event.recorded_at[:10])
        return self._today

    @cached_property
    def day(self) -> dt.date:
        """The day on which one stands: today, or the earliest that a clock is turned back to."""
        return self.as_of.looked_at_on(recorded=self._recorded_on)

    @cached_property
    def stands_on(self) -> dt.date:
        """The day by which pins have ended or not."""
        return self.as_of.stood_on(recorded=self._recorded_on)

    @cached_property
    def published_by(self) -> dt.date:
        """The last day of publication that counts. The world's clock hides no document: all that is known tells of its day."""
        return latest_publication(self._recorded_on, self.as_of.published_by)

    @cached_property
    def policy(self) -> Policy:
        """The rules of judging that were in force."""
        for vocabulary in VOCABULARIES.values():
            if (live := self._live(vocabulary)) is not None:
                return subjects.policy_in_force(self._policy, self._collected(live[0], RULES))
        return self._policy

    def _live(self, vocabulary: Vocabulary) -> tuple[Build, int] | None:
        if vocabulary.plural not in self._builds_known:
            self._builds_known[vocabulary.plural] = self.reading.views.live(vocabulary.plural)
        return self._builds_known[vocabulary.plural]

    def _collected(self, build: Build, key: str) -> list[bytes]:
        return self.reading.views.collected(build, key, up_to=self.as_of.known_at)

    def heard(self, id_: SubjectId) -> Heard:
        """Return what documents say of a subject, under the id that all its ids lead to. NotFoundError for an unknown one."""
        vocabulary, build = self._build(id_)
        group = families.gather(id_, partial(self._collected, build))
        place = (self.published_by, self.policy, self.stands_on, group.members)
        return Heard(SubjectId(group.id), vocabulary, build, subjects.read(group.entries), *place)

    def view(self, id_: SubjectId) -> SubjectView | None:
        """Return the view of a subject; None when nothing is, or was, known of it. NotFoundError for an unknown one."""
        _, build = self._build(id_)
        if self.as_of.is_now:
            body = self.reading.views.get(build, id_)
            # No view: nothing stands, or all of it was dated in the future when it came, and may count by now.
            return self._in_time(subjects.view_of(body)) if body else self.judged(self.heard(id_))
        if (day := self.as_of.valid_at) is not None:
            # Which state held on the day: of what holds anyway, by all that is said of states.
            view = self._of_any_day.view(id_)
            heard = self.heard(id_) if view else None
            return states.on_day(view, heard.said, heard.policy, day) if view and heard else None
        return self._kept(build, id_) or self.judged(self.heard(id_))

    @cached_property
    def _of_any_day(self) -> "Look":
        return self.at(msgspec.structs.replace(self.as_of, valid_at=None))

    def views(self, kind: str | None = None) -> Iterator[SubjectView]:
        """Yield the views of all subjects, or of one kind, in the order of their ids."""
        for vocabulary in VOCABULARIES.values():
            live = self._live(vocabulary)
            if live is None or kind not in (None, vocabulary.kind):
                continue
            if self.as_of.is_now:
                found = (self._in_time(subjects.view_of(body)) for _, body in self.reading.views.all(live[0]))
            else:
                found = (self._then(SubjectId(key)) for key in self.reading.views.collected_keys(live[0]))
            yield from (view for view in found if view is not None)

    def _then(self, id_: SubjectId) -> SubjectView | None:
        """Return the view that an id had; None when another id was shown in its place."""
        view = self.view(id_)
        return view if view is not None and view.id == id_ else None

    def _kept(self, build: Build, id_: SubjectId) -> SubjectView | None:
        """Return the view after the event at a position, if it was shown under this id, and is all that is asked for.

        What had been published by a day, or held on one, was not kept for every day, and is worked out. So is a view that its
        time has overtaken: on the day of the event at that position a pin had ended, or a future date had come.
        """
        if self.as_of.known_at is None or self.as_of != AsOf(known_at=self.as_of.known_at):
            return None
        body = self.reading.past.at(build, id_, self.as_of.known_at)
        view = subjects.view_of(body) if body else None
        return view if view is not None and self._is_in_time(view) else None

    def judged(self, heard: Heard) -> SubjectView | None:
        """Return the view that follows from what is heard."""
        view = subjects.judge(
            heard.vocabulary, heard.id, heard.parts, heard.policy, published_by=self.published_by, on=heard.on
        )
        if view is None or self.as_of.valid_at is None:
            return view
        return states.on_day(view, heard.said, heard.policy, self.as_of.valid_at)

    def _in_time(self, view: SubjectView) -> SubjectView | None:
        """Return a stored view, judged anew if it rests on a document that is dated in the future, or a pin has ended."""
        return view if self._is_in_time(view) else self.judged(self.heard(view.id))

    def _is_in_time(self, view: SubjectView) -> bool:
        early = all(held.published_on <= self.published_by for values in view.attributes.values() for held in values)
        return early and (view.right_until is None or self.stands_on.isoformat() <= view.right_until)

    def _build(self, id_: str) -> tuple[Vocabulary, Build]:
        vocabulary = VOCABULARIES.get(id_.partition("/")[0])
        live = self._live(vocabulary) if vocabulary else None
        if vocabulary is None or live is None:
            raise NotFoundError("subject", id_)
        return vocabulary, live[0]

    def identify(self, name: str) -> SubjectId:
        """Return the id that an id, its unmistakable beginning, a name or an alias means.

        Raises NotFoundError with what comes near, or when a name means several.
        """
        # A name from a command line may hold bytes that are no UTF-8.
        name = name.encode("utf-8", "replace").decode()
        for candidate in (name, *(f"{kind}/{slug(name)}" for kind in VOCABULARIES)):
            vocabulary = VOCABULARIES.get(candidate.partition("/")[0])
            live = self._live(vocabulary) if vocabulary else None
            if live and self.reading.views.shows(live[0], candidate):
                return SubjectId(candidate)
            # Collected, not shown: it leads to another id, or nothing holds of it any more, but it has its past.
            if live and self.reading.views.knows(live[0], candidate):
                return SubjectId(families.gather(candidate, partial(self._collected, live[0])).id)
        views, builds = self.reading.views, self._builds()
        wanted = slug(name.rpartition("/")[2])
        same = [key for build in builds for key in views.named(build, wanted)]
        same = same or [key for build in builds for key in views.beginning(build, name.rstrip("…"), limit=_NEAR)]
        if len(same) == 1:
            return SubjectId(same[0])
        near = same or [key for build in builds for key in views.resembling(build, wanted, limit=_NEAR)]
        hint = f"did you mean {', '.join(near[:_NEAR])}?" if near else "`tracker status` lists what is known"
        raise NotFoundError("subject", name, hint)

    def _builds(self) -> list[Build]:
        found = (self._live(vocabulary) for vocabulary in VOCABULARIES.values())
        return [live[0] for live in found if live is not None]


_NEAR = 5
