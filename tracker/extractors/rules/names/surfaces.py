"""Surfaces: every way in which something of the catalog may stand in a text, and what its letters must look like.

Besides the names of the rows these are the words that follow from them: "Japanese" and "the Japanese government" for
Japan, "India's space agency" for its agency, "lunar" for the Moon.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from tracker.extractors.catalog import Catalog, Country, Destination, Entry, Family, Place
from tracker.extractors.folding import fold_tokens

Form = Literal["name", "alias", "acronym", "demonym", "capital", "adjective", "described"]
Casing = Literal["any", "initial", "capitals"]
"""`any`: distinctive in lower case too; `initial`: begins with a capital; `capitals`: all capitals (US, not us)."""


class Surface(msgspec.Struct, frozen=True):
    """One wording with what it means. `common` wordings are ordinary words too; `ambiguous` ones mean another row first."""

    wording: str
    family: Family
    id: str
    form: Form
    casing: Casing
    common: bool = False
    ambiguous: bool = False


def surfaces(catalog: Catalog) -> Iterator[Surface]:
    """Every wording of every row."""
    for family, entry in catalog.entries():
        for name in entry.names:
            yield Surface(
                wording=name,
                family=family,
                id=entry.id,
                form=_form(entry, name),
                casing=_casing(family, name),
                common=name in entry.common,
                ambiguous=name in entry.ambiguous,
            )
        match entry:
            case Country():
                yield from _of_country(entry)
            case Destination():
                for word in entry.adjectives:
                    casing = _casing(family, word)
                    yield Surface(wording=word, family=family, id=entry.id, form="adjective", casing=casing)
            case _:
                pass
    for country_id, agency_id in catalog.agencies.items():
        for phrase in _agency_phrases(catalog.countries[country_id]):
            yield Surface(wording=phrase, family="organisation", id=agency_id, form="described", casing="initial")


def _form(entry: Entry, name: str) -> Form:
    if isinstance(entry, Place) and entry.stands_for:
        return "capital"
    if name == entry.name:
        return "name"
    return "acronym" if name.isupper() and " " not in name else "alias"


def _casing(family: Family, name: str) -> Casing:
    """How a name must be written: one that the catalog writes in lower case is free, so is one of three words or more."""
    letters = [c for c in name if c.isalpha()]
    tokens = fold_tokens(name)
    if name[:1].islower() or len(tokens) >= 3:
        return "any"
    if len(letters) <= 3 and name.replace(".", "").isalpha() and sum(c.isupper() for c in letters) >= 2:
        return "capitals"  # US, UN, DoS
    if family in ("mission", "vehicle") and len(tokens) == 2 and len(tokens[0]) >= 6 and tokens[1].isdigit():
        return "any"  # "chandrayaan 3"
    return "initial"


def _of_country(country: Country) -> Iterator[Surface]:
    for word in (country.adjective, *country.demonyms):
        casing = _casing("country", word)
        yield Surface(wording=word, family="country", id=country.id, form="demonym", casing=casing)
    phrases = list(country.governments)
    for owner in (country.adjective, *(f"{name}'s" for name in country.names)):
        phrases += [f"{owner} {body}" for body in ("government", "cabinet", "parliament", "federal government")]
    phrases += [f"government of {article}{name}" for name in country.names for article in ("", "the ")]
    for phrase in phrases:
        free: Casing = "any" if phrase.startswith("government") else "initial"
        yield Surface(wording=phrase, family="country", id=country.id, form="described", casing=free)


def _agency_phrases(country: Country) -> Iterator[str]:
    owners = (country.adjective, *(f"{name}'s" for name in country.names))
    for owner in owners:
        yield from (f"{owner} space agency", f"{owner} national space agency", f"{owner} state space agency")
    yield from (f"{country.adjective} agency", f"{country.adjective} space organisation")
    for name in country.names:
        yield from (f"space agency of {name}", f"space agency of the {name}", f"national space agency of {name}")
