"""Why a value holds: the claim that won, its sentence, the rules, and every claim that lost with the reason."""

from collections.abc import Mapping, Sequence

import msgspec

from tracker.domain import states
from tracker.domain.asof import AsOf
from tracker.domain.fragment import text_fragment
from tracker.domain.policy import Policy, state_day, weigh
from tracker.domain.said import Loser, Said
from tracker.domain.slots import Slot
from tracker.domain.view import Held, SubjectView
from tracker.errors import NotFoundError
from tracker.projections import subjects
from tracker.services.queries import answers
from tracker.services.queries.look import Heard, Look
from tracker.services.queries.query import Query, check_attribute
from tracker.services.queries.quotes import Quotes

MEANINGS: Mapping[str, str] = {
    "R0_ELIGIBLE": "what was retracted, read with too little confidence, or is called old by its own document is set aside",
    "R1_PIN": "a curator has fixed the value, whatever documents say",
    "R2_ACTUAL": "what has happened beats every plan",
    "R3_EFFECTIVE_DATE": "the newest claim wins, counted from its effective date",
    "R4_TIE": "equally new: the better source, then the narrower value, then more origins",
    "R5_REFINE": "a narrower value inside the winning one is shown",
    "R6_DENIAL": "a denied value ranks below every other",
    "R7_UNKNOWN": "nothing is left that could hold",
    "TRANSITIONS": "states are walked in the order of their dates, and impossible steps are held back",
    "VALID_AT": "only states that had begun by the day that is asked for",
    "TERM_OVER": "the term of an agreement has run out; concluded from its date, said by nobody",
}


class Explain:
    """Tells why."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def attribute(self, name: str, attribute: str, *, as_of: AsOf | None = None) -> answers.Explanation:
        """Return the reasons for every value of one attribute of a subject, by its id, name or alias.

        Raises NotFoundError when nothing is, or was, said of it, ConfigError for an attribute that its kind does not have.
        """
        with self._query.looking(as_of) as look:
            heard = look.heard(look.identify(name))
            check_attribute(heard.vocabulary, attribute)
            view = look.view(heard.id)
            slots = _slots(look, heard, view, attribute) if view else {}
            if not slots or view is None:
                raise NotFoundError("value", f"{heard.id} {attribute}", "no document says anything of it")
            every = [said for claims in slots.values() for said in claims]
            terms = view.attributes.get("expiry_date", ())
            versions = {(s.document.id, s.document.version) for s in every}
            quotes = Quotes(look.reading, versions | {(t.document, t.document_version) for t in terms})
        explained = [
            self._slot(view, heard, slot, slots[slot], quotes, dated=look.as_of.valid_at is not None)
            for slot in sorted(slots, key=lambda slot: slot.order)
        ]
        values = tuple(one for one in explained if one is not None)
        return answers.Explanation(heard.id, view.name, attribute, values, heard.policy.version, view.updated_position)

    def _slot(
        self, view: SubjectView, heard: Heard, slot: Slot, claims: Sequence[Said], quotes: Quotes, *, dated: bool
    ) -> answers.Explained | None:
        resolved = subjects.final(heard.vocabulary, slot, claims, heard.policy, on=heard.on)
        if resolved is None:
            return None
        state = heard.vocabulary.attributes[slot.attribute].type == "status"
        losers = subjects.losers(heard.vocabulary, slot, claims, heard.policy, resolved)
        winner = resolved.winner
        supporting = sorted((s for s in resolved.supporters if s is not winner), key=lambda s: s.order, reverse=True)
        shown = _shown(view, slot, winner)
        made = answers.Explained(
            value=winner.claim.value,
            by=winner.claim.by,
            since=resolved.since,
            contested=resolved.contested,
            inferred=shown is not None and shown.inferred,
            act=shown.act if shown else None,
            origins=resolved.origins,
            winner=self._witness(winner, quotes, heard.policy, state=state),
            rules=tuple(_rule(code) for code in (*resolved.rules, *(["VALID_AT"] if state and dated else []))),
            supporting=tuple(self._witness(s, quotes, heard.policy, state=state) for s in supporting),
            losing=tuple(
                self._witness(x.said, quotes, heard.policy, state=state, loser=x)
                for x in sorted(losers, key=lambda x: x.said.order, reverse=True)
            ),
        )
        return self._over(view, heard, made, quotes) if state and dated else made

    def _over(self, view: SubjectView, heard: Heard, made: answers.Explained, quotes: Quotes) -> answers.Explained:
        """Return the state, or why it is taken to be over: the term that was agreed has run out."""
        (held,) = view.attributes["status"]
        if held.value == made.value:
            return made
        term = next(s for s in heard.said if s.claim.id == held.claim_id)
        lost = msgspec.structs.replace(
            made.winner, code="TERM_OVER", reason=f"its term, {term.claim.value}, has run out"
        )
        return msgspec.structs.replace(
            made,
            value=held.value,
            since=held.since,
            inferred=True,
            winner=self._witness(term, quotes, heard.policy, state=False),
            rules=(*made.rules, _rule("TERM_OVER")),
            supporting=(),
            losing=(lost, *made.losing),
        )

    def _witness(
        self, said: Said, quotes: Quotes, policy: Policy, *, state: bool, loser: Loser | None = None
    ) -> answers.Witness:
        version, evidence = (said.document.id, said.document.version), said.claim.evidence
        begun = state_day(said) if state else None
        weighed = weigh(said, policy, state_on=begun)
        sentence, url = quotes.sentence(version, evidence), said.document.url
        return answers.Witness(
            claim_id=said.claim.id,
            document_id=said.document.public_id,
            publisher=said.document.publisher,
            origin=said.origin,
            url=url,
            link=text_fragment(url, sentence.before, sentence.quote, sentence.after) if url and sentence else None,
            published=said.document.published,
            published_basis=said.document.published_basis,
            value=said.claim.value,
            modality=said.claim.modality,
            by=said.claim.by,
            evidence=quotes.quote(version, evidence),
            sentence=sentence,
            superseded=said.claim.superseded,
            counted_from=(begun or said.document.published_on).isoformat(),
            effective_on=weighed.effective_on.isoformat(),
            penalties=tuple({"reason": p.reason, "days": p.days} for p in weighed.penalties),
            code=loser.code if loser else None,
            reason=loser.reason if loser else None,
            act=said.act,
        )


def _rule(code: str) -> answers.Rule:
    return answers.Rule(code, MEANINGS[code])


def _slots(look: Look, heard: Heard, view: SubjectView, attribute: str) -> Mapping[Slot, Sequence[Said]]:
    """What is said of an attribute, by what competes; of states only of those that had begun by the day asked for."""
    said, valid_at = heard.said, look.as_of.valid_at
    if attribute == "status" and valid_at is not None:
        said = states.told_of(view, said, valid_at)
    return {slot: claims for slot, claims in subjects.by_slot(said).items() if slot.attribute == attribute}


def _shown(view: SubjectView, slot: Slot, winner: Said) -> Held | None:
    return next((h for h in view.attributes.get(slot.attribute, ()) if h.claim_id == winner.claim.id), None)
