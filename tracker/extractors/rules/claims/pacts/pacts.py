"""Agreements: their type, their parties and what they are about."""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.pacts.anniversaries import anniversary_facts
from tracker.extractors.rules.claims.pacts.memberships import member_facts, statement_facts
from tracker.extractors.rules.claims.pacts.purposes import about, covered
from tracker.extractors.rules.claims.pacts.signatories import owns_next, party_fact, signer_facts
from tracker.extractors.rules.claims.pacts.signings import signing_facts
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id, written_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read, joined_items
from tracker.extractors.rules.claims.telling.topics import Topics
from tracker.extractors.rules.subjects.page.particulars import MAKES_UP


def pact_facts(scene: Scene, line: Line, reads: Sequence[Read], pair: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield type, parties and subject of the agreements in a sentence; `pair` is who "the two agencies" are."""
    if "agreement" not in scene.kinds:
        return
    pacts = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "agreement"]
    for item in pacts:
        subject = scene.subjects[item.subject]
        party = any(o.start == item.start and o.end == item.end for o in line.of("org"))  # "memoranda with A and B"
        type_ = _type(subject.name if party else scene.document.text[item.start : item.end], subject.type)
        type_ = type_ or (subject.type if subject.type in _BY_VERB else None)
        if type_ and item.mention and item.mention.form != "anaphor":
            start, end = stretch(line, [(item.first, min(item.last, item.first + 10))])
            yield Fact(item.subject, "type", type_, "actual", start, end, line.number, 0.84, cue="type")
        yield from _named_parties(scene, line, item)
        yield from _told_parties(scene, line, item)
        yield from about(scene, line, item)
    yield from anniversary_facts(scene, line, pacts)
    yield from signing_facts(scene, line, reads, pacts)
    yield from member_facts(scene, line, topics, pacts)
    yield from statement_facts(scene, line, topics, pacts)
    yield from _met_to_sign(scene, line, pacts)
    yield from signer_facts(scene, line, reads, pair)
    if not pacts:
        yield from covered(scene, line, topics)


_BY_VERB = ("contract", "partnership")
"""Types that a verb tells too: "has contracted B to build", "has teamed up with B"."""
_TYPE_WORDS = {
    "mou": ("memorandum", "mou", "memoranda"), "arrangement": ("arrangement",), "agreement": ("agreement", "pact", "deal", "nda", "protocol"), "contract": ("contract",),
    "joint_statement": ("statement", "declaration", "communique"), "letter_of_intent": ("letter", "loi", "of intent"), "accord": ("accord", "accords"), "treaty": ("treaty",),
    "partnership": ("partnership", "initiative", "alliance"), "project": ("project", "programme", "program"), "implementing_arrangement": ("implement",),
}  # fmt: skip


def _type(written: str, type_: str | None) -> str | None:
    """The type that the words themselves carry; a vision or a framework has none."""
    folded = written.lower()
    if re.search(r"\bimplement\w+ (?:arrangement|agreement|protocol)", folded):
        return "implementing_arrangement"
    return type_ if type_ and any(word in folded for word in _TYPE_WORDS.get(type_, ())) else None


def _told_parties(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """The parties that the search for subjects found in the name or its sentence, as the document writes them."""
    if item.mention is None or item.mention.form == "anaphor":
        return
    start, end = stretch(line, [(item.first, min(item.last, item.first + 10))])
    subject, orgs = scene.subjects[item.subject], list(line.of("org"))
    owners = {o.id for o in orgs if owns_next(scene, line, o, orgs)}
    for id_ in subject.parties:
        if id_ in owners:
            continue
        name = written_name(scene, id_)
        if name and (subject.catalog_id is None or _says(scene, line, item, id_)):
            yield Fact(item.subject, "party", name, "actual", start, end, line.number, 0.72, value_id=id_, cue="name")


def _says(scene: Scene, line: Line, item: Item, id_: str) -> bool:
    """Whether the sentence names a party that the catalog knows: its own name does, or another word beside it."""
    entry = scene.catalog.countries.get(id_)
    written = scene.document.text[item.start : item.end]
    names = (*entry.names, entry.adjective) if entry else ()
    return any(re.search(rf"\b{re.escape(name)}\b", written) for name in names) or any(
        scene.catalog.country_of(party_id(scene, org) or "") == id_ for org in line.of("org")
    )


def _named_parties(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """Between A and B, with C: in the name of the agreement or right behind it."""
    words = line.words
    orgs = list(line.of("org"))
    inside = [o for o in orgs if item.first <= o.first and o.last <= item.last]
    for org in inside:
        before = next((w for w in reversed(words[: org.first]) if w != "the"), "")
        if owns_next(scene, line, org, orgs):
            continue
        if (
            before in ("between", "and", "with", "of", "among", ",", "-")
            or org.first == item.first
            or words[org.last : org.last + 1] == ("-",)
        ):
            yield party_fact(scene, line, item.subject, org, 0.8, (item.first, item.first + 3))
    for org in orgs:
        if org.first < item.last:
            continue
        gap = [w for w in words[item.last : org.first] if w not in ("the", "(", ")")]
        if _makes_up(gap):
            for one in joined_items(line, org, orgs):
                yield party_fact(scene, line, item.subject, one, 0.74, (item.first, item.last))
            break
        if len(gap) > 14 or any(w in _NEW_CLAUSE for w in gap):
            break
        several = gap == ["of"] and len(joined_items(line, org, orgs)) > 1  # "a tripartite agreement of A, B and C"
        if (
            gap
            and (gap[-1] in ("between", "with", "among", "binding", "linking") or several or gap == ["to"])
            and not any(w in (".", ";") for w in gap)
        ):
            if owns_next(scene, line, org, orgs):
                org = next(o for o in orgs if o.first > org.first)  # noqa: PLW2901  (whose it is stands for it)
            for one in joined_items(line, org, orgs):
                yield party_fact(scene, line, item.subject, one, 0.8 - 0.015 * len(gap), (item.first, item.last))
            break


def _makes_up(gap: Sequence[str]) -> bool:
    """Whether those who follow are whom the agreement is made of: "The pact, which involves A, B and C"."""
    told = [w for w in gap if w not in (",", "which", "that", "will", "would", "also", "already")]
    return told in (["brings", "together"], ["bring", "together"], ["bringing", "together"]) or (
        len(told) == 1 and told[0] in MAKES_UP
    )


_NEW_CLAUSE = frozenset(("will", "would", "is", "are", "has", "have", "can", "could", "may", "might", "which", "that"))


def _met_to_sign(scene: Scene, line: Line, pacts: Sequence[Item]) -> Iterator[Fact]:
    """Two who met are the parties of what was signed or stated as they did, where the sentence names no others."""
    if len(pacts) != 1 or "meeting" not in scene.kinds:
        return
    meetings = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "meeting"]
    parties = scene.subjects[meetings[0].subject].parties if len({m.subject for m in meetings}) == 1 else ()
    outside = [o for o in line.of("org") if not any(m.first <= o.first < m.last for m in meetings)]
    if len(parties) != 2 or outside or scene.subjects[pacts[0].subject].parties:
        return
    start, end = stretch(line, [(meetings[0].first, meetings[0].last)])
    for id_ in parties:
        entry = scene.catalog.countries.get(id_) or scene.catalog.organisations.get(id_)
        if entry is not None:
            yield Fact(
                pacts[0].subject, "party", entry.name, "actual", start, end, line.number, 0.62, value_id=id_, cue="met",
            )  # fmt: skip


def update_pair(line: Line, pair: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return whom "the two agencies" would mean after this sentence: its last list of two or more, else its last two."""
    orgs = [o for o in line.of("org") if o.known and o.known.form not in ("demonym", "adjective")]
    if len(orgs) < 2:
        return pair
    for org in reversed(orgs):
        group = list({o.id: o for o in joined_items(line, org, orgs)}.values())
        if len(group) == 2:
            return tuple(group)
    distinct = list({o.id: o for o in reversed(orgs)}.values())
    return tuple(distinct[:2]) if len(distinct) == 2 else pair
