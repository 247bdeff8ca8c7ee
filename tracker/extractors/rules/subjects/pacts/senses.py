"""Senses: whether "statement", "partnership", "deal" and their like mean an instrument where they stand."""

from collections.abc import Sequence

from tracker.extractors.rules.subjects.page.page import Page, party_ids
from tracker.extractors.rules.subjects.page.phrases import Phrase
from tracker.extractors.rules.words import Word, word_set

# These mean an instrument only with a title, a topic of cooperation, or parties beside them.
_LOOSE = word_set(
    "framework programme program partnership roadmap tie-up alliance initiative charter protocol convention letter deal deals"
)
# These only as what is signed or negotiated; they tell no type.
_PLAIN = word_set("document documents text paper papers understanding understandings")
_ALWAYS_JOINT = frozenset({"statement", "declaration", "communique"})
_NOT_INSTRUMENTS = word_set(
    "general mutual tentative verbal prior heart rough sleeping seating living statistical close close-knit civil-military public "
    "rental trade-off mission financial bank cover policy opening press following earlier-made written media public-health tax "
    "personal fitting power good excellent strong growing deepening strategic special"
)
_MEASURED = word_set(
    "theory theories model models observation observations prediction predictions measurements simulations"
)
# Modifiers of an instrument that is one, whatever else stands beside it.
SPECIFIC = word_set(
    "cooperation co-operation collaboration framework implementing implementation umbrella bilateral intergovernmental inter-governmental "
    "inter-agency host non-disclosure data-sharing data technical launch partnership joint international reciprocal safeguards project "
    "government service tracking exchange barter association specific trilateral tripartite industrial space"
)
_GIVES = word_set(
    "provide provides provided providing offer offers offered offering give gives gave giving serve serves"
)
_OTHER_FIELDS = word_set(
    "stock stocks share shares shareholders equity merger mergers acquisition takeover takeovers buyout bond bonds debt credit loan loans settlement "
    "mediation arbitration bargaining wage wages union unions divorce plea ceasefire truce peace hostage hostages prisoner prisoners trade tariff tariffs "
    "fisheries fishing football film movie broadcast broadcasting broadcaster sponsorship naming licensing royalty royalties tax taxes climate nuclear grain "
    "price prices refugee refugees migration extradition insurance pension retirement rent lease-back confidentiality severance separation transfer-fee"
)
"""What agreements of other fields are about."""
_FLIES = word_set(
    "space satellite satellites spacecraft lunar moon mars orbit orbital launch launches rocket rockets astronaut astronauts probe lander rover telescope"
)
_INSTRUMENTS = word_set(
    "agreement memorandum mou accord treaty arrangement pact deal contract letter declaration statement convention protocol"
)
_PRAISED = word_set(
    "long-standing longstanding enduring strong stronger growing close closer fruitful robust valued trusted lasting excellent good great deep deeper "
    "deepening important vital key unique successful continued continuing thriving lasting decades-long years-long solid true productive existing"
)
_ALLIANCES = frozenset({"partnership", "alliance", "tie-up"})
_JOINED = word_set("extended renewed formed signed sealed struck forged")
_FORMED = word_set("announced signed formed agreed sealed concluded")
_TALKS = word_set("talks negotiations negotiate negotiating negotiators negotiated")
_STRONG = word_set(
    "names signatures signature signed sign signs signing inked ink inking sealed seal struck strike clinched clinch concluded"
)
_DRAFTS = word_set(
    "agreed agree draft drafting drafted drawing want wants hope hopes plan plans conclude establish establishing adopt adopted"
)
_HANDED = word_set(
    "handed handing awarded awarding won winning secured landed worth between signed inked struck sealed concluded reached"
)


def other_sense(page: Page, words: Sequence[Word], here: Phrase, end: int, stop: int, acronym: str) -> bool:
    """Whether the noun means no instrument here: a press statement, a growing partnership, a general agreement."""
    head, lower = here.head.lower, [w.lower for w in here.modifiers]
    if head in _PLAIN:
        told = strong_before(words, here) or bool(_TALKS & {w.lower for w in words}) or _signed_behind(words, stop)
        return stop == end or not told
    if _is_no_instrument(words, here, end):
        return True
    if head in ("framework", "roadmap") and stop > end and (strong_before(words, here) or _drafted(words, here)):
        return False
    if head in _ALWAYS_JOINT and end == here.index + 1 and "joint" not in lower:
        between = words[end : end + 1] and words[end].lower in ("with", "between")  # "signed a statement with A"
        return not (strong_before(words, here) and stop > end and (head == "declaration" or between))
    missionary = head == "agreement" and "mission" in lower and strong_before(words, here)  # signed a mission agreement
    if any(w in _NOT_INSTRUMENTS for w in lower) and not missionary and not _cooperates(words[here.first : stop]):
        return True
    strong = strong_before(words, here)
    if (
        head not in _LOOSE
        or head == "letter"
        or (
            head in ("programme", "program")
            and _cooperates(words[here.first : end])
            and (strong or _is_signed(words, end))
        )
        or (head == "charter" and words[end : end + 1] and words[end].text == "," and _is_signed(words, end))
        or (head == "charter" and strong and stop > end)
        or (head in _ALLIANCES and end < len(words) and words[end].lower in _FORMED)
        or (head in _ALLIANCES and any(w.lower in _JOINED for w in words[max(0, here.first - 1) : here.first]))
        or (head in ("deal", "deals", "protocol") and ((strong and stop > end) or _is_dealt(page, words)))
        or (stop > end and any(w in SPECIFIC for w in lower))
    ):
        return False
    return not _cooperates(words[here.index : stop]) and not (acronym and stop > end + 3)


