"""Who signs: the parties on both sides of a verb of signing, "both sides", and whom those who sign stand for."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.days.timing import listed
from tracker.extractors.rules.claims.scene.clauses import PREPOSITIONS
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id, party_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read, joined_items

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


def party_fact(scene: Scene, line: Line, subject: int, org: Item, confidence: float, wish: tuple[int, int]) -> Fact:
    """Return that an organisation is a party of an agreement, with its words and those of the wish as evidence."""
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


def signer_facts(scene: Scene, line: Line, reads: Sequence[Read], pair: Sequence[Item]) -> Iterator[Fact]:
    """Who signs: the subject of the verb, and those that follow "by", "with" and "between"."""
    orgs = list(line.of("org")) if reads else []
    for read in reads:
        told = read.cue.kind == "agreement" and read.subjects and read.reading.modality != "denied"
        if not told or line.words[read.match.last : read.match.last + 1] == ("that",):
            continue  # who announces that others signed is no party
        wish = (read.match.first, read.match.last)
        signers = _groups(scene, line, read, orgs) if read.cue.doer == "party" or read.cue.id == "went-to" else []
        spans = {(o.start, o.end) for o in orgs}
        whose = {i.start: i.subject for i in line.of("subject") if (i.start, i.end) in spans}
        for subject in listed(line, read) if read.cue.theme == "object" else read.subjects:
            if scene.subjects[subject].kind != "agreement":
                continue
            for org in signers:
                if org.known and org.known.form in ("demonym", "adjective") and not _of_people(line, org):
                    continue
                if whose.get(org.start, subject) != subject or _is_of_other_object(scene, line, read, subject, org):
                    continue  # of "memoranda with A and B", A's is not B's
                if _only_announces(scene, line, read, subject, org):
                    continue
                yield party_fact(scene, line, subject, org, 0.78 - 0.06 * read.cost, wish)
            if not signers and not scene.subjects[subject].catalog_id and _says_both(line, read):
                start, end = stretch(line, [wish])
                for id_, name in _both(scene, line, pair).items():
                    yield Fact(
                        subject, "party", name, "actual", start, end, line.number, 0.68, value_id=id_, cue="both",
                    )  # fmt: skip


def _is_of_other_object(scene: Scene, line: Line, read: Read, subject: int, org: Item) -> bool:
    """Whether a party behind the verb stands with another of several objects: "a statement with A and a letter with B"."""
    if org.first < read.match.last:
        return False
    objects = [
        i for i in line.of("subject") if i.first >= read.match.last and scene.subjects[i.subject].kind == "agreement"
    ]
    if len({i.subject for i in objects}) < 2:
        return False
    with_it = set()
    for one, after in itertools.zip_longest(objects, objects[1:]):
        stop = after.first if after else len(line.words)
        spoken = any(one.first < o.first < stop for o in line.of("org"))
        if spoken and {"with", "between"} & set(line.words[one.first : stop]):
            with_it.add(one.subject)
    owner = next((i.subject for i in reversed(objects) if i.first <= org.first), subject)
    return owner != subject and subject in with_it and owner in with_it


_ELSEWHERE = frozenset(("which", "that", "who", "will", "would", "talks", "negotiations", "discussions"))
"""Words behind which somebody else is spoken of than those who sign."""


_ANNOUNCES = ("announc", "unveil", "reveal", "disclos")


def _only_announces(scene: Scene, line: Line, read: Read, subject: int, org: Item) -> bool:
    """Whether it makes known what others have agreed: "ISRO announced an agreement between A and B"."""
    told = line.words[read.match.head].startswith(_ANNOUNCES)
    parties = scene.subjects[subject].parties
    return told and len(parties) > 1 and party_id(scene, org) not in parties


def signers(scene: Scene, line: Line, read: Read) -> list[Item]:
    """Return who signs by a verb of signing, in the order of the sentence; people and their adjectives are nobody."""
    found = _groups(scene, line, read, list(line.of("org")))
    return [o for o in found if not (o.known and o.known.form in ("demonym", "adjective")) or _of_people(line, o)]


_ASIDE = (["under"], ["in"], ["at"], ["from"], ["with"], ["by"], ["for"], ["to"], ["near"])


def _groups(scene: Scene, line: Line, read: Read, orgs: Sequence[Item]) -> list[Item]:
    """The parties on both sides of a verb of signing; those who sign for somebody are passed over for whom they stand for."""
    found: list[Item] = []
    by = False
    behalf = _stands_for(scene, line, read, orgs)
    if behalf is not None:
        return [behalf]
    nearest = _told_by_relative(line, read, orgs)
    for org in orgs:
        if nearest and org.last <= read.match.first and org not in nearest:
            continue
        if (
            _of_another(scene, line, read, org)
            or _is_part_of(line, org)
            or scene.document.text.startswith("-based", org.end)
            or owns_next(scene, line, org, orgs)
        ):
            continue
        if org.last <= read.match.first:
            aside = (
                org.first > 0
                and [w for w in line.words[max(0, org.first - 2) : org.first] if w != "the"][-1:] in _ASIDE
            )
            limit = _BEFORE_PRONOUN if _is_meant(line, org, read) else _BEFORE_VERB
            near = line.between(org.last, read.reading.first) < limit and not _only_speaks(line, org, read)
            if (read.reading.voice == "active" or _is_given(read)) and not aside and near:
                found += joined_items(line, org, orgs)
            continue
        gap = [w for w in line.words[read.match.last : org.first] if w not in ("the", "(", ")", "a")]
        if gap[-1:] == ["by"] and gap[-2:-1] and gap[-2] in _STAGED:
            continue  # "signed it at a ceremony hosted by A"
        by = by or (bool(gap) and gap[-1] == "by") or ("by" in gap[:4] and read.reading.voice == "passive")
        if any(w in _ELSEWHERE for w in gap):
            break
        handed = read.cue.id in ("awarded", "hired", "went-to")
        givers = ("by", "between", "with", "from", "to") if handed else ("by", "between", "with")
        if (gap and gap[-1] in givers and len(gap) < 22) or (handed and not gap):
            found += joined_items(line, org, orgs)
        elif by and gap and gap[-1] in ("of", "for", "from") and len(gap) < 40 and ";" not in gap:
            found.append(org)
    return [o for o in dict.fromkeys(found) if not _is_part_of(line, o) and not owns_next(scene, line, o, orgs)]


def _is_given(read: Read) -> bool:
    """Whether who stands in front of a passive receives the contract behind it: "it has been awarded a contract by A"."""
    return read.cue.id == "awarded" and read.item is not None and read.item.first > read.match.first


def _told_by_relative(line: Line, read: Read, orgs: Sequence[Item]) -> list[Item]:
    """Return whom a relative clause tells of: in "built by A, for B and C, which signed …" B and C."""
    first = read.reading.first
    if not first or line.words[first - 1] not in ("which", "who"):
        return []
    last = next((o for o in reversed(orgs) if 0 <= first - 1 - o.last <= 1), None)
    return joined_items(line, last, orgs) if last is not None else []


_STAGED = frozenset(("hosted", "organised", "organized", "witnessed", "attended", "sponsored", "held", "arranged"))


def _stands_for(scene: Scene, line: Line, read: Read, orgs: Sequence[Item]) -> Item | None:
    """Return for whom somebody signs: "the secretary of A, who also chairs B, signed on Monday for C", "signed it on behalf of C"."""
    if read.reading.voice != "active" or read.cue.id != "signed":
        return None
    for org in orgs:
        gap = [w for w in line.words[read.match.last : org.first] if w not in ("the", "government", "republic")]
        if gap[-3:] == ["on", "behalf", "of"] or gap[-3:] == ["behalf", "of", "of"]:
            states = any(scene.subjects[i].type in _OF_STATES for i in read.subjects)
            return org if states and len(gap) <= _BEHALF else None
        if org.first >= read.match.last and gap[-1:] == ["for"] and len(gap) <= _DAY_AND_FOR and read.item is None:
            return org
    return None


_OF_STATES = ("accord", "treaty")  # what states join; of a memorandum, the agency whose head signs it is the party
_BEHALF = 24  # words between the verb and on whose behalf
_DAY_AND_FOR = 4  # words between the verb and for whom: "on Monday morning for"


def _of_another(scene: Scene, line: Line, read: Read, org: Item) -> bool:
    """Whether an organisation belongs to another item of a list: it stands behind a semicolon or in another agreement's name."""
    low, high = sorted((org.first, read.match.first))
    if ";" in line.words[low:high]:
        return True
    return any(
        i.first <= org.first < i.last and i.subject not in read.subjects and (i.first, i.last) != (org.first, org.last)
        for i in line.of("subject")
        if scene.subjects[i.subject].kind == "agreement" and i.mention is not None and i.mention.form != "anaphor"
    )


