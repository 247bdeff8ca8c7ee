"""Purposes: what an agreement is about, in the document's own words.

Surest is what its name tells ("agreement on …"), then what follows the name and the parties ("an agreement with A to …"), then what
a sentence says that it covers or allows.
"""

import re
from collections.abc import Iterator

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import Topics, current
from tracker.extractors.rules.subjects.pacts.plurals import PLURAL
from tracker.extractors.rules.subjects.page.particulars import WHEN_WHERE

_TERMS = re.compile(r"terms (?:on|over) ")
_ASIDE = r"(?:,?\s+(?:signed|concluded|inked|reached|awarded)\b[^,.;]{2,70},)?"
_LONGEST = 14  # words
_INSIDE = re.compile(
    r"\b(?:on|for|concerning|regarding|covering|to|in)\s+(?:\"|“)?(?P<what>.{4,140})$", re.IGNORECASE | re.DOTALL
)
_CONCLUDED = (
    r"(?:\s+(?:was|were|has been|had been)\s+(?:signed|concluded|reached|inked|sealed)(?:\s+(?:next|then|later))?)?"
)
_ABOUT = re.compile(
    rf"\s*(?:\([^)]{{1,40}}\)\s*)?(?:\"|“|”)?{_CONCLUDED}\s*(?:on|for|concerning|regarding|covering|relating to|about|to)\s+"
    r"(?!behalf\b|reach \d)(?P<what>(?:the |a |an )?[^,.;:\n()]{4,140})",
    re.IGNORECASE,
)
_WITH = r"\s*(?:\([^)]{1,40}\)\s*)?(?:,?\s+(?:(?:signed|concluded|inked)\s+)?(?:with|between|by|from)\s+[^.;:()]{2,90}?)?(?:\s+worth\s+[^.;:()]{2,40}?)?(?:\s+on\s+\w+day)?(?:\s+in\s+(?:[A-Z]\w+\s+)?(?:19|20)\d\d)?"
_TO = re.compile(
    rf"{_WITH}\s+(?:to|under which|whereby|which will|that will|that would)\s+(?P<what>(?!the\b|its\b|be\b|have\b|reach \d)[a-z][^.;:\n()]{{8,160}})"
)
_FOR = re.compile(rf"{_WITH}\s+for\s+(?P<what>(?:the|a|an|two|three|four)\s[^.;:,\n()]{{6,140}})")
_LATER = re.compile(
    rf"{_WITH}{WHEN_WHERE}{{1,2}}(?:\s+with\s+[^.;:,()]{{2,60}}?)?\s+(?:on|for|concerning|regarding|covering|about|over|to)\s+"
    rf"(?!\w+day\b|\d|[A-Z]|the\s+sidelines|behalf)(?P<what>[^,.;:\n()]{{6,140}})"
)
_VERBS = (
    r"(?:cover(?:s|ed|ing)?|concern(?:s|ed|ing)?|govern(?:s|ed|ing)?|deal(?:s|t)? with|provid(?:es|ed) for|call(?:s|ed) for|"
    r"aim(?:s|ed) (?:to|at)|seeks? to|opens(?: the (?:door|doors|way) (?:to|for))?|lets|enables|envisages|foresees|names|speaks? of|promis(?:es|ed)(?: to)?|pledg(?:es|ed)(?: to)?|brings? [A-Z][a-z]+(?: [A-Z][a-z]+)? into|allow(?:s|ed)(?: for| them to| both to| the two to)?|"
    r"sets? (?:out|up)|lays? down|laid down|focus(?:es|ed) on|relates? to|is about|(?:purpose|aim|goal) is(?: to)?|commits? [a-z ]{3,30} to)\s+"
    r"(?P<what>[^.;:\n()]{6,160})"
)
_COVERS = re.compile(
    r"(?:\](?:\([^)]*\))?)?" + _ASIDE + r"(?:,?\s+(?:which|that))?(?:\s+(?:also|will|would|is to))?\s+" + _VERBS
)
_THAT_COVERS = re.compile(r"\b(?:(?:which|that)(?: also| will)?|whose) " + _VERBS)
_IT_COVERS = re.compile(
    r"(?:It|This|The (?:agreement|pact|memorandum|mou|accord|contract|arrangement|deal|treaty|text|document|paper))"
    r"(?: (?:also|will|would))? " + _VERBS,
    re.IGNORECASE,
)
_APPOSED = re.compile(r",\s+(?:the|a|an)\s+(?P<what>[a-z][^.;:\n()]{8,160})")
_OF = re.compile(r"\bof\s+(?P<what>[a-z].*?)(?:\s+for\b.*)?$", re.IGNORECASE | re.DOTALL)
_UNDER = re.compile(
    r"(?:^|[^\w])(?:under|thanks to|as (?:laid down|agreed) in)\s+(?:an?|the|its|their)?\s*$", re.IGNORECASE
)
_BASED = re.compile(
    r"(?:^|[.;:] )\s*(?:The|the|Its|Their) (?P<what>[a-z][a-z -]{3,40}?) (?:is|are|was|were) (?:based|founded) on (?:an?|the|its|their) (?:[a-z-]+ )?$"
)
_UNDER_IT = re.compile(
    r"(?:\s+(?:of|from|dated)\s+(?:[A-Z]\w+\s+)?(?:\d{1,2}\s+)?(?:[A-Z]\w+\s+)?(?:19|20)\d\d)?"
    r"(?:\s+(?:worth|valued at)\s+[^,.;:()]{2,40}?(?=,|\s+(?:awarded|signed|concluded|announced)\b))?(?:\s+(?:awarded|signed|concluded|announced)\s+[^,.;:()]{2,60}(?=,))?"
    + _ASIDE
    + r"(?:\s+(?:with|between)\s+[A-Z]\w+(?:\s+(?:and\s+)?[A-Z]\w+)*)?,?\s+(?P<what>[^.;:\n()]{12,160})"
)
_END = re.compile(
    r"\s+(?:was|were|is|are|has|have|had|will|would|shows|marks|reflects|takes|runs|remains|signed|between|with|that|which|who|in (?:19|20)\d\d|on \d|by|under|during|at|from|"
    r"(?:last|this|next)(?= (?:\w+day|week|month|year|few|two|three|decade|spring|summer|autumn|fall|winter|January|February|March|April|May|June|July|August|September|October|November|December))|(?:through|until) (?:[A-Z]\w+ )?(?:19|20)\d\d|and (?:the|will|was|is|has)|when|after|before|while|said)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE_END = re.compile(
    r"(?:,\s*(?:which|who|said|says|while|but|after|as|the|he|she|it|according|in|on|\w+ said)\b|\s+(?:which|who|while|when|after|before|"
    r"on \d|in (?:19|20)\d\d|last (?:week|month|year)|this (?:week|month|year)|but|said|until|because|if)\b).*",
    re.IGNORECASE | re.DOTALL,
)
_TIME = re.compile(
    r"[\d\s]+|the [^A-Z]{1,12}|(?:the )?(?:years?|period|months?|first|second|third|(?:next|last)(?= (?:weeks?|months?|years?|few|two|three|five|ten|decade|spring|summer|autumn|fall|winter)\b))\b.*|\w+ (?:years?|months?|days?)\b.*"
)
_TALKED = re.compile(r"\b(?:review|discuss|assess|met\b|progress|said|achiev|note|praise|welcom)\w*", re.IGNORECASE)
_VAGUE = frozenset(
    {"cooperation", "collaboration", "the cooperation", "space", "the mission", "the project", "it", "them"}
)


