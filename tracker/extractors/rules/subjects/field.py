"""Whether a document is about space: signs of it are counted, and a short text needs fewer but surer ones."""

import re

from tracker.extractors.catalog import Catalog, Entry
from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Candidate, Page
from tracker.extractors.rules.subjects.page.particulars import WHEN_WHERE

_SPACE = re.compile(
    r"\b(?:space (?:agenc\w+|missions?|programmes?|programs?|exploration|cooperation|research|station|sector|telescope|dialogue|probe|"
    r"policy|law|cent(?:er|re)s?|science|technolog\w+|companies|industry|activities|debris|security|accords?|pacts?|deals?|ties|links?|partners?|partnerships?|collaboration|"
    r"resources|economy|operations|services|weather|capabilit\w+|ambitions|relations|treaty|engineers|sciences|situational|forum|conference|council|ministers?)"
    r"|remote sensing|earth observation|asteroid (?:mining|mission|probe)s?|(?:in|from|into) space(?! of)|astronautic\w*|launch (?:sites?|pads?|services?|cent(?:er|re)s?|complex(?:es)?|facilit(?:y|ies))|space launch(?:es)?|spaceports?|cosmodromes?|(?:on|aboard|atop) an? (?:[\w-]+ ){0,3}rocket|spacecraft|satellite (?:construction|manufactur\w+|contracts?|builders?|makers?|imagery|constellations?|fleets?|missions?|launch(?:es|ers?)?|programmes?|programs?)|satellites?|(?:cube|nano|small|micro|mini|pico)(?:sats?|satellites?)|de-?orbit(?:s|ed|ing)?|outer space|astronauts?|cosmonauts?|spaceflight|"
    r"lunar (?:mission|lander|orbit\w*|surface|probe|rover|exploration|lander)|moon (?:mission|landing|lander)|orbiters?|launch vehicle|low[ -]earth orbit|"
    r"mars (?:mission|orbiter|rover|probe)|(?:robotic|private|commercial) landers?|(?:lander|rover|orbiter|probe|cubesat|observatory) missions?|moonshots?|sample[- ]return|space (?:telescopes?|walks?|race|chief|plans?|plane|board|budget)|spacewalks?|planetary (?:mission|science|exploration|venture)s?"
    r"|space (?:agreements?|treaties|talks|summits?|contracts?)|technology safeguards?|orbital slots?|spaceplanes?|spaceships?|space shuttles?|(?:unmanned|uncrewed|robotic|comet|asteroid|lunar|interplanetary) probes?|(?:days|weeks|months|years) in orbit|(?:orbit|land|landed|landing|lander) (?:on|onto|around) (?:a|the) (?:comet|asteroid)|sounding rockets?|geostationary|sun-synchronous)\b",
    re.IGNORECASE,
)


_MOON = re.compile(r"\b(?:on|to|around) the moon\b", re.IGNORECASE)
"""A sign only in the name of an agreement or a meeting: elsewhere people are over, and promise, the moon."""
_CRAFT_NEXT = re.compile(
    r"\s+(?:lunar\s+|space\s+)?(?:missions?|probes?|spacecraft|orbiters?|landers?|rovers?|satellites?|telescope)\b",
    re.IGNORECASE,
)

