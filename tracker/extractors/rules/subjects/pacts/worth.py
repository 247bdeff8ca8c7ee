"""Worth: the sum that stands in front of an instrument and is no part of its name."""

import re
from collections.abc import Sequence

from tracker.extractors.rules.subjects.page.phrases import Phrase
from tracker.extractors.rules.words import Word, word_set

_MONEY = word_set("million billion trillion crore lakh euro euros dollar dollars pounds yen")


_SUM = re.compile(
    r"[$€£¥₹₩]|(?:US|A|C|NZ|S|HK)\$|(?!(?:19|20)\d\d$)[\d.,]+(?:k|m|mn|bn|b|tn)?|[\d.,]+-(?:million|billion|crore|lakh)|(?:multi|one|two|three|four|five|six|ten)-(?:million|billion)(?:-dollar|-euro|-pound)?"
    r"|[\d.]+[mb]n?-(?:dollar|euro|pound)|(?:multi|one|two|three|four|five|six|seven|eight|nine|ten|\d+)-years?|,"
)
"""A word of what something is worth: "€86m", "3.2"."""


def without_sum(here: Phrase) -> Sequence[Word]:
    """Return the modifiers that tell not what it is worth: the "3.2 billion contract" is a contract."""
    rest = list(here.modifiers)
    while rest and (rest[0].lower in _MONEY or _SUM.fullmatch(rest[0].lower) or [w.text for w in rest[1:2]] == ["$"]):
        rest.pop(0)
    return rest
