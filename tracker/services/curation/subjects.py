"""Which subjects there are, and deciding that two ids mean one, or no longer do, and how a subject is called."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from tracker.domain.asof import AsOf
from tracker.domain.ids import SubjectId, slug
from tracker.domain.view import SubjectView
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import NotFoundError, RefusedError, WrongBasisError
from tracker.events.curation import SameAsJudged, SameAsWithdrawn, SubjectRenamed
from tracker.events.envelope import stream_name
from tracker.projections import families
from tracker.projections.decisions import decisions
from tracker.projections.families import Pair, Verdict, pair
from tracker.services.curation.desk import Decision, Desk, Did, Signed, basis_of, words
from tracker.services.queries.look import Look
from tracker.services.queries.query import Query


class SubjectLine(msgspec.Struct, frozen=True):
    """One subject: by which other ids and names it goes, and whether the catalog knows it."""

    id: SubjectId
    kind: str
    name: str
    aliases: tuple[str, ...]
    other_ids: tuple[SubjectId, ...]
    discovered: bool
    renamed_by: str | None
    updated_position: int


class Proposal(msgspec.Struct, frozen=True):
    """Two ids that may mean one subject, since documents call the one by a name of the other."""

    left: SubjectId
    right: SubjectId
    name: str
    reason: str
    documents: tuple[str, ...]


class Subjects:
    """Lists subjects, and records what curators decide about who is who. `known` tells what the catalog knows."""

    def __init__(self, query: Query, desk: Desk, *, known: Callable[[SubjectId], bool]) -> None:
        self._query, self._desk, self._known = query, desk, known

    def every(self, *, kind: str | None = None, discovered: bool = False) -> list[SubjectLine]:
        """Return all subjects, or those of one kind, or those that no catalog knows, in the order of their ids."""
        with self._query.looking() as look:
            lines = [self._line(look, view) for view in look.views(kind)]
        return [line for line in lines if line.discovered or not discovered]

    def _line(self, look: Look, view: SubjectView) -> SubjectLine:
        heard = look.heard(view.id)
        named = decisions(heard.parts).names.get(view.id)
        others = tuple(SubjectId(each) for each in heard.members if each != view.id)
        return SubjectLine(
            id=view.id,
            kind=view.kind,
            name=view.name,
            aliases=view.aliases,
            other_ids=others,
            discovered=not any(self._known(each) for each in (view.id, *others)),
            renamed_by=named[1].actor if named else None,
            updated_position=view.updated_position,
        )

    def proposed(self, *, kind: str | None = None) -> list[Proposal]:
        """Return the pairs of subjects that documents join by a name, and that nobody has judged."""
        with self._query.looking() as look:
            views = list(look.views(kind))
            called: dict[tuple[str, str], set[SubjectId]] = defaultdict(set)
            for view in views:
                for own in {slug(view.name), view.id.partition("/")[2]}:
                    called[view.kind, own].add(view.id)
            found: dict[Pair, Proposal] = {}
            for view in views:
                for alias in filter(_is_a_name, view.aliases):
                    for other in sorted(called[view.kind, slug(alias)] - {view.id}):
                        two = pair(view.id, other)
                        if two not in found and two not in _verdicts(look, view.id):
                            found[two] = _proposal(look, view, other, alias)
            return [found[two] for two in sorted(found)]

    def merge(self, left: str, right: str, signed: Signed, *, anyway: bool = False) -> Did:
        """Judge that two ids mean one subject; from now on the one leads to the other.

        The canonical id is one that the catalog knows, else the first in the order of letters. `anyway` replaces a judgement
        that the two are different. Raises RefusedError when such a judgement stands in the way.
        """

        def decide(look: Look) -> Decision:
            one, other = look.heard(look.identify(left)), look.heard(look.identify(right))
            if one.id == other.id:
                raise RefusedError(f"{left} and {right}", f"mean {one.id} already")
            if one.vocabulary.kind != other.vocabulary.kind:
                raise RefusedError(f"{one.id} and {other.id}", "are of two kinds, and cannot be one subject")
            at = _seen(look, one.id, other.id, signed)
            for two, verdict in (_verdicts(look, one.id) | _verdicts(look, other.id)).items():
                joins = set(two) <= {*one.members, *other.members} and not set(two) <= set(one.members)
                if not joins or verdict.event.verdict == "same" or (anyway and two == pair(one.id, other.id)):
                    continue
                said = f"{verdict.event.actor} judged {two[0]} and {two[1]} to be different: {verdict.event.reason}"
                hint = "; --anyway replaces that" if two == pair(one.id, other.id) else ""
                raise RefusedError(f"{one.id} and {other.id}", said + hint)
            known = tuple(each for each in pair(one.id, other.id) if self._known(each))
            return stream_name("subject", pair(one.id, other.id)[0]), SameAsJudged(
                left=pair(one.id, other.id)[0],
                right=pair(one.id, other.id)[1],
                verdict="same",
                actor=signed.actor,
                reason=signed.reason,
                basis_position=at,
                catalogued=known,
            )

        return self._desk.act(decide)

    def split(self, left: str, right: str, signed: Signed, *, different: bool = False) -> Did:
        """Take back that two ids mean one subject: both are again what they were.

        `different` judges them to be two, so that no other judgement can join them. Raises RefusedError for two that nobody
        has joined, or that are joined through others only.
        """

        def decide(look: Look) -> Decision:
            two = pair(_own_id(look, left), _own_id(look, right))
            at = _seen(look, *two, signed)
            members = look.heard(two[0]).members
            verdict = _verdicts(look, two[0]).get(two)
            place = stream_name("subject", two[0])
            act: dict[str, Any] = {
                "left": two[0],
                "right": two[1],
                "actor": signed.actor,
                "reason": signed.reason,
                "basis_position": at,
            }
            if different:
                if two[0] == two[1] or (verdict and verdict.event.verdict == "different"):
                    raise RefusedError(" and ".join(two), "are the same id" if two[0] == two[1] else "are judged so")
                known = tuple(each for each in two if self._known(each))
                return place, SameAsJudged(**act, verdict="different", catalogued=known)
            if two[0] == two[1] or two[1] not in members:
                raise RefusedError(" and ".join(two), "are not joined")
            if verdict is None:
                joints = sorted(f"{a} with {b}" for a, b in _verdicts(look, two[0]))
                raise RefusedError(" and ".join(two), f"are joined through others: split {', or '.join(joints)}")
            return place, SameAsWithdrawn(**act)

        return self._desk.act(decide)

    def rename(self, subject: str, name: str | None, signed: Signed) -> Did:
        """Show a subject under a name; None takes the name back, and that of its documents is shown."""

        def decide(look: Look) -> Decision:
            heard = look.heard(look.identify(subject))
            held = decisions(heard.parts).names.get(heard.id)
            at = basis_of(look, signed.basis)
            if decisions(look.at(AsOf(known_at=at)).heard(heard.id).parts).names.get(heard.id) != held:
                raise WrongBasisError(f"the name of {heard.id}", at)
            if name is None and held is None:
                raise RefusedError(heard.id, "has no name but that of its documents")
            return stream_name("subject", heard.id), SubjectRenamed(
                subject=heard.id,
                name=words("NAME", name) if name is not None else None,
                actor=signed.actor,
                reason=signed.reason,
                basis_position=at,
            )

        return self._desk.act(decide)


def _proposal(look: Look, view: SubjectView, other: SubjectId, alias: str) -> Proposal:
    documents = {
        said.document.public_id
        for said in look.heard(view.id).said
        if alias in (said.claim.entity, *said.claim.aliases)
    }
    reason = f"documents on {view.name} also call it {alias}, which is a name of {other}"
    return Proposal(*pair(view.id, other), alias, reason, tuple(sorted(documents)))


def _is_a_name(alias: str) -> bool:
    """Whether words name one thing: "the agreement" may be any."""
    return any(letter.isupper() or letter.isdigit() for letter in alias)


def _verdicts(look: Look, id_: SubjectId) -> dict[Pair, Verdict]:
    live = look.reading.views.live(VOCABULARIES[id_.partition("/")[0]].plural)
    if live is None:
        return {}
    collected = partial(look.reading.views.collected, live[0], up_to=look.as_of.known_at)
    return dict(families.verdicts(id_, collected))


def _seen(look: Look, left: SubjectId, right: SubjectId, signed: Signed) -> int:
    """The position that was looked at. Raises WrongBasisError when who goes with whom has been judged anew since."""
    at = basis_of(look, signed.basis)
    before = look.at(AsOf(known_at=at))
    for id_ in (left, right):
        if _verdicts(before, id_) != _verdicts(look, id_):
            raise WrongBasisError(f"what {id_} goes together with", at)
    return at


def _own_id(look: Look, name: str) -> SubjectId:
    """The id of a name, before it leads anywhere. Raises NotFoundError."""
    for candidate in _candidates(name):
        vocabulary = VOCABULARIES.get(candidate.partition("/")[0])
        live = look.reading.views.live(vocabulary.plural) if vocabulary else None
        if live and look.reading.views.knows(live[0], candidate):
            return SubjectId(candidate)
    raise NotFoundError("subject", name, "give the ids: `tracker subjects list` has them")


def _candidates(name: str) -> Iterator[str]:
    yield name
    for kind in VOCABULARIES:
        yield f"{kind}/{slug(name)}"
