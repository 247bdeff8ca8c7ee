"""Lent parties: an agreement that the text tells without its parties is between those that it has just spoken of.

"ISRO and CNES go back a long way. A memorandum on tides was signed in 2007": nobody needs to be told whose it is.
"""

from collections.abc import Iterable, Iterator, Sequence

from tracker.extractors.rules.claims.pacts.pacts import update_pair
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id, party_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene

_CONFIDENCE = 0.56
_REACH = 2  # sentences between the two and the agreement, in one paragraph


def with_lent_parties(scene: Scene, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, and the two parties spoken of before for each agreement that has a status and no parties."""
    told = list(facts)
    has_party = {f.subject for f in told if f.attribute == "party"}
    has_status = {f.subject for f in told if f.attribute == "status"}
    bare = {
        number
        for number, subject in enumerate(scene.subjects)
        if subject.kind == "agreement" and not subject.catalog_id and number in has_status - has_party
    }
    return [*told, *_lent(scene, bare)] if bare else told


def _lent(scene: Scene, bare: set[int]) -> Iterator[Fact]:
    pair: tuple[Item, ...] = ()
    named = scene.lines[0]
    for line in scene.lines:
        after = update_pair(line, pair)
        if after != pair:
            pair, named = after, line
        for item in line.of("subject"):
            if item.subject in bare and item.mention is not None and item.mention.form != "anaphor":
                bare.discard(item.subject)
                near = line.paragraph == named.paragraph and line.number - named.number <= _REACH
                if near and _are_two_states(scene, pair):
                    yield from _parties(scene, line, item, pair)


def _are_two_states(scene: Scene, pair: Sequence[Item]) -> bool:
    """Whether the two are states, agencies or companies of the catalog, of two countries; an institute seldom signs for itself."""
    ids = [party_id(scene, org) or "" for org in pair]
    organisations = scene.catalog.organisations
    sign = all(
        id_ in scene.catalog.countries or (id_ in organisations and organisations[id_].kind != "institute")
        for id_ in ids
    )
    return sign and len({scene.catalog.country_of(id_) or id_ for id_ in ids}) == 2


def _parties(scene: Scene, line: Line, item: Item, pair: Sequence[Item]) -> Iterator[Fact]:
    start, end = stretch(line, [(item.first, min(item.last, item.first + 10))])
    for org in pair:
        yield Fact(
            item.subject, "party", party_name(scene, org), "actual", start, end, line.number, _CONFIDENCE,
            value_id=party_id(scene, org), cue="lent",
        )  # fmt: skip
