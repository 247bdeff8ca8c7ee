"""Folding: one spelling for the many ways in which a name is written.

`Chandrayaan 3`, `Chandrayaan-3` and `Chandrayaan3`; `GSLV-Mk III` and `GSLV Mk. 3`; `Organization` and `Organisation`;
`U.S.` and `US`; `Élysée` and `Elysee` each fold to the same words. Look-ups in the catalog and the search for names in a
text use the same folding, so what can be looked up can be found.
"""

import functools
import re
import unicodedata
from collections.abc import Mapping

TOKEN = re.compile(r"(?:(?<![^\W_])[A-Z]\.){2,}|[^\W\d_]+|\d+|&")
"""A token of a name: letters, digits, an ampersand, or initials with their dots. `LVM3` is two tokens."""

_SPELLINGS: Mapping[str, str] = {
    "&": "and",
    "aluminum": "aluminium",
    "astronautic": "astronautics",
    "center": "centre",
    "centers": "centres",
    "defense": "defence",
    "labor": "labour",
    "mark": "mk",
    "organization": "organisation",
    "organizations": "organisations",
    "program": "programme",
    "programs": "programmes",
    "st": "saint",
    "theater": "theatre",
}
_ROMAN: Mapping[str, str] = {
    "I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10",
    "XI": "11", "XII": "12", "XIII": "13", "XIV": "14", "XV": "15", "XVI": "16", "XVII": "17",
}  # fmt: skip


@functools.lru_cache(maxsize=1 << 14)  # news is written with few different words
def fold_token(token: str) -> str:
    """Return one token in lower case, without accents or dots, in British spelling."""
    low = token.lower()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    elif "." in low:
        low = low.replace(".", "")
    return _SPELLINGS.get(low, low)


def fold_later_token(token: str) -> str:
    """Return a token that is not the first of its name: a Roman numeral in capitals becomes a number (`Artemis II`)."""
    return _ROMAN.get(token) or fold_token(token)


def fold_tokens(name: str) -> tuple[str, ...]:
    """Return the folded tokens of a name; a leading article is dropped."""
    raw = TOKEN.findall(name)
    while len(raw) > 1 and raw[0].lower() == "the":
        raw = raw[1:]
    return tuple(fold_later_token(token) if place else fold_token(token) for place, token in enumerate(raw))


@functools.lru_cache(maxsize=1 << 14)  # a text names the same things again and again
def fold(name: str) -> str:
    """Return the folded name: equal for two spellings of one name, empty for a text without letters or digits."""
    return " ".join(fold_tokens(name))
