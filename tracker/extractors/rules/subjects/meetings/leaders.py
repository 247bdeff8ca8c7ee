"""People who stand for a state where they meet somebody: "Narendra Modi", "President Biden".

The catalog lists those who have headed a state, its government or its diplomacy. A surname counts alone where only one
state has had a leader of that name and it is no ordinary word.
"""

import functools
import re
from collections.abc import Mapping, Sequence

from tracker.extractors.catalog import Catalog
from tracker.extractors.rules.subjects.page.page import Page, party_ids
from tracker.extractors.rules.words import Word, word_set

_FAMILY_NAME_FIRST = frozenset({"country/china", "country/south-korea", "country/vietnam"})
_ORDINARY = word_set(
    "Moon May Brown Bush Key Park Johnson Wong Khan King To Lee Jr. Salman Rashid Zayed Conte Howard Costa Santos Castro Castillo Martin "
    "Kenny Medina Ali Hassan Ortega Peña Pena Faye Abela Lasso Moreno Correa Morales Duque Petro Uribe Chaves Quesada Marin Rama Boko Manet "
    "Muscat Bongo Tariq Thani Khalifa Ahmed Hernández Hernandez Rasmussen Pavel Sousa Traoré Traore Mulino Sandu Biya Robert Michel"
)
"""Surnames that are words, places or names of many others too."""
_SHORTEST = 4  # letters; a shorter surname needs an office in front of it ("President Xi")
_TITLE = r"(?:President|Premier|Prime Minister|Chancellor|Minister|Secretary|Mr\.?|Mrs\.?|Ms\.?)\s+"


@functools.lru_cache(maxsize=4)
def _leaders(catalog: Catalog) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return a pattern of all names of leaders, and the state that each stands for."""
    states: dict[str, str] = {}
    shared: set[str] = set()
    for country in catalog.countries.values():
        for name in country.leaders:
            states[name] = country.id
            words = name.split()
            surname = words[0] if country.id in _FAMILY_NAME_FIRST else words[-1]
            if surname not in _ORDINARY and states.setdefault(surname, country.id) != country.id:
                shared.add(surname)
    names = sorted(states.keys() - shared, key=lambda n: (-len(n), n))
    plain = "|".join(re.escape(n) for n in names if len(n) >= _SHORTEST) or "(?!)"
    titled = "|".join(re.escape(n) for n in names if len(n) < _SHORTEST) or "(?!)"
    return re.compile(rf"\b(?:({plain})|{_TITLE}({titled}))\b"), states


def leader_ids(page: Page, start: int, end: int) -> tuple[str, ...]:
    """Return the states whose leaders are named in a stretch, in order of the text."""
    pattern, states = _leaders(page.catalog)
    return tuple(dict.fromkeys(states[m[1] or m[2]] for m in pattern.finditer(page.twin, start, end)))


def home_id(page: Page) -> str | None:
    """Return the state that the dateline lies in: "the Prime Minister" of an article that names no other is its own."""
    for sentence in page.sentences[:3]:
        places = [m for m in page.known_in(sentence.start, sentence.end) if m.family == "place"]
        headed = (
            sentence.role == "heading" and bool(places) and places[0].start == sentence.start
        )  # "New Delhi, 26 May 2016"
        if sentence.role == "dateline" or headed:
            return page.catalog.country_of(places[0].id) if places else None
    return None


def who_ids(page: Page, start: int, end: int) -> tuple[str, ...]:
    """Return the parties named in a stretch, and after them the states whose leaders are; each state once."""
    named = party_ids(page, start, end)
    states = {page.catalog.country_of(id_) or id_ for id_ in named}
    return (*named, *(id_ for id_ in leader_ids(page, start, end) if id_ not in states))


_OFFICE = r"(?:[Pp]resident|[Mm]inister|[Cc]hairman|[Cc]hairwoman|[Aa]dministrator|[Dd]irector(?:[ -][Gg]eneral)?|[Cc]hief|[Hh]ead|[Aa]mbassador|[Ee]nvoy|[Cc]hancellor|[Pp]remier)"


def introduced(page: Page, who: Sequence[Word]) -> tuple[str, ...]:
    """Return the parties of a person named by the surname alone, as the text has introduced them: "NASA administrator Ann Lee", later "Lee"."""
    if len(who) != 1 or not who[0].capital or not who[0].text.isalpha():
        return ()
    name = rf"(?:[A-ZÀ-Þ][\w.'-]+ ){{1,2}}{re.escape(who[0].text)}\b"
    pattern = rf"(?:[A-ZÀ-Þ][\w'-]+ ){{1,4}}{_OFFICE} {name}|{name}, (?:the )?(?:\w+ )?{_OFFICE} of (?:the )?(?:[A-ZÀ-Þ][\w'-]+ ?){{1,5}}"
    begun = max(0, who[0].start - _NEAR_ENOUGH)
    told = re.search(pattern, page.twin[begun : who[0].start])
    return party_ids(page, begun + told.start(), begun + told.end()) if told else ()


_NEAR_ENOUGH = 6000  # characters, a long article
