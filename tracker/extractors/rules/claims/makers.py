"""Makers: who built a spacecraft, who runs it, who is its contractor.

"Maxar built the X spacecraft", "X, built by OHB", "ESA is building X with the Chinese Academy", "its prime contractor Thales".
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.attach import Read, joined_items
from tracker.extractors.rules.claims.commissions import commission_facts
from tracker.extractors.rules.claims.customers import customer_facts
from tracker.extractors.rules.claims.doer import by_in_front, doer_of
from tracker.extractors.rules.claims.fact import Fact
from tracker.extractors.rules.claims.roles import Part, role_fact
from tracker.extractors.rules.claims.scene import Item, Line, Scene
from tracker.extractors.rules.claims.topics import Topics, current
from tracker.extractors.rules.words import word_set


def maker_facts(
    scene: Scene,
    line: Line,
    reads: Sequence[Read],
    missions: Sequence[Item],
    orgs: Sequence[Item],
    topics: Topics,
) -> Iterator[Fact]:
    """Yield who made or runs the missions of a sentence; orgs are the parties in it that have a name."""
    yield from _builders(scene, line, reads, orgs)
    yield from _manufacturers(scene, line, missions, orgs)
    yield from _contractors(scene, line, missions, orgs, topics)
    yield from commission_facts(scene, line, missions, orgs)
    yield from customer_facts(scene, line, missions, orgs, topics)
    yield from _makers(scene, line, missions, orgs)
    yield from _relative(scene, line, missions, orgs)


_MADE = {
    "built": "spacecraft", "made": "spacecraft", "manufactured": "spacecraft", "assembled": "spacecraft", "constructed": "spacecraft",
    "carried": "launch_vehicle", "lifted": "launch_vehicle",
}  # fmt: skip


CARRIES = frozenset(("will", "carry", "carries", "carried", "carrying", "with", "has", "holds", "includes"))
FLYERS = frozenset(("rover", "lander", "orbiter", "instrument", "instruments", "camera", "telescope", "rocket"))


def _builders(scene: Scene, line: Line, reads: Sequence[Read], orgs: Sequence[Item]) -> Iterator[Fact]:
    """ESA is building it with the Chinese Academy: a company makes the spacecraft, agencies lead."""
    words = line.words
    for read in reads:
        if read.cue.id != "building" or not read.subjects or read.reading.voice != "active":
            continue
        doer = doer_of(line, read, orgs)
        partners = [
            o
            for o in orgs
            if o.first >= read.match.last and any(w == "with" for w in words[max(0, o.first - 3) : o.first])
        ]
        for org in [*(joined_items(line, doer, orgs) if doer else ()), *(partners if doer else ())]:
            entry = scene.catalog.organisations.get(org.id)
            role = "spacecraft" if entry is not None and entry.kind == "company" else "lead"
            for subject in read.subjects:
                yield role_fact(
                    scene, line, subject, org, Part("makers", role, "actual", 0.72), (read.match.first, read.match.last)
                )


_BUILDS = {
    **dict.fromkeys(
        ("built", "build", "builds", "building", "manufactured", "manufactures", "manufacture", "constructed", "made", "assembled"), "spacecraft"
    ),
    **dict.fromkeys(("developed", "develop", "develops", "developing", "designed"), "lead"),
    **dict.fromkeys(("operates", "operate", "operated", "manages", "managed", "runs", "leads", "lead", "led", "owns", "heads"), "lead"),
}  # fmt: skip
_HELPS = word_set(
    "has have had will also is are jointly together and to which that who now already itself largely in turn , ( )"
)
_OWN = word_set("the a an its their two twin three first second third new next both")


def _manufacturers(scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item]) -> Iterator[Fact]:
    """Who built, developed or runs it, told by a plain verb: "Maxar built the X spacecraft", "CNES, which operates X"."""
    words = line.words
    for item in missions:
        if words[item.last : item.last + 1] == ("'s",):
            continue
        before = [w for w in words[max(0, item.first - 7) : item.first] if w not in _OWN and w not in _SORTS]
        verb = item.first - 1
        while verb > 0 and (words[verb] in _OWN or words[verb] in _SORTS or words[verb] in _WHOLE):
            verb -= 1
        role = _BUILDS.get(words[verb]) if before and verb >= 0 else None
        if role is None:
            continue
        doer = next((o for o in reversed(orgs) if o.last <= verb), None)
        if (
            doer is None
            or not set(words[doer.last : verb]) <= _HELPS
            or words[max(0, doer.first - 1)] in ("by", "with", "for", "of", "from")
        ):
            continue
        if words[verb] in ("led", "operated", "developed", "built", "made", "designed", "managed") and {
            "is",
            "are",
            "was",
        } & set(words[doer.last : verb]):
            continue
        if words[doer.first - 1] == "'s" and any(o.last == doer.first - 1 for o in orgs):
            continue  # "NASA's Jet Propulsion Laboratory": the owner has its part already
        coming = {"will", "to"} & set(words[doer.last : verb])
        makers = joined_items(line, doer, orgs)
        for one in makers:
            kind = entry.kind if (entry := scene.catalog.organisations.get(one.id)) else ""
            state = one.id in scene.catalog.countries or kind == "agency"
            shared = len(makers) > 1 or words[verb].endswith("ing") or bool(coming)
            firm = kind == "company" and words[verb].startswith("de")
            own = "lead" if state and shared else "spacecraft" if firm else role
            part = Part("makers", own, "planned" if coming else "actual", 0.7)
            yield role_fact(scene, line, item.subject, one, part, (verb, item.last))


_WHOLE = frozenset(("development", "of", "operations"))  # "leads the development of X"
_SORTS = word_set(
    """satellite spacecraft probe orbiter lander rover telescope mission space lunar moon mars radar weather communications research
    science earth observation japanese indian chinese french german american european russian british italian korean"""
)


_FAR = 17  # words


def _makers(scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item]) -> Iterator[Fact]:
    """Who made or carries it: "was built by Airbus", "carried by Arianespace"."""
    words = line.words
    for item in missions:
        for org in orgs:
            by = by_in_front(words, org)
            if by is None or by < item.last or by - item.last > _FAR:
                continue
            gap = words[item.last + (words[item.last] in FLYERS) : by + 1]  # "the X lander, built by"
            if words[item.last : item.last + 1] == ("'s",) or any(item.last <= m.first < org.first for m in missions):
                continue  # what belongs to it, or another one, was made
            made = next((w for w in reversed(gap) if w in _MADE), None)
            if made is None or any(w in ("which", "that", "and", "but") for w in gap[gap.index(made) :]):
                continue
            paid = {n for o in orgs for n in range(o.first - 2, o.last)}  # "funded with ESA and built by"
            if any(
                w in CARRIES or w in FLYERS
                for n, w in enumerate(gap[: gap.index(made)], by + 1 - len(gap))
                if n not in paid
            ):
                continue
            if any(w.endswith("ed") and not w.endswith("based") for w in gap[len(gap) - gap[::-1].index(made) : -1]):
                continue  # "built by A, was launched by B"
            for one in joined_items(line, org, orgs):
                yield role_fact(
                    scene, line, item.subject, one, Part("makers", _MADE[made], "actual", 0.7), (item.first, item.last)
                )


_DID = {
    **dict.fromkeys(("built", "builds", "made", "assembled", "manufactured"), "spacecraft"),
    **dict.fromkeys(("operates", "operated", "runs", "owns", "owned", "leads", "manages", "ordered", "commissioned", "funded"), "lead"),
}  # fmt: skip
_ANTECEDENT = 9  # words


def _relative(scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item]) -> Iterator[Fact]:
    """Who did it in a relative clause: "X, a satellite that Airbus has built and paid for"."""
    words = line.words
    for org in orgs:
        before = (
            words[org.first - 1 : org.first]
            if words[max(0, org.first - 1)] != "the"
            else words[org.first - 2 : org.first - 1]
        )
        verb = org.last
        while verb < len(words) and words[verb] in _HAS:
            verb += 1
        role = _DID.get(words[verb]) if before in (("that",), ("which",)) and verb < len(words) else None
        near = [m for m in missions if m.last <= org.first and org.first - m.last <= _ANTECEDENT]
        if role is None or not near or _CLAUSE & set(words[near[-1].last : org.first - 2]):
            continue
        for subject in dict.fromkeys(m.subject for m in joined_items(line, near[-1], missions)):
            yield role_fact(scene, line, subject, org, Part("makers", role, "actual", 0.7), (org.last, verb + 1))
            if words[verb + 1 : verb + 4] == ("and", "paid", "for"):
                yield role_fact(scene, line, subject, org, Part("makers", "lead", "actual", 0.7), (org.last, verb + 4))


_HAS = word_set("has had have also itself jointly")
_CLAUSE = word_set("is was were has had said carries carrying with aboard on and but ;")


def _contractors(
    scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item], topics: Topics
) -> Iterator[Fact]:
    """The prime contractor makes the spacecraft: "OHB, the prime contractor", "prime contractor Thales Alenia Space"."""
    words = line.words
    for org in orgs:
        at = _prime(words, org)
        if at is None:
            continue
        topic = current(line, topics, "mission") if not missions else None
        subject = topic.subject if topic else None
        if missions:
            subject = min(
                missions,
                key=lambda m: (
                    line.between(m.last, org.first) if m.last <= org.first else line.between(org.last, m.first)
                ),
            ).subject
        if subject is not None:
            part = Part("contractor", "spacecraft", "actual", 0.7)
            yield role_fact(scene, line, subject, org, part, (min(at, org.last), max(at + 1, org.first)))


def _prime(words: Sequence[str], org: Item) -> int | None:
    """Where the words "prime contractor" stand that call the organisation one; None where they call another."""
    low, high = max(0, org.first - 4), org.last + 6
    for at in range(low, min(high, len(words))):
        if words[at] not in ("contractor", "contractors") or words[at - 1] not in (
            "prime",
            "main",
            "lead",
            "industrial",
        ):
            continue
        if at >= org.last:
            gap = set(words[org.last : at])
            named = words[org.last] in (",", "(", "is", "was", "will", "has") and not {"as", "by", "with"} & gap
            return at if named or "is" in gap else None
        if set(words[at + 1 : org.first]) <= {",", "is", "was", "(", "and"}:
            return at
    return None