_FIGURE = re.compile(
    r"(?:to )?(?:that|this) (?:end|effect|purpose|aim)\b|(?:an?|the) (?:new )?(?:\w+ )?(?:chapter|era|page|step|milestone|dawn|boost)\b",
    re.IGNORECASE,
)


def about(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """Yield what the agreement at a place of a sentence is about, at most once, with the offsets of the words."""
    if item.mention is None:
        return
    found = _in_name(scene, line, item) if item.mention.form != "anaphor" else None
    found = found or _told(scene, line, item)
    if found is None:
        return
    start, what, confidence = found
    if not PLURAL.isdisjoint(line.words[item.first : item.last]):
        confidence -= 0.1  # of several, what each is about is told behind
    yield from _fact(scene, line, item.subject, start, what, confidence)


def _fact(scene: Scene, line: Line, subject: int, start: int, what: str, confidence: float) -> Iterator[Fact]:
    """Yield the words from `start` as the subject of an agreement, cut to a dozen or so; nothing where they are vague."""
    text = scene.document.text
    what = re.split(r"\s[\"“”]", what, maxsplit=1)[0] or what
    what = _TERMS.sub("", what.strip(" \"”“',"), count=1)  # "come to terms on"
    if len(what) < 4 or what.lower() in _VAGUE or _TIME.fullmatch(what) or _FIGURE.match(what):
        return
    start = text.find(what, start)
    stop = start + len(what)
    cut = re.match(rf"(?:\S+\s+){{{_LONGEST - 1}}}\S+", what)
    if cut:
        stop = start + cut.end()
    value = " ".join(text[start:stop].split())
    yield Fact(subject, "subject", value, "actual", start, stop, line.number, confidence, cue="about")


def _in_name(scene: Scene, line: Line, item: Item) -> tuple[int, str, float] | None:
    """On, for, concerning: what follows in the name or right behind it, up to the next verb."""
    text = scene.document.text
    name = text[item.start : item.end]
    inside = _INSIDE.search(name)
    if inside and _TIME.fullmatch(inside["what"]):
        inside = _OF.search(name)  # "programme of space research for the years …"
    if inside and not re.match(r"(?:the )?[A-Z][\w-]+$", inside["what"]):
        start, what = item.start + inside.start("what"), inside["what"]
    else:
        behind = _ABOUT.match(text[item.end : line.end])
        if not behind:
            return None
        start, what = item.end + behind.start("what"), behind["what"]
    return None if _named_at(line, start) else (start, _END.sub("", what), 0.72)


def _told(scene: Scene, line: Line, item: Item) -> tuple[int, str, float] | None:
    """What stands behind the parties, or what the agreement is said to cover, or what is done under it."""
    rest = scene.document.text[item.end : line.end]
    for pattern, confidence in ((_FOR, 0.66), (_TO, 0.64), (_LATER, 0.64), (_COVERS, 0.62)):
        match = pattern.match(rest)
        if match and not _named_at(line, item.end + match.start("what")):
            return item.end + match.start("what"), _CLAUSE_END.sub("", match["what"]), confidence
    relative = _THAT_COVERS.search(rest)
    if relative and sum(scene.subjects[i.subject].kind == "agreement" for i in line.of("subject")) == 1:
        return item.end + relative.start("what"), _CLAUSE_END.sub("", relative["what"]), 0.58
    before = re.split(r"[:;]\s", scene.document.text[line.start : item.start])[-1]
    based = _BASED.search(before)
    if based and not scene.subjects[item.subject].catalog_id:
        return item.start - len(before) + based.start("what"), based["what"], 0.58
    under = _UNDER.search(before)
    if under and under.start() > 24 and not _TALKED.search(before):  # letters: a clause, not an adverb
        words = list(re.finditer(r"\S+", before[: under.start() + 1]))[-_LONGEST:]
        start = item.start - len(before) + words[0].start()
        return start, before[words[0].start() : under.start() + 1].strip(), 0.58
    if under and under.start() <= 1:
        behind = _UNDER_IT.match(rest)
        if behind:
            return item.end + behind.start("what"), behind["what"], 0.56
    apposed = _APPOSED.match(rest) if item.mention and item.mention.form == "proper" else None
    return (item.end + apposed.start("what"), _CLAUSE_END.sub("", apposed["what"]), 0.55) if apposed else None


def covered(scene: Scene, line: Line, topics: Topics) -> Iterator[Fact]:
    """Yield what the agreement of the sentence before is about, where this one goes on about it: "It covers …"."""
    match = _IT_COVERS.match(scene.document.text, line.start, line.end)
    topic = current(line, topics, "agreement") if match else None
    if match and topic:
        yield from _fact(scene, line, topic.subject, match.start("what"), _CLAUSE_END.sub("", match["what"]), 0.6)


def _named_at(line: Line, offset: int) -> bool:
    """Whether a date or a party begins or stands at this place."""
    return any(i.start <= offset < i.end for i in line.of("date", "org"))
