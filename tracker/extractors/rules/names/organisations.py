"""Organisations that the catalog does not have: capitalised names with a word of an organisation in them.

"Harbin Institute of Technology", "Hubble Dynamics Ltd", "Ministry of Higher Education": the head word tells what they are. Names
that the catalog knows are left to it.
"""

import bisect
import functools
import re
from collections.abc import Iterator, Sequence

from tracker.domain.ids import slug
from tracker.extractors.rules.names.known import Mention

_CAP = r"[A-ZÀ-Þ][\w’'&.-]*[\w&]"
_LINK = r"(?:of|for|and|de|the|di|do|da|und|&)"
_HEAD = (
    r"(?:Institut[eo]?|Universit(?:y|ies|ät)|Ministry|Department|Agency|Laborator(?:y|ies)|Observatory|Cent(?:er|re)|Committee|Commission|Council|Academy|Foundation|Corporation|Bureau|"
    r"Secretariat|Organi[sz]ation|Office|Society|Association|Consortium|College|Directorate|Authority|Administration|School|Board|Polytechnic|Institution|Bank|Fund|Trust|Federation|Company|Air Force|Navy|Command|Museum|Corps|Chamber|Survey|Service|Enterprise|Union|Coast Guard|Army|Alliance|Establishment|Planetarium|Ministries|Enterprises)"
)
_FIRM = (
    r"(?:Aerospace|Technologies|Systems|Industries|Space|Robotics|Dynamics|Labs?|Launch|Orbital|Satellites|Communications|Astronautics|Propulsion|Cosmos|Lasers|Inc\.?|Ltd\.?|LLC|GmbH|Corp\.?|SA|"
    r"Limited|Group|Electronics|Machines|Heavy Industries|Networks|Telecom|Co\.)"
)
_CAMEL = r"(?!(?:Al|El|Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz)[A-Z])[A-Z][a-z]+[A-Z][a-z]+"
"""A word of two capitals as firms have it; a surname such as McKay or AlMarri is none."""
_NO_PLACE = (
    r"(?! (?:Force|Station|Cent(?:er|re)|Launch|Flight|Base|Complex|Shuttle|Telescope|Port|Weather|Policy|Exploration|Cooperation|Sciences?|Research"
    r"|Program(?:me)?|Symposium|Summit|Congress|Conference|Forum|Week|Council|Treaty|Law|Dialogue|Applications?|Technology|Industry|Economy|Debris|Security|Safety)\b)"
)
_NAME = re.compile(
    rf"\b(?:{_HEAD}(?: (?:of|for)(?: the)? {_CAP}(?:(?: {_LINK})* {_CAP}){{0,5}})"
    rf"|{_CAP}(?: {_CAP}){{0,3}} {_HEAD}\b(?: (?:of|for)(?: the)? {_CAP}(?:(?: {_LINK})? {_CAP}){{0,3}})?"
    rf"|{_CAP}(?: {_CAP}){{0,2}} {_FIRM}(?=[\s,.;)’']){_NO_PLACE}|{_CAMEL}(?=[\s,.;)’'])(?! (?:camera|instrument|spectrometer|radar|payload|sensor|satellite|mission|probe|telescope)\b))"
)
_ABROAD = (
    r"(?:Universi(?:dad|dade|té|tà|teit|tatea|tet|tetet|zita)|Univerzita|Uniwersytet|Hochschule|Politecnico|Politécnica|École|Ecole|Escuela|Instituto|Institut|Istituto|Instytut|Agencia|Agência|Agence|Agenzia"
    r"|Ministerio|Ministério|Ministère|Ministero|Bundesministerium|Centro|Centre National|Consejo|Conselho|Comisión|Comissão|Fundación|Fundação|Fondation|Laboratoire|Laboratorio|Observatorio|Observatoire|Dirección|Consiglio)"
)
_OF_ABROAD = r"(?:de|do|da|dos|das|del|della|di|des|du|la|el|las|los|le|les|e|y|et|für|der|van|per|pour|d['’])"
_STEM = re.compile(_ABROAD)
"""What such a name begins with, looked for first."""
_FOREIGN = re.compile(rf"\b{_ABROAD}(?: {_OF_ABROAD}| {_CAP}|(?<=['’]){_CAP}){{0,8}} {_CAP}")
"""A name in another language: "Universidad Nacional de Ingeniería", "Agencia Espacial Mexicana"."""
_OWNER = re.compile(r"(?:[A-ZÀ-Þ][\w-]* )?[A-ZÀ-Þ][\w-]*(?:['’]s|-based|-headquartered) ")
"""Whose it is or where it sits, which is no part of the name: "Tokyo's Waseda University", "Houston-based Axiom Space"."""
_AND_ANOTHER = re.compile(rf" and (?:the )?(?=(?:{_CAP} ){{1,3}}{_HEAD}$|[A-ZÀ-Þ][\w-]*['’]s |{_HEAD} (?:of|for) )")
"""Where a second organisation begins: "Ministry of Education and Kenyatta University"."""
_DEVICE = re.compile(r"(?:Sat|Cam|Scope|Spec|Lidar|Radar|Probe|Rover|Bot|Nav)$")
"""How a word of two capitals ends that names an instrument or a craft, not a firm: ShadowCam."""
_NOT = frozenset(
    [
        "The",
        "This",
        "That",
        "These",
        "A",
        "An",
        "In",
        "On",
        "At",
        "For",
        "And",
        "But",
        "Space",
        "Satellite",
        "Launch",
        "International",
        "Outer",
        "NewSpace",
        "Deep",
        "Open",
        "Commercial",
        "Civil",
        "Human",
        "Peaceful",
    ]
)