_FLIES = re.compile(
    r"\s+(?:spacecraft |has |have |is |was |will |to |successfully |safely |finally |just ){0,3}"
    r"(?:land(?:s|ed|ing)?|touche[sd] down|lift(?:s|ed)? off|blast(?:s|ed)? off|launch(?:es|ed)?|crash(?:es|ed)?|orbits?|dock(?:s|ed)?"
    r"|enter(?:s|ed)? (?:\w+ )?orbit|reache[sd] (?:\w+ )?orbit|splashe[sd] down)\b"
)
"""What only a craft does: "SLIM lands"."""
_TIMED = re.compile(
    r"(?:'s|’s)?\s+(?:(?:is |was |now |has been |been ){0,2}(?:scheduled|due|set|slated|ready) (?:for|to) (?:launch|lift-?off)"
    r"|(?:to|will|may|might|could|should) (?:now )?(?:launch|lift off|fly) (?:in|on|by|from|aboard|no|around|before|after)"
    r"|(?:is |was |has been |launch )?(?:delayed|postponed|slips|slipped|pushed back|moved|put off) (?:again )?(?:to|until|till|by)"
    r"|(?:\S+ ){1,4}(?:for|to) (?:[\w-]+ ){0,3}(?:launch|lift-?off|blast-?off)"
    r"|launch(?:es|ed)? (?:date|window|set|delayed|delay|postponed|slips|slipped|planned|moved|pushed|scheduled|in|on|from|aboard))\b"
)
"""When a craft flies: "MMX launch set for November"."""
_DATED = re.compile(r"(?:'s|’s)?\s+launch (?:date|window)\b")
_FEW = 6
"""Sentences of a teaser or a short notice."""
_HEADLINE = 2
_SHORT_NAME, _LONG_NAME, _ACRONYM = 4, 7, 3


_ASCENT = re.compile(
    r"\b(?:(?:satellites?|spacecraft|probe|lander|orbiter|observatory|telescope) (?:was|were|has been|have been|had been|is to be|are to be|will be|would be) "
    r"(?:\w+ly )?(?:launched|lofted|put into orbit)"
    r"|launch(?:es|ed|ing)? (?:[\w'’-]+ ){0,6}(?:satellites?|probes?|spacecraft)(?= (?:in|into|to|on|aboard|from|for|with|atop|using|by|after|this|next)\b|[.,;]|$)"
    r"|(?:lift(?:s|ed|ing)?|blast(?:s|ed|ing)?)[ -]off|lift-?off|splash(?:es|ed)? ?down"
    r"|(?:in|to|into|reach(?:es|ed)?|enter(?:s|ed)?) (?:[\w-]+ ){0,2}orbit\b)",
    re.IGNORECASE,
)
"""A satellite that is put up: another sign beside the word "satellite", which branches and broadcasters use too."""
_TOLD_CRAFT = re.compile(
    r"(?:\s+[\w-]+){0,3}?\s+(?:(?:lunar|moon|mars|venus|asteroid|comet|space|astronaut|orbital|interplanetary)\s(?:missions?|landers?|probes?|orbiters?|rovers?|telescopes?|flights?)"
    r"|spacecraft|orbiters?|cubesats?|nanosatellites?)\b",
    re.IGNORECASE,
)
"""What says of the name in front that it is a craft's: "the Twiga lunar lander"."""
_TOLD_BEFORE = re.compile(
    r"(?:(?:lunar|moon|mars|venus|asteroid|comet|space|relay|weather|communications?|earth-observation)\s(?:lander|probe|orbiter|rover|telescope|satellite|mission)"
    r"|spacecraft|orbiter|cubesat|nanosatellite)\s$"
    r"|(?:spacecraft|satellite|probe|orbiter|lander|rover|cubesat)\s(?:called|named|dubbed)\s[\"']?$",
    re.IGNORECASE,
)
"""The same in front of it: "lunar lander Twiga"."""
_LAUNCH_OF = re.compile(r"\b(?:[Ll]aunch|[Ll]ift-?off|landing|[Cc]ontact (?:lost )?with|[Cc]ountdown for)(?: of)? $")
_BEFORE = 40  # characters


_SATELLITE = re.compile(
    r"(?:\s+[\w-]+){0,2}?\s+satellites?\b(?!\s+(?:branch|campus|office|radio|tv|television|dish|city|town|school|hospital|clinic|studio|store|shop))",
    re.IGNORECASE,
)
"""The same behind a name with a number; a word alone may name a firm's "satellite"."""


_NAMED_SATELLITE = re.compile(r"\b[A-Z][A-Za-z]*[Ss](?:at|AT)-?\d{1,3}[A-Z]?\b")
"""A name that says itself what bears it: "NepaliSat-1"; each is a sign."""


