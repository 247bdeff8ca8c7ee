"""Whether the words around a date speak of what was, of what is to come, or of what had once been planned."""

import re
from typing import Final, Literal

Tense = Literal["past", "future", "conditional", "plan"]
"""`conditional` leans to the future ("would fly in March"); `plan` is a plan reported in the past ("was due on 3 May")."""

_REACH: Final = 220
_SENTENCE_END: Final = re.compile(
    r"[.!?](?<![A-Z].)(?<!\b[A-Z][a-z].)(?<!\b[A-Z][a-z]{2}.)(?<!Sept.)(?<!\bvs.)[\"'”’)]{0,2}\s|;|\n\s{0,4}(?![a-z\s])|:\s"
)
"""The mark comes first, and what must not stand in front of it is asked for behind it: so the search skips all other signs."""
_ADVERBS: Final = r"(?:\s(?:not|also|now|then|only|soon|still|first|once|never|be|been|have|\w{2,12}ly)){0,3}"
_PLANNING: Final = (
    r"(?:planned|scheduled|slated|expected|due|set(?=\sto\b|\sfor\b)|supposed|meant|hoped|pencilled in|penciled in|targeted|earmarked|intended"
    r"|foreseen|booked|promised|projected|tipped)"
)
_NO_VERB: Final = r"(?:(?:un)?(?:crewed|manned)|united|hundred|proposed|based|named|limited|related|advanced|allied|shared|combined|armed|sacred)"
_CUE: Final = re.compile(
    r"\b(?:"
    rf"(?P<plan>(?:was|were|had|originally|initially|previously|earlier|once){_ADVERBS}\s{_PLANNING}"
    rf"|(?:was|were)\sto\b(?:\shave\b)?|original (?:date|target)|the talk was|(?:had )?(?:wanted|hoped|aimed|meant|intended|expected) to"
    r"|(?:was|were|been) (?:on track|aiming|targeting|looking|hoping|planning|aimed)|counted on|spoken? of)"
    r"|(?P<past_modal>(?:could not|couldn['’]t|did not|didn['’]t|to have)\b(?:\sbe)?(?:\s\w{2,20})?)"
    rf"|(?P<conditional>lifts? off|blasts off|departs|closes|flies|lands|arrives|convenes|comes into force|enters into force|takes effect|(?:would|could|might|may)\b{_ADVERBS}(?:\s\w{{2,20}})?)"
    rf"|(?P<future>(?:will|won['’]t|shall|should|must|can|cannot|(?:is|are)(?:\s\w{{2,12}}ly)?\sto|set to|going to|to be|yet to)\b"
    rf"{_ADVERBS}(?:\s\w{{2,20}})?"
    rf"|(?:is|are|has been|have been|be|been)?{_ADVERBS}\s?{_PLANNING}\b(?!\sto\s(?:an?|the|its|bad)\b)(?:\sto\s\w{{2,20}})?"
    r"|has been called|have been called|called for|(?<!\bits\s)(?<!\bthe\s)(?<!\btheir\s)(?:plans?|aims?|targets?|hopes?)|planning|aiming|targeting|hoping|expects?|expecting|intends?"
    r"|mean(?:s|ing)? to|speaks? of|on track|eyes|eyeing|eyed|gearing up|countdown (?:to|for|towards?)|preparations? for|preparing|prepares|upcoming|forthcoming|next (?:try|attempt|opportunity|launch|window|chance|shot)|ready for|cleared for|in time for|tomorrow|ahead of|likely|looking (?:at|to)|wants? to"
    r"|takes? place|starts|begins|opens|meets|deadline|no earlier than|not before|later this|by the end of)\b"
    r"|(?P<past>was|were|had|did|has|have|said|set"
    rf"|(?!{_NO_VERB}\b)\w{{2,20}}[^e\W]ed|agreed|freed|went|took|met|began|left|came|rose|flew|fell|won|lost|sent"
    r"|held|made|told|gave|saw|became|put|led|ran|broke|built|spoke|wrote|got|brought|stood|blew|bought|sold|caught|sought|thought|felt|kept|heard|burst|sank|rang|drove|rode|chose|froze|ate|drew|grew|knew|threw|wore|tore|shook"
    r"|hung|stuck|swung|paid|laid|lay|spent|built|dealt|drank|fought|found|lit|shone|sat|slid|spun|swept|wound|ended|arose|withdrew|overcame|undertook|shot|struck|hit|ago|earlier"
    r"|yesterday|since|dates from)\b"
    r")"
)


def tense_at(text: str, start: int, end: int) -> Tense | None:
    """Return the tense of the nearest verb before the stretch in its sentence, else after it; None without any."""
    found: Tense | None = None
    for match in _CUE.finditer(_verbs(sentence_before(text, start))):
        found = _tense_of(match)
    if found:
        return found
    after = text[end : end + _REACH]
    stop = _SENTENCE_END.search(after)
    first = _CUE.search(_verbs(after[: stop.start()] if stop else after))
    return _tense_of(first) if first else None


def _verbs(window: str) -> str:
    """In lower case, with the month of May out of the way of the verb."""
    return window.replace("May", "M--").lower()


def sentence_before(text: str, start: int) -> str:
    """Return what stands before `start` in its sentence, as far as tense is looked for."""
    return _after_last_end(text[max(0, start - _REACH) : start])


def _after_last_end(window: str) -> str:
    cut = 0
    for match in _SENTENCE_END.finditer(window):
        cut = match.end()
    return window[cut:]


def _tense_of(match: re.Match[str]) -> Tense:
    match match.lastgroup:
        case "plan":
            return "plan"
        case "conditional":
            return "conditional"
        case "future":
            return "future"
        case _:
            return "past"
