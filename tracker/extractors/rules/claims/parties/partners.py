"""Partners: who takes part in a mission that another leads.

"In partnership with JAXA", "with contributions from Canada", "with ESA as a partner", "DLR is a partner in the mission", "Norway takes
part": the words are few, and what they speak of is the mission named last in front of them, or the one behind "in" and "to".
"""

from collections.abc import Iterator, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.scene.clauses import stands_free
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import is_actor
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.topics import Topics, current, is_station
from tracker.extractors.rules.words import word_set

_TOGETHER = word_set(
    "partnership cooperation co-operation collaboration conjunction association tandem coordination concert consultation"
)
_SHARES = word_set(
    "participation contribution contributions support help involvement assistance backing cooperation collaboration input funding"
)
_PARTAKES = word_set(
    """participates participate participated participating contributes contribute contributed contributing cooperates cooperate
    collaborates collaborate collaborated collaborating cooperated cooperating joins joined join partners partnered partnering"""
)
_PARTNERS = word_set("partner partners participant participants contributor contributors collaborator collaborators")
_ALONG = frozenset(("together", "jointly", "along", "alongside"))
_ARTICLES = word_set(
    "the a an its their and of both other international european junior key main minor major full founding fellow long-time close"
)
_SPLIT = word_set(
    "said says ; : but while whereas although signed announced memorandum agreement pact accord talks meeting"
)
_MADE = word_set(
    "developed designed manufactured constructed launched operated managed conducted implemented planned prepared proposed carried operated named called led funded owned headed built run based selected approved"
)
_GIVES = word_set(
    """contribute contributes contributed contributing provide provides provided providing pay pays paid invest invests invested give gives gave
    commit commits committed spend spends spent allocate allocates allocated put puts grant grants granted"""
)
_SUMS = word_set("million billion crore lakh percent")
_MEANS = word_set(
    "dollars euros pounds funding in of us to the cost costs a share part towards toward for yen rupees from its budget pounds nz australian canadian"
)


_MODAL = word_set("will would may might could can")
_REACH, _REACH_ALONE = 1.45, 2.4


