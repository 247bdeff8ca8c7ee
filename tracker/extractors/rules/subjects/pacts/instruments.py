"""Agreements that a text names or describes: memoranda, arrangements, contracts, accords, partnerships, joint statements.

The name is what the document itself calls the instrument, with what it is about and between whom: "memorandum of
understanding on lunar exploration", "agreement between A and B". The type is the code of the vocabulary.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from tracker.extractors.catalog import KnownAgreement
from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.pacts.plurals import PLURAL, SINGULAR, handed_out, one_each
from tracker.extractors.rules.subjects.pacts.senses import SPECIFIC, of_another_field, other_sense, strong_before
from tracker.extractors.rules.subjects.pacts.undertakings import (
    AGREED,
    HIRED,
    agreed,
    hired,
    others,
    projects,
    topic_key,
)
from tracker.extractors.rules.subjects.pacts.worth import without_sum
from tracker.extractors.rules.subjects.page.acronyms import abbreviates
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.page.particulars import (
    after_place,
    after_time,
    as_renamed,
    before_place,
    behind_verb,
    complements,
    just_signed,
    named_parties,
    newly_told,
    only_between_them,
)
from tracker.extractors.rules.subjects.page.phrases import Phrase, closes, phrase, title_cased
from tracker.extractors.rules.words import Word, word_set

TYPES = {
    "memorandum": "mou", "memoranda": "mou", "mou": "mou", "mous": "mou",
    "agreement": "agreement", "agreements": "agreement", "pact": "agreement", "pacts": "agreement", "deal": "agreement",
    "deals": "agreement", "nda": "agreement", "protocol": "agreement", "convention": "treaty",
    "arrangement": "arrangement", "arrangements": "arrangement", "contract": "contract", "contracts": "contract",
    "treaty": "treaty", "treaties": "treaty", "accord": "accord", "accords": "accord", "charter": "agreement",
    "letter": "letter_of_intent", "letters": "letter_of_intent", "memorandums": "mou", "statement": "joint_statement", "declaration": "joint_statement",
    "communique": "joint_statement", "partnership": "partnership", "framework": "agreement", "alliance": "partnership",
    "document": "agreement", "documents": "agreement", "text": "agreement", "paper": "agreement", "papers": "agreement",
    "understanding": "agreement", "understandings": "agreement", "tie-up": "partnership", "tie-ups": "partnership",
    "programme": "agreement", "program": "agreement", "initiative": "partnership", "vision": "joint_statement",
    "roadmap": "agreement",
}  # fmt: skip
"""The noun of an instrument with the code of its type."""

_TITLES = {
    **{noun: type_ for noun, type_ in TYPES.items() if noun not in ("letter", "statement", "programme", "program")},
    "roadmap": "agreement", "vision": "joint_statement", "plan": "agreement", "year": "agreement", "project": "project", "compact": "agreement",
}  # fmt: skip
_TITLE_ONLY = frozenset({"vision"})
_STATEMENTS = frozenset({"letter", "letters", "statement"})
_PLANS = frozenset({"plan", "programme", "program"})
_AGREEING = frozenset({"understanding", "agreement", "cooperation", "co-operation", "collaboration", "intent"})
# What is done with an instrument, one of which a sentence must tell.
_SIGNED = re.compile(
    r"\b(?:sign\w*|conclud\w*|ink\w*|seal\w*|enter\w* into|conclusion|initial(?:l?ed)|negotiat\w*|reach\w*|renew\w*|extend\w*|award\w*|agreed?|agreeing|"
    r"under (?:an?|the|its|their|this)|approv\w*|announc\w*|establish\w*|have|by virtue|accord(?:ing|ance)|on the basis|cover\w*|binds?|form\w*|launch\w*|struck|"
    r"between|with|exchang\w*|finali[sz]\w*|ratif\w*|join\w*|rests?|provid\w*|existing|laid down|part of|win\w*|won|put|adopt\w*|issu\w*|follow\w*|draft\w*|want\w*|expir\w*|laps\w*|replac\w*|terminat\w*|withdr\w*|supersed\w*|anniversary|marks?|discuss\w*|offer\w*|propos\w*|releas\w*|unveil\w*|outlin\w*|worth|valid|bag(?:s|ged)|secur\w*|clinch\w*|land(?:s|ed)|hold\w*|held|grant\w*|hand(?:s|ed)|let|pick\w*|select\w*|"
    r"close to|near(?:s|ing)|talks|seek\w*|haggl\w*|draw\w* up|enter\w*|await\w*|dat(?:es?|ed)|documents?|texts?|papers?|signatur\w*|in force|in place|enjoy\w*|extension|renewal|begin|began|begun|work\w*|bring\w* together|involv\w*|unit(?:es?|ing))\b",
    re.IGNORECASE,
)


def speaks_of_instruments(page: Page) -> bool:
    """Whether the noun of an instrument stands anywhere: without one there is no agreement to look for."""
    return any(word.lower in TYPES for words in page.words for word in words)


def find_agreements(page: Page) -> tuple[Candidate, ...]:
    """Return every place that names or describes an instrument, in order of the text; places never overlap."""
    found: list[Candidate] = []
    several: tuple[str, str] | None = None  # the noun and type of "four arrangements", of which none is told apart yet
    for sentence, words, triggers in zip(page.sentences, page.words, page.triggers, strict=True):
        busy: list[tuple[int, int]] = []
        whole = tuple(_in_words(page, words))
        for one in itertools.chain(
            (k for k in _known(page, sentence.start, sentence.end) if not any(_holds(w, k) for w in whole)),
            _quoted(page, words),
            whole,
            agreed(page, words) if triggers & AGREED else (),
            hired(page, words) if triggers & HIRED else (),
            projects(page, words),
            others(page, words, found, several),
        ):
            if found and is_pointer(page, one) and not _of_others(page, one, found) and _known_by(one, found):
                continue  # "the agreement was signed" of one that was named before: a pointer back
            if not any(one.start < end and start < one.end for start, end in busy):
                busy.append((one.start, one.end))
                found.append(as_renamed(page, one, found))
        many = next((w.lower for w in words if w.lower in PLURAL), None)
        several = (SINGULAR.get(many, many.removesuffix("s")), TYPES[many]) if many else several
    return tuple(sorted(found, key=lambda c: c.start))


def _holds(whole: Candidate, known: Candidate) -> bool:
    """Whether a known agreement is only part of the name of another: "agreement on accession to the X Convention"."""
    return whole.start < known.start and known.end <= whole.end


def _of_others(page: Page, one: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether "their agreement" is that of others than those before: "A's agency and C's agency signed their agreement"."""
    if not page.twin[: one.start].endswith("their "):
        return False
    sentence = page.sentences[page.sentence_at(one.start)]
    ours = _states(page, sentence.start, one.start)
    if len(ours) < 2:
        return False
    around = (page.sentences[page.sentence_at(c.start)] for c in found)
    return not any(ours <= _states(page, s.start, s.end) for s in around)


