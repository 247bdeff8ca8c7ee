"""Why a value holds: the claim that won, its sentence, the rules, and every claim that lost with the reason."""

from collections.abc import Mapping, Sequence

from tracker.domain import resolution, standing
from tracker.domain.asof import AsOf
from tracker.domain.policy import Policy, state_day, weigh
from tracker.domain.said import Loser, Resolved, Said
from tracker.domain.slots import Slot
from tracker.domain.vocabulary import Vocabulary
from tracker.errors import NotFoundError
from tracker.projections import subjects
from tracker.services import answers
from tracker.services.query import Query, check_attribute
from tracker.services.quotes import Quotes
from tracker.store.store import Store

MEANINGS: Mapping[str, str] = {
    "R0_ELIGIBLE": "values that a document itself calls old are set aside",
    "R2_ACTUAL": "what has happened beats every plan",
    "R3_EFFECTIVE_DATE": "the newest claim wins, counted from its effective date",
    "R4_TIE": "equally new: the better source, then the narrower value, then more origins",
    "R5_REFINE": "a narrower value inside the winning one is shown",
    "R6_DENIAL": "a denied value ranks below every other",
    "TRANSITIONS": "states are walked in the order of their dates, and impossible steps are held back",
}


class Explain:
    """Tells why."""

    def __init__(self, store: Store, query: Query, policy: Policy) -> None:
        self._store, self._query, self._policy = store, query, policy

    def attribute(self, name: str, attribute: str) -> answers.Explanation:
        """Return the reasons for every value of one attribute of a subject, by its id, name or alias.

        Raises NotFoundError when nothing is said of it, ConfigError for an attribute that its kind does not have.
        """
        with self._store.reading() as reading:
            id_ = self._query.identify(reading, name)
            heard = self._query.heard(reading, id_, AsOf())
            check_attribute(heard.vocabulary, attribute)
            slots = {s: c for s, c in subjects.by_slot(heard.said).items() if s.attribute == attribute}
            view = reading.views.get(heard.build, id_)
            if not slots or view is None:
                raise NotFoundError("value", f"{id_} {attribute}", "no document says anything of it")
            every = [said for claims in slots.values() for said in claims]
            quotes = Quotes(reading, ((s.document.id, s.document.version) for s in every))
            shown = subjects.view_of(view)
        explained = [
            self._slot(heard.vocabulary, slot, claims, quotes)
            for slot, claims in sorted(slots.items(), key=lambda pair: pair[0].order)
        ]
        values = tuple(one for one in explained if one is not None)
        return answers.Explanation(id_, shown.name, attribute, values, self._policy.version, shown.updated_position)

    def _slot(
        self, vocabulary: Vocabulary, slot: Slot, claims: Sequence[Said], quotes: Quotes
    ) -> answers.Explained | None:
        held = list(subjects.steps(vocabulary, slot, claims, self._policy))
        if not held:
            return None
        resolved: Resolved = held[-1][1]
        type_ = vocabulary.attributes[slot.attribute].type
        if type_ == "status":
            losers: Sequence[Loser] = standing.walk(claims, self._policy, vocabulary).losers
        else:
            losers = resolution.losers(resolved, claims, self._policy, dates=type_ == "date")
        winner = resolved.winner
        supporting = sorted((s for s in resolved.supporters if s is not winner), key=lambda s: s.order, reverse=True)
        state = type_ == "status"
        return answers.Explained(
            value=winner.claim.value,
            by=winner.claim.by,
            contested=resolved.contested,
            origins=resolved.origins,
            winner=self._witness(winner, quotes, state=state),
            rules=tuple(answers.Rule(code, MEANINGS[code]) for code in resolved.rules),
            supporting=tuple(self._witness(s, quotes, state=state) for s in supporting),
            losing=tuple(
                self._witness(x.said, quotes, state=state, loser=x)
                for x in sorted(losers, key=lambda x: x.said.order, reverse=True)
            ),
        )

    def _witness(self, said: Said, quotes: Quotes, *, state: bool, loser: Loser | None = None) -> answers.Witness:
        version = (said.document.id, said.document.version)
        weighed = weigh(said, self._policy, state_on=state_day(said) if state else None)
        return answers.Witness(
            claim_id=said.claim.id,
            document_id=said.document.public_id,
            publisher=said.document.publisher,
            url=said.document.url,
            published=said.document.published,
            published_basis=said.document.published_basis,
            value=said.claim.value,
            modality=said.claim.modality,
            by=said.claim.by,
            evidence=quotes.quote(version, said.claim.evidence),
            sentence=quotes.sentence(version, said.claim.evidence),
            effective_on=weighed.effective_on.isoformat(),
            penalties=tuple({"reason": p.reason, "days": p.days} for p in weighed.penalties),
            code=loser.code if loser else None,
            reason=loser.reason if loser else None,
        )