def partner_facts(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield the parties that a sentence calls partners of its missions, or of the one that it goes on about."""
    if _TELLING.isdisjoint(line.words):
        return
    bases = missions
    missions = [m for m in missions if not is_station(scene, m.subject)]
    orgs = [o for o in line.of("org") if is_actor(line, o)]
    for org in orgs:
        found = (
            _works_with(line, org, missions)
            or _joins_in(line, org, missions)
            or _with_it(line, org, missions)
            or _takes_part(line, org, orgs, missions)
            or _is_brought_in(line, org, bases)
            or _pays(line, org, missions)
        )
        if found is None:
            continue
        where, subject = found
        if subject is None:
            topic = current(line, topics, "mission") if not missions else None
            subject = topic.subject if topic else None
        if subject is None:
            continue
        modality = _meant(line.words[where[0] : where[1]]) if where[0] >= org.last else "actual"
        for one in joined_items(line, org, orgs):
            yield role_fact(scene, line, subject, one, Part("partners", "partner", modality, 0.72), where)


def _meant(words: Sequence[str]) -> Modality:
    """Whether somebody takes part, may or does not: "Russia has not joined", "NASA may join"."""
    said = set(words)
    if said & {"not", "n't", "never", "hasn't", "haven't", "won't", "declined", "refused", "nor"}:
        return "denied"
    if said & {"may", "might", "could", "considers", "considering", "hopes", "wants", "asked", "invited", "whether"}:
        return "possible"
    return "planned" if said & {"will", "would", "to"} else "actual"


_WORK = word_set(
    "working work works worked cooperate collaborate partner team collaborating collaborates collaborated cooperating cooperates cooperated partnering partnered teamed teaming joined"
)
_TELLING = _SUMS | _TOGETHER | _SHARES | _PARTAKES | _PARTNERS | _WORK | _ALONG | {"part", "into"}
Found = tuple[tuple[int, int], int | None]


def _joins_in(line: Line, org: Item, missions: Sequence[Item]) -> Found | None:
    """Behind "in partnership with", "together with", "with contributions from": the mission stands in front."""
    words = line.words
    front = [n for n in range(max(0, org.first - 7), org.first) if words[n] not in _ARTICLES]
    told = [words[n] for n in front]
    share = bool(told) and (
        told[-1] in _SHARES or (told[-1] in ("from", "by") and told[-2:-1] != [] and told[-2] in _SHARES)
    )
    joined = told[-1:] == ["with"] and len(told) > 1 and told[-2] in _TOGETHER and told[-3:-2] == ["in"]
    along = told[-1:] == ["with"] and told[-2:-1] != [] and told[-2] in _ALONG
    if not (share or joined or along) or words[org.last : org.last + 1] == ("'s",):
        return None
    begun = next(n for n in reversed(front) if words[n] in _SHARES or words[n] in _TOGETHER or words[n] in _ALONG)
    if share and not {"with", "includes", "include", "including", "through", "under"} & set(
        words[max(0, front[0] - 1) : org.first]
    ):
        return None
    subject = _before(line, missions, begun)
    if subject is None and missions:
        return None
    return (begun, org.first), subject


def _works_with(line: Line, org: Item, missions: Sequence[Item]) -> Found | None:
    """Behind "is working with", in front of the mission: "NASA is working with ISRO on the radar satellite X"."""
    words = line.words
    front = [
        n
        for n in range(max(0, org.first - 5), org.first)
        if words[n] not in _ARTICLES and words[n] not in ("up", "forces", "closely", "together", "jointly")
    ]
    if len(front) < 2 or words[front[-1]] != "with" or words[front[-2]] not in _WORK:
        return None
    for item in missions:
        gap = words[org.last : item.first]
        if (
            item.first >= org.last
            and {"on", "to", "for", "in"} & set(gap)
            and line.between(org.last, item.first) < _REACH
        ):
            return (front[-2], org.first), item.subject
    return None


def _with_it(line: Line, org: Item, missions: Sequence[Item]) -> Found | None:
    """Behind "with", in front of "as a partner": "run by the company with NASA and ISRO as partners"."""
    words = line.words
    behind = words[org.last : org.last + 9]
    at = next((n for n, w in enumerate(behind) if w in _PARTNERS), None)
    if at is None or "as" not in behind[:at] or any(w in _SPLIT or w in (".", "is", "was") for w in behind[:at]):
        return None
    if "with" not in words[max(0, org.first - 3) : org.first]:
        return None
    subject = _before(line, missions, org.first)
    if subject is None:  # "Led by A with B as a partner, the spacecraft …"
        subject = next((m.subject for m in missions if 0 < m.first - org.last <= at + 4), None)
    return ((org.last, org.last + at + 1), subject) if subject is not None or not missions else None


_HELPS = word_set(
    "also will would now has have had ) to not never may might could hopes wants yet already since officially formally"
)


def _takes_part(line: Line, org: Item, orgs: Sequence[Item], missions: Sequence[Item]) -> Found | None:
    """The subject of "is a partner in", "takes part in", "participates in", "contributes to", "are partners"."""
    words = line.words
    last = joined_items(line, org, orgs)[-1].last
    behind = [w for w in words[last : last + 8] if w not in _ARTICLES and w not in _HELPS]
    at = next(
        (
            n
            for n in range(last, min(last + 8, len(words)))
            if words[n] in _PARTNERS or words[n] in _PARTAKES or words[n] == "part"
        ),
        None,
    )
    if at is None or len(behind) < 2:
        return None
    is_partner = (
        behind[0] in ("is", "are", "was", "were", "became", "remain", "remains", "being", "be")
        and words[at] in _PARTNERS
        and len(words[last:at]) <= 6
    )
    takes = (
        behind[0] in ("take", "takes", "took", "taking", "taken", "are", "is")
        and words[at] == "part"
        and len(words[last:at]) <= 4
    )
    joins = words[at] in _PARTAKES and behind[0] == words[at]
    if not (is_partner or takes or joins):
        return None
    link = words[at + 1 : at + 2]
    if link and link[0] in ("in", "on", "to", "of"):
        near = next((m for m in missions if 0 <= m.first - at <= 6), None)
        return ((last, at + 1), near.subject) if near else None
    if joins and link != (".",):
        direct = next((m for m in missions if 0 <= m.first - at <= 4), None)  # "joined the mission"
        if direct is None and not missions and words[at].startswith("join") and link in ((",",), ("in",)):
            return (last, at + 1), None  # "Russia has not joined, although …"
        return ((last, at + 1), direct.subject) if direct and words[at].startswith("join") else None
    return ((last, at + 1), None) if is_partner and not missions and link in ((".",), (",",), ()) else None


def _pays(line: Line, org: Item, missions: Sequence[Item]) -> Found | None:
    """Who pays for a part of it: "Canada contributed 40 million dollars to the mission"."""
    words = line.words
    if _SUMS.isdisjoint(words):
        return None
    verb = next((n for n in range(org.last, min(org.last + 4, len(words))) if words[n] in _GIVES), None)
    if verb is None or not {"will", "has", "have", "to", "also", ")", "("} >= set(words[org.last : verb]):
        return None
    at = next((n for n in range(verb + 1, min(verb + 6, len(words))) if words[n] in _SUMS), None)
    near = next((m for m in missions if at is not None and m.first > at), None)
    if at is None or near is None or not set(words[at + 1 : near.first]) <= _MEANS:
        return None
    return (verb, at + 1), near.subject


def _is_brought_in(line: Line, org: Item, missions: Sequence[Item]) -> Found | None:
    """Whom an accord brings into a mission: "a text that brings Egypt into the X"."""
    words = line.words
    verb = next((n for n in range(max(0, org.first - 2), org.first) if words[n] in _BRINGS), None)
    into = next((n for n in range(org.last, min(org.last + 2, len(words))) if words[n] in ("into", "aboard")), None)
    near = next((m for m in missions if into is not None and 0 < m.first - into <= 4), None)
    return ((verb, org.last), near.subject) if verb is not None and near is not None else None


_BRINGS = frozenset(("brings", "brought", "bring", "bringing", "admits", "admitted", "takes", "took"))


def _before(line: Line, missions: Sequence[Item], at: int) -> int | None:
    """The mission named last in front of the words, where no other clause lies between."""
    for item in reversed(missions):
        if item.last <= at + 1:
            gap = line.words[item.last : at]
            other = any(w.endswith("ed") and w not in _MADE for w in gap) or _SPLIT & set(gap) or _MODAL & set(gap)
            predicate = {"is", "was", "will", "has", "are"} & set(gap[:2])
            alone = len({m.subject for m in missions}) == 1 and predicate and stands_free(line.words, item)
            far = line.between(item.last, at) >= (_REACH_ALONE if alone else _REACH)
            return None if other or far else item.subject
    return None