_BEFORE_VERB = 1.9  # the dearest way from a signer to the verb


_BEFORE_PRONOUN = 3.0  # the same where a pronoun takes the signer up


def _is_meant(line: Line, org: Item, read: Read) -> bool:
    """Whether a pronoun takes a speaker up: "A announced on Monday that it has signed"."""
    told = line.words[max(0, read.reading.first - 2) : read.reading.first]
    return (
        told in (("that", "it"), ("that", "they"), ("said", "it"), ("said", "they"), ("says", "it"))
        and org.last < read.reading.first
    )


def _only_speaks(line: Line, org: Item, read: Read) -> bool:
    """Whether it only tells of others: "the agency said that A and B signed"; not "the text that A and B signed"."""
    behind = line.words[org.last : read.reading.first - 1]
    if "that" not in behind or _is_meant(line, org, read):
        return False
    told = {*line.words[max(0, org.first - 2) : org.first], *behind[: behind.index("that")]}
    return bool(_SPEAKS & told)  # "NASA said that A signed", "told NASA on Monday that A leaves"


_SPEAKS = frozenset(
    (
        "said",
        "says",
        "announced",
        "informed",
        "confirmed",
        "reported",
        "revealed",
        "told",
        "reports",
        "disclosed",
        "added",
        "noted",
        "notified",
    )
)


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
    if line.words[max(0, org.first - 1) : org.first] == ("(",):  # an acronym is what its name is
        full = next((o for o in line.of("org") if o.last == org.first - 1 and o.id == org.id), None)
        return full is not None and _is_part_of(line, full)
    front = [w for w in line.words[max(0, org.first - 5) : org.first] if w not in ("the", "(", ")")]
    if front[-1:] != ["of"]:
        return False
    other = next((o for o in line.of("org") if 0 < org.first - o.last <= 2 and line.words[o.last] == "of"), None)
    return (front[-2:-1] != [] and front[-2] in _PARTS) or (other is not None and other.id != org.id)