def _states(page: Page, start: int, end: int) -> set[str]:
    return {page.catalog.country_of(id_) or id_ for id_ in party_ids(page, start, end)}


def is_pointer(page: Page, one: Candidate) -> bool:
    """Whether a bare "the memorandum", "their agreement" can only take up what was named before."""
    return one.weak and one.definite and not page.twin.startswith(_WHICH, one.end)


def _known_by(one: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether what stands before has this type, or the word is one for any instrument: then a pronoun would do as well."""
    return one.type in ("agreement", "accord") or one.type in {c.type for c in found}


_WHICH = (
    " that ", " which ", " signed in ", " signed on ", " signed last ", " signed by ", " signed between ", " signed with ",
)  # fmt: skip


def _known(page: Page, start: int, end: int) -> Iterator[Candidate]:
    for mention in page.known_in(start, end):
        if mention.family == "agreement":
            entry: KnownAgreement = page.catalog.agreements[mention.id]
            name = squeezed(page, mention.start, mention.end)
            yield Candidate(
                kind="agreement", start=mention.start, end=mention.end, form="proper", catalog_id=entry.id,
                keys=(entry.id, fold(name)), name=name, type=entry.type, parties=entry.parties,
            )  # fmt: skip


def _quoted(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """A title in quotes: "Arrangement concerning …", the "Partnership for …", the "… Exchange Year"."""
    marks = [i for i, word in enumerate(words) if word.text == '"']
    for opened, closed in itertools.pairwise(marks):
        inside = words[opened + 1 : closed]
        while inside and not inside[-1].text[0].isalnum() and inside[-1].text != ")":
            inside = inside[:-1]
        if not 2 <= len(inside) <= 30 or not inside[0].capital or sum(w.capital for w in inside) < 2:
            continue
        heads = [w.lower for w in inside if w.capital and w.lower in _TITLES]
        if not heads or any(w.lower in _SPEECH for w in inside):
            continue
        start, end = inside[0].start, inside[-1].end
        name = squeezed(page, start, end)
        yield Candidate(
            kind="agreement", start=start, end=end, form="proper", keys=(topic_key(name),), name=name,
            type=_type(inside, _TITLES[heads[-1]]), parties=party_ids(page, start, end), nouns=(heads[-1],),
        )  # fmt: skip


_SPEECH = word_set(
    "i we you he she it they i'm we're it's is are was were am has have had will would can could our my your this these"
)
"""Words of what somebody says, not of a title."""


def _type(words: Sequence[Word], plain: str) -> str:
    lower = [w.lower for w in words]
    if plain == "arrangement" and any(w.startswith("implement") for w in lower):
        return "implementing_arrangement"
    if plain == "letter_of_intent" or ("joint" not in lower and any(w.startswith("intent") for w in lower)):
        return "letter_of_intent"
    return plain


def _in_words(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    for index, word in enumerate(words):
        plain = TYPES.get(word.lower) or ("agreement" if word.lower == "plan" or word.text == "Compact" else None)
        if plain is None:
            continue
        over = page.known_over(word.start, word.end)
        if over and over.family in ("agreement", "organisation", "mission", "series", "place"):
            continue
        end = _head_end(words, index)
        if end is None or _goes_on(words, index):
            continue
        here = phrase(words, index)
        if here.determiner in _NONE or (here.modifiers and here.modifiers[0].lower in _NONE):
            continue  # "there is no agreement between A and B", "every single contract"
        one = _instrument(page, words, here, end, plain)
        if one and word.lower in PLURAL and one.form == "descriptive":
            yield from one_each(page, words, here, end, one)
        elif one:
            yield one


def _goes_on(words: Sequence[Word], index: int) -> bool:
    """Whether the noun only opens a longer one: "Comprehensive Strategic Partnership Agreement"."""
    right = words[index + 1].lower if index + 1 < len(words) else ""
    return right in TYPES and right not in _TITLE_ONLY and words[index].lower not in PLURAL | _STATEMENTS


def _head_end(words: Sequence[Word], index: int) -> int | None:
    """Return the index after the noun: "memorandum of understanding", "letter of intent"; None when it is no instrument."""
    word = words[index].lower
    tail = [w.lower for w in words[index + 1 : index + 3]]
    if word in ("memorandum", "memoranda", "memorandums"):
        far = [w.lower for w in words[index + 3 : index + 4]]
        if tail in (["of", "mutual"], ["of", "joint"]) and far == ["understanding"]:
            return index + 4
        return index + (3 if tail[:1] == ["of"] and tail[1:2] and tail[1] in _AGREEING else 1)
    if word in ("letter", "letters"):
        return index + 3 if tail in (["of", "intent"], ["of", "agreement"], ["of", "understanding"]) else None
    if word in ("statement", "declaration", "protocol") and tail in (["of", "intent"], ["of", "intentions"]):
        return index + 3
    if word in _PLANS:
        of_pact = tail[:1] == ["of"] and tail[1:2] and tail[1] in _AGREEING
        return index + 3 if of_pact else None if word == "plan" else index + 1
    if word in _TITLE_ONLY and tail[:1] and tail[0].isdigit():
        return index + 2  # "Vision 2035"
    return index + 1


def _instrument(page: Page, words: Sequence[Word], here: Phrase, end: int, plain: str) -> Candidate | None:
    lower = [w.lower for w in without_sum(here)]
    titled = _titled(here) and not title_cased(words)
    if (here.head.lower in _TITLE_ONLY and not titled) or (titled and _is_of_one(here)):
        return None
    acronym, at = _parenthesis(words, end)
    if at < len(words) and words[at].text == '"' and here.first > 0 and words[here.first - 1].text == '"':
        at += 1  # the noun itself is quoted: an "Arrangement" on …
    stop = before_place(page, words, at, complements(words, at))
    acronym = acronym or _parenthesis(words, stop)[0]
    stop = at if only_between_them(words[at:stop]) else stop
    then = after_time(page, words, at) if stop == at else at
    late = complements(words, then) if then > at else then
    topic = max(stop, late) > at
    if titled and of_another_field(words[here.first : stop]):
        return None
    if not titled and other_sense(page, words, here, end, max(stop, late), acronym):
        return None
    alone = not without_sum(here) and not topic and not acronym
    specific = any(w.lower in SPECIFIC or page.known_over(w.start, w.end) for w in here.modifiers)
    new = newly_told(words, end) or just_signed(words, here)
    new = new or (alone and here.determiner == "the" and (_tells_of_signing(words, end) or strong_before(words, here)))
    if not (topic or titled or acronym or specific or new) and here.definite:
        return None
    stated = plain == "joint_statement" and "joint" in lower
    if (
        not titled
        and not stated
        and not (topic and words[then].lower != "to")
        and not (new and end < len(words) and words[end].lower in ("of", "from", "dated"))
        and not _SIGNED.search(page.twin, words[0].start, words[-1].end)
    ):
        return None
    several = here.head.lower in PLURAL and handed_out(words, here, end)
    if (alone and not here.determiner and not here.head.capital and not several) or (
        here.head.lower in PLURAL and not titled and not topic and not several
    ):
        return None
    told = without_sum(here)
    first = told[0].start if told else here.head.start
    name = _balanced(squeezed(page, first, words[stop - 1].end))
    bare = squeezed(page, first, words[end - 1].end)
    begun, ended = behind_verb(words, stop) if not topic else (then, late) if late > then else (stop, stop)
    if ended > begun:
        name = _balanced(f"{bare} {squeezed(page, words[begun].start, words[ended - 1].end)}")
    topic_at = after_place(words, at)
    if topic_at > at and ended == begun and stop > topic_at:
        name = _balanced(f"{bare} {squeezed(page, words[topic_at].start, words[stop - 1].end)}")
    names = [bare] if bare != name else []
    if acronym.isupper() or acronym in ("MoU", "MoC", "LoI") or (acronym and abbreviates(acronym, bare)):
        names.append(acronym)
    if alone and stop + 1 < len(words) and words[stop].lower == "signed":
        names.append(squeezed(page, first, words[_signers(words, stop + 1) - 1].end))
    return Candidate(
        kind="agreement", start=first, end=words[stop - 1].end, form="proper" if titled else "descriptive",
        keys=(topic_key(name) if topic or titled or lower or ended > begun else "",), name=name, names=tuple(names), type=_type(words[here.first : end], plain),
        parties=named_parties(page, words, here, end, max(stop, late)), nouns=(here.head.lower.removesuffix("s"),), weak=alone, definite=here.definite,
    )  # fmt: skip


_NONE = word_set("no every each any neither single such")


_SIGNINGS = word_set("signed concluded inked sealed awarded worth valued reached")


def _tells_of_signing(words: Sequence[Word], at: int) -> bool:
    """Whether the words right behind tell how it came about: "the contract, worth 80 million euros, was signed"."""
    return any(w.lower in _SIGNINGS for w in words[at : at + 3])


def _balanced(name: str) -> str:
    """Return a name without the quotation mark whose partner stands outside of it, nor what that leaves hanging."""
    return _HANGING.sub("", name.replace('"', "", 1) if name.count('"') % 2 else name)


_HANGING = re.compile(r"(?:\s+(?:on|of|for|in|to|with|and|the|an?))+$")


def _titled(here: Phrase) -> bool:
    """Whether the phrase is a title: a capital noun behind another capital ("the Outer Space Treaty")."""
    return (
        here.head.capital and not here.head.text.isupper() and any(w.capital for w in here.modifiers) and here.index > 0
    )


def _is_of_one(here: Phrase) -> bool:
    """Whether this is a programme of somebody's own: "NASA's Launch Services Program" binds nobody else."""
    shared = any(w.lower in _SHARED for w in here.modifiers) or any("-" in w.text for w in here.modifiers)
    return here.head.lower in _PLANS and not shared


_SHARED = word_set("cooperation co-operation collaboration exchange partnership joint bilateral framework")


def _parenthesis(words: Sequence[Word], at: int) -> tuple[str, int]:
    """Return the one word in parentheses at a place, and the place after them."""
    if at + 2 < len(words) and words[at].text == "(" and words[at + 2].text == ")":
        return words[at + 1].text, at + 3
    return "", at


def _signers(words: Sequence[Word], at: int) -> int:
    last = at + 1
    while last < len(words) and last - at < 12 and not closes(words[last]) and words[last].text not in ",()":
        last += 1
    return last