def _is_no_instrument(words: Sequence[Word], here: Phrase, end: int) -> bool:
    """Whether a noun that is mostly an instrument tells here what one gives, how two stand to each other, or is of another field."""
    head, before = here.head.lower, words[: here.first]
    behind = _clause(words, end)
    if any(w.text in _OTHER_FIELDS for w in (*here.modifiers, *behind)) and not _flies((*here.modifiers, *behind)):
        return True
    if head in _ALLIANCES:
        how = not here.determiner and bool(before) and before[-1].lower == "in"  # "in partnership with A"
        praised = any(w.lower in _PRAISED for w in here.modifiers)  # "our long-standing partnership with A"
        return how or (praised and not strong_before(words, here))
    if (
        head == "framework"
    ):  # "will provide a framework for cooperation", "the memorandum shall establish the framework"
        return any(w.lower in _GIVES for w in before[-3:]) or any(w.lower in _INSTRUMENTS for w in before)
    return head == "agreement" and any(
        w.lower in _MEASURED for w in words[end : end + 4]
    )  # "between theory and observation"


def _clause(words: Sequence[Word], at: int) -> Sequence[Word]:
    """Return what stands behind an instrument in its own clause, where it begins with what it is about or whose it is."""
    if at >= len(words) or words[at].lower not in _ABOUT:
        return ()
    last = next((i for i in range(at, min(at + _REACH, len(words))) if words[i].lower in _ENDS), at + _REACH)
    return words[at:last]


_ABOUT = word_set("to on for by with between of over about concerning regarding")
_ENDS = word_set(", . ; : ( ) after while when which that but its")
_REACH = 20  # words


def of_another_field(title: Sequence[Word]) -> bool:
    """Whether a title speaks of what has nothing to do with space: the "Convention on Settlement out of Court"."""
    return any(w.lower in _OTHER_FIELDS - _BODIES for w in title) and not _flies(title)


_BODIES = word_set("union unions climate nuclear")
"""Words of other fields that stand in the names of bodies and of agreements on space too."""


def _flies(words: Sequence[Word]) -> bool:
    """Whether the words of an instrument speak of space, whatever else they speak of: "nuclear power for the lunar base"."""
    return any(w.lower in _FLIES for w in words)


def _is_dealt(page: Page, words: Sequence[Word]) -> bool:
    """Whether two parties stand in the sentence with words of handing out or of talks: "the UK has handed A a deal"."""
    told = {w.lower for w in words} & (_TALKS | _HANDED)
    between = next((i for i, w in enumerate(words) if w.lower == "between"), None)
    if between is not None and sum(w.capital for w in words[between : between + 8]) > 1:
        return True  # "the deal between A and B", known or not
    return bool(told) and len(party_ids(page, words[0].start, words[-1].end)) > 1


def strong_before(words: Sequence[Word], here: Phrase) -> bool:
    """Whether a verb of signing stands right in front of the noun's phrase."""
    return any(w.lower in _STRONG for w in words[max(0, here.first - 3) : here.first])


def _signed_behind(words: Sequence[Word], stop: int) -> bool:
    """Whether "was signed", "has been concluded" stands right behind what an instrument is about."""
    behind = [w.lower for w in words[stop : stop + 4]]
    return behind[:1] in (["was"], ["were"], ["has"], ["have"]) and bool({"signed", "concluded", "inked"} & set(behind))


def _is_signed(words: Sequence[Word], at: int) -> bool:
    """Whether it is signed in the words behind: "a cooperation programme between A and B was signed"."""
    return any(w.lower in ("signed", "inked", "initialled") for w in words[at : at + _NEAR])


_NEAR = 16  # words


def _drafted(words: Sequence[Word], here: Phrase) -> bool:
    """Whether words of agreeing or drafting stand somewhere in front: "want to have a strategic framework for …"."""
    return any(w.lower in _TALKS | _DRAFTS for w in words[: here.first]) and here.determiner in ("a", "an")


def _cooperates(words: Sequence[Word]) -> bool:
    return (
        any(w.lower in ("cooperation", "co-operation", "collaboration", "partnership") for w in words)
        and len(words) > 2
    )
