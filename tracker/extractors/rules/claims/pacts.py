"""Agreements: their type, their parties and what they are about."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.anniversaries import anniversary_facts
from tracker.extractors.rules.claims.attach import Read, joined_items
from tracker.extractors.rules.claims.clauses import PREPOSITIONS
from tracker.extractors.rules.claims.evidence import stretch
from tracker.extractors.rules.claims.fact import Fact
from tracker.extractors.rules.claims.naming import party_id, party_name, written_name
from tracker.extractors.rules.claims.purposes import about, covered
from tracker.extractors.rules.claims.scene import Item, Line, Scene
from tracker.extractors.rules.claims.signings import signing_facts
from tracker.extractors.rules.claims.topics import Topics, current

_BOTH = frozenset(
    (
        "both",
        "two",
        "sides",
        "parties",
        "partners",
        "agencies",
        "countries",
        "governments",
        "organisations",
        "nations",
        "companies",
    )
)


def pact_facts(scene: Scene, line: Line, reads: Sequence[Read], pair: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield type, parties and subject of the agreements in a sentence; `pair` is who "the two agencies" are."""
    if "agreement" not in scene.kinds:
        return
    pacts = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "agreement"]
    for item in pacts:
        subject = scene.subjects[item.subject]
        party = any(o.start == item.start and o.end == item.end for o in line.of("org"))  # "memoranda with A and B"
        type_ = _type(subject.name if party else scene.document.text[item.start : item.end], subject.type)
        if type_ and item.mention and item.mention.form != "anaphor":
            start, end = stretch(line, [(item.first, min(item.last, item.first + 10))])
            yield Fact(item.subject, "type", type_, "actual", start, end, line.number, 0.84, cue="type")
        yield from _named_parties(scene, line, item)
        yield from _told_parties(scene, line, item)
        yield from about(scene, line, item)
    yield from anniversary_facts(scene, line, pacts)
    yield from signing_facts(scene, line, reads, pacts)
    yield from _members(scene, line, topics, pacts)
    yield from _met_to_sign(scene, line, pacts)
    yield from _signers(scene, line, reads, pair)
    if not pacts:
        yield from covered(scene, line, topics)


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


def _party(scene: Scene, line: Line, subject: int, org: Item, confidence: float, wish: tuple[int, int]) -> Fact:
    start, end = stretch(line, [(org.first, org.last)], [wish])
    return Fact(
        subject,
        "party",
        party_name(scene, org),
        "actual",
        start,
        end,
        line.number,
        confidence,
        value_id=party_id(scene, org),
        cue="party",
    )


