"""The words around a date that change it: "early", "end of", "around", "by", "no earlier than", "at the latest"."""

import re
from typing import Final

import msgspec

from tracker.language.dates.mention import Bound
from tracker.language.dates.partial import Partial
from tracker.language.dates.tense import sentence_before

_LOOK_BACK: Final = 40
_PART = re.compile(
    r"(?i:(?:\b(?:the\s)?(?:(?P<early>early)|(?P<mid>mid|middle)|(?:very\s)?(?P<late>late)|(?P<same>later|earlier|some\s?time))"
    r"(?:\sor\s(?P<or_late>late))?(?:\sof|\sin|\spart\sof)?"
    # "start in 2026" is a verb; the noun takes "of", and "end" may go without.
    r"|\b(?:the\s)?(?:(?P<start>start|beginning|opening|first\s(?:weeks|months|days))|(?P<close>close|closing\s(?:weeks|months|days)"
    r"|last\s(?:weeks|months|days)|end(?=\sof\s|-|\s$)))(?:\sof|(?<=\bend)))[\s–-](?:the\s)?)$"
)
_PARTS = re.compile(r"(?i:\b(?:the\s)?(?P<from>early|mid)-?(?:\s|-)?(?:to|or)[\s-](?P<to>mid|late)[\s-])$")
"""Two thirds in one: "mid-to-late 2026", "early to mid-2026"."""
_AROUND = re.compile(
    r"(?i:\b(?:around|about|circa|roughly|approximately|probably|perhaps|possibly|as\s(?:early|soon|late)\sas)\s(?:in\s|the\s)?)$|\bc(?:a)?\.\s?$"
)
_THE = re.compile(r"(?i:\bthe(?:\syears?)?\s)$")
_AFTER = re.compile(
    r"(?i:(?:\b(?:no|not)\s(?:any\s)?(?:earlier|sooner)\sthan|\bnot\s(?:\w{2,8}\s)?(?:before|until|till)|\b(?:any\s?time\s|on\sor\s)?after|\bbeyond"
    r"|\bat\sthe\s(?:very\s)?(?:earliest|soonest)(?:\s[a-z]{2,9})?|\blater\sthan|\bfollowing|\bpost|\bNET)[\s-](?:at\sleast\s|in\s|at\s|on\s|the\s)?)$"
)
_NO_LATER = re.compile(r"(?i:\b(?:(?:no|not)\slater\sthan|at\sthe\s(?:very\s)?latest(?:\sby)?)\s(?:in\s|on\s|the\s)?)$")
_BY = re.compile(
    r"(?i:\b(?:by|(?:on\sor\s)?before|prior\sto|ahead\sof|earlier\sthan|sooner\sthan|in\stime\sfor|pre)(?:\sor\sin|\sor\sby)?[\s-](?:the\s)?)$"
)
_UNTIL_LEAST = re.compile(r"(?i:\b(?:until|till|to|for)\sat\sleast\s(?:the\s)?)$")
_UNTIL = re.compile(r"(?i:\b(?:until|till)\s(?:at\sleast\s)?(?:the\s)?)$")
_NEVER_BEFORE = re.compile(
    r"(?i:\b(?:not|won['’]t|n['’]t|cannot|can['’]t|never|unlikely|rule[sd]?\sout|ruling\sout|nothing|no\s\w{2,20})\b[^,.;:()]{0,70}$)"
)
_LATEST = re.compile(r"(?i:,?\sat\sthe\s(?:very\s)?(?P<which>latest|earliest|soonest)(?!\w))")
_OR = re.compile(
    r"(?i:\sor\s(?P<which>later|earlier|sooner|after|before|beyond)(?!\w)|\s(?P<onward>onwards?|and\sbeyond)(?!\w))"
)
_OR_SO = re.compile(r"(?i:\sor\sso(?!\w))")
_FROM = re.compile(r"(?i:\b(?:starting\s|beginning\s|as\s)?from\s)$")


_WORD = re.compile(r"[a-z]+")
_TELLING_WORDS = (
    "early mid middle late later earlier time start beginning opening weeks months days close end "
    "around about circa roughly approximately probably perhaps possibly as c ca year years before until till than after beyond "
    "following post net by to prior ahead sooner pre least latest earliest soonest the"
)
_TELLING = frozenset(_TELLING_WORDS.split())
"""Of these one stands in front of every date that its surroundings change."""