def about_space(page: Page) -> bool:
    """Whether the document is about space at all: three different signs, fewer with an agency or where there are few sentences."""
    signs: set[str] = set()
    certain = named = False
    bodies = _bodies(page)
    for mention in page.known:
        agency = catalog_kind(page.catalog, mention.id) == "agency"
        entry = page.catalog.get(mention.id)
        # "Hope" is a word, "the Hope orbiter" a mission.
        craft = mention.family == "mission" and _CRAFT_NEXT.match(page.twin, mention.end) is not None
        craft = craft or (mention.family == "mission" and (_flies(page, mention) or _is_bound(page, mention, bodies)))
        ordinary = entry is not None and mention.text in entry.common and not craft
        certain = certain or craft
        named = (
            named
            or _is_space_pact(mention, entry)
            or (mention.family == "mission" and not ordinary and _coined(mention.text, entry))
        )
        if agency or (mention.family in ("mission", "vehicle", "series", "agreement") and not ordinary):
            signs.add(mention.id)
        elif catalog_kind(page.catalog, mention.id) == "company" and not ordinary:
            signs.add("company")  # all of them are one sign: they build airliners too
    known = any(m.family == "mission" for m in page.known) and any(
        catalog_kind(page.catalog, id_) == "agency" for id_ in signs
    )
    signs.update(m.id for m in page.known if m.family == "mission" and _has_operator(page.catalog, m.id, signs))
    certain = certain or known  # "Gaia" alone is a word; in a line with ESA it is a mission
    agencies = any(catalog_kind(page.catalog, id_) == "agency" for id_ in signs)
    if len(page.sentences) > _FEW:
        wanted = 3 if not (agencies or named) else 2
    else:
        # A teaser says "LUPEX", and no more.
        wanted = 1 if named or (certain and len(page.sentences) <= _HEADLINE) else 2
    for each in page.sentences:
        if len(signs) >= wanted:
            return True
        signs.update(match[0].lower() for match in _SPACE.finditer(page.twin, each.start, each.end))
        signs.update(match[0] for match in _NAMED_SATELLITE.finditer(page.twin, each.start, each.end))
    missing = wanted - len(signs)
    return missing <= 0 or (
        missing == 1 and any(_ASCENT.search(page.twin, each.start, each.end) for each in page.sentences)
    )


_SPACE_PACT = re.compile(r"\b(?:Artemis|Moon|Lunar|Outer Space|Space|Astronauts|Debris|Gateway)\b")


def _is_space_pact(mention: Mention, entry: Entry | None) -> bool:
    """Whether a known agreement is of space by its name, as the Artemis Accords are and the Paris Agreement is not."""
    return mention.family == "agreement" and entry is not None and _SPACE_PACT.search(entry.name) is not None


def _flies(page: Page, mention: Mention) -> bool:
    """Whether what follows a name tells of a craft: of any "launch date", of an acronym that it lands or is due for launch."""
    if mention.text.isupper() and len(mention.text) >= _ACRONYM:
        if _LAUNCH_OF.search(page.twin, max(0, mention.start - _BEFORE), mention.start):
            return True
        return any(sign.match(page.twin, mention.end) is not None for sign in (_FLIES, _TIMED))
    return _DATED.match(page.twin, mention.end) is not None


def _bodies(page: Page) -> frozenset[str]:
    """The bodies that the text names as such: "the Moon", not "lunar"."""
    told = (page.catalog.body_of(m.id) for m in page.known if m.family == "destination" and m.form == "name")
    return frozenset(body for body in told if body is not None)


def _has_operator(catalog: Catalog, id_: str, signs: set[str]) -> bool:
    """Whether a text that may mean a mission by an ordinary word names who flies it: NASA, with "Lucy"."""
    known = catalog.missions.get(id_)
    return known is not None and not signs.isdisjoint(known.operators)


def _is_bound(page: Page, mention: Mention, bodies: frozenset[str]) -> bool:
    """Whether the text names the body that a known mission goes to: "Ispace says Resilience is lost on the Moon".

    An ordinary word that opens a sentence says nothing: "Hope for life on Mars fades".
    """
    if not bodies or page.catalog.body_of(page.catalog.missions[mention.id].destination) not in bodies:
        return False
    opens = page.sentences[page.sentence_at(mention.start)].start == mention.start
    return not (opens and mention.text[1:].islower())