def _told_parties(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """The parties that the search for subjects found in the name or its sentence, as the document writes them."""
    if item.mention is None or item.mention.form == "anaphor":
        return
    start, end = stretch(line, [(item.first, min(item.last, item.first + 10))])
    subject, orgs = scene.subjects[item.subject], list(line.of("org"))
    owners = {o.id for o in orgs if _owns_next(scene, line, o, orgs)}
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
        before = words[org.first - 1] if org.first else ""
        if _owns_next(scene, line, org, orgs):
            continue
        if (
            before in ("between", "and", "with", "of", "among", ",", "the", "-")
            or org.first == item.first
            or words[org.last : org.last + 1] == ("-",)
        ):
            yield _party(scene, line, item.subject, org, 0.8, (item.first, item.first + 3))
    for org in orgs:
        if org.first < item.last:
            continue
        gap = [w for w in words[item.last : org.first] if w not in ("the", "(", ")")]
        if len(gap) > 14 or any(w in _NEW_CLAUSE for w in gap):
            break
        several = gap == ["of"] and len(joined_items(line, org, orgs)) > 1  # "a tripartite agreement of A, B and C"
        if (
            gap
            and (gap[-1] in ("between", "with", "among", "binding", "linking") or several)
            and not any(w in (".", ";") for w in gap)
        ):
            if _owns_next(scene, line, org, orgs):
                org = next(o for o in orgs if o.first > org.first)  # noqa: PLW2901  (whose it is stands for it)
            for one in joined_items(line, org, orgs):
                yield _party(scene, line, item.subject, one, 0.8 - 0.015 * len(gap), (item.first, item.last))
            break


_NEW_CLAUSE = frozenset(("will", "would", "is", "are", "has", "have", "can", "could", "may", "might", "which", "that"))


def _signers(scene: Scene, line: Line, reads: Sequence[Read], pair: Sequence[Item]) -> Iterator[Fact]:
    """Who signs: the subject of the verb, and those that follow "by", "with" and "between"."""
    orgs = list(line.of("org"))
    for read in reads:
        if read.cue.kind != "agreement" or not read.subjects or read.reading.modality == "denied":
            continue
        wish = (read.match.first, read.match.last)
        signers = _groups(scene, line, read, orgs) if read.cue.doer == "party" or read.cue.id == "went-to" else []
        spans = {(o.start, o.end) for o in orgs}
        whose = {i.start: i.subject for i in line.of("subject") if (i.start, i.end) in spans}
        for subject in read.subjects:
            for org in signers:
                if org.known and org.known.form in ("demonym", "adjective") and not _of_people(line, org):
                    continue
                if whose.get(org.start, subject) != subject:
                    continue  # of "memoranda with A and B", A's is not B's
                yield _party(scene, line, subject, org, 0.78 - 0.06 * read.cost, wish)
            if not signers and not scene.subjects[subject].catalog_id and _says_both(line, read):
                start, end = stretch(line, [wish])
                for id_, name in _both(scene, line, pair).items():
                    yield Fact(
                        subject, "party", name, "actual", start, end, line.number, 0.68, value_id=id_, cue="both",
                    )  # fmt: skip


_ASIDE = (["under"], ["in"], ["at"], ["from"], ["with"], ["by"], ["for"], ["to"], ["near"])


def _groups(scene: Scene, line: Line, read: Read, orgs: Sequence[Item]) -> list[Item]:
    """The parties on both sides of a verb of signing; those who sign for somebody are passed over for whom they stand for."""
    found: list[Item] = []
    by = False
    for org in orgs:
        if (
            _is_part_of(line, org)
            or scene.document.text.startswith("-based", org.end)
            or _owns_next(scene, line, org, orgs)
        ):
            continue
        if org.last <= read.match.first:
            aside = (
                org.first > 0
                and [w for w in line.words[max(0, org.first - 2) : org.first] if w != "the"][-1:] in _ASIDE
            )
            if read.reading.voice == "active" and not aside and line.between(org.last, read.reading.first) < 1.9:
                found += joined_items(line, org, orgs)
            continue
        gap = [w for w in line.words[read.match.last : org.first] if w not in ("the", "(", ")", "a")]
        by = by or (bool(gap) and gap[-1] == "by") or ("by" in gap[:4] and read.reading.voice == "passive")
        if any(w in ("which", "that", "who", "will", "would") for w in gap):
            break
        handed = read.cue.id in ("awarded", "went-to")
        givers = ("by", "between", "with", "from", "to") if handed else ("by", "between", "with")
        if (gap and gap[-1] in givers and len(gap) < 22) or (handed and not gap):
            found += joined_items(line, org, orgs)
        elif by and gap and gap[-1] in ("of", "for", "from") and len(gap) < 40 and ";" not in gap:
            found.append(org)
    return [o for o in dict.fromkeys(found) if not _is_part_of(line, o) and not _owns_next(scene, line, o, orgs)]


def _both(scene: Scene, line: Line, pair: Sequence[Item]) -> dict[str | None, str]:
    """Return who "both sides" are, by id: the pair before them, of states the countries of the pair or those spoken of most."""
    if not any(w in _STATES for w in line.words):
        return {party_id(scene, org): party_name(scene, org) for org in pair}
    countries = scene.catalog.countries
    states = list(
        dict.fromkeys(c for org in pair if not _is_firm(scene, org) and (c := org.country or org.id) in countries)
    )
    if len(states) != 2:
        spoken = Counter(c for one in scene.lines for org in one.of("org") if (c := org.country or org.id) in countries)
        most = spoken.most_common(3)
        clear = len(most) == 2 or (len(most) > 2 and most[1][1] > most[2][1])
        states = (
            [id_ for id_, _ in most[:2]] if clear else list(dict.fromkeys((*states, *(id_ for id_, _ in most))))[:2]
        )
    return {id_: countries[id_].name for id_ in states} if len(states) == 2 else {}


_PARTS = frozenset(
    (
        "subsidiary",
        "arm",
        "unit",
        "part",
        "wing",
        "division",
        "branch",
        "affiliate",
        "member",
        "directorate",
        "spin-off",
    )
)


def _is_part_of(line: Line, org: Item) -> bool:
    """Whether the name only tells what another party belongs to: "a subsidiary of A", "the Flight Centre of A"."""
    front = [w for w in line.words[max(0, org.first - 5) : org.first] if w not in ("the", "(", ")")]
    if front[-1:] != ["of"]:
        return False
    other = next((o for o in line.of("org") if 0 < org.first - o.last <= 2 and line.words[o.last] == "of"), None)
    return (front[-2:-1] != [] and front[-2] in _PARTS) or (other is not None and other.id != org.id)


_STATES = frozenset(("governments", "countries", "nations", "allies", "states", "neighbours", "neighbors", "capitals"))


def _is_firm(scene: Scene, org: Item) -> bool:
    entry = scene.catalog.organisations.get(org.id)
    return entry is not None and entry.kind == "company"


def _owns_next(scene: Scene, line: Line, org: Item, orgs: Sequence[Item]) -> bool:
    """Whether this only tells whose the next one is: "China's CNSA", "Spain's Sateliot"."""
    if org.id in scene.catalog.countries and any(o.first == org.last for o in orgs):
        return True  # "US National Reconnaissance Office"
    if line.words[org.last : org.last + 1] not in (("'s",), ("’s",)):
        return False
    owned = next((o for o in orgs if 0 < o.first - org.last <= _OWNED), None)
    gap = line.words[org.last + 1 : owned.first] if owned else ()
    return owned is not None and not any(w in PREPOSITIONS or w in (",", "and", "(", "-") for w in gap)


_OWNED = 4  # tokens from an owner to what it owns: "Japan 's space agency JAXA"


_MEMBERS = frozenset(
    ("members", "signatories", "partners", "parties", "participants", "states", "countries", "nations")
)
_ARE = frozenset(("are", "were", "include", "included", "being", ":", "including"))


def _members(scene: Scene, line: Line, topics: Topics, pacts: Sequence[Item]) -> Iterator[Fact]:
    """Whom an accord is made of, where a list tells: "The founding members are A, B and C"."""
    words = line.words
    if _MEMBERS.isdisjoint(words):
        return
    at = next((n + 1 for n, w in enumerate(words[:-2]) if w in _MEMBERS and words[n + 1] in _ARE), None)
    topic = current(line, topics, "agreement")
    subject = pacts[0].subject if pacts else topic.subject if topic is not None else None
    if at is None or subject is None:
        return
    orgs = [o for o in line.of("org") if o.first > at]
    listed = joined_items(line, orgs[0], orgs) if orgs and line.between(at, orgs[0].first) < _RIGHT_THERE else []
    if len(listed) > 2:
        for org in listed:
            yield _party(scene, line, subject, org, 0.7, (at, at + 1))


_RIGHT_THERE = 0.6


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


def _says_both(line: Line, read: Read) -> bool:
    """Whether "the two agencies", "both sides" or "we" is who signs, before the verb or after "by"."""
    front = line.words[max(0, read.reading.first - 4) : read.reading.first]
    behind = line.words[read.match.last : read.match.last + 6]
    return (
        (any(w in _BOTH for w in front[-3:]) and any(w in ("the", "both", "two") for w in front))
        or ("by" in behind and any(w in _BOTH for w in behind))
        or any(w in _BOTH for w in behind[:4])
    )


def update_pair(line: Line, pair: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return whom "the two agencies" would mean after this sentence: its last list of two or more, else its last two."""
    orgs = [o for o in line.of("org") if o.known and o.known.form not in ("demonym", "adjective")]
    for org in reversed(orgs):
        group = list({o.id: o for o in joined_items(line, org, orgs)}.values())
        if len(group) == 2:
            return tuple(group)
    distinct = list({o.id: o for o in reversed(orgs)}.values())
    return tuple(distinct[:2]) if len(distinct) == 2 else pair


def _of_people(line: Line, org: Item) -> bool:
    """In "the Japanese and Indian governments" the adjective stands for the state."""
    return any(
        w in ("government", "governments", "side", "sides", "authorities") for w in line.words[org.last : org.last + 3]
    )