_STATES = frozenset(("governments", "countries", "nations", "allies", "states", "neighbours", "neighbors", "capitals"))


def _is_firm(scene: Scene, org: Item) -> bool:
    entry = scene.catalog.organisations.get(org.id)
    return entry is not None and entry.kind == "company"


def owns_next(scene: Scene, line: Line, org: Item, orgs: Sequence[Item]) -> bool:
    """Whether this only tells whose the next one is: "China's CNSA", "Spain's Sateliot"."""
    if org.id in scene.catalog.countries and any(o.first == org.last for o in orgs):
        return True  # "US National Reconnaissance Office"
    if line.words[org.last : org.last + 1] not in (("'s",), ("’s",)):
        return False
    owned = next((o for o in orgs if 0 < o.first - org.last <= _OWNED), None)
    gap = line.words[org.last + 1 : owned.first] if owned else ()
    return owned is not None and not any(w in PREPOSITIONS or w in (",", "and", "(", "-") for w in gap)


_OWNED = 4  # tokens from an owner to what it owns: "Japan 's space agency JAXA"


def _says_both(line: Line, read: Read) -> bool:
    """Whether "the two agencies", "both sides" or "we" is who signs, before the verb or after "by"."""
    front = line.words[max(0, read.reading.first - 4) : read.reading.first]
    behind = line.words[read.match.last : read.match.last + 6]
    return (
        (any(w in _BOTH for w in front[-3:]) and any(w in ("the", "both", "two") for w in front))
        or ("by" in behind and any(w in _BOTH for w in behind))
        or bool({"both", "two"} & set(behind[:4]))
    )


def _of_people(line: Line, org: Item) -> bool:
    """In "the Japanese and Indian governments" the adjective stands for the state."""
    return any(
        w in ("government", "governments", "side", "sides", "authorities") for w in line.words[org.last : org.last + 3]
    )
