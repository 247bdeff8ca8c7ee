"""What may stand before "the craft" when it takes up the one told of, and what makes it another one."""

import pytest

FIRST = "ESA and JAXA spoke of their rockets.\n\nThe Garganey-4 satellite was launched in May. "


@pytest.fixture(scope="session")
def meant(read):
    """Return the places that speak of Garganey-4, its name left out."""

    def find(text: str, first: str = FIRST) -> set[str]:
        found = read(first + text)
        return {m.text for s in found.values() if s.name == "Garganey-4" for m in s.mentions if m.form == "anaphor"}

    return find


@pytest.mark.parametrize(
    "craft",
    [
        "The 640-kilo (1,410-pound) craft",
        "The 90-million-dollar (75-million-euro) satellite",
        "The 120 million euro satellite",
        "The Airbus-built satellite",
        "The stranded craft",
        "The lost satellite",
        "The long-awaited satellite",
        "The Thales Inc. satellite",
        "The school-bus-sized spacecraft",
        "The weather satellite",
    ],
)
def test_epithets_change_nothing(meant, craft):
    assert craft in meant(f"{craft} is to be switched off, officials said.")


def test_what_belongs_to_the_craft_speaks_of_it(meant):
    assert "the satellite" in meant("Rain held up the satellite's launch, officials said.")
    assert not meant("Rain held up the satellite launch business, officials said.")


@pytest.mark.parametrize(
    "craft",
    [
        "The second satellite",
        "The rival satellite",
        "The other craft",
        "The third-generation satellite",
        "The satellite business",
    ],
)
def test_other_words_tell_of_another(meant, craft):
    assert not meant(f"{craft} is to be switched off, officials said.")


def test_the_sort_of_a_craft_is_not_enough_where_there_are_two(meant):
    text = "The radar satellite is to be switched off."
    assert not meant(text, FIRST + "The Wigeon-2 satellite was launched in June. ")