_ROYAL = re.compile(r"(?:Royal|National|State|Central|Imperial|Federal|United) ")


def _owned(text: str, inside: Sequence[Mention], start: int, end: int) -> bool:
    """Whether the known names inside are those of a place or people that say whose or where the organisation is."""
    return (inside[0].start == start or _ROYAL.fullmatch(text, start, inside[0].start) is not None) and all(
        mention.family in ("place", "country") and mention.form != "described" and mention.end < end
        for mention in inside
    )


def _seated(text: str, inside: Sequence[Mention]) -> bool:
    """Whether the known names inside only tell where the organisation is: "Technical University of Graz"."""
    return all(m.family in ("place", "country") and text.endswith((" of ", " of the "), 0, m.start) for m in inside)


def find_organisations(text: str, known: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the organisations named in a text that the catalog lacks, in order.

    The name of a place or people that begins one is part of it: "Osaka University", "Polish Academy of Sciences". Other
    known names keep what they have.
    """
    ends = [mention.end for mention in known]
    found = []
    at_least = 0
    while span := _next_name(text, at_least):
        start, end = span
        first = text[start:end].split(" ", 1)[0]
        both = _AND_ANOTHER.search(text, start, end)
        end = both.start() if both else end
        at_least = end
        if first in _NOT:
            start += len(first) + 1
        owner = _OWNER.match(text, start, end)
        start = owner.end() if owner else start
        if start >= end or (" " not in text[start:end] and not re.search(r"[a-z][A-Z]", text[start:end])):
            continue
        at = bisect.bisect_right(ends, start)
        inside = [mention for mention in known[at : at + 6] if mention.start < end]
        client = next((m for m in inside if text.endswith((" for ", " for the "), start, m.start)), None)
        if client is not None:  # "the University of Arizona for NASA"
            end = text.rindex(" for ", start, client.start)
            inside = [mention for mention in inside if mention.start < end]
            at_least = end
        if any(m.start <= start and (end <= m.end or m.start < start < m.end) for m in inside) or (
            inside
            and not re.match(_HEAD, text[start:end])
            and not _owned(text, inside, start, end)
            and not _seated(text, inside)
        ):
            continue
        if " " not in text[start:end] and _DEVICE.search(text[start:end]):
            continue
        name = text[start:end].removesuffix("'s").removesuffix("’s").rstrip(".")
        found.append(Mention(start, start + len(name), name, "organisation", "org/" + slug(name), "name"))
    return tuple(sorted((*found, *_abroad(text, known, found)), key=lambda m: m.start))


@functools.lru_cache(maxsize=1 << 9)  # a text is looked through for its agreements, and again for its parties
def _next_name(text: str, start: int) -> tuple[int, int] | None:
    match = _NAME.search(text, start)
    return match.span() if match else None


def _abroad(text: str, known: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the organisations named in another language, outside what has been found."""
    taken = sorted((m.start, m.end) for m in (*known, *found))
    free = 0
    for stem in _STEM.finditer(text):
        match = _FOREIGN.match(text, stem.start()) if stem.start() >= free else None
        if match is None:
            continue
        start, free = match.span()
        end = free
        at = bisect.bisect_right(taken, (start, end))
        if not any(a < end and start < b for a, b in taken[max(0, at - 3) : at + 4]):
            yield Mention(start, end, match[0], "organisation", "org/" + slug(match[0]), "name")
