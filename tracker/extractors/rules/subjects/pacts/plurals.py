"""Several instruments told at once: one for each party they are "with", else all of them as one: "contracts to A, B and C"."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.subjects.pacts.undertakings import topic_key
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.page.phrases import Phrase, closes
from tracker.extractors.rules.words import Word, word_set

PLURAL = word_set(
    "documents papers understandings agreements pacts deals arrangements contracts treaties memoranda memorandums mous letters"
)
SINGULAR = {
    "treaties": "treaty", "memoranda": "memorandum", "memorandums": "memorandum", "letters": "letter of intent",
}  # fmt: skip
_HANDED = word_set(
    "signed sign signs signing inked ink inks concluded sealed exchanged awarded award awards awarding won win wins winning secured secures landed "
    "lands bagged bags handed hands granted grants announced announces placed received"
)
_TOLD = 4  # words from the verb to the noun's phrase
_FAR = 11  # the same, of words that speak of nothing else
_AWARDS = word_set("award awards awarded awarding")
_OF_OTHERS = re.compile(r"\b(?:from|including|such as|across)\b")


def handed_out(words: Sequence[Word], here: Phrase, end: int) -> bool:
    """Whether instruments are said to have been signed or awarded, though nothing tells what they are about."""
    before = {w.lower for w in words[max(0, here.first - _TOLD) : here.first]}
    before |= _AWARDS & {
        w.lower for w in words[max(0, here.first - _FAR) : here.first]
    }  # "the award of more than 2 million in contracts"
    behind = [w.lower for w in words[end : end + 3]]
    return bool(before & _HANDED) or (behind[:1] in (["were"], ["are"], ["have"]) and bool(_HANDED & set(behind)))


def one_each(page: Page, words: Sequence[Word], here: Phrase, end: int, one: Candidate) -> Iterator[Candidate]:
    """One instrument for each party of "arrangements with A and B"; where no party tells them apart, all of them as one."""
    whose = party_ids(page, words[0].start, here.start)
    found: list[Mention] = []
    if end < len(words) and words[end].lower == "with":
        for mention in page.known_in(words[end].start, one.end):
            if _OF_OTHERS.search(page.twin, words[end].start, mention.start):
                break  # "with ten bodies from countries including A and B"
            if mention.family in ("organisation", "country"):
                found.append(mention)
    noun = SINGULAR.get(here.head.lower, here.head.text.removesuffix("s"))
    for mention in found:
        name = f"{noun} with {squeezed(page, mention.start, mention.end)}"
        yield Candidate(
            kind="agreement", start=one.start if len(found) == 1 else mention.start, end=mention.end, form="descriptive",
            keys=(topic_key(name),), name=name, type=one.type, parties=(mention.id, *whose) if len(whose) == 1 else (mention.id,),
            nouns=one.nouns,
        )  # fmt: skip
    if not found and handed_out(words, here, end):
        yield _as_one(page, words, end, one)


def _as_one(page: Page, words: Sequence[Word], end: int, one: Candidate) -> Candidate:
    last = end
    if end < len(words) and words[end].lower == "to" and words[end + 1 : end + 2]:
        last = end + 1
        while (
            last < len(words) and not closes(words[last]) and words[last].lower != "to" and words[last].text not in "()"
        ):
            last += 1
    given = party_ids(page, words[end - 1].end, words[last - 1].end) if last > end else ()
    name = squeezed(page, one.start, words[last - 1].end) if given else one.name
    return msgspec.structs.replace(
        one, plural=True, name=name, keys=(topic_key(name),), parties=tuple(dict.fromkeys((*one.parties, *given)))
    )