def may_be_headline(page: Page) -> bool:
    """Whether a text is as short as a teaser and has one sign of space, though not enough to be sure."""
    return len(page.sentences) <= _FEW and (
        any(
            sign.search(page.twin, each.start, each.end)
            for each in page.sentences
            for sign in (_SPACE, _MOON, _NAMED_SATELLITE)
        )
        or any(catalog_kind(page.catalog, m.id) == "agency" for m in page.known)
    )


_BROADCAST = frozenset(("satellite", "satellites"))
"""What branches and broadcasters have too."""


def tells_its_field(page: Page, group: Group) -> bool:
    """Whether the words of a subject themselves say space: "memorandum on space debris"; "contract with a mill" does not."""
    if group.first.kind == "mission":
        return any(
            c.form == "proper"
            and (
                _TOLD_BEFORE.search(page.twin, max(0, c.start - _BEFORE), c.start)
                or _TOLD_CRAFT.match(page.twin, c.end)
                or _NAMED_SATELLITE.fullmatch(c.name)
                or (c.name[-2:].strip("ABCDEF")[-1:].isdigit() and _SATELLITE.match(page.twin, c.end))
                or _is_flown_by_agency(page, c)
            )
            for c in group.candidates
        )
    if group.first.kind == "agreement" and _is_of_agency(page, group):
        return True
    names = [(c.start, _topic_end(page, c)) for c in group.candidates]
    told = {
        m[0].lower() for start, end in names for sign in (_SPACE, _MOON) for m in sign.finditer(page.twin, start, end)
    }
    return bool(told if len(page.sentences) <= _HEADLINE else told - _BROADCAST)


def _is_flown_by_agency(page: Page, one: Candidate) -> bool:
    """Whether a space agency stands in the sentence of a name with a craft's noun: "ESA has approved the Harrier mission"."""
    sentence = page.sentences[page.sentence_at(one.start)]
    known = page.known_in(sentence.start, sentence.end)
    return bool(one.nouns) and any(catalog_kind(page.catalog, m.id) == "agency" for m in known)


def _is_of_agency(page: Page, group: Group) -> bool:
    """Whether a space agency stands in the sentence that first tells of an agreement, and signs it or has it: "signed an accord with ESA"."""
    first = group.first
    sentence = page.sentences[page.sentence_at(first.start)]
    if not _BOUND.search(page.twin, sentence.start, sentence.end):
        return False
    return any(catalog_kind(page.catalog, m.id) == "agency" for m in page.known_in(sentence.start, sentence.end))


_BOUND = re.compile(r"\b(?:sign\w*|inked|concluded?|sealed|award\w*|renew\w*|between|with)\b", re.IGNORECASE)
_TOPIC = re.compile(rf"{WHEN_WHERE}{{1,2}}\s+(?:on|for|concerning|regarding|covering|about|over|to)\s+[^,.;:\n()]+")


def _topic_end(page: Page, one: Candidate) -> int:
    """Return where the topic of an instrument ends that stands behind the day or the place: "an accord on Monday on lunar flights"."""
    topic = _TOPIC.match(page.twin, one.end) if one.kind == "agreement" else None
    return topic.end() if topic else one.end


def _coined(text: str, entry: Entry | None) -> bool:
    """Whether a name was made for its mission: with a number, in capitals, of several names, or long and in no dictionary."""
    if entry is None or text in (*entry.ambiguous, *entry.common) or len(text) < _SHORT_NAME:
        return False
    capitals = sum(letter.isupper() for letter in text)
    return capitals > 1 or len(text) >= _LONG_NAME or any(letter.isdigit() for letter in text)


def catalog_kind(catalog: Catalog, id_: str) -> str:
    """Return the kind of an organisation, empty for what is none."""
    organisation = catalog.organisations.get(id_)
    return organisation.kind if organisation else ""
