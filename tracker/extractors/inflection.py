"""The forms of an English verb, as far as news needs them.

Regular spelling follows the rules of any grammar (Quirk et al., A Comprehensive Grammar of the English Language, 3.2–3.10);
what does not follow them stands in `config/lexicon/verbs.toml`.
"""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

Form = Literal["base", "s", "past", "participle", "ing"]

_DOUBLES = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")
"""One syllable that ends in one vowel and one consonant: stop, slip, plan, scrap."""
_OPEN_L = re.compile(r".*[^ae][ae]l")
"""What Britain doubles and America does not: fuel, cancel, travel, signal; not reveal or feel."""
_SIBILANT = re.compile(r"(s|x|z|ch|sh)$")


class VerbForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb whose past, participle or doubling is its own affair."""

    base: str
    past: tuple[str, ...]
    participle: tuple[str, ...] = ()
    ing: str = ""
    s: str = ""


def inflect(base: str, irregular: Mapping[str, VerbForms]) -> dict[str, frozenset[Form]]:
    """Return every form of the verb with what it may be: `left` is past and participle of `leave`."""
    own = irregular.get(base)
    past = own.past if own else (_past(base),)
    participle = (own.participle or own.past) if own else past
    spellings: list[tuple[str, Form]] = [(base, "base"), ((own and own.s) or _third_person(base), "s")]
    spellings += [(word, "past") for word in past]
    spellings += [(word, "participle") for word in participle]
    spellings.append(((own and own.ing) or _gerund(base), "ing"))
    if _OPEN_L.fullmatch(base):
        ends: tuple[tuple[str, Form], ...] = (("ed", "past"), ("ed", "participle"), ("ing", "ing"))
        spellings += [(stem + end, form) for stem in (base, base + "l") for end, form in ends]
    forms: dict[str, frozenset[Form]] = {}
    for word, form in spellings:
        forms[word] = forms.get(word, frozenset()) | {form}
    return forms


def _third_person(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if _SIBILANT.search(base) or base.endswith("o") else "s")


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return (base + base[-1] if _DOUBLES.fullmatch(base) else base) + "ed"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return (base + base[-1] if _DOUBLES.fullmatch(base) else base) + "ing"