def _is_told_of(text: str, start: int) -> bool:
    """Whether a word in front of a date may change it; to look for each of the wordings is dear."""
    return not _TELLING.isdisjoint(_WORD.findall(text[max(0, start - _LOOK_BACK) : start].lower()))


def narrow(text: str, found: Partial) -> Partial:
    """Return the date with its "early", "mid-", "end of" taken in.

    A third of a year or decade becomes its months or years. A month keeps all its days, and "later this year" all the
    year: a stretch of days would claim more than was said.
    """
    if not _is_told_of(text, found.start):
        return found
    both = _PARTS.search(text[max(0, found.start - _LOOK_BACK) : found.start])
    if (
        both
        and found.months is None
        and not found.decade
        and not found.fixed
        and found.weekday is None
        and not found.steps
    ):
        low, high = (1 if both["from"].lower() == "early" else 5), (8 if both["to"].lower() == "mid" else 12)
        if found.year_offset is not None or (found.years and found.years[0] == found.years[1]):
            return msgspec.structs.replace(found.at(found.start - len(both[0])), months=(low, high))
    lead = _PART.search(text[max(0, found.start - _LOOK_BACK) : found.start])
    if not lead or found.days or found.fixed or found.steps or found.weekday is not None:
        return found
    third = 0 if lead["early"] or lead["start"] else 1 if lead["mid"] else 2 if lead["late"] or lead["close"] else None
    found = found.at(found.start - len(lead[0]))
    if lead["or_late"] or third is None or found.months:
        return found
    if found.decade and found.years:
        low = found.years[0]
        years = (low + (0, 4, 7)[third], low + (3, 6, 9)[third])
        return msgspec.structs.replace(found, years=years)
    if found.years is None and found.year_offset is None and not found.that_year:
        return found
    if found.years and found.years[0] != found.years[1]:
        return found
    return msgspec.structs.replace(found, months=(third * 4 + 1, third * 4 + 4))


def bounded(text: str, found: Partial) -> Partial:
    """Return the date with the bound and the doubt that the words before and after it give."""
    start, end, bound, certain = found.start, found.end, found.bound, found.certain
    for _ in range(3 if _is_told_of(text, start) else 0):
        before = text[max(0, start - _LOOK_BACK) : start]
        doubt = _AROUND.search(before)
        if doubt:
            start, certain = start - len(doubt[0]), False
            continue
        lead, said = _bound_before(text, start, before)
        if lead:
            start, bound = start - lead, said
            break
        article = _THE.search(before)
        if not article:
            break
        start -= len(article[0])
    else:
        article = None
    start = found.start if bound == "on" and certain == found.certain else start
    after = _LATEST.match(text, end) or _OR.match(text, end)
    if after:
        which = (after.groupdict().get("which") or "later").lower()
        end = after.end()
        bound = "by" if which in ("latest", "earlier", "sooner", "before") else "after"
        lead_from = _FROM.search(text[max(0, start - 20) : start])
        start -= len(lead_from[0]) if lead_from else 0
    elif so := _OR_SO.match(text, end):
        end, certain = so.end(), False
    return msgspec.structs.replace(found, start=start, end=end, bound=bound, certain=certain)


def _bound_before(text: str, start: int, before: str) -> tuple[int, Bound]:
    """How many characters the bounding words take, and which bound; (0, "on") without any."""
    if lead := _NO_LATER.search(before):
        return len(lead[0]), "by"
    if lead := _AFTER.search(before):
        return len(lead[0]), "after"
    if lead := _UNTIL_LEAST.search(before):
        return len(lead[0]), "after"
    until = _UNTIL.search(before)
    lead = until or _BY.search(before)
    if not lead:
        return 0, "on"
    begin = start - len(lead[0])
    waits = lead[0].lower().startswith(("until", "till", "before", "earlier", "sooner", "prior"))
    if waits and _NEVER_BEFORE.search(sentence_before(text, begin)):
        return len(lead[0]), "after"  # "will not fly before 2028" gives the earliest, not the latest
    if until:
        return 0, "on"  # "runs until 2030" names the end itself
    return len(lead[0]), "by"
